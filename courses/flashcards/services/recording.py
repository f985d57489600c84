"""What is answered in a lesson or a quiz becomes a card, or a review of the card there is."""

from datetime import datetime
from typing import TypedDict

from django.db import IntegrityError, transaction

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.scoring import SURE
from courses.assessment.domain.types import get_type
from courses.assessment.models import QuestionVersion, Response
from courses.assessment.selectors.markings import was_confident_error
from courses.common.errors import KeyReused
from courses.enrollment.models import Course
from courses.flashcards.domain.queue import undone_position
from courses.flashcards.domain.ratings import Rating
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.parameters import DEFAULT_SET_ID
from courses.flashcards.rows import CardRow, lock_card, write_card_row
from courses.flashcards.services.correcting import correct_rating
from courses.flashcards.services.ledger import Answer, append_answer
from courses.flashcards.services.marking import rate


class Flags(TypedDict):
    """What is known of an answer beside its mark; see `domain.ratings.rating_of`."""

    certain: bool
    retried: bool


def record_response(
    *, response: Response, version: QuestionVersion, mark: Mark, place: str, now: datetime
) -> None:
    """Log a response as a review of its card, made if need be; in the caller's transaction.

    The entry takes the response's id. A response of somebody who does not study the course
    (a teacher trying it out) leaves no card, and one that waits to be marked none yet. A mistake
    that its giver was sure of comes back before everything else. Raises KeyReused if a review
    has that id.
    """
    if mark.verdict == "awaiting":
        return
    card = _card_of(response.learner, version, now)
    if card is None:
        return
    answer = Answer(
        id=response.id,
        version_id=version.pk,
        rating=rating_of_response(response, version, mark),
        self_rated=get_type(version.type).self_rated,
        answer=response.answer,
        credit=mark.credit,
        digest=response.digest,
        served_at=None,
        answered_at=min(response.answered_at, now),
        duration_ms=response.duration_ms,
        place=ReviewLog.Place(place),
    )
    try:
        # No savepoint: whoever breaks a rule here takes the response back with it.
        with transaction.atomic(savepoint=False):
            append_answer(card=card, learner=response.learner, answer=answer, now=now)
            if was_confident_error(response) and not card.suspended:
                foremost = {"queue_position": undone_position(now)}
                write_card_row(response.learner_id, card.question_id, foremost)
    except IntegrityError as error:
        raise KeyReused from error


def record_marking(
    *, response: Response, version: QuestionVersion, mark: Mark, now: datetime
) -> None:
    """Log a response that a person has marked; marked again, the log is corrected.

    In the caller's transaction.
    """
    entry = ReviewLog.objects.filter(learner_id=response.learner_id, id=response.id).first()
    if entry is None:
        place = "quiz" if response.attempt_id else "lesson"
        record_response(response=response, version=version, mark=mark, place=place, now=now)
        return
    card = lock_card(response.learner_id, version.question_id)
    if card is not None:
        rating = rating_of_response(response, version, mark)
        correct_rating(card=card, target=entry, rating=rating, now=now)


def rating_of_response(response: Response, version: QuestionVersion, mark: Mark) -> Rating:
    """Return the rating that a marked response earns: help makes right answers hard."""
    return rate(
        version,
        response.answer,
        mark,
        duration_ms=response.duration_ms,
        **flags_of(response.confidence, response.tries, response.hints_used),
    )


def flags_of(confidence: str, tries: int, hints_used: int) -> Flags:
    """Return what else a rating depends on, of a response with these columns."""
    return Flags(certain=confidence == SURE, retried=tries > 1 or hints_used > 0)


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
