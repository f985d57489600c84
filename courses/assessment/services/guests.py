"""Taking down what visitors without an account answer, and handing it to the account they get.

Whoever has the key of a guest is the guest; two accounts never get the same entries, since
claiming removes them in the transaction that records them as the account's own.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.errors import AnswerRefused, GuestFull
from courses.assessment.models import GuestEntry, QuestionVersion
from courses.assessment.reading import read_answer
from courses.assessment.selectors import question_in_lesson
from courses.assessment.services.answers import answer_in_lesson
from courses.assessment.versions import get_version
from courses.common import outbox
from courses.common.errors import DomainError, KeyReused, NotFound
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.content.services import finish_lesson, start_lesson
from courses.enrollment.selectors import require
from courses.enrollment.services import join_course

CLAIM_GUEST = "claim_guest"
KEPT_FOR = timedelta(days=30)
# More than the prose of a course asks; a claim of as many is done within a second or two.
MOST_ENTRIES = 120
_LARGEST_ANSWER = 2_000
_LONGEST_MS = 24 * 60 * 60 * 1000
# An answer that was under way while its sender signed in has arrived by then.
_STRAGGLERS = timedelta(minutes=2)
_SWEPT_AT_ONCE = 1000
_SWEEPS = 10

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class GuestOutcome:
    """A guest's answer with its mark. `replayed`: it was taken down before."""

    entry: GuestEntry
    version: QuestionVersion
    mark: Mark
    replayed: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """What an account took over: how many answers, and how many nothing asks for any more."""

    answers: int = 0
    refused: int = 0


def guest_key(token: str) -> str:
    """Return what stands in the database for the token in a browser: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- As a guest -----------------------------------------------------------------------
def answer_as_guest(
    *,
    guest: str,
    response_id: UUID,
    lesson_id: UUID,
    question_id: UUID,
    raw_answer: object,
    answered_at: datetime,
    duration_ms: int = 0,
) -> GuestOutcome:
    """Keep and mark an answer that somebody without an account gave in the prose.

    As `answer_in_lesson` for who has one: the same id with the same answer is replayed,
    with another one raises KeyReused. Raises NotFound for what is not published in an open
    course, AnswerRefused for what cannot be read as an answer or is empty, GuestFull.
    """
    try:
        digest = request_digest("lesson", str(lesson_id), str(question_id), raw_answer)
        request_digest(raw_answer, largest=_LARGEST_ANSWER)  # kept as it came, blanks and all
    except AnswerInvalid as invalid:
        raise AnswerRefused(invalid) from invalid
    repeated = _replay(guest, response_id, digest)
    if repeated:
        return repeated
    question = question_in_lesson(lesson_id=lesson_id, question_id=question_id)
    require(AnonymousUser(), "course.read", question.course)
    if question.current_id is None:
        raise NotFound
    version = get_version(question.current_id)
    _answer, mark = read_answer(version, raw_answer)
    _refuse_full(guest)
    entry = GuestEntry(
        guest=guest,
        response_id=response_id,
        lesson_id=lesson_id,
        question_id=question_id,
        version=version,
        answer=raw_answer,
        credit=mark.credit,
        digest=digest,
        done_at=answered_at,
        duration_ms=max(0, min(duration_ms, _LONGEST_MS)),
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        # Another request under the same id was faster.
        repeated = _replay(guest, response_id, digest)
        if repeated is None:
            raise
        return repeated
    return GuestOutcome(entry, version, mark, replayed=False)


def finish_as_guest(*, guest: str, lesson: Lesson, now: datetime) -> None:
    """Keep that a guest has read `lesson`; the first time counts.

    Raises NotFound for a lesson that is not published in an open course, GuestFull.
    """
    if lesson.status != Lesson.Status.PUBLISHED:
        raise NotFound
    require(AnonymousUser(), "course.read", lesson.course)
    _refuse_full(guest)
    finished = GuestEntry(guest=guest, response_id=new_id(), lesson=lesson, done_at=now)
    GuestEntry.objects.bulk_create([finished], ignore_conflicts=True)


def forget_guest(guest: str) -> None:
    """Remove all that is kept of a guest."""
    GuestEntry.objects.filter(guest=guest).delete()


def sweep_guests(now: datetime) -> int:
    """Remove entries that nobody claimed in time, some thousands at once; return how many."""
    removed = 0
    for _batch in range(_SWEEPS):
        old = GuestEntry.objects.filter(done_at__lt=now - KEPT_FOR).order_by("done_at")
        ids = list(old.values_list("pk", flat=True)[:_SWEPT_AT_ONCE])
        removed += GuestEntry.objects.filter(pk__in=ids).delete()[0] if ids else 0
        if len(ids) < _SWEPT_AT_ONCE:
            break
    return removed


def _replay(guest: str, response_id: UUID, digest: str) -> GuestOutcome | None:
    entry = GuestEntry.objects.filter(guest=guest, response_id=response_id).first()
    if entry is None:
        return None
    if entry.digest != digest or entry.version_id is None:
        raise KeyReused
    version = get_version(entry.version_id)
    _answer, mark = read_answer(version, entry.answer)
    return GuestOutcome(entry, version, mark, replayed=True)


def _refuse_full(guest: str) -> None:
    if GuestEntry.objects.filter(guest=guest).count() >= MOST_ENTRIES:
        raise GuestFull


# --- With an account ------------------------------------------------------------------
def claim_guest(user: User, guest: str, *, now: datetime) -> Claimed:
    """Record what `guest` did as done by `user`, as if the account had been there.

    All of it in one transaction, in order: the courses are joined, lessons begun and
    finished, answers recorded under their own ids at their own times, cards made. An answer
    that the account has already stays as it is. What the site refuses by now (a course that
    was closed, a question that was withdrawn) is let go. Safe to repeat.
    """
    with transaction.atomic():
        lock_person(user.pk)
        entries = list(
            GuestEntry.objects.select_for_update().filter(guest=guest).order_by("done_at", "id")
        )
        if not entries:
            return Claimed()
        lessons = _joined(user, entries, now)
        taken = [_take_down(user, entry, lessons[entry.lesson_id], now) for entry in entries]
        GuestEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
        owe_claim(user, guest, due_at=now + _STRAGGLERS, now=now)
    answers = [
        done for done, entry in zip(taken, entries, strict=True) if entry.question_id is not None
    ]
    claimed = Claimed(answers=sum(answers), refused=len(answers) - sum(answers))
    log.info("guest_claimed", user=str(user.pk), **asdict(claimed))
    return claimed


def owe_claim(user: User, guest: str, *, due_at: datetime, now: datetime) -> None:
    """Owe a look for what of `guest` is still to be claimed by `user`."""
    outbox.enqueue_many(CLAIM_GUEST, [(f"{user.pk}:{guest}", due_at)], now=now)


def _joined(user: User, entries: Iterable[GuestEntry], now: datetime) -> dict[UUID, Lesson]:
    """Return the lessons of `entries`, after `user` joined their courses where they may."""
    ids = {entry.lesson_id for entry in entries}
    lessons = Lesson.objects.select_related("course").in_bulk(ids)
    courses = {lesson.course_id: lesson.course for lesson in lessons.values()}
    for _course_id, course in sorted(courses.items()):
        try:
            with transaction.atomic():
                join_course(user, course, now=now)
        except DomainError as refusal:
            log.info("guest_course_closed", course=course.slug, code=refusal.code)
    return lessons


def _take_down(user: User, entry: GuestEntry, lesson: Lesson, now: datetime) -> bool:
    """Record one entry; return whether the site still takes it."""
    try:
        with transaction.atomic():
            if entry.question_id is None:
                finish_lesson(user, lesson, entry.done_at)
                return True
            start_lesson(user, lesson, entry.done_at)
            answer_in_lesson(
                learner=user,
                response_id=entry.response_id,
                lesson_id=entry.lesson_id,
                question_id=entry.question_id,
                version_id=entry.version_id,
                raw_answer=entry.answer,
                answered_at=entry.done_at,
                duration_ms=entry.duration_ms,
                now=now,
            )
    except DomainError as refusal:
        log.info("guest_entry_refused", code=refusal.code)
        return False
    return True
