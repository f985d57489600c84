"""The end of an attempt: what was saved becomes responses, and the attempt gets its score."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.accounts.locking import lock_person
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.scoring import Part, counted, parts_in, score
from courses.assessment.domain.types import get_type
from courses.assessment.models import Attempt, QuestionVersion, Response, SavedAnswer
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
        if not open_ones.update(submitted_at=at, ended_by=ended_by):
            return False
        attempt = Attempt.objects.select_related("quiz", "learner").get(pk=attempt_id)
        _record_saved(attempt, now)
        refresh_score(attempt)
        attempt_submitted.send(sender=Attempt, attempt=attempt, now=now)
    return True


def refresh_score(attempt: Attempt) -> None:
    """Write what the attempt's responses come to; what counts follows it.

    What a regrade added to keep a grade from falling is kept on top.
    """
    held = 0.0
    if attempt.score is not None and attempt.raw_score is not None:
        held = max(attempt.score - attempt.raw_score, 0.0)
    attempt.raw_score = score(parts_of(attempt))
    attempt.score = None if attempt.raw_score is None else min(attempt.raw_score + held, 1.0)
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
    left = [(version, saved[pk]) for pk, version in versions.items() if pk in saved]
    left.sort(key=lambda pair: pair[0].question_id)
    for response, version, mark in _marked(attempt, left, now):
        if version.pk in answered:
            continue
        response.save(force_insert=True)
        if not attempt.preview:
            response_recorded.send(
                sender=Response, response=response, version=version, mark=mark, place="quiz",
                now=now,
            )  # fmt: skip


def _marked(
    attempt: Attempt, saved: Iterable[tuple[QuestionVersion, SavedAnswer]], now: datetime
) -> Iterable[tuple[Response, QuestionVersion, Mark]]:
    """Yield a response for each saved answer that says anything, with its mark."""
    for version, one in saved:
        question_type = get_type(version.type)
        try:
            answer = question_type.parse(version.payload, one.answer)
        except AnswerInvalid:
            continue
        mark = question_type.mark(version.payload, answer)
        if mark.blank:
            continue
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
