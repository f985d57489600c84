"""What the pages of single cards say about them, in words."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.flashcards.domain.retracing import Step
from courses.flashcards.selectors import days_label
from courses.flashcards.selectors.histories import CardHistory
from courses.web.recall_chart import RecallChart
from courses.web.templatetags.web import foreseen, percent

RATINGS = {
    0: gettext_lazy("The fact changed"),
    1: gettext_lazy("Again"),
    2: gettext_lazy("Hard"),
    3: gettext_lazy("Good"),
    4: gettext_lazy("Easy"),
}
PLACES = {
    "review": pgettext_lazy("where it was answered", "Review"),
    "lesson": pgettext_lazy("where it was answered", "Lesson"),
    "quiz": pgettext_lazy("where it was answered", "Quiz"),
}
STATES = {
    "new": pgettext_lazy("a card", "Not asked yet"),
    "learning": pgettext_lazy("a card", "Being learned"),
    "relearning": pgettext_lazy("a card", "Being learned again"),
    "review": pgettext_lazy("a card", "Learned"),
}


def curve_sentence(history: CardHistory, chart: RecallChart) -> str:
    """Return the one sentence that says what the picture of a card shows."""
    held = [_held(step, history, chart.aim) for step in _last_of_days(history.steps)]
    values = {
        "aim": percent(chart.aim),
        "now": _days(held[-1]),
        "end": foreseen(chart.end),
        "day": date_format(chart.end_day, "MONTH_DAY_FORMAT"),
    }
    if len(held) == 1:
        return (
            _(
                "Left alone, your recall of this would fall to %(aim)s within %(now)s,"
                " and to about %(end)s by %(day)s."
            )
            % values
        )
    longest = max(held[:-1])
    slipped = held[-1] < longest
    values["before"] = _days(longest if slipped else held[0])
    if values["before"] == values["now"]:
        return (
            _(
                "Your recall of this falls to %(aim)s within %(now)s, about as fast as before."
                " The next reviews will make it last longer."
            )
            % values
        )
    if slipped:
        return (
            _(
                "It slipped: recall now falls to %(aim)s within %(now)s, as against %(before)s"
                " before. The next reviews build it up again."
            )
            % values
        )
    return (
        _(
            "After your first answers recall fell to %(aim)s within %(before)s; now it takes"
            " %(now)s. Your reviews made the memory last longer."
        )
        % values
    )


def wait_words(interval_days: int, due_at: datetime | None) -> str:
    """Return how long a review sent the card away; a dash where no schedule is known."""
    if due_at is None:
        return "–"
    return days_label(interval_days) if interval_days else _("some minutes")


def _last_of_days(steps: list[Step]) -> list[Step]:
    return list({step.after.last_day: step for step in steps}.values())


def _held(step: Step, history: CardHistory, aim: float) -> float:
    assert step.after.memory is not None  # it was reviewed
    return history.model.interval_days(step.after.memory.stability, retention=aim)


def _days(days: float) -> str:
    return _("less than a day") if days < 1 else days_label(round(days))
