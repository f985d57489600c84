"""What is answered in a lesson or a quiz becomes a card, or a review of the card there is."""

from datetime import datetime

from django.db import IntegrityError, transaction

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.types import get_type
from courses.assessment.models import QuestionVersion, Response
from courses.common.errors import KeyReused
from courses.enrollment.models import Course
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.parameters import DEFAULT_SET_ID
from courses.flashcards.rows import CardRow, lock_card
from courses.flashcards.services.ledger import Answer, append_answer
from courses.flashcards.services.marking import rate


def record_response(
    *, response: Response, version: QuestionVersion, mark: Mark, place: str, now: datetime
) -> None:
    """Log a response as a review of its card, made if need be; in the caller's transaction.

    The entry takes the response's id. A response of somebody who does not study the course
    (a teacher trying it out) leaves no card. Raises KeyReused if a review has that id.
    """
    card = _card_of(response.learner, version, now)
    if card is None:
        return
    answer = Answer(
        id=response.id,
        version_id=version.pk,
        rating=rate(version, response.answer, mark, duration_ms=response.duration_ms),
        self_rated=get_type(version.type).self_rated,
        answer=response.answer,
        credit=response.credit,
        digest=response.digest,
        served_at=None,
        answered_at=min(response.answered_at, now),
        duration_ms=response.duration_ms,
        place=ReviewLog.Place(place),
    )
    try:
        with transaction.atomic():
            append_answer(card=card, learner=response.learner, answer=answer, now=now)
    except IntegrityError as error:
        raise KeyReused from error


def _card_of(learner: User, version: QuestionVersion, now: datetime) -> CardRow | None:
    """Return the learner's card of the question, locked; None for who does not study it."""
    card = lock_card(learner.pk, version.question_id)
    if card is not None:
        return card if card.studied else None
    course_id = version.question.course_id
    if not Course.objects.studied_by(learner).filter(pk=course_id).exists():
        return None
    fresh = Card(
        learner_id=learner.pk,
        question_id=version.question_id,
        course_id=course_id,
        parameters_id=DEFAULT_SET_ID,
        created_at=now,
    )
    # Another answer to the same question may have been faster.
    Card.objects.bulk_create([fresh], ignore_conflicts=True)
    return lock_card(learner.pk, version.question_id)
