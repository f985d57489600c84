"""The calendar of answers as a picture: a square for every day, fuller the more was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from courses.flashcards.selectors.calendar import CalendarDay

_STEP, _LEFT, _TOP, _CELL = 24, 40, 22, 20
# The side of the ink in its square at each level: told by size as well as by colour.
_SIDES = (0, 7, 11, 15, 20)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day; `x`, `y` are the corner of its square, `ink_*` of what is filled of it."""

    day: date
    answers: int
    level: int
    x: int
    y: int
    ink_x: float
    ink_y: float
    side: int
    is_today: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The picture, the weeks behind it, and what the sentence beside it says."""

    width: int
    height: int
    cells: list[Cell]
    months: list[tuple[int, date]]
    weekdays: list[tuple[int, date]]
    weeks: list[list[CalendarDay]]
    answers: int
    active_days: int
    busiest: CalendarDay | None

    @property
    def scale(self) -> list[tuple[int, int, float, int]]:
        """For a key to the picture: (level, x, y of the ink, side) of each level."""
        return [
            (level, index * _STEP, (_CELL - side) / 2, side)
            for index, (level, side) in enumerate(zip(range(5), _SIDES, strict=True))
        ]


def level_of(answers: int, most: int) -> int:
    """Return 0 for none, else 1 to 4: the quarter of the busiest day that was reached."""
    return 0 if not answers or not most else min(-(-4 * answers // most), 4)


def calendar_of(days: Sequence[CalendarDay]) -> Calendar:
    """Return the calendar of whole weeks in order; the last may be broken off by today."""
    most = max((day.answers for day in days), default=0)
    cells = [_cell(index, day, most, index == len(days) - 1) for index, day in enumerate(days)]
    weeks = [list(days[start : start + 7]) for start in range(0, len(days), 7)]
    busiest = max(days, key=lambda day: day.answers, default=None)
    return Calendar(
        width=_LEFT + len(weeks) * _STEP,
        height=_TOP + 7 * _STEP,
        cells=cells,
        months=_months(weeks),
        weekdays=[(_TOP + row * _STEP + 15, day.day) for row, day in enumerate(days[:7])][::2],
        weeks=weeks,
        answers=sum(day.answers for day in days),
        active_days=sum(day.answers > 0 for day in days),
        busiest=busiest if most else None,
    )


def _cell(index: int, day: CalendarDay, most: int, is_today: bool) -> Cell:
    level = level_of(day.answers, most)
    x, y = _LEFT + index // 7 * _STEP, _TOP + index % 7 * _STEP
    margin = (_CELL - _SIDES[level]) / 2
    return Cell(day.day, day.answers, level, x, y, x + margin, y + margin, _SIDES[level], is_today)


def _months(weeks: Sequence[Sequence[CalendarDay]]) -> list[tuple[int, date]]:
    """Return where each month's name stands: over the week of its first day, if there is room."""
    found: list[tuple[int, date]] = []
    for column, week in enumerate(weeks):
        first = next((day.day for day in week if day.day.day == 1), None)
        if column == 0 and first is None:
            first = week[0].day
        if first is None or column == len(weeks) - 1:
            continue
        if found and column * _STEP + _LEFT - found[-1][0] < 2 * _STEP:
            found.pop()
        found.append((_LEFT + column * _STEP, first))
    return found
