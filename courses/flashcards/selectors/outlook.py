"""What a learner will know of a course on its exam day, and which lesson would help most."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.content.models import Lesson
from courses.enrollment.models import Course
from courses.flashcards.domain.fsrs6 import Memory
from courses.flashcards.domain.outlook import (
    Score,
    expected_score,
    gain_of_learning,
    gain_of_review,
)
from courses.flashcards.domain.queue import LOOKS_PER_NEW_CARD
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card
from courses.flashcards.parameters import DEFAULT_SET_ID, memory_model
from courses.flashcards.selectors.progress import coming_exam
from courses.flashcards.selectors.queue import study_day

# Without an exam ahead it is asked what is left after four weeks.
WITHOUT_EXAM = timedelta(weeks=4)
# Less than half a point of a hundred is no advice.
_LEAST_GAIN = 0.005


@dataclass(frozen=True, slots=True)
class LessonGain:
    """What answering a lesson's questions today adds to the score; `gain` in [0, 1]."""

    slug: str
    title: str
    questions: int
    gain: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The score expected on `day` if nothing were studied until then, over all questions.

    Questions not met yet count as not known; `met` of `questions` are, and `of_met` is the
    score over these alone. `is_exam` tells whether `day` is an exam. `best` is None where
    no lesson would add anything to speak of.
    """

    day: date
    is_exam: bool
    score: Score
    of_met: Score
    met: int
    questions: int
    best: LessonGain | None


@dataclass(frozen=True, slots=True)
class _Prospect:
    """One question: its recall on the day if left alone, and what studying it today adds."""

    recall: float | None
    gain: float
    seconds: float


def outlook(
    learner: User, course: Course, now: datetime, *, seconds_per_card: float
) -> Outlook | None:
    """Return the learner's outlook on the course; None until a first card is learned.

    Three queries. Lessons are compared by what fits into the learner's minutes of a day;
    of those not begun only the first is, since lessons build on each other.
    """
    today = study_day(learner, now)
    exam_day = coming_exam(learner, course, today)
    day = exam_day or today + WITHOUT_EXAM
    cards = _memories(learner, course)
    prospects: list[_Prospect] = []
    lessons: defaultdict[tuple[str, str], list[_Prospect]] = defaultdict(list)
    for question_id, slug, title, status in _questions(course):
        found = _prospect(cards.get(question_id), today, day, seconds_per_card)
        prospects.append(found)
        if slug and status == Lesson.Status.PUBLISHED:
            lessons[slug, title or ""].append(found)
    recalls = [found.recall for found in prospects if found.recall is not None]
    if all(stepping for _memory, _day, stepping, _parameters in cards.values()):
        return None
    return Outlook(
        day=day,
        is_exam=exam_day is not None,
        score=expected_score(recalls, questions=len(prospects)),
        of_met=expected_score(recalls, questions=len(recalls)),
        met=len(recalls),
        questions=len(prospects),
        best=_best(lessons, learner.minutes_per_day * 60, len(prospects)),
    )


def _questions(course: Course) -> list[tuple[UUID, str | None, str | None, str | None]]:
    asked = Question.objects.filter(
        course=course, status=Question.Status.PUBLISHED, current__isnull=False
    ).order_by("lesson__position", "position", "id")
    return list(asked.values_list("pk", "lesson__slug", "lesson__current__title", "lesson__status"))


def _memories(learner: User, course: Course) -> dict[UUID, tuple[Memory, date, bool, UUID]]:
    """Return memory, last day, whether in its steps, and parameters of every reviewed card."""
    rows = Card.objects.filter(
        learner_id=learner.pk, course=course, stability__isnull=False
    ).order_by()
    found = {}
    for question_id, stability, difficulty, last_day, state, parameters_id in rows.values_list(
        "question_id", "stability", "difficulty", "last_review_day", "state", "parameters_id"
    ):
        assert stability is not None  # filtered; difficulty and day come with it
        assert difficulty is not None
        assert last_day is not None
        memory = Memory(stability, difficulty)
        found[question_id] = (memory, last_day, state != State.REVIEW, parameters_id)
    return found


def _prospect(
    card: tuple[Memory, date, bool, UUID] | None, today: date, day: date, pace: float
) -> _Prospect:
    ahead = (day - today).days
    if card is None:
        gain = gain_of_learning(ahead_days=ahead, model=memory_model(DEFAULT_SET_ID))
        return _Prospect(None, gain, pace * LOOKS_PER_NEW_CARD)
    memory, last_day, stepping, parameters_id = card
    model = memory_model(parameters_id)
    # Minutes after an answer everything seems to be remembered: a card in its steps counts
    # as if it were seen tomorrow at the earliest.
    elapsed = max((today - last_day).days, 0)
    recall = model.retrievability(max(elapsed + ahead, int(stepping)), memory.stability)
    gain = gain_of_review(memory, elapsed_days=elapsed, ahead_days=ahead, model=model)
    return _Prospect(recall, gain, pace)


def _best(
    lessons: dict[tuple[str, str], list[_Prospect]], budget_seconds: float, questions: int
) -> LessonGain | None:
    found, anew = [], False
    for (slug, title), prospects in lessons.items():
        if all(one.recall is None for one in prospects):
            if anew:
                continue
            anew = True
        gain, count, seconds = 0.0, 0, 0.0
        for one in sorted(prospects, key=lambda each: each.gain / each.seconds, reverse=True):
            if one.gain <= 0 or seconds + one.seconds > budget_seconds:
                break
            gain, count, seconds = gain + one.gain, count + 1, seconds + one.seconds
        found.append(LessonGain(slug, title, count, gain / questions))
    # The first lesson of equals: max keeps it, lessons come in their order.
    best = max(found, key=lambda one: one.gain, default=None)
    return best if best is not None and best.gain >= _LEAST_GAIN else None
