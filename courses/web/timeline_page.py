"""The timeline as somebody asks for it: topics, kinds and the span, and what is shown then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.content.dates import partial_date_text
from courses.content.models import Topic
from courses.content.selectors import ClaimNote, TimelineEntry, claim_cards, timeline_of
from courses.enrollment.models import Course
from courses.web.timeline_axis import Tick
from courses.web.timeline_drawing import Drawing, draw, standing_of
from courses.web.timeline_span import (
    Span,
    about,
    moved,
    offered_spans,
    recent_span,
    span_named,
    whole_span,
    zoomed,
)
from courses.web.timeline_strip import Strip, strip_of

STANDINGS = ("fact", "position", "argument")


@dataclass(frozen=True)
class Choice:
    """A box to tick, or a link to follow; `count` is how many entries it stands for."""

    value: str
    title: str
    chosen: bool
    count: int = 0
    query: str = ""


@dataclass(frozen=True)
class Line:
    """An entry of the list with what is known of its source."""

    entry: TimelineEntry
    standing: str
    note: ClaimNote


@dataclass(frozen=True)
class TickText:
    """A tick with its words in the reader's language."""

    tick: Tick
    text: str
    above: str


@dataclass(frozen=True)
class TimelinePage:
    """What the page shows; queries are of links, without the path."""

    topics: list[Choice]
    standings: list[Choice]
    spans: list[Choice]
    span_title: str
    span_text: str
    query: str
    closer: str
    wider: str
    earlier: str
    later: str
    drawing: Drawing
    ticks: list[TickText]
    strip: Strip | None
    years: list[tuple[int, list[Line]]]
    narrowed: bool
    total: int
    shown: int
    here: str
    problems: list[str]


def timeline_page(course: Course, asked: QueryDict) -> TimelinePage | None:
    """Return the page that `asked` is for; None if the course has no dated claim. Four queries.

    What it does not know is told in `problems` and left out; the rest is still shown.
    """
    entries = timeline_of(course)
    if not entries:
        return None
    problems: list[str] = []
    titles = _topics(course, entries)
    topics = _known(asked.getlist("topic"), list(titles), problems)
    standings = _known(asked.getlist("kind"), list(STANDINGS), problems)
    found = _narrowed(entries, topics, standings)
    whole = whole_span(entries)
    here = next((entry for entry in found if entry.key == asked.get("at")), None)
    if asked.get("at") and here is None:
        problems.append(_("That entry is not among those that are shown."))
    span = _span(asked.get("span", ""), entries, whole, here, problems)
    prefixes = {"position": _("Position:") + " ", "argument": _("Argument:") + " "}
    drawing = draw(found, span, list(titles.items()), prefixes)
    fixed = [*(("topic", slug) for slug in topics), *(("kind", name) for name in standings)]

    def query(one: Span | None) -> str:
        return urlencode([*fixed, ("span", one.text)], safe="/") if one else ""

    return TimelinePage(
        topics=_topic_choices(entries, titles, topics),
        standings=_standings(entries, standings),
        spans=[
            Choice(one.text, _span_words(one), one == span, query=query(one))
            for one in offered_spans(entries)
        ],
        span_title=_span_words(span),
        span_text=span.text,
        query=query(span),
        closer=query(zoomed(span, closer=True, whole=whole)),
        wider=query(zoomed(span, closer=False, whole=whole)),
        earlier=query(moved(span, later=False, whole=whole)),
        later=query(moved(span, later=True, whole=whole)),
        drawing=drawing,
        ticks=[_tick_text(tick) for tick in drawing.ticks],
        strip=strip_of(found, span, whole),
        years=_years(course, found),
        narrowed=bool(topics),
        total=len(found),
        shown=drawing.count,
        here=here.key if here else "",
        problems=problems,
    )


def _topics(course: Course, entries: Sequence[TimelineEntry]) -> dict[str, str]:
    """Return the topics that have dated claims, in the order of the course."""
    dated = {entry.topic_slug for entry in entries}
    rows = Topic.objects.filter(course=course).order_by("position", "id")
    return {slug: title for slug, title in rows.values_list("slug", "title") if slug in dated}


def _narrowed(
    entries: Sequence[TimelineEntry], topics: Sequence[str], standings: Sequence[str]
) -> list[TimelineEntry]:
    """Return the entries of these topics and standings; none named means all of them."""
    return [
        entry
        for entry in entries
        if (not topics or entry.topic_slug in topics)
        and (not standings or standing_of(entry.kind) in standings)
    ]


def _topic_choices(
    entries: Sequence[TimelineEntry], titles: Mapping[str, str], chosen: Sequence[str]
) -> list[Choice]:
    return [
        Choice(slug, title, slug in chosen, sum(e.topic_slug == slug for e in entries))
        for slug, title in titles.items()
    ]


def _known(asked: Sequence[str], known: Sequence[str], problems: list[str]) -> list[str]:
    strange = len(set(asked) - set(known))
    if strange:
        problems.append(
            ngettext(
                "The address names something that this timeline does not have. It was left out.",
                "The address names %(count)s things that this timeline does not have."
                " They were left out.",
                strange,
            )
            % {"count": strange}
        )
    return [one for one in known if one in asked]


def _standings(entries: Sequence[TimelineEntry], chosen: Sequence[str]) -> list[Choice]:
    titles = {
        "fact": _("What happened"),
        "position": _("Positions"),
        "argument": _("Arguments"),
    }
    counts = {name: sum(standing_of(e.kind) == name for e in entries) for name in STANDINGS}
    return [
        Choice(name, titles[name], name in chosen, counts[name])
        for name in STANDINGS
        if counts[name]
    ]


def _span(
    text: str,
    entries: Sequence[TimelineEntry],
    whole: Span,
    here: TimelineEntry | None,
    problems: list[str],
) -> Span:
    """Return the span that is asked for, moved or widened until it shows `here`."""
    span = span_named(text, whole) if text else recent_span(entries)
    if span is None:
        problems.append(
            _(
                "The address names no span of this timeline, such as 2022/2024."
                " The usual one is drawn."
            )
        )
        span = recent_span(entries)
    if here is None or span.covers(here.start, here.end):
        return span
    length = (here.end - here.start).days + 1
    middle = date.fromordinal((here.start.toordinal() + here.end.toordinal()) // 2)
    span = about(middle, max(span.days, length), whole)
    # Rounding to whole months may have cut an end off.
    return span if span.covers(here.start, here.end) else about(middle, 2 * length, whole)


def _span_words(span: Span) -> str:
    """Return, in English, "2022–2024", "October–November 2024" or "1 May 2024 – 9 June 2024"."""
    period = span.period
    begin, end = period.begin, period.end
    if period.is_single:
        return partial_date_text(begin)
    if begin.month is None:
        return _("%(begin)s–%(end)s") % {"begin": begin.year, "end": end.year}
    if begin.day is None and begin.year == end.year:
        month = pgettext("date format: a month without its year", "F")
        return _("%(begin)s–%(end)s") % {
            "begin": dateformat.format(begin.first_day, month),
            "end": partial_date_text(end),
        }
    return _("%(begin)s – %(end)s") % {
        "begin": partial_date_text(begin),
        "end": partial_date_text(end),
    }


def _years(course: Course, entries: Sequence[TimelineEntry]) -> list[tuple[int, list[Line]]]:
    notes = {note.key: note for note in claim_cards((e.key for e in entries), course=course)}
    lines = [Line(e, standing_of(e.kind), notes[e.key]) for e in entries if e.key in notes]
    return [
        (year, list(group))
        for year, group in groupby(lines, key=lambda line: line.entry.start.year)
    ]


def _tick_text(tick: Tick) -> TickText:
    patterns = {
        "year": pgettext("date format: a year", "Y"),
        "month": pgettext("date format: a month on an axis", "M"),
        "day": pgettext("date format: a day on an axis", "j"),
    }
    names = {
        "year": patterns["year"],
        "month": pgettext("date format: a month", "F Y"),
    }
    return TickText(
        tick=tick,
        text=dateformat.format(tick.day, patterns[tick.unit]) if tick.worded else "",
        above=dateformat.format(tick.day, names[tick.above]) if tick.above else "",
    )
