"""The end of an attempt: what was saved becomes responses, and the attempt gets its score."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.accounts.locking import lock_person
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.scoring import Part, counted, kept_score, parts_in, score
from courses.assessment.errors import AnswerRefused
from courses.assessment.models import (
    Attempt,
    Question,
    QuestionVersion,
    Quiz,
    Response,
    SavedAnswer,
)
from courses.assessment.reading import read_answer
from courses.assessment.selectors.markings import first_mark
from courses.assessment.selectors.sittings import costs_for, unanswered_in
from courses.assessment.signals import attempt_submitted, response_recorded
from courses.assessment.versions import get_version, get_versions, graded_versions


def finish_attempt(attempt_id: UUID, *, at: datetime, ended_by: str, now: datetime) -> bool:
    """Hand in an open attempt as of `at`; return whether this call did it.

    What stands in it unanswered but saved is marked as it stands; what cannot be read as an
    answer stays saved and earns nothing. All in one transaction, which an answer or an
    autosave waits for.
    """
    with transaction.atomic():
        # Several cards of theirs are written: who else writes several waits.
        learner_id = Attempt.objects.values_list("learner_id", flat=True).get(pk=attempt_id)
        lock_person(learner_id)
        open_ones = Attempt.objects.filter(pk=attempt_id, submitted_at=None)
        if ended_by == Attempt.EndedBy.DEADLINE:  # unless it was moved meanwhile
            open_ones = open_ones.filter(deadline_at=at)
        if not open_ones.update(submitted_at=at, ended_by=ended_by):
            return False
        attempt = Attempt.objects.select_related("quiz", "learner").get(pk=attempt_id)
        _record_saved(attempt, now)
        refresh_score(attempt)
        attempt_submitted.send(sender=Attempt, attempt=attempt, now=now)
    return True


def refresh_score(attempt: Attempt) -> None:
    """Write what the attempt's responses come to, and the score that counts by that."""
    raw = score(parts_of(attempt))
    attempt.score = kept_score(raw, before=attempt.score, raw_before=attempt.raw_score)
    attempt.raw_score = raw
    attempt.save(update_fields=["raw_score", "score"])


def parts_of(attempt: Attempt) -> list[Part]:
    """Return the graded questions of an attempt with what they weigh and earned."""
    earned = dict(attempt.responses.order_by().values_list("version_id", "counted"))
    order = [UUID(name) for name in attempt.order]
    return parts_in(
        order,
        attempt.points,
        earned,
        graded=graded_versions(order),
        unanswered=unanswered_in(attempt.quiz),
    )


def _record_saved(attempt: Attempt, now: datetime) -> None:
    answered = set(attempt.responses.order_by().values_list("version_id", flat=True))
    saved = {one.version_id: one for one in attempt.saved_answers.order_by("saved_at", "id")}
    versions = get_versions(UUID(name) for name in attempt.order)
    closed = _reserved_of(attempt, versions.values())
    left = [
        (version, saved[pk])
        for pk, version in versions.items()
        if pk in saved and pk not in answered and version.question_id not in closed
    ]
    left.sort(key=lambda pair: pair[0].question_id)
    for response, version, mark in _marked(attempt, left, now):
        response.save(force_insert=True)
        if not attempt.preview:
            response_recorded.send(
                sender=Response, response=response, version=version, mark=mark, place="quiz",
                now=now,
            )  # fmt: skip


def _reserved_of(attempt: Attempt, versions: Iterable[QuestionVersion]) -> set[UUID]:
    """Return the questions that a graded quiz has reserved while they were practised here."""
    if attempt.quiz.kind == Quiz.Kind.GRADED:
        return set()
    asked = Question.objects.filter(pk__in=[version.question_id for version in versions])
    return set(asked.filter(reserved=True).values_list("pk", flat=True))


def _marked(
    attempt: Attempt, saved: Iterable[tuple[QuestionVersion, SavedAnswer]], now: datetime
) -> Iterable[tuple[Response, QuestionVersion, Mark]]:
    """Yield a response for each saved answer that says anything, with its mark."""
    for version, one in saved:
        read = _read(version, one.answer)
        if read is None and one.tries:
            read = _read(version, one.first_answer)  # a second try takes nothing away
        if read is None:
            continue
        answer, mark = read
        # Who was offered a second try and changed nothing has taken none.
        second = one.tries > 0 and answer != one.first_answer
        response = Response(
            learner=attempt.learner,
            # The saved answer's own: a second run of this finds it taken.
            id=one.pk,
            question_id=version.question_id,
            version=version,
            attempt=attempt,
            answer=answer,
            hints_used=one.hints_used,
            tries=2 if second else 1,
            first_answer=one.first_answer if second else None,
            confidence=one.confidence,
            digest=request_digest("saved", str(one.pk), one.answer),
            answered_at=min(one.saved_at, now),
            received_at=now,
            duration_ms=one.duration_ms,
        )
        write_mark(response, mark, attempt)
        yield response, version, mark


def _read(version: QuestionVersion, raw: object) -> tuple[dict[str, Any], Mark] | None:
    """Return a saved answer with its mark; None for what cannot be read or says nothing."""
    try:
        return read_answer(version, raw)
    except AnswerRefused:
        return None


def write_mark(response: Response, mark: Mark, attempt: Attempt | None) -> None:
    """Set credit and worth of a response by its mark; the caller saves it."""
    if mark.verdict == "awaiting":
        response.credit = response.counted = None
        return
    response.credit = mark.credit
    if attempt is None:
        return
    first = first_mark(response)
    response.counted = counted(
        mark.credit,
        costs_for(attempt.quiz, get_version(response.version_id).type),
        hints_used=response.hints_used,
        tries=response.tries,
        first_credit=first.credit if first else 0.0,
        confidence=response.confidence,
    )
