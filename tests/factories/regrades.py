"""Makes changed keys and carries them through, for the tests."""

from datetime import timedelta
from typing import Any

from courses.accounts.models import User
from courses.assessment import jobs  # noqa: F401 - registers the kinds
from courses.assessment.models import Question, Regrade
from courses.assessment.services import regrades, save_question
from courses.common import outbox
from tests.factories.flashcards import NOON

LATER = NOON + timedelta(days=30)


def options_with_key(right: str, *others: str) -> dict[str, Any]:
    """Return the payload of a single choice whose key is `right`."""
    return {"options": [{"text": right, "correct": True}, *({"text": one} for one in others)]}


def change_key(question: Question, payload: dict[str, Any], type_name: str | None = None) -> None:
    """Give the question another key, as its author would; the old version stays."""
    assert question.current is not None
    save_question(
        course=question.course,
        slug=question.slug,
        type_name=type_name or question.current.type,
        stem=question.current.stem,
        payload=payload,
        lesson=question.lesson,
        explanation=question.current.explanation,
        now=LATER - timedelta(days=1),
    )
    question.refresh_from_db()


def preview(actor: User, *questions: Question, **fields: Any) -> Regrade:
    """Return the regrade of these questions, looked at."""
    course = questions[0].course
    names = [one.pk for one in questions]
    return regrades.preview_regrade(actor, course, names, **({"now": LATER} | fields))


def carry_out(actor: User, regrade: Regrade, **fields: Any) -> Regrade:
    """Apply the regrade and run its job; return it as it is then."""
    regrades.apply_regrade(actor, regrade.pk, **({"now": LATER} | fields))
    outbox.run_due(regrades.APPLY, now=LATER)
    regrade.refresh_from_db()
    return regrade


def take_back(actor: User, regrade: Regrade) -> Regrade:
    """Undo the regrade and run its job; return it as it is then."""
    moment = LATER + timedelta(hours=1)
    regrades.undo_regrade(actor, regrade.pk, now=moment)
    outbox.run_due(regrades.UNDO, now=moment)
    regrade.refresh_from_db()
    return regrade
