"""Saving what stands in an open attempt: answers that are not final, flags, hints taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, unstorable
from courses.assessment.domain.sitting import GRACE
from courses.assessment.errors import (
    AlreadyAnswered,
    AnswerRefused,
    AttemptAlreadySubmitted,
    NoMoreHints,
    OutOfOrder,
    QuestionReserved,
    SaveConflict,
    TimeIsUp,
)
from courses.assessment.models import (
    Attempt,
    Confidence,
    QuestionVersion,
    Quiz,
    Response,
    SavedAnswer,
)
from courses.assessment.selectors import attempt_of, version_in_attempt
from courses.assessment.selectors.sittings import costs_for

# Written out: this is on the way of every answer.
_STATE = (
    "SELECT submitted_at, ended_by, reached,"
    " (SELECT reserved FROM assessment_question WHERE id = %s)"
    " FROM assessment_attempt WHERE id = %s"
)
_LONGEST_MS = 24 * 60 * 60 * 1000
# Less than an answer may be: what was saved can be handed in, with what stands beside it.
LARGEST_SAVED = 42_000
_NO_OBJECT = Message(gettext_noop("An answer is a JSON object."))
_CONTROLS = Message(gettext_noop("Remove the invisible control characters."))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page holds of one question: the answer as sent, and what stands beside it.

    `revision` is the one that the page saw last, 0 for none.
    """

    answer: object
    revision: int = 0
    confidence: str = ""
    flagged: bool = False
    duration_ms: int = 0


def save_answer(
    *,
    learner: User,
    attempt_id: UUID,
    question_id: UUID,
    save_id: UUID,
    draft: Draft,
    now: datetime,
) -> SavedAnswer:
    """Keep what stands at a question of the learner's open attempt, and return it.

    `save_id` is the client's: the same id again changes nothing. Raises NotFound for
    another's attempt or a question that is not in it, AttemptAlreadySubmitted, TimeIsUp,
    AlreadyAnswered where the answer is final, OutOfOrder, QuestionReserved in practice,
    SaveConflict where another page saved since, AnswerRefused for what is too large to be one.
    """
    attempt, version = open_question(learner, attempt_id, question_id)
    _check_raw(draft.answer)
    with transaction.atomic():
        _hold_open(attempt, version, now)
        saved = _of(attempt, version)
        if saved.save_id == save_id:
            return saved
        if saved.revision != draft.revision:
            raise SaveConflict(answer=saved.answer, revision=saved.revision)
        saved.answer = draft.answer if isinstance(draft.answer, dict) else {}
        # How sure one was of a first try stays what it was.
        if not saved.tries:
            said = confidence_said(attempt, version, draft.confidence)
            saved.confidence = said or saved.confidence
        saved.flagged = draft.flagged
        saved.duration_ms = max(0, min(draft.duration_ms, _LONGEST_MS))
        saved.revision += 1
        saved.save_id = save_id
        saved.saved_at = now
        saved.save()
    return saved


def confidence_said(attempt: Attempt, version: QuestionVersion, said: str) -> str:
    """Return the level of confidence that comes with an answer, "" where none is asked for."""
    asked = costs_for(attempt.quiz, version.type).confidence
    return said if asked and said in Confidence.values else ""


def take_hint(
    *, learner: User, attempt_id: UUID, question_id: UUID, number: int, now: datetime
) -> str:
    """Return hint `number` (from 1) of a question as inline Markdown, and note that it was taken.

    Taking one twice costs once. Raises as `save_answer`, and NoMoreHints.
    """
    attempt, version = open_question(learner, attempt_id, question_id)
    if attempt.quiz.hint_cost is None or not 1 <= number <= len(version.hints):
        raise NoMoreHints
    with transaction.atomic():
        _hold_open(attempt, version, now)
        saved = _of(attempt, version)
        if number > saved.hints_used + 1:
            raise NoMoreHints
        if number > saved.hints_used:
            saved.hints_used = number
            saved.saved_at = now
            saved.save()
    return str(version.hints[number - 1])


def walk_on(*, learner: User, attempt_id: UUID, number: int, now: datetime) -> None:
    """Leave question `number` (from 1) of a quiz without a way back for the next one.

    Twice is once. Raises as `save_answer`.
    """
    attempt = attempt_of(learner=learner, attempt_id=attempt_id)
    refuse_ended(attempt, now)
    behind = Attempt.objects.filter(pk=attempt.pk, reached=number, submitted_at=None)
    if attempt.quiz.navigation == Quiz.Navigation.SEQUENTIAL and number < len(attempt.order):
        behind.update(reached=number + 1)


def open_question(
    learner: User, attempt_id: UUID, question_id: UUID
) -> tuple[Attempt, QuestionVersion]:
    """Return the learner's attempt and the version of a question that it asks.

    Raises NotFound, and OutOfOrder for a question that is not at hand.
    """
    attempt = attempt_of(learner=learner, attempt_id=attempt_id)
    version = version_in_attempt(attempt, question_id)
    _refuse_elsewhere(attempt, version)
    return attempt, version


def _refuse_elsewhere(attempt: Attempt, version: QuestionVersion) -> None:
    """Raise OutOfOrder for another question than the one at hand, without a way back."""
    if attempt.quiz.navigation == Quiz.Navigation.SEQUENTIAL:
        number = attempt.order.index(str(version.pk)) + 1
        if number != attempt.reached:
            raise OutOfOrder


def refuse_ended(attempt: Attempt, now: datetime) -> None:
    """Raise AttemptAlreadySubmitted or TimeIsUp for an attempt that takes no more answers."""
    if attempt.submitted_at is not None:
        raise TimeIsUp if attempt.ended_by == Attempt.EndedBy.DEADLINE else AttemptAlreadySubmitted
    if attempt.deadline_at is not None and now > attempt.deadline_at + GRACE:
        raise TimeIsUp


def hold(attempt: Attempt, version: QuestionVersion, now: datetime) -> None:
    """Lock the attempt's row, for which handing in waits, and look once more whether it may be
    answered.

    Raises AttemptAlreadySubmitted, TimeIsUp, OutOfOrder, and QuestionReserved for practice with
    what a graded quiz asks by now.
    """
    question_id = version.question_id
    if connection.features.has_select_for_no_key_update:
        sql, keys = f"{_STATE} FOR NO KEY UPDATE", [str(question_id), str(attempt.pk)]
    else:  # a transaction that will write is alone from its start
        sql, keys = _STATE, [question_id.hex, attempt.pk.hex]
    with connection.cursor() as cursor:
        cursor.execute(sql, keys)
        submitted_at, attempt.ended_by, attempt.reached, reserved = cursor.fetchone()
    if submitted_at is not None:
        attempt.submitted_at = now  # when exactly does not matter here
    refuse_ended(attempt, now)
    _refuse_elsewhere(attempt, version)
    if reserved and attempt.quiz.kind == Quiz.Kind.PRACTICE:
        raise QuestionReserved


def _hold_open(attempt: Attempt, version: QuestionVersion, now: datetime) -> None:
    hold(attempt, version, now)
    if Response.objects.filter(attempt=attempt, version=version).exists():
        raise AlreadyAnswered


def _of(attempt: Attempt, version: QuestionVersion) -> SavedAnswer:
    """Return what is saved at a question, or a row for it that is not saved yet."""
    found = SavedAnswer.objects.filter(attempt=attempt, version=version).first()
    return found or SavedAnswer(attempt=attempt, version=version)


def _check_raw(answer: object) -> None:
    """Raise AnswerRefused for what no answer can be, or no database can keep."""
    try:
        request_digest(answer, largest=LARGEST_SAVED)
        if not isinstance(answer, dict):
            raise AnswerInvalid("answer_not_an_object", _NO_OBJECT)
        if any(unstorable(text) for text in _texts(answer)):
            raise AnswerInvalid("control_characters", _CONTROLS)
    except AnswerInvalid as invalid:
        raise AnswerRefused(invalid) from invalid


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield str(key)
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
