"""The learner's cards one by one: a list by predicted recall, and the history of one card."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.marks import mark_of
from courses.assessment.domain.types import get_type
from courses.assessment.models import Question
from courses.assessment.presenting import feedback_view, question_view
from courses.assessment.versions import get_version, get_versions
from courses.common.errors import NotFound
from courses.enrollment.models import Course
from courses.enrollment.selectors import may
from courses.flashcards.domain.folding import Entry
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.retracing import Step, retrace
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import ENTRY_COLUMNS
from courses.flashcards.selectors.queue import study_day


@dataclass(frozen=True, slots=True)
class CardRecall:
    """A card in a list. `recall` is in [0, 1], None while it is new or in its steps."""

    question_id: UUID
    version_id: UUID
    course_slug: str
    course_title: str
    language: str
    topic: str
    state: str
    recall: float | None
    due_at: datetime | None
    suspended: bool
    reps: int


@dataclass(frozen=True, slots=True)
class CardHistory:
    """All that there is to tell about one card of a learner.

    `feedback` holds solution, explanation and claims; None while no answer stands, for
    until then the solution is not given away. `places` says where each entry was answered.
    `still_asked` is false for questions that were archived since.
    """

    question_id: UUID
    course: Course
    topic: str
    lesson_slug: str
    lesson_title: str
    question: dict[str, object]
    feedback: dict[str, object] | None
    marked_by_hand: bool
    state: State
    suspended: bool
    due_at: datetime | None
    still_asked: bool
    today: date
    steps: list[Step]
    places: dict[UUID, str]
    model: Fsrs6


def card_recalls(
    learner: User, now: datetime, *, course: str = "", topic: str = ""
) -> list[CardRecall]:
    """Return the learner's cards of questions that are still asked, the weakest first.

    Cards set aside are among them. New ones and those in their steps, of which nothing is
    predicted, come last. `course` and `topic` are slugs. One query.
    """
    mine = Card.objects.available_to(learner.pk)
    if course:
        mine = mine.filter(course__slug=course)
    if topic:
        mine = mine.filter(question__topic__slug=topic)
    today = study_day(learner, now)
    rows = mine.order_by("question__lesson__position", "question__position", "question_id")
    found = [
        CardRecall(
            *row[:5],
            topic=row[5] or "",
            state=State(row[6]).name.lower(),
            recall=_recall(State(row[6]), row[7], row[8], row[9], today),
            due_at=row[10],
            suspended=row[11],
            reps=row[12],
        )
        for row in rows.values_list(
            "question_id",
            "question__current_id",
            "course__slug",
            "course__title",
            "course__language",
            "question__topic__title",
            "state",
            "stability",
            "last_review_day",
            "parameters_id",
            "due_at",
            "suspended",
            "reps",
        )
    ]
    return sorted(found, key=lambda card: 2.0 if card.recall is None else card.recall)


def stems_of(cards: Iterable[CardRecall]) -> dict[UUID, object]:
    """Return the sanitised HTML of the cards' stems by question; two queries at most."""
    shown = list(cards)
    versions = get_versions(card.version_id for card in shown)
    return {
        card.question_id: question_view(versions[card.version_id], seed=0)["stem_html"]
        for card in shown
    }


def card_history(learner: User, question_id: UUID, now: datetime) -> CardHistory:
    """Return the history of the learner's own card. Raises NotFound.

    It stays readable when its question is archived, for as long as the learner may read the
    course, but not while a graded quiz reserves the question. Three queries, and those for a
    version that this process has not kept.
    """
    card = (
        Card.objects.filter(learner_id=learner.pk, question_id=question_id)
        .select_related("course", "question__topic", "question__lesson__current")
        .first()
    )
    if card is None or card.question.current_id is None:
        raise NotFound
    if card.question.reserved and not card.released:
        raise NotFound
    if not may(learner, "course.read", card.course):
        raise NotFound
    model = memory_model(card.parameters_id)
    entries, places = _log(learner, question_id)
    steps = retrace(entries, model=model)
    version = get_version(card.question.current_id)
    lesson = card.question.lesson
    return CardHistory(
        question_id=question_id,
        course=card.course,
        topic=card.question.topic.title if card.question.topic else "",
        lesson_slug=lesson.slug if lesson else "",
        lesson_title=lesson.current.title if lesson and lesson.current else "",
        question=question_view(version, seed=0),
        # As for a right answer: then nothing is said of mistakes.
        feedback=feedback_view(version, {}, mark_of(1.0)) if steps else None,
        marked_by_hand=get_type(version.type).marked_by_hand,
        state=State(card.state),
        suspended=card.suspended,
        due_at=card.due_at,
        still_asked=card.question.status == Question.Status.PUBLISHED,
        today=study_day(learner, now),
        steps=steps,
        places=places,
        model=model,
    )


def _log(learner: User, question_id: UUID) -> tuple[list[Entry], dict[UUID, str]]:
    rows = ReviewLog.objects.filter(learner_id=learner.pk, question_id=question_id).order_by()
    found = list(rows.values_list(*ENTRY_COLUMNS, "place"))
    return [Entry(*row[:-1]) for row in found], {row[0]: row[-1] for row in found}


def _recall(
    state: State, stability: float | None, last_day: date | None, parameters: UUID, today: date
) -> float | None:
    if state is not State.REVIEW or stability is None or last_day is None:
        return None
    elapsed = max((today - last_day).days, 0)
    return memory_model(parameters).retrievability(elapsed, stability)
