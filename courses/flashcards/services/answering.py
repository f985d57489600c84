"""Answering a card: the hot path. One transaction, one row locked, one inserted, one updated."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.review_options import SCORE
from courses.assessment.domain.types import get_type
from courses.assessment.errors import AnswerRefused
from courses.assessment.models import Question, QuestionVersion
from courses.assessment.presenting import feedback_view, told_view
from courses.assessment.versions import as_card, get_version
from courses.common.errors import DomainError, KeyReused
from courses.common.moments import EARLIEST
from courses.enrollment.models import Course
from courses.flashcards.errors import (
    CardNotFound,
    NotStudying,
    QuestionNotAvailable,
)
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.outcomes import ReviewOutcome
from courses.flashcards.rows import CardRow, lock_card
from courses.flashcards.services.ledger import Answer, append_answer, bounded
from courses.flashcards.services.marking import Marked, mark_answer

_SAID = ("certain", "retried", "found_easy")


@dataclass(frozen=True, slots=True)
class Submission:
    """What the client sent, as it sent it."""

    question_id: UUID
    raw_answer: object
    served_at: datetime | None
    answered_at: datetime
    duration_ms: int
    version_id: UUID | None
    certain: bool
    retried: bool
    found_easy: bool


def answer_card(
    *,
    learner: User,
    review_id: UUID,
    question_id: UUID,
    raw_answer: object,
    served_at: datetime | None,
    answered_at: datetime,
    duration_ms: int,
    now: datetime,
    version_id: UUID | None = None,
    certain: bool = False,
    retried: bool = False,
    found_easy: bool = False,
) -> ReviewOutcome:
    """Take down an answer once, however often it comes, and return what became of it.

    `review_id` is the client's (UUIDv7): the same id with the same content returns the
    first outcome, with `replayed` set, even when the card may no longer be answered.
    `answered_at` is moved into [served_at, now], `served_at` to `now` at the latest.
    `version_id` names the version that was shown, by default the current one.

    Raises KeyReused (same id, other content), CardNotFound, QuestionNotAvailable,
    NotStudying, AnswerRefused.
    """
    submission = Submission(
        question_id,
        raw_answer,
        served_at,
        answered_at,
        duration_ms,
        version_id,
        certain,
        retried,
        found_easy,
    )
    digest = _digest(submission)
    try:
        with transaction.atomic():
            card = answerable_card(learner=learner, question_id=question_id)
            version = _version_shown(card, version_id)
            marked = mark_answer(
                version,
                raw_answer,
                duration_ms=duration_ms,
                certain=certain,
                retried=retried,
                found_easy=found_easy,
            )
            answer = _answer(review_id, submission, version, marked, digest, now)
            entry = append_answer(card=card, learner=learner, answer=answer, now=now)
    except (IntegrityError, DomainError):
        first = _first_outcome(learner, review_id, digest)
        if first is None:
            raise
        return first
    return _outcome(entry, version, marked.mark, replayed=False)


def answerable_card(*, learner: User, question_id: UUID) -> CardRow:
    """Return the learner's card, locked until the end of the transaction, in one query.

    Raises CardNotFound, QuestionNotAvailable, NotStudying.
    """
    card = lock_card(learner.pk, question_id)
    if card is None:
        raise CardNotFound
    if (
        card.question_status != Question.Status.PUBLISHED
        or card.current_id is None
        or card.course_status != Course.Status.PUBLISHED
        or card.reserved
    ):
        raise QuestionNotAvailable
    if not (card.studied and learner.is_active):
        raise NotStudying
    return card


def _digest(sent: Submission) -> str:
    # Times are left out: a page that sends again may measure them again.
    flags = (sent.certain, sent.retried, sent.found_easy)
    try:
        return request_digest(
            "review", str(sent.question_id), str(sent.version_id or ""), sent.raw_answer, flags
        )
    except AnswerInvalid as invalid:
        raise AnswerRefused(invalid) from invalid


def _version_shown(card: CardRow, version_id: UUID | None) -> QuestionVersion:
    assert card.current_id is not None  # answerable_card has seen to it
    version = get_version(version_id or card.current_id)
    if version.question_id != card.question_id:
        raise QuestionNotAvailable
    return as_card(version)


def _answer(
    review_id: UUID,
    sent: Submission,
    version: QuestionVersion,
    marked: Marked,
    digest: str,
    now: datetime,
) -> Answer:
    served_at = bounded(sent.served_at, since=EARLIEST, until=now) if sent.served_at else None
    return Answer(
        id=review_id,
        version_id=version.pk,
        rating=marked.rating,
        self_rated=marked.self_rated,
        answer=marked.answer,
        credit=marked.mark.credit,
        digest=digest,
        served_at=served_at,
        answered_at=bounded(sent.answered_at, since=served_at, until=now),
        duration_ms=sent.duration_ms,
        place=ReviewLog.Place.REVIEW,
        said=tuple(name for name in _SAID if getattr(sent, name)),
    )


def _first_outcome(learner: User, review_id: UUID, digest: str) -> ReviewOutcome | None:
    """Return the outcome that the id already has, None if it is new. Raises KeyReused."""
    entry = ReviewLog.objects.filter(learner_id=learner.pk, id=review_id).first()
    if entry is None:
        return None
    if entry.digest != digest or entry.version_id is None:
        raise KeyReused from None
    version = as_card(get_version(entry.version_id))
    mark = get_type(version.type).mark(version.payload, entry.answer or {})
    outcome = _outcome(entry, version, mark, replayed=True)
    mine = Card.objects.filter(learner_id=learner.pk, question_id=entry.question_id)
    if not mine.filter(question__reserved=True, released=False).exists():
        return outcome
    # What was told then is closed for the time being: a graded quiz asks it now.
    closed = told_view(version, entry.answer or {}, mark, {SCORE})
    return replace(outcome, feedback=closed)


def _outcome(
    entry: ReviewLog, version: QuestionVersion, mark: Mark, *, replayed: bool
) -> ReviewOutcome:
    assert entry.rating is not None
    assert entry.credit is not None
    return ReviewOutcome(
        id=entry.id,
        question_id=entry.question_id,
        rating=int(entry.rating),
        verdict=mark.verdict,
        credit=entry.credit,
        due_at=entry.due_at,
        interval_days=entry.interval_days,
        replayed=replayed,
        feedback=feedback_view(version, entry.answer or {}, mark),
    )
