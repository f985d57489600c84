"""Regrades: looked at first, carried out by a job, and undone by another.

A run goes through the learners concerned in the order of their ids, a batch at a time. Each
batch is one transaction, which also moves `Regrade.reached` on and adds up the figures: a run
that was killed goes on behind the last batch, and none takes effect twice.
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from courses.accounts.locking import lock_people
from courses.accounts.models import User
from courses.assessment.errors import RegradeBusy, RegradeNotApplied, RegradeUndone
from courses.assessment.models import Question, Regrade, Response
from courses.assessment.regrading.keys import Key, current_versions
from courses.assessment.regrading.steps import Run, Step, Task, steps
from courses.assessment.regrading.tallies import Tally
from courses.assessment.versions import get_versions
from courses.common import clock, outbox
from courses.common.errors import NotFound
from courses.common.models import AuditEntry, Job
from courses.enrollment.models import Course
from courses.enrollment.selectors import require

PREVIEW, APPLY, UNDO = "preview_regrade", "apply_regrade", "undo_regrade"
# With twenty answers and cards each, a batch keeps SQLite's one writer for about a third of a
# second; answers of others wait no longer than that.
LEARNERS_AT_ONCE = 25
# What is looked through while the teacher waits, in about a second; beyond that a job does it.
RESPONSES_AT_ONCE = 5_000

Figures = dict[str, Any]
Progress = Callable[[int, int], None]


# --- Asking for it --------------------------------------------------------------------
def preview_regrade(
    actor: User,
    course: Course,
    question_ids: Collection[UUID],
    *,
    reason: str = "",
    never_lower: bool = False,
    now: datetime,
) -> Regrade:
    """Return a new regrade with what it would change in `preview`; nothing else is written.

    Where there is too much to look through at once, a job fills `preview`, which is empty until
    then. Raises PermissionRefused, and NotFound for no question, or one of another course.
    """
    require(actor, "grades.change", course)
    wanted = sorted(set(question_ids))
    known = Question.objects.filter(course=course, pk__in=wanted, current__isnull=False)
    if not wanted or known.count() != len(wanted):
        raise NotFound
    with transaction.atomic():
        regrade = Regrade.objects.create(
            course=course,
            question_ids=[str(name) for name in wanted],
            version_ids=_current(wanted),
            reason=reason,
            never_lower=never_lower,
            requested_by=actor,
            created_at=now,
        )
        if Response.objects.filter(question_id__in=wanted).count() > RESPONSES_AT_ONCE:
            _owe(PREVIEW, regrade, actor, now)
            return regrade
    _look(regrade, now, lambda done, total: None)
    return regrade


def apply_regrade(
    actor: User, regrade_id: UUID, *, never_lower: bool | None = None, now: datetime
) -> Regrade:
    """Owe the regrade to a job, and return it; twice is once.

    It is computed anew from what is there then, by the versions that are current now;
    `never_lower` may be decided on seeing the preview. One whose job gave up is taken up again.
    Raises NotFound, PermissionRefused, RegradeBusy, RegradeUndone.
    """
    regrade = _regrade_for(actor, regrade_id)
    if regrade.state in (Regrade.State.UNDOING, Regrade.State.UNDONE):
        raise RegradeUndone
    if never_lower is None:
        never_lower = regrade.never_lower
    version_ids = _current([UUID(name) for name in regrade.question_ids])
    with transaction.atomic():
        _begin(
            regrade, Regrade.State.PREVIEWED, Regrade.State.RUNNING,
            never_lower=never_lower, version_ids=version_ids,
        )  # fmt: skip
        if regrade.state == Regrade.State.RUNNING:
            _owe(APPLY, regrade, actor, now)
    return regrade


def undo_regrade(actor: User, regrade_id: UUID, *, now: datetime) -> Regrade:
    """Owe the undoing of a regrade to a job, and return it; twice is once.

    What was changed since by others stays as it is. Raises NotFound, PermissionRefused,
    RegradeBusy, RegradeNotApplied.
    """
    regrade = _regrade_for(actor, regrade_id)
    if regrade.state in (Regrade.State.PREVIEWED, Regrade.State.RUNNING):
        raise RegradeNotApplied
    with transaction.atomic():
        _begin(regrade, Regrade.State.APPLIED, Regrade.State.UNDOING, reached=None)
        if regrade.state == Regrade.State.UNDOING:
            _owe(UNDO, regrade, actor, now)
    return regrade


def _regrade_for(actor: User, regrade_id: UUID) -> Regrade:
    regrade = Regrade.objects.select_related("course").filter(pk=regrade_id).first()
    if regrade is None:
        raise NotFound
    require(actor, "grades.change", regrade.course)
    return regrade


def _current(question_ids: list[UUID]) -> dict[str, str]:
    found = current_versions(question_ids)
    return {str(question): str(version.pk) for question, version in found.items()}


def _begin(regrade: Regrade, before: str, after: str, **changes: Any) -> None:
    """Move the regrade on, unless another call has; it is read anew. Raises RegradeBusy."""
    waiting = Regrade.objects.filter(pk=regrade.pk, state=before)
    try:
        with transaction.atomic():
            waiting.update(state=after, **changes)
    except IntegrityError as error:
        raise RegradeBusy from error
    regrade.refresh_from_db()


def _owe(kind: str, regrade: Regrade, actor: User, now: datetime) -> None:
    job = outbox.enqueue(kind, str(regrade.pk), due_at=now, now=now, requested_by=actor.pk)
    if job.state == Job.State.DEAD:
        outbox.revive(job.pk, now=now)


# --- Doing it -------------------------------------------------------------------------
def look_ahead(job: Job, now: datetime) -> None:
    """Fill the preview of the regrade in the job's slot."""
    regrade = Regrade.objects.filter(pk=UUID(job.slot), preview={}).first()
    if regrade is not None:
        _look(regrade, now, lambda done, total: _report(job, done, total))


def carry_out(job: Job, now: datetime) -> None:
    """Carry the regrade in the job's slot out, from where it was left."""
    regrade = Regrade.objects.filter(pk=UUID(job.slot), state=Regrade.State.RUNNING).first()
    if regrade is not None:
        _go_through(regrade, job, now, "apply", [(one, one.apply) for one in steps()])
        _finish(regrade, job, "apply", state=Regrade.State.APPLIED, applied_at=clock.now())


def take_back(job: Job, now: datetime) -> None:
    """Undo the regrade in the job's slot, the last step first, from where that was left."""
    regrade = Regrade.objects.filter(pk=UUID(job.slot), state=Regrade.State.UNDOING).first()
    if regrade is not None:
        _go_through(regrade, job, now, "undo", [(one, one.undo) for one in reversed(steps())])
        _finish(regrade, job, "undo", state=Regrade.State.UNDONE, undone_at=clock.now())


def _look(regrade: Regrade, now: datetime, progress: Progress) -> None:
    task = _task(regrade, now)
    learners = _concerned(task)
    figures: Figures = {one.name: Tally().as_json() for one in steps()}
    for done in range(0, max(len(learners), 1), LEARNERS_AT_ONCE):
        progress(done, len(learners))
        for step in steps():
            found = step.preview(task, learners[done : done + LEARNERS_AT_ONCE])
            figures[step.name] = _added(figures[step.name], found)
    regrade.preview = figures
    regrade.save(update_fields=["preview"])


def _go_through(
    regrade: Regrade, job: Job, now: datetime, deed: str, runs: Iterable[tuple[Step, Run]]
) -> None:
    task, todo = _task(regrade, now), list(runs)
    learners = _concerned(task)
    done = 0 if regrade.reached is None else bisect_right(learners, regrade.reached)
    while done < len(learners):
        _report(job, done, len(learners))
        batch = learners[done : done + LEARNERS_AT_ONCE]
        _take_batch(regrade, task, batch, deed, todo)
        done += len(batch)
        if connection.vendor == "sqlite":  # one writer at a time: whoever answers gets a turn
            time.sleep(outbox.BREATH_SECONDS)
    _report(job, done, len(learners))


@transaction.atomic
def _take_batch(
    regrade: Regrade, task: Task, batch: list[UUID], deed: str, runs: Iterable[tuple[Step, Run]]
) -> None:
    """Take one batch through all steps. Raises ClaimLost where another run was faster with it."""
    lock_people(batch)
    held = Regrade.objects.select_for_update(no_key=True).get(pk=regrade.pk)
    if (held.state, held.reached) != (regrade.state, regrade.reached):
        raise outbox.ClaimLost
    figures = dict(held.outcome.get(deed, {}))
    for step, run in runs:
        figures[step.name] = _added(figures.get(step.name), run(task, batch))
    regrade.outcome = held.outcome | {deed: figures}
    regrade.reached = batch[-1]
    regrade.save(update_fields=["outcome", "reached"])


@transaction.atomic
def _finish(regrade: Regrade, job: Job, deed: str, **changes: Any) -> None:
    """Close the run: its state, the audit log and the job's end are one transaction."""
    moment = clock.now()
    Regrade.objects.filter(pk=regrade.pk).update(**changes)
    AuditEntry.objects.create(
        at=moment,
        actor=job.requested_by,
        action="regrade_applied" if deed == "apply" else "regrade_undone",
        course_id=regrade.course_id,
        subject=str(regrade.pk),
        details={
            "questions": len(regrade.question_ids),
            "never_lower": regrade.never_lower,
            **{name: Tally.from_json(stored).figures()
               for name, stored in regrade.outcome.get(deed, {}).items()},
        },
    )  # fmt: skip
    outbox.complete(job, now=moment)


def _task(regrade: Regrade, now: datetime) -> Task:
    names = {UUID(question): UUID(version) for question, version in regrade.version_ids.items()}
    found = get_versions(names.values())
    key = Key({question: found[name] for question, name in names.items() if name in found})
    return Task(
        regrade.pk, regrade.course_id, key, regrade.never_lower, regrade.created_at, now
    )  # fmt: skip


def _concerned(task: Task) -> list[UUID]:
    """Return all learners whom a step concerns, in the order of their ids."""
    return sorted({name for step in steps() for name in step.learners(task.key.question_ids)})


def _added(stored: Figures | None, found: Tally) -> Figures:
    total = Tally() if stored is None else Tally.from_json(stored)
    total.add(found)
    return total.as_json()


def _report(job: Job, done: int, total: int) -> None:
    outbox.report_progress(job, done, total, now=clock.now())
