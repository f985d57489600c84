"""The strip above a timeline: how much began in each year, and which part is drawn below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from courses.content.selectors import TimelineEntry
from courses.web.timeline_drawing import WIDTH
from courses.web.timeline_span import Span

_TOP, _COLUMNS, _NAMES, _FUNNEL = 20.0, 44.0, 24.0, 22.0
HEIGHT = _TOP + _COLUMNS + _NAMES + _FUNNEL
_NAME_ROOM = 52.0


@dataclass(frozen=True, slots=True)
class Column:
    """A year in which something began."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns on a line of years; `left` and `right` are the ends of the span drawn below.

    `is_part` says that this is less than all of it.
    """

    columns: list[Column]
    names: list[tuple[int, float]]
    most: Column
    left: float
    right: float
    base: float
    funnel_top: float
    is_part: bool
    height: float = HEIGHT
    width: float = WIDTH


def strip_of(entries: Sequence[TimelineEntry], span: Span, whole: Span) -> Strip | None:
    """Return the strip of `whole`; None if it has but one year, or nothing is to be shown."""
    first, last = whole.first.year, whole.last.year
    if first == last or not entries:
        return None
    step = WIDTH / (last - first + 1)
    counts = Counter(entry.start.year for entry in entries)
    highest = max(counts.values())
    base = _TOP + _COLUMNS
    columns = []
    for year, count in sorted(counts.items()):
        height = max(_COLUMNS * count / highest, 3.0)
        columns.append(
            Column(
                year,
                count,
                x=round((year - first) * step + step * 0.15, 1),
                y=round(base - height, 1),
                width=round(step * 0.7, 1),
                height=round(height, 1),
            )
        )
    return Strip(
        columns=columns,
        names=_names(first, last, step),
        most=max(columns, key=lambda column: (column.count, column.year)),
        left=_x_of(span.first, first, step),
        right=max(_x_of(span.last, first, step), _x_of(span.first, first, step) + 4),
        base=base,
        funnel_top=base + _NAMES,
        is_part=span != whole,
    )


def _names(first: int, last: int, step: float) -> list[tuple[int, float]]:
    """Return the years that are written, with their middles: round ones, the first, the last."""
    every = next((n for n in (1, 2, 5, 10, 20, 50) if n * step >= _NAME_ROOM), 100)
    room = _NAME_ROOM * 0.8
    ends = [first, last]
    inner = [
        year
        for year in range(first + 1, last)
        if year % every == 0 and all(abs(year - end) * step >= room for end in ends)
    ]
    return [(year, round((year - first + 0.5) * step, 1)) for year in sorted({*ends, *inner})]


def _x_of(day: date, first: int, step: float) -> float:
    share = (day - date(day.year, 1, 1)).days / 366
    if (day.month, day.day) == (12, 31):
        share = 1.0
    return round((day.year - first + share) * step, 1)
