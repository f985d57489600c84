"""Pictures of numbers: where bars and labels stand, for templates to draw as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from courses.flashcards.outcomes import ForecastDay
from courses.flashcards.selectors.outlook import Outlook

WIDTH, HEIGHT = 672, 210
_TOP, _BOTTOM, _GAP = 26, 44, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the forecast; coordinates in the units of the picture's view box."""

    day: date
    cards: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    is_today: bool
    labelled: bool


def forecast_bars(days: Sequence[ForecastDay]) -> list[Bar]:
    """Return the bars of a forecast; every other day is labelled, and today always."""
    most = max([day.cards for day in days], default=0) or 1
    step = WIDTH / max(len(days), 1)
    room = HEIGHT - _TOP - _BOTTOM
    bars = []
    for index, day in enumerate(days):
        height = room * day.cards / most
        x = index * step + _GAP / 2
        bars.append(
            Bar(
                day=day.day,
                cards=day.cards,
                x=round(x, 1),
                y=round(_TOP + room - height, 1),
                width=round(step - _GAP, 1),
                height=round(height, 1),
                middle=round(x + (step - _GAP) / 2, 1),
                is_today=index == 0,
                labelled=index % 2 == 0,
            )
        )
    return bars


@dataclass(frozen=True, slots=True)
class OutlookBar:
    """All questions of a course on one line; places in the units of the picture's view box."""

    met: float
    low: float
    high: float
    expected: float
    label: float
    met_named: bool
    unmet_named: bool
    met_middle: float
    unmet_middle: float


OUTLOOK_WIDTH = 480
_NAME_ROOM, _EDGE = 110, 24


def outlook_bar(found: Outlook) -> OutlookBar:
    """Return where the expected score, its band and what was met stand on the line."""
    met = OUTLOOK_WIDTH * found.met / found.questions
    expected = OUTLOOK_WIDTH * found.score.expected
    return OutlookBar(
        met=round(met, 1),
        low=round(OUTLOOK_WIDTH * found.score.low, 1),
        high=round(OUTLOOK_WIDTH * found.score.high, 1),
        expected=round(expected, 1),
        label=round(min(max(expected, _EDGE), OUTLOOK_WIDTH - _EDGE), 1),
        met_named=met >= _NAME_ROOM,
        unmet_named=OUTLOOK_WIDTH - met >= _NAME_ROOM,
        met_middle=round(met / 2, 1),
        unmet_middle=round((OUTLOOK_WIDTH + met) / 2, 1),
    )
