"""The forgetting curve of a card as a picture: where the curve, its reviews and labels stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import floor

from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.retracing import Step, Stretch, stretches

WIDTH = 480
_LEFT, _RIGHT, _PLOT, _BELOW, _ABOVE = 44, 40, 170, 42, 12
_ROW, _MARK, _WORD = 18, 14, 46
_NAMED_ROWS, _MOST_ROWS = 4, 7
_LABEL_ROOM = 74
_AHEAD, _FURTHEST = timedelta(weeks=4), timedelta(weeks=16)
_UNITS_PER_POINT = 4.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A review: its place above the plot, and the line up from where recall had fallen to."""

    day: date
    rating: int | None
    x: float
    y: float
    word_x: float
    named: bool
    dropped_y: float | None


@dataclass(frozen=True, slots=True)
class Label:
    """A date beneath the plot; `kind` is first, today, due or end."""

    kind: str
    day: date
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class RecallChart:
    """Coordinates in the units of the view box; shares in [0, 1]."""

    height: float
    top: float
    base: float
    left: float
    right: float
    past: str
    ahead: str
    marks: list[Mark]
    ticks: list[tuple[float, float]]
    aim: float
    aim_y: float
    labels: list[Label]
    today_x: float
    today_y: float
    due_x: float | None
    due_y: float
    now: float
    end: float
    end_day: date
    unnamed: list[int]


@dataclass(frozen=True, slots=True)
class _Frame:
    """From days and shares to the units of the picture."""

    first: date
    days: int
    lowest: float
    top: float

    def x(self, days_in: float) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * days_in / self.days, 1)

    def on(self, day: date) -> float:
        return self.x((day - self.first).days)

    def y(self, recall: float) -> float:
        share = (recall - self.lowest) / (1 - self.lowest)
        return round(self.top + _PLOT * (1 - min(max(share, 0.0), 1.0)), 1)


def recall_chart(
    steps: Sequence[Step], *, today: date, due: date | None, aim: float, model: Fsrs6
) -> RecallChart:
    """Return the picture of a card reviewed at least once; `aim` is the desired retention."""
    first = min(step.entry.local_day for step in steps)
    until = max(today + _AHEAD, min(due + timedelta(days=7), today + _FURTHEST) if due else today)
    days = (until - first).days
    spacing = days * _UNITS_PER_POINT / (WIDTH - _LEFT - _RIGHT)
    curve = stretches(steps, until=until, model=model, every_days=spacing)
    least = min(recall for stretch in curve for _day, recall in stretch.points)
    lowest = max(min(floor(least * 10 - 0.2) / 10, 0.7, floor(aim * 10 - 1) / 10), 0.0)
    places, rows = _placed([_x_of(step.entry.local_day, first, days) for step in steps])
    frame = _Frame(first, days, lowest, _ABOVE + rows * _ROW + 6)
    past, ahead, now = _paths(curve, frame, today)
    base = frame.top + _PLOT
    falls = {one.since: before.points[-1][1] for before, one in pairwise(curve)}
    due_x = frame.on(due) if due is not None and today < due <= until else None
    return RecallChart(
        height=base + _BELOW,
        top=frame.top,
        base=base,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        past=past,
        ahead=ahead,
        marks=_marks(steps, places, frame, falls),
        ticks=_ticks(frame, aim),
        aim=aim,
        aim_y=frame.y(aim),
        labels=_labels(frame, today, due if due_x is not None else None, until, base),
        today_x=frame.on(today),
        today_y=frame.y(now),
        due_x=due_x,
        due_y=frame.y(_recall_at(curve[-1], due, model, steps)) if due_x and due else 0.0,
        now=now,
        end=curve[-1].points[-1][1],
        end_day=until,
        unnamed=_unnamed(steps, places),
    )


def _x_of(day: date, first: date, days: int) -> float:
    return _Frame(first, days, 0.0, 0.0).on(day)


def _placed(xs: Sequence[float]) -> tuple[list[tuple[int, bool]], int]:
    """Return the row of each mark and whether its word is beside it; and how many rows."""
    for room, named in ((_MARK + _WORD, True), (_MARK + 1, False)):
        ends: list[float] = []
        placed = []
        for x in xs:
            row = next((n for n, end in enumerate(ends) if end <= x), len(ends))
            if row == len(ends):
                ends.append(0.0)
            ends[row] = x + room
            placed.append((row, named))
        if len(ends) <= _NAMED_ROWS or not named:
            rows = min(len(ends), _MOST_ROWS)
            return [(min(row, rows - 1), word) for row, word in placed], rows
    raise AssertionError("The second round always returns.")


def _marks(
    steps: Sequence[Step],
    places: Sequence[tuple[int, bool]],
    frame: _Frame,
    falls: dict[date, float],
) -> list[Mark]:
    marks = []
    for step, (row, named) in zip(steps, places, strict=True):
        day = step.entry.local_day
        x = frame.on(day)
        fallen = falls.pop(day, None)
        y = frame.top - 12 - row * _ROW
        dropped = None if fallen is None else frame.y(fallen)
        marks.append(Mark(day, step.rating, x, y, x + _MARK / 2 + 4, named, dropped))
    return marks


def _unnamed(steps: Sequence[Step], places: Sequence[tuple[int, bool]]) -> list[int]:
    """Return the ratings (0 for a changed fact) whose shape needs a key beneath the picture."""
    pairs = zip(steps, places, strict=True)
    return sorted({step.rating or 0 for step, (_row, named) in pairs if not named})


def _paths(curve: Sequence[Stretch], frame: _Frame, today: date) -> tuple[str, str, float]:
    """Return the path up to today, the one after it, and the recall of today."""
    past = [_path(_units(stretch, frame)) for stretch in curve[:-1]]
    last = curve[-1]
    since = (today - last.since).days
    now = _between(last.points, since)
    before = [point for point in last.points if point[0] < since]
    after = [point for point in last.points if point[0] > since]
    past.append(_path(_units(Stretch(last.since, (*before, (since, now))), frame)))
    return " ".join(past), _path(_units(Stretch(last.since, ((since, now), *after)), frame)), now


def _between(points: Sequence[tuple[float, float]], moment: float) -> float:
    """Return the value at `moment`, on the straight line between the points around it."""
    for (begin, high), (end, low) in pairwise(points):
        if begin <= moment <= end:
            return high + (low - high) * (moment - begin) / (end - begin)
    return points[-1][1] if points[-1][0] <= moment else points[0][1]


def _recall_at(last: Stretch, day: date, model: Fsrs6, steps: Sequence[Step]) -> float:
    memory = steps[-1].after.memory
    assert memory is not None  # it was reviewed
    return model.retrievability(max((day - last.since).days, 0), memory.stability)


def _units(stretch: Stretch, frame: _Frame) -> list[tuple[float, float]]:
    offset = (stretch.since - frame.first).days
    return [(frame.x(offset + day), frame.y(recall)) for day, recall in stretch.points]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _ticks(frame: _Frame, aim: float) -> list[tuple[float, float]]:
    """Return (share, y) every tenth, or every fifth of a tall range, but not beside the aim."""
    tenths = range(round(frame.lowest * 10), 11, 1 if frame.lowest >= 0.5 else 2)
    shares = [1.0, *(tenth / 10 for tenth in tenths if tenth < 10)]
    return [(share, frame.y(share)) for share in shares if abs(share - aim) > 0.06]


def _labels(frame: _Frame, today: date, due: date | None, until: date, base: float) -> list[Label]:
    """Return the dates that have room, the important ones first."""
    wanted = [("today", today), ("due", due), ("first", frame.first), ("end", until)]
    upper, lower = base + 17, base + 36
    found: list[Label] = []
    for kind, day in wanted:
        if day is None:
            continue
        x = frame.on(day)
        free = all(abs(x - one.x) >= _LABEL_ROOM for one in found if one.y == upper)
        if free or kind == "due":
            found.append(Label(kind, day, x, upper if free else lower, _anchor(x)))
    return found


def _anchor(x: float) -> str:
    if x < _LEFT + 30:
        return "start"
    return "end" if x > WIDTH - _RIGHT - 30 else "middle"
