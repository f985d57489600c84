"""The drawing of a timeline: where lanes, points, bars and words stand, for SVG to draw.

Plain arithmetic in the units of a view box of WIDTH; it knows nothing of colours. A point is
a day, a bar is a month, a year or a period. Marks and words of a row never touch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from courses.content.selectors import TimelineEntry
from courses.web.timeline_axis import Tick, axis_ticks
from courses.web.timeline_span import Span
from courses.web.timeline_words import shortened, text_width

WIDTH = 1104.0
AXIS, TITLE, ROW, LANE_GAP = 46.0, 30.0, 28.0, 12.0
_EDGE, _POINT, _BAR, _LEAST_BAR = 14.0, 6.5, 20.0, 12.0
_GAP, _INDENT = 12.0, 8.0
_LEAST_WORDS, _MOST_WORDS = 110.0, 560.0
_TARGET = 28.0


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry in the drawing. `begins` and `ends` say whether the span holds its edges."""

    entry: TimelineEntry
    standing: str
    is_point: bool
    x: float
    y: float
    width: float
    begins: bool
    ends: bool
    prefix: str
    words: str
    words_x: float
    words_end: bool
    left: float
    right: float

    @property
    def top(self) -> float:
        return self.y - _BAR / 2

    @property
    def in_bar(self) -> bool:
        """Whether the words stand in the bar and not beside it."""
        return not self.is_point and self.x < self.words_x < self.far

    @property
    def far(self) -> float:
        return round(self.x + self.width, 1)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def hit_x(self) -> float:
        return round(min(self.x, self.middle - _TARGET / 2), 1)

    @property
    def hit_y(self) -> float:
        return self.y - ROW / 2

    @property
    def hit_width(self) -> float:
        return max(self.width, _TARGET)


@dataclass(frozen=True, slots=True)
class Lane:
    """A topic with its marks; `y` is where its line is drawn, its title stands beneath."""

    slug: str
    title: str
    y: float
    height: float
    marks: list[Mark]

    @property
    def title_y(self) -> float:
        return self.y + 20


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it; `height` includes an axis above and one below."""

    span: Span
    lanes: list[Lane]
    ticks: list[Tick]
    height: float

    @property
    def width(self) -> float:
        return WIDTH

    @property
    def plot_bottom(self) -> float:
        return self.height - AXIS

    @property
    def count(self) -> int:
        return sum(len(lane.marks) for lane in self.lanes)


@dataclass(frozen=True, slots=True)
class _Scale:
    span: Span

    def at(self, day: date, *, offset: float = 0.0) -> float:
        """Return where `day` begins; the day after the last is the right edge."""
        past = day.toordinal() - self.span.first.toordinal() + offset
        return round(_EDGE + (WIDTH - 2 * _EDGE) * past / self.span.days, 1)


@dataclass(slots=True)
class _Row:
    taken: list[tuple[float, float]] = field(default_factory=list)

    def room(self, left: float, right: float) -> tuple[float, float] | None:
        """Return how far a mark from `left` to `right` may reach, None where it has no place."""
        if any(start < right + _GAP and left - _GAP < end for start, end in self.taken):
            return None
        before = max((end + _GAP for _start, end in self.taken if end <= left), default=0.0)
        after = min((start - _GAP for start, _end in self.taken if start >= right), default=WIDTH)
        return before, after


def standing_of(kind: str) -> str:
    """Return whether a claim of this kind is shown as a fact, a position or an argument."""
    return kind if kind in {"argument", "position"} else "fact"


def draw(
    entries: Sequence[TimelineEntry],
    span: Span,
    topics: Sequence[tuple[str, str]],
    prefixes: Mapping[str, str],
) -> Drawing:
    """Return the drawing of the entries that lie in `span`, a lane for each of `topics`.

    `prefixes` are what the words of an entry begin with, by its standing.
    """
    scale = _Scale(span)
    lanes: list[Lane] = []
    y = AXIS
    for slug, title in topics:
        shown = [
            entry
            for entry in entries
            if entry.topic_slug == slug and span.holds(entry.start, entry.end)
        ]
        if not shown:
            continue
        shapes = [_shape(entry, scale, prefixes) for entry in shown]
        placed, rows = _placed(shapes)
        top = y + TITLE
        marks = [_mark(one, top + row * ROW + ROW / 2) for one, row in placed]
        height = TITLE + rows * ROW + LANE_GAP
        lanes.append(Lane(slug, title, y, height, marks))
        y += height
    return Drawing(span, lanes, axis_ticks(span, scale.at), y + AXIS)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A mark before it has a row."""

    entry: TimelineEntry
    is_point: bool
    x: float
    far: float
    begins: bool
    ends: bool
    prefix: str

    @property
    def text(self) -> str:
        return self.prefix + self.entry.statement

    @property
    def left(self) -> float:
        return min(self.x, (self.x + self.far - _TARGET) / 2)

    @property
    def right(self) -> float:
        return max(self.far, (self.x + self.far + _TARGET) / 2)


@dataclass(frozen=True, slots=True)
class _Placed:
    shape: _Shape
    words: str
    words_x: float
    words_end: bool
    left: float
    right: float


def _shape(entry: TimelineEntry, scale: _Scale, prefixes: Mapping[str, str]) -> _Shape:
    span = scale.span
    prefix = prefixes.get(standing_of(entry.kind), "")
    begins, ends = entry.start >= span.first, entry.end <= span.last
    if entry.precision == "day":
        x = scale.at(entry.start, offset=0.5)
        return _Shape(entry, True, x - _POINT, x + _POINT, begins, ends, prefix)
    x = scale.at(entry.start) if begins else 0.0
    far = scale.at(entry.end, offset=1) if ends else WIDTH
    lack = max(_LEAST_BAR - (far - x), 0.0)
    return _Shape(entry, False, x - lack / 2, far + lack / 2, begins, ends, prefix)


def _placed(shapes: Sequence[_Shape]) -> tuple[list[tuple[_Placed, int]], int]:
    """Return each entry with its row. A row takes what leaves room for enough of its words."""
    rows: list[_Row] = []
    found = []
    for shape in shapes:
        for number, row in enumerate([*rows, _Row()]):
            room = row.room(shape.left, shape.right)
            one = _worded(shape, *room) if room else None
            if one is None:
                continue
            if number == len(rows):
                rows.append(row)
            row.taken.append((one.left, one.right))
            found.append((one, number))
            break
    return found, len(rows)


def _worded(shape: _Shape, before: float, after: float) -> _Placed | None:
    """Return `shape` with its words within it, right or left of it; None where too few fit."""
    text = shape.text
    wanted = min(text_width(text), _MOST_WORDS)
    least = min(wanted, _LEAST_WORDS)
    inset = _INDENT if shape.begins else _INDENT + 8
    inner = shape.far - shape.x - inset - _INDENT
    if not shape.is_point and inner >= max(least, 2 * _LEAST_WORDS):
        words = shortened(text, inner)
        return _Placed(shape, words, shape.x + inset, False, shape.left, shape.right)
    right_room, left_room = after - shape.right - 2, shape.left - before - 2
    if right_room >= wanted or (right_room >= left_room and right_room >= least):
        words = shortened(text, min(right_room, _MOST_WORDS))
        end = shape.right + 2 + text_width(words)
        return _Placed(shape, words, shape.far + _INDENT, False, shape.left, end)
    if left_room >= least:
        words = shortened(text, min(left_room, _MOST_WORDS))
        begin = shape.left - 2 - text_width(words)
        return _Placed(shape, words, shape.x - _INDENT, True, begin, shape.right)
    return None


def _mark(one: _Placed, y: float) -> Mark:
    shape = one.shape
    standing = standing_of(shape.entry.kind)
    prefix = shape.prefix if one.words.startswith(shape.prefix) else ""
    return Mark(
        entry=shape.entry,
        standing=standing,
        is_point=shape.is_point,
        x=round(shape.x, 1),
        y=y,
        width=round(shape.far - shape.x, 1),
        begins=shape.begins,
        ends=shape.ends,
        prefix=prefix,
        words=one.words.removeprefix(prefix),
        words_x=round(one.words_x, 1),
        words_end=one.words_end,
        left=one.left,
        right=one.right,
    )
