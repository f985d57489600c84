"""The step of the grades: responses earn what the new key says, and attempts their new score."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from courses.assessment.domain.scoring import kept_score, parts_in, score
from courses.assessment.models import (
    Attempt,
    RegradedAttempt,
    RegradedResponse,
    Response,
)
from courses.assessment.regrading.responses import (
    Remarked,
    given_by,
    learners_of,
    lock_attempts,
    remarked,
)
from courses.assessment.regrading.rows import (
    KeptRow,
    keep_responses,
    write_attempts,
    write_responses,
)
from courses.assessment.regrading.steps import Task, register_step
from courses.assessment.regrading.tallies import NO_CHANGE, Tally
from courses.assessment.selectors.sittings import unanswered_in
from courses.assessment.versions import graded_versions

NAME = "attempts"
_BATCH = 500
_COUNTED = (
    "responses", "changed", "left", "lesson_responses", "open_attempts",
    "attempts", "up", "down", "unchanged", "falling", "held",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rescored:
    """An attempt with the scores it comes to; those it has are in `attempt`."""

    attempt: Attempt
    raw_score: float | None
    score: float | None
    falling: bool

    @property
    def changed(self) -> bool:
        before = (self.attempt.raw_score, self.attempt.score)
        return before != (self.raw_score, self.score)


def register() -> None:
    """Register the step; called once, when the application is ready."""
    register_step(NAME, learners=learners_of, preview=preview, apply=apply, undo=undo)


def preview(task: Task, learner_ids: Sequence[UUID]) -> Tally:
    """Return what `apply` would do."""
    return _found(task, learner_ids)[2]


def apply(task: Task, learner_ids: Sequence[UUID]) -> Tally:
    """Write the new marks and scores of a batch of learners, and keep what was before."""
    lock_attempts(task, learner_ids)
    changes, rescored, tally = _found(task, learner_ids)
    write_responses(
        (one.credit, one.counted, one.marked_version_id, one.given.learner_id, one.given.id)
        for one in changes
    )
    keep_responses(_kept_response(task, one) for one in changes)
    moved = [one for one in rescored if one.changed]
    write_attempts((one.raw_score, one.score, one.attempt.pk) for one in moved)
    scores = [_kept_attempt(task, one) for one in moved]
    RegradedAttempt.objects.bulk_create(scores, ignore_conflicts=True, batch_size=_BATCH)
    return tally


def undo(task: Task, learner_ids: Sequence[UUID]) -> Tally:
    """Put a batch of learners back to what was before, but for what was changed since.

    A response that another regrade or a person has marked since stays as it is. An attempt
    that was changed since gets the score that its responses come to now.
    """
    tally = Tally.of("responses", "restored", "left", "attempts", "recomputed")
    lock_attempts(task, learner_ids)
    kept = list(RegradedResponse.objects.filter(regrade=task.id, learner_id__in=learner_ids))
    now = _standing(learner_ids, task.key.question_ids)
    back = [
        one
        for one in kept
        if now.get((one.learner_id, one.response_id))
        == (one.credit_after, one.counted_after, one.marked_after)
    ]
    write_responses(
        (one.credit_before, one.counted_before, one.marked_before, one.learner_id, one.response_id)
        for one in back
    )
    tally.count("responses", len(kept))
    tally.count("restored", len(back))
    tally.count("left", len(kept) - len(back))
    _undo_scores(task, {one.attempt_id for one in back if one.attempt_id is not None}, tally)
    return tally


# --- What changes ---------------------------------------------------------------------
def _found(task: Task, learner_ids: Sequence[UUID]) -> tuple[list[Remarked], list[Rescored], Tally]:
    tally = Tally.of(*_COUNTED, measured=["change"])
    given = given_by(task, learner_ids)
    judged = list(remarked(task, given))
    changes = [new for _one, new in judged if new is not None]
    revalued = [one for one in changes if one.revalued]
    tally.count("responses", len(given))
    tally.count("left", len(given) - len(judged))
    tally.count("changed", len(revalued))
    in_attempts = [one for one in revalued if one.given.attempt_id is not None]
    tally.count("lesson_responses", len(revalued) - len(in_attempts))
    rescored = _rescored(task, in_attempts, tally)
    for one in rescored:
        _tell(task, one, tally)
    return changes, rescored, tally


def _rescored(task: Task, changes: Iterable[Remarked], tally: Tally) -> list[Rescored]:
    """Return the attempts handed in to which these responses belong, with their new scores."""
    new: defaultdict[UUID, dict[UUID, float | None]] = defaultdict(dict)
    for one in changes:
        if one.given.attempt_id is not None:
            new[one.given.attempt_id][one.given.version_id] = one.counted
    attempts = _handed_in(new)
    tally.count("open_attempts", len(new) - len(attempts))
    raw_scores = _raw_scores(attempts, new)
    found = []
    for attempt in attempts:
        raw, before = raw_scores[attempt.pk], attempt.score
        new_score = kept_score(raw, before=before, raw_before=attempt.raw_score)
        falling = new_score is not None and before is not None and new_score < before - NO_CHANGE
        kept = before if task.never_lower and falling else new_score
        found.append(Rescored(attempt, raw, kept, falling))
    return found


def _handed_in(attempt_ids: Iterable[UUID]) -> list[Attempt]:
    found = Attempt.objects.filter(pk__in=list(attempt_ids), submitted_at__isnull=False)
    return list(found.select_related("quiz").order_by("pk"))


def _raw_scores(
    attempts: Sequence[Attempt], changed: Mapping[UUID, Mapping[UUID, float | None]]
) -> dict[UUID, float | None]:
    """Return what attempts come to, where `changed` replaces what is stored of versions."""
    earned: defaultdict[UUID, dict[UUID, float | None]] = defaultdict(dict)
    stored = Response.objects.filter(attempt_id__in=[one.pk for one in attempts]).order_by()
    for attempt_id, version_id, worth in stored.values_list("attempt_id", "version_id", "counted"):
        if attempt_id is not None:
            earned[attempt_id][version_id] = worth
    orders = {one.pk: [UUID(name) for name in one.order] for one in attempts}
    graded = graded_versions({name for order in orders.values() for name in order})
    return {
        one.pk: score(
            parts_in(
                orders[one.pk],
                one.points,
                {**earned[one.pk], **changed.get(one.pk, {})},
                graded=graded,
                unanswered=unanswered_in(one.quiz),
            )
        )
        for one in attempts
    }


def _tell(task: Task, one: Rescored, tally: Tally) -> None:
    """Count how the score that counts moves; of those that move, list the largest moves."""
    tally.count("attempts")
    tally.count("falling", one.falling)
    tally.count("held", one.falling and task.never_lower)
    change = (one.score or 0.0) - (one.attempt.score or 0.0)
    if abs(change) <= NO_CHANGE:
        tally.count("unchanged")
        return
    tally.count("up" if change > 0 else "down")
    tally.measure("change", change)
    tally.note(
        learner=str(one.attempt.learner_id),
        attempt=str(one.attempt.pk),
        before=one.attempt.score,
        after=one.score,
    )


# --- What is kept ---------------------------------------------------------------------
def _kept_response(task: Task, one: Remarked) -> KeptRow:
    given = one.given
    return (
        task.id, given.learner_id, given.id, given.attempt_id, given.credit, one.credit,
        given.counted, one.counted, given.marked_version_id, one.marked_version_id,
    )  # fmt: skip


def _kept_attempt(task: Task, one: Rescored) -> RegradedAttempt:
    return RegradedAttempt(
        regrade_id=task.id,
        attempt_id=one.attempt.pk,
        raw_score_before=one.attempt.raw_score,
        raw_score_after=one.raw_score,
        score_before=one.attempt.score,
        score_after=one.score,
    )


# --- What is put back -----------------------------------------------------------------
def _standing(
    learner_ids: Sequence[UUID], question_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], tuple[float | None, float | None, UUID | None]]:
    rows = Response.objects.filter(learner_id__in=learner_ids, question_id__in=question_ids)
    columns = ("learner_id", "id", "credit", "counted", "marked_version_id")
    return {(row[0], row[1]): (row[2], row[3], row[4])
            for row in rows.order_by().values_list(*columns)}  # fmt: skip


def _undo_scores(task: Task, attempt_ids: Collection[UUID], tally: Tally) -> None:
    attempts = _handed_in(attempt_ids)
    before = {
        one.attempt_id: one
        for one in RegradedAttempt.objects.filter(regrade=task.id, attempt_id__in=attempt_ids)
    }
    untouched = [one for one in attempts if _is_untouched(one, before.get(one.pk))]
    tally.count("attempts", len(untouched))
    rows = [(before[one.pk].raw_score_before, before[one.pk].score_before, one.pk)
            for one in untouched]  # fmt: skip
    others = [one for one in attempts if not _is_untouched(one, before.get(one.pk))]
    raw_scores = _raw_scores(others, {})
    for one in others:
        raw = raw_scores[one.pk]
        kept = _kept_grade(one, raw, before.get(one.pk))
        if (raw, kept) != (one.raw_score, one.score):
            tally.count("recomputed")
            rows.append((raw, kept, one.pk))
    write_attempts(rows)


def _is_untouched(attempt: Attempt, kept: RegradedAttempt | None) -> bool:
    """Tell whether the scores are still those that the regrade wrote."""
    after = None if kept is None else (kept.raw_score_after, kept.score_after)
    return (attempt.raw_score, attempt.score) == after


def _kept_grade(attempt: Attempt, raw: float | None, kept: RegradedAttempt | None) -> float | None:
    """Return the score of an attempt that was changed since; what another regrade holds stays."""
    if attempt.score == attempt.raw_score or raw is None:
        return raw
    held = attempt.score
    if kept is not None:  # before this regrade the grade followed its answers, or was held already
        was_held = kept.score_before != kept.raw_score_before
        held = kept.score_before if was_held else None
    return raw if held is None else max(held, raw)
