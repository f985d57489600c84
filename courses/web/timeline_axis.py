"""The axis of a timeline: which years, months or days are ticked, as there is room."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from courses.web.timeline_span import Span

# Units of the picture that a tick with its word needs.
_ROOM = {"year": 56, "month": 50, "day": 34}
_NAME_ROOM = 120


@dataclass(frozen=True, slots=True)
class Tick:
    """A line down the picture; `unit` is year, month or day, `above` names what it lies in.

    `worded` says whether its own word stands at it; a year's line is `strong` among months.
    """

    day: date
    unit: str
    x: float
    worded: bool
    above: str
    strong: bool


def axis_ticks(span: Span, x_of: Callable[[date], float]) -> list[Tick]:
    """Return the ticks of `span`, the finest whose words do not touch."""
    per_day = (x_of(span.last) - x_of(span.first)) / max(span.days - 1, 1)
    if per_day * 7 >= _ROOM["day"]:
        every = 1 if per_day >= _ROOM["day"] else 7
        return list(_days(span, x_of, every))
    for step in (1, 3):
        if per_day * 30.4 * step >= _ROOM["month"]:
            return list(_months(span, x_of, step))
    step = next(
        (step for step in (1, 2, 5, 10, 20, 50) if per_day * 365 * step >= _ROOM["year"]), 100
    )
    return list(_years(span, x_of, step))


def _years(span: Span, x_of: Callable[[date], float], step: int) -> Iterator[Tick]:
    for year in range(span.first.year, span.last.year + 1):
        if year % step == 0 and date(year, 1, 1) >= span.first:
            day = date(year, 1, 1)
            yield Tick(day, "year", x_of(day), worded=True, above="", strong=False)


def _months(span: Span, x_of: Callable[[date], float], step: int) -> Iterator[Tick]:
    day = span.first.replace(day=1)
    first = True
    while day <= span.last:
        if day >= span.first:
            yield Tick(
                day,
                "month",
                x_of(day),
                worded=day.month % step == 1 or step == 1,
                above="year" if day.month == 1 or _leads(first, span, day, "year", x_of) else "",
                strong=day.month == 1,
            )
            first = False
        day = (day + timedelta(days=31)).replace(day=1)


def _days(span: Span, x_of: Callable[[date], float], every: int) -> Iterator[Tick]:
    for ordinal in range(span.first.toordinal(), span.last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        leads = day == span.first and _leads(True, span, day, "month", x_of)
        yield Tick(
            day,
            "day",
            x_of(day),
            worded=every == 1 or (day.day % every == 1 and day.day < 29),
            above="month" if day.day == 1 or leads else "",
            strong=day.day == 1,
        )


def _leads(first: bool, span: Span, day: date, unit: str, x_of: Callable[[date], float]) -> bool:
    """Whether the first tick must name its year or month, and has room before the next."""
    if not first:
        return False
    following = date(day.year + 1, 1, 1)
    if unit == "month":
        following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return following > span.last or x_of(following) - x_of(day) >= _NAME_ROOM
