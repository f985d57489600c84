"""Spans of time that a timeline shows: which are offered, and how one zooms and moves in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from courses.content.domain.partial_dates import NotADate, PartialDate, Period, parse_period
from courses.content.selectors import TimelineEntry

_SHORTEST_DAYS = 14
_DAY = timedelta(days=1)
# From how many days on a span begins and ends with whole months, and with whole years.
_MONTHS_FROM, _YEARS_FROM = 120, 8 * 365
# The recent part begins with the latest year, or month, since which so much of it all happened.
_MOST, _MOST_OF_A_YEAR = 0.75, 0.85


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of `first` to the end of `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        return self.first + timedelta(days=self.days // 2)

    @property
    def text(self) -> str:
        """ISO 8601 as briefly as it can be said: 2022/2024, 2022-10/2023-01, 2024."""
        begin, end = _partials(self.first, self.last)
        return str(begin) if begin == end else f"{begin}/{end}"

    @property
    def period(self) -> Period:
        return Period(*_partials(self.first, self.last))

    def holds(self, first: date, last: date) -> bool:
        """Whether anything of `first` to `last` lies in this span."""
        return first <= self.last and last >= self.first

    def covers(self, first: date, last: date) -> bool:
        return self.first <= first and last <= self.last


def _partials(first: date, last: date) -> tuple[PartialDate, PartialDate]:
    after = last + _DAY
    if (first.month, first.day) == (1, 1) and (after.month, after.day) == (1, 1):
        return PartialDate(first.year), PartialDate(last.year)
    if first.day == 1 and after.day == 1:
        return PartialDate(first.year, first.month), PartialDate(last.year, last.month)
    return (
        PartialDate(first.year, first.month, first.day),
        PartialDate(last.year, last.month, last.day),
    )


def years(first: int, last: int) -> Span:
    return Span(date(first, 1, 1), date(last, 12, 31))


def whole_span(entries: Sequence[TimelineEntry]) -> Span:
    """Return the years from the first entry to the last; there is at least one entry."""
    return years(
        min(entry.start.year for entry in entries), max(entry.end.year for entry in entries)
    )


def recent_span(entries: Sequence[TimelineEntry]) -> Span:
    """Return the years at the end of it all in which most of it began."""
    whole = whole_span(entries)
    begun = Counter(entry.start.year for entry in entries)
    return years(_since(begun, _MOST * len(entries)), whole.last.year)


def _since(begun: Counter[int], needed: float) -> int:
    """Return the latest key from which on at least `needed` are counted."""
    seen = 0
    for key in sorted(begun, reverse=True):
        seen += begun[key]
        if seen >= needed:
            return key
    return min(begun)


def offered_spans(entries: Sequence[TimelineEntry]) -> list[Span]:
    """Return the spans worth a link: all, early, recent, its years, its last months."""
    whole, recent = whole_span(entries), recent_span(entries)
    spans = [whole]
    if recent.first > whole.first:
        spans += [years(whole.first.year, recent.first.year - 1), recent]
    first, last = recent.first.year, recent.last.year
    if first < last <= first + 4:
        spans += [years(year, year) for year in range(first, last + 1)]
    months = Counter(
        entry.start.month
        for entry in entries
        if entry.start.year == last and entry.precision in {"day", "month"}
    )
    if months.total() > len(entries) / 4:
        month = _since(months, _MOST_OF_A_YEAR * months.total())
        latest = max(entry.end for entry in entries if entry.precision in {"day", "month"})
        spans.append(Span(date(last, month, 1), PartialDate(last, latest.month).last_day))
    return list(dict.fromkeys(spans))


def span_named(text: str, whole: Span) -> Span | None:
    """Return the span that `text` names within `whole`; None if it names none of it."""
    try:
        period = parse_period(text)
        asked = Span(period.begin.first_day, period.end.last_day)
    except (NotADate, OverflowError):
        return None
    if not asked.holds(whole.first, whole.last):
        return None
    return _fitted(asked.first, max(asked.days, _SHORTEST_DAYS), whole)


def zoomed(span: Span, *, closer: bool, whole: Span) -> Span | None:
    """Return half the span about its middle, or twice as much; None where there is no more."""
    days = max(span.days // 2, _SHORTEST_DAYS) if closer else span.days * 2
    changed = about(span.middle, days, whole)
    return None if changed.days == span.days else changed


def moved(span: Span, *, later: bool, whole: Span) -> Span | None:
    """Return the span half its length later, or earlier; None at the edge."""
    if span.last >= whole.last if later else span.first <= whole.first:
        return None
    step = timedelta(days=max(span.days // 2, 7)) * (1 if later else -1)
    changed = about(span.middle + step, span.days, whole)
    return None if changed == span else changed


def about(middle: date, days: int, whole: Span) -> Span:
    """Return about `days` days around `middle`, in whole months or years where it is long."""
    if days >= whole.days:
        return whole
    ordinal = min(
        max(middle.toordinal() - days // 2, whole.first.toordinal()),
        whole.last.toordinal() - days + 1,
    )
    return _fitted(date.fromordinal(ordinal), days, whole)


def _fitted(first: date, days: int, whole: Span) -> Span:
    """Return `days` days from `first`, shifted into `whole` and rounded outwards."""
    if days >= whole.days:
        return whole
    latest = whole.last.toordinal() - days + 1
    first = date.fromordinal(min(max(first.toordinal(), whole.first.toordinal()), latest))
    last = first + timedelta(days=days - 1)
    if days >= _YEARS_FROM:
        return years(first.year, last.year)
    if days >= _MONTHS_FROM:
        # Rounded to the nearer edge, so that halving and doubling meet again.
        begin = PartialDate(first.year, first.month)
        begin_day = begin.first_day if first.day <= 16 else begin.last_day + _DAY
        end = PartialDate(last.year, last.month)
        end_day = end.last_day if last.day >= 15 else end.first_day - _DAY
        return Span(max(begin_day, whole.first), min(end_day, whole.last))
    return Span(first, last)
