"""Dates as precise as a source gives them: a year, a month, a day, or a span of these."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class NotADate(ValueError):
    """The text is not YYYY, YYYY-MM, YYYY-MM-DD, nor two of them with a slash between."""


@dataclass(frozen=True)
class PartialDate:
    """A year, or a month of it, or a day of that month."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        if self.day:
            return self.first_day
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True)
class Period:
    """From the start of `begin` to the end of `end`; both are the same for a single date."""

    begin: PartialDate
    end: PartialDate

    @property
    def is_single(self) -> bool:
        return self.begin == self.end

    @property
    def precision(self) -> str:
        """How exactly it is known: to the `day`, `month` or `year`, or a `period` of these."""
        if not self.is_single:
            return "period"
        return "day" if self.begin.day else "month" if self.begin.month else "year"


def parse_partial(text: str) -> PartialDate:
    """Return the date that `text` (YYYY, YYYY-MM or YYYY-MM-DD) names, or raise NotADate."""
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise NotADate(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    parsed = PartialDate(year or 0, month, day)
    try:
        _ = parsed.first_day
    except ValueError as impossible:
        raise NotADate(text) from impossible
    return parsed


def parse_period(text: str) -> Period:
    """Return the period that `text` names: one partial date, or FROM/TO; or raise NotADate."""
    begin_text, slash, end_text = text.partition("/")
    begin = parse_partial(begin_text)
    end = parse_partial(end_text) if slash else begin
    if end.first_day < begin.first_day or (slash and end == begin):
        raise NotADate(text)
    return Period(begin, end)


def decimal_year(day: date) -> float:
    """Return the moment at which `day` begins as a year with a fraction, 2022.0 for 1 January."""
    begin = date(day.year, 1, 1)
    days = (date(day.year, 12, 31) - begin).days + 1
    return day.year + (day - begin).days / days
