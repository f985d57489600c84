"""Taking down answers: each once, whatever the network repeats."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.review_options import EVERYTHING, SCORE
from courses.assessment.errors import AlreadyAnswered, AnswerRefused
from courses.assessment.models import Question, QuestionVersion, Quiz, Response
from courses.assessment.reading import read_answer
from courses.assessment.selectors import question_in_lesson, told_in
from courses.assessment.selectors.markings import mark_of_response, markings_of, version_of
from courses.assessment.services.finishing import write_mark
from courses.assessment.signals import response_recorded
from courses.assessment.versions import get_version
from courses.common.errors import KeyReused, NotFound
from courses.enrollment.selectors import require

_LONGEST_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """A response with its mark. `replayed`: it was recorded before, under the same id.

    `told` is what may be told of it (`review_options.TOLD`).
    """

    response: Response
    version: QuestionVersion
    mark: Mark
    replayed: bool
    told: frozenset[str] = EVERYTHING


def answer_in_lesson(
    *,
    learner: User,
    response_id: UUID,
    lesson_id: UUID,
    question_id: UUID,
    raw_answer: object,
    answered_at: datetime,
    duration_ms: int = 0,
    now: datetime,
    version_id: UUID | None = None,
) -> AnswerOutcome:
    """Record and mark an answer to a question in the prose of a lesson.

    `version_id` names the version that was shown, by default the current one.
    `response_id` is the client's; the same id with the same answer is replayed, with
    another one raises KeyReused. Raises NotFound for a lesson or question that is not
    published, PermissionRefused for who does not study the course, AnswerRefused for what
    cannot be read as an answer or is empty.
    """
    digest = digest_of("lesson", lesson_id, question_id, raw_answer)
    repeated = replay(learner, response_id, digest, now)
    if repeated:
        return repeated
    question = question_in_lesson(lesson_id=lesson_id, question_id=question_id)
    require(learner, "course.study", question.course)
    version = _version_shown(question, version_id)
    response = drafted(learner, response_id, digest, answered_at, duration_ms, now)
    response.lesson_id = lesson_id
    return record(response, version, raw_answer, place="lesson", now=now)


def digest_of(place: str, place_id: UUID, question_id: UUID, raw_answer: object) -> str:
    """Return what tells a repeated answer from another one. Raises AnswerRefused."""
    # Times are left out: a page that sends again may measure them again.
    try:
        return request_digest(place, str(place_id), str(question_id), raw_answer)
    except AnswerInvalid as invalid:
        raise AnswerRefused(invalid) from invalid


def replay(learner: User, response_id: UUID, digest: str, now: datetime) -> AnswerOutcome | None:
    """Return what was recorded under this id, if anything. Raises KeyReused."""
    mine = Response.objects.filter(learner=learner, id=response_id)
    response = mine.select_related("attempt__quiz", "question").first()
    if response is None:
        return None
    if response.digest != digest:
        raise KeyReused
    marking = markings_of([response]).get(response.id)
    return AnswerOutcome(
        response,
        version_of(response),
        mark_of_response(response, marking),
        replayed=True,
        told=_told_of(response, now),
    )


def _told_of(response: Response, now: datetime) -> frozenset[str]:
    """Return what may be told of an earlier answer: less where a quiz reserves its question."""
    told = told_in(response.attempt, now=now) if response.attempt else EVERYTHING
    graded = response.attempt is not None and response.attempt.quiz.kind == Quiz.Kind.GRADED
    return told & {SCORE} if response.question.reserved and not graded else told


def _version_shown(question: Question, version_id: UUID | None) -> QuestionVersion:
    wanted = version_id or question.current_id
    if wanted is None:
        raise NotFound
    version = get_version(wanted)
    if version.question_id != question.pk:
        raise NotFound
    return version


def drafted(
    learner: User,
    response_id: UUID,
    digest: str,
    answered_at: datetime,
    duration_ms: int,
    now: datetime,
) -> Response:
    """Return a response that is not marked or saved yet, its times within bounds."""
    return Response(
        learner=learner,
        id=response_id,
        digest=digest,
        # A client's clock may be ahead; nothing is answered after it arrived.
        answered_at=min(answered_at, now),
        received_at=now,
        duration_ms=max(0, min(duration_ms, _LONGEST_MS)),
    )


def record(
    response: Response,
    version: QuestionVersion,
    raw_answer: object,
    *,
    place: str,
    now: datetime,
    guard: Callable[[], None] | None = None,
) -> AnswerOutcome:
    """Mark and save the response, and tell the contexts above, in one transaction."""
    mark = parse_and_mark(response, version, raw_answer)
    response.version = version
    response.question_id = version.question_id
    write_mark(response, mark, response.attempt)
    try:
        with transaction.atomic():
            if guard:
                guard()
            response.save(force_insert=True)
            if response.attempt is None or not response.attempt.preview:
                response_recorded.send(
                    sender=Response, response=response, version=version, mark=mark, place=place,
                    now=now,
                )  # fmt: skip
    except IntegrityError as error:
        return _after_a_race(response, error)
    told = EVERYTHING
    if response.attempt is not None:
        told = told_in(response.attempt, now=now)
    return AnswerOutcome(response, version, mark, replayed=False, told=told)


def parse_and_mark(response: Response, version: QuestionVersion, raw_answer: object) -> Mark:
    """Set the response's answer and return its mark. Raises AnswerRefused."""
    response.answer, mark = read_answer(version, raw_answer)
    return mark


def _after_a_race(response: Response, error: IntegrityError) -> AnswerOutcome:
    """Return what another request recorded under the same id while this one was marked.

    Raises AlreadyAnswered where another id was faster in the attempt, and `error` where
    it was no race but a rule of the database that was broken.
    """
    repeated = replay(response.learner, response.id, response.digest, response.received_at)
    if repeated:
        return repeated
    if response.attempt_id is None:
        raise error
    if Response.objects.filter(attempt=response.attempt_id, version=response.version).exists():
        raise AlreadyAnswered from error
    raise error
