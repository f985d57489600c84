"""Answering in an attempt: once and for good, or with a second try."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.types import get_type
from courses.assessment.errors import AlreadyAnswered, AnsweredTogether
from courses.assessment.models import (
    Attempt,
    QuestionVersion,
    Response,
    SavedAnswer,
)
from courses.assessment.selectors import gives_second_try, tells_at_once
from courses.assessment.services.answers import (
    AnswerOutcome,
    digest_of,
    drafted,
    parse_and_mark,
    record,
    replay,
)
from courses.assessment.services.saving import confidence_said, hold, open_question, refuse_ended
from courses.common.errors import DomainError, KeyReused


@dataclass(frozen=True, slots=True)
class SecondTry:
    """A first answer that was not right, in a quiz that gives a second try: nothing is final.

    `revision` is that of the saved answer, which holds the first one now.
    """

    version: QuestionVersion
    mark: Mark
    revision: int


def answer_in_attempt(
    *,
    learner: User,
    response_id: UUID,
    attempt_id: UUID,
    question_id: UUID,
    raw_answer: object,
    answered_at: datetime,
    duration_ms: int = 0,
    confidence: str = "",
    now: datetime,
) -> AnswerOutcome | SecondTry:
    """Record and mark the one answer to a question in the learner's open attempt.

    For quizzes that tell something after every answer. Where the quiz gives a second try, a
    first answer that is not right comes back as a SecondTry and is not final; how sure its giver
    was stays what it was.

    The same id with the same answer is replayed, with another one raises KeyReused. Also raises
    NotFound for another's attempt or a question that is not in it, AttemptAlreadySubmitted,
    TimeIsUp, OutOfOrder, AnsweredTogether, QuestionReserved, and AlreadyAnswered for a second
    answer under another id.
    """
    digest = digest_of("quiz", attempt_id, question_id, raw_answer)
    response = drafted(learner, response_id, digest, answered_at, duration_ms, now)
    try:
        attempt, version = open_question(learner, attempt_id, question_id)
        response.attempt = attempt
        response.confidence = confidence_said(attempt, version, confidence)
        return _taken(response, attempt, version, raw_answer, now)
    except DomainError:
        # Only then is it looked whether it is here already: nearly every answer comes once.
        repeated = replay(learner, response_id, digest, now)
        if repeated is None:
            raise
        return repeated


def _taken(
    response: Response,
    attempt: Attempt,
    version: QuestionVersion,
    raw_answer: object,
    now: datetime,
) -> AnswerOutcome | SecondTry:
    refuse_ended(attempt, now)
    if not tells_at_once(attempt.quiz):
        raise AnsweredTogether

    def guard() -> None:
        # The lock that a submission waits for: an answer is in time or it is refused.
        hold(attempt, version, now)

    helps = (attempt.quiz.hint_cost, attempt.quiz.second_try_cost)
    if helps == (None, None):
        return record(response, version, raw_answer, place="quiz", now=now, guard=guard)
    with transaction.atomic():
        guard()
        again = _with_help(response, attempt, version, raw_answer, now)
        return again or record(response, version, raw_answer, place="quiz", now=now)


def _with_help(
    response: Response,
    attempt: Attempt,
    version: QuestionVersion,
    raw_answer: object,
    now: datetime,
) -> SecondTry | None:
    """Note what hints and an earlier try cost; return the first try where there is a second.

    The attempt is held: what is read here stays so until the end of the transaction.
    """
    if Response.objects.filter(attempt=attempt, version=version).exists():
        raise AlreadyAnswered
    saved = SavedAnswer.objects.filter(attempt=attempt, version=version).first()
    if saved is not None:
        response.hints_used = saved.hints_used
    if saved is not None and saved.tries:
        if saved.first_id == response.id:
            return _repeated(response, saved, version)
        response.tries, response.first_answer = saved.tries + 1, saved.first_answer
        response.confidence = saved.confidence
        return None
    if not gives_second_try(attempt.quiz) or get_type(version.type).self_rated:
        return None
    mark = parse_and_mark(response, version, raw_answer)
    if mark.verdict in ("right", "awaiting"):
        return None
    kept = saved or SavedAnswer(attempt=attempt, version=version)
    kept.answer = kept.first_answer = response.answer
    kept.first_id, kept.first_digest = response.id, response.digest
    kept.tries, kept.saved_at, kept.confidence = 1, now, response.confidence
    kept.revision += 1
    kept.save()
    return SecondTry(version, mark, kept.revision)


def _repeated(response: Response, saved: SavedAnswer, version: QuestionVersion) -> SecondTry:
    """Return the first try once more. Raises KeyReused if it came with another answer."""
    if saved.first_digest != response.digest:
        raise KeyReused
    mark = get_type(version.type).mark(version.payload, saved.first_answer or {})
    return SecondTry(version, mark, saved.revision)
