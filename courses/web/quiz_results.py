"""What the results of a quiz say: the score in words, topic by topic, what comes back when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.assessment.domain.scoring import CERTAINTY
from courses.assessment.models import Confidence
from courses.assessment.selectors import AttemptItem, AttemptPage, QuestionPlace
from courses.flashcards.selectors.schedules import CardSchedule

# From this share on the words are said; the first that fits.
_WORDS: tuple[tuple[float, Promise], ...] = (
    (1.0, _("All of it is there.")),
    (0.8, _("Most of it is there.")),
    (0.5, _("More than half is there; the rest comes back to you.")),
    (0.0, _("A beginning: what you missed comes back first.")),
)
# Where no card of it may come back yet.
_WORDS_ALONE: tuple[tuple[float, Promise], ...] = (
    *_WORDS[:2],
    (0.5, _("More than half is there.")),
    (0.0, _("A beginning.")),
)


@dataclass(frozen=True, slots=True)
class TopicScore:
    """A topic of the quiz: how much of its points was earned, in how many questions."""

    title: str
    earned: float
    possible: float
    questions: int

    @property
    def share(self) -> float:
        """What was earned, in [0, 1]; confidence can take it below 0, which counts as 0."""
        return max(self.earned / self.possible, 0.0)


@dataclass(frozen=True, slots=True)
class ComingDay:
    """How many of the cards touched come back on a day; `is_today`, `is_tomorrow` for words."""

    day: date
    cards: int
    is_today: bool
    is_tomorrow: bool


def certainty_rows() -> list[tuple[str, str, str]]:
    """Return each level of confidence with what a right and a wrong answer are worth, in words."""
    return [
        (str(label), _signed(right), _signed(wrong))
        for value, label in Confidence.choices
        for right, wrong in [CERTAINTY[value]]
    ]


def _signed(worth: float) -> str:
    """Return a share in figures with its sign, 0 without one."""
    return f"{worth:+.2g}".replace("-", "−") if worth else "0"  # a minus sign


def score_words(share: float | None, *, comes_back: bool = True) -> str:
    """Return the score in a kind sentence; nothing where nothing is graded.

    `comes_back`: the questions may be reviewed as cards by now.
    """
    if share is None:
        return ""
    told = _WORDS if comes_back else _WORDS_ALONE
    return str(next(words for least, words in told if share >= least))


def by_topic(page: AttemptPage, places: Mapping[UUID, QuestionPlace]) -> list[TopicScore]:
    """Return the graded questions by topic, in the order in which the quiz comes to them.

    Nothing where there is but one topic, which would repeat the score, or while an answer waits
    to be marked.
    """
    earned: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for item in page.items:
        if not item.self_rated:
            place = places.get(item.version.question_id)
            counted = item.response.counted if item.response else 0.0
            earned[place.topic if place else ""].append((item.points * (counted or 0), item.points))
    if len(earned) < 2 or page.awaiting:
        return []
    return [
        TopicScore(
            topic, sum(worth for worth, _ in parts), sum(most for _, most in parts), len(parts)
        )
        for topic, parts in earned.items()
    ]


def coming_days(schedules: Iterable[CardSchedule], today: date) -> list[ComingDay]:
    """Return on which days the cards come back, the soonest first; what is overdue is today's."""
    counts: defaultdict[date, int] = defaultdict(int)
    for schedule in schedules:
        if not schedule.suspended:
            counts[max(schedule.day, today)] += 1
    tomorrow = today + timedelta(days=1)
    return [
        ComingDay(day, count, day == today, day == tomorrow)
        for day, count in sorted(counts.items())
    ]


def lessons_to_read(
    items: Sequence[AttemptItem], places: Mapping[UUID, QuestionPlace]
) -> list[QuestionPlace]:
    """Return the lessons that teach what was not answered right, each once, in order."""
    missed = (item for item in items if item.mark is None or item.mark.verdict != "right")
    found: dict[str, QuestionPlace] = {}
    for item in missed:
        place = places.get(item.version.question_id)
        if place is not None and place.lesson_slug:
            found.setdefault(place.lesson_slug, place)
    return list(found.values())
