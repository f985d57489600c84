"""Makes cards, reviews and plans for the tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.common.ids import new_id
from courses.content.models import Lesson, LessonProgress
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card
from courses.flashcards.outcomes import ReviewOutcome
from courses.flashcards.parameters import DEFAULT_SET_ID
from courses.flashcards.services import answer_card
from tests.factories.assessment import RIGHT, WRONG

# Noon in Tokyo (the zone of the factories' people) on Friday 20 November 2026.
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


def make_card(learner: User, question: Question, **fields: Any) -> Card:
    """Return a saved new card, whoever the learner is; `fields` say otherwise."""
    values: dict[str, Any] = {
        "course_id": question.course_id,
        "parameters_id": DEFAULT_SET_ID,
        "created_at": NOON - timedelta(days=30),
    }
    return Card.objects.create(learner=learner, question=question, **(values | fields))


def make_review_card(
    learner: User,
    question: Question,
    *,
    due_at: datetime = NOON - timedelta(days=1),
    stability: float = 9.0,
    **fields: Any,
) -> Card:
    """Return a card in review, due yesterday; it has no log."""
    last_at = due_at - timedelta(days=9)
    values: dict[str, Any] = {
        "state": State.REVIEW,
        "stability": stability,
        "difficulty": 5.0,
        "last_review_at": last_at,
        "last_review_day": last_at.date(),
        "due_at": due_at,
        "interval_days": 9,
        "reps": 3,
        "received_at": last_at,
    }
    return make_card(learner, question, **(values | fields))


def answer(
    learner: User, question: Question, *, right: bool = True, at: datetime = NOON, **fields: Any
) -> ReviewOutcome:
    """Answer the learner's card at `at`, served half a minute before."""
    assert question.current is not None
    values: dict[str, Any] = {
        "review_id": new_id(),
        "raw_answer": (RIGHT if right else WRONG)[question.current.type],
        "served_at": at - timedelta(seconds=30),
        "answered_at": at,
        "duration_ms": 9_000,
        "now": at,
    }
    return answer_card(learner=learner, question_id=question.pk, **(values | fields))


def card_of(learner: User, question: Question | UUID) -> Card:
    """Return the learner's card as it is stored now."""
    question_id = question if isinstance(question, UUID) else question.pk
    return Card.objects.get(learner=learner, question_id=question_id)


def finish(learner: User, lesson: Lesson, at: datetime = NOON - timedelta(days=1)) -> None:
    """Have the learner finish the lesson."""
    LessonProgress.objects.update_or_create(
        learner=learner, lesson=lesson, defaults={"started_at": at, "finished_at": at}
    )
