"""The outbox: work that is owed is a row, written in the transaction that causes it.

The broker is only a doorbell. A worker claims a row by a conditional UPDATE that raises
`attempts` and sets a lease *before* the work, so that a row which kills its worker ends
as a visible dead letter. The work and the mark "done" are one transaction: a kill between
them is impossible, and so is doing the work twice.
"""

import random
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F

from courses.common import doorbell
from courses.common.errors import DomainError, NotFound
from courses.common.logs import censor_text
from courses.common.models import Job

QUEUES = ("plan", "deliver", "bulk", "mail")
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
# Rows of which another worker is known to take some: read few at a time.
CHUNK = 25
ERROR_LENGTH = 1000
# SQLite has one writer, and who waits for it looks only now and then: without a gap between
# two jobs, an answer waits for the whole look.
BREATH_SECONDS = 0.005

log = structlog.get_logger(__name__)


class ClaimLost(Exception):
    """The lease ran out and another worker took the row: whatever was done here is undone."""


class UnknownKind(DomainError):
    """No context registered this kind of job."""

    code = "unknown_job_kind"
    status = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of job is run.

    `atomic`: the work and its mark "done" share one transaction, and so the work must be
    short. A long job is registered with `atomic=False`: it makes its own transactions, each
    safe to repeat, so that `report_progress` is seen by others while it runs, and calls
    `complete(job, now=...)` inside its last one.
    """

    name: str
    run: Callable[[Job, datetime], None]
    queue: str = "plan"
    max_attempts: int = 8
    lease: timedelta = timedelta(seconds=120)
    atomic: bool = True


class NewJob(NamedTuple):
    """A row for `enqueue_many`."""

    slot: str
    due_at: datetime
    payload: dict[str, Any] | None = None
    requested_by: UUID | None = None


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    run: Callable[[Job, datetime], None],
    queue: str = "plan",
    max_attempts: int = 8,
    lease_seconds: int = 120,
    atomic: bool = True,
) -> None:
    """Declare how jobs of `kind` are run; called in `AppConfig.ready()`.

    `run(job, now)` raises to be tried again later. See Kind for `atomic`. Raises
    ValueError for an unknown queue or a kind that another function already serves.
    """
    if queue not in QUEUES:
        raise ValueError(f"queue {queue!r} is none of {QUEUES}")
    known = _kinds.get(kind)
    if known is not None and known.run is not run:
        raise ValueError(f"job kind {kind!r} is already registered")
    lease = timedelta(seconds=lease_seconds)
    _kinds[kind] = Kind(kind, run, queue, max_attempts, lease, atomic)


def unregister(kind: str) -> None:
    """Forget `kind`; its rows wait until somebody registers it again."""
    _kinds.pop(kind, None)


def kinds() -> Sequence[Kind]:
    """Return every registered kind, in the order of registration."""
    return list(_kinds.values())


def kind_named(name: str) -> Kind:
    """Return the registered kind; raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No job kind {name!r} is registered.") from None


# --- Owing work -----------------------------------------------------------------------
def enqueue(
    kind: str,
    slot: str,
    *,
    due_at: datetime,
    now: datetime,
    payload: dict[str, Any] | None = None,
    requested_by: UUID | None = None,
) -> Job:
    """Owe the work of `kind` for `slot` from `due_at` on, in the caller's transaction.

    Asking again for the same slot changes nothing and returns the row that is there,
    done or not. Wakes a worker on commit if the work is due.
    """
    enqueue_many(kind, [NewJob(slot, due_at, payload, requested_by)], now=now)
    return Job.objects.get(kind=kind, slot=slot)


def enqueue_many(kind: str, rows: Iterable[NewJob | tuple[Any, ...]], *, now: datetime) -> None:
    """Owe many jobs of `kind` by one INSERT per 500 rows; known slots are left as they are."""
    kind_named(kind)
    wanted = [NewJob(*row) for row in rows]
    jobs = [
        Job(
            kind=kind,
            slot=row.slot,
            due_at=row.due_at,
            payload=row.payload or {},
            requested_by=row.requested_by,
            created_at=now,
        )
        for row in wanted
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True, batch_size=500)
    if any(row.due_at <= now for row in wanted):
        wake(kind)


def reschedule(kind: str, slot: str, *, due_at: datetime) -> bool:
    """Move a job that still waits to `due_at`; return whether there was one."""
    return bool(Job.objects.waiting_for(kind).filter(slot=slot).update(due_at=due_at))


def revive(job_id: UUID, *, now: datetime) -> None:
    """Give a dead letter all its attempts again, from now on. Raises NotFound."""
    dead = Job.objects.filter(pk=job_id, state=Job.State.DEAD)
    if not dead.update(
        state=Job.State.WAITING, attempts=0, due_at=now, claimed_until=None, finished_at=None
    ):
        raise NotFound
    wake(Job.objects.get(pk=job_id).kind)


def wake(kind: str) -> None:
    """Ring for `kind` once the caller's transaction is committed.

    An absent or slow broker neither fails nor holds up the caller; the sweeper finds
    the rows. An unknown kind raises UnknownKind.
    """
    queue = kind_named(kind).queue
    transaction.on_commit(partial(doorbell.ring, kind, queue=queue), robust=True)


# --- Doing it -------------------------------------------------------------------------
def has_due(kind: str, *, now: datetime) -> bool:
    """Return whether a row of `kind` is due and free."""
    return Job.objects.waiting_for(kind).free_at(now).exists()


def run_due(
    kind: str,
    *,
    now: datetime,
    limit: int = 500,
    seconds: float = 20.0,
    rng: random.Random | None = None,
    stopwatch: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Run due jobs of `kind`, the longest due first, and return how many were done.

    Stops after `limit` rows or `seconds`, whichever is first; the caller rings again if
    `has_due`. A job that fails is put off and never holds back its neighbours.
    """
    handler = kind_named(kind)
    rng = rng or secrets.SystemRandom()
    started = stopwatch()
    done = tried = 0
    while tried < limit:
        moment = now + timedelta(seconds=stopwatch() - started)
        free = Job.objects.waiting_for(kind).free_at(moment)
        chunk = list(free.values_list("pk", flat=True)[: min(CHUNK, limit - tried)])
        for job_id in chunk:
            if stopwatch() - started > seconds:
                return done
            moment = now + timedelta(seconds=stopwatch() - started)
            done += _take(handler, job_id, moment, rng)
            tried += 1
            if connection.vendor == "sqlite":
                pause(BREATH_SECONDS)
        if not chunk:
            break
    return done


def _take(kind: Kind, job_id: UUID, moment: datetime, rng: random.Random) -> bool:
    """Claim one job and run it; return whether this call did it."""
    job = _claim(kind, job_id, moment)
    if job is None:
        return False
    try:
        _run(kind, job, moment)
    except ClaimLost:
        log.warning("job_claim_lost", kind=kind.name, job=str(job_id), attempt=job.attempts)
        return False
    except Exception as error:
        _put_off(kind, job, moment, error, rng)
        return False
    return True


def _claim(kind: Kind, job_id: UUID, moment: datetime) -> Job | None:
    free = Job.objects.waiting_for(kind.name).free_at(moment).order_by().filter(pk=job_id)
    fresh = free.filter(attempts__lt=kind.max_attempts)
    if fresh.update(attempts=F("attempts") + 1, claimed_until=moment + kind.lease):
        return Job.objects.get(pk=job_id)
    lost = "No attempt came back: the worker was lost each time."
    if free.update(state=Job.State.DEAD, finished_at=moment, last_error=lost):
        log.error("job_dead", kind=kind.name, job=str(job_id), error=lost)
    return None


def _run(kind: Kind, job: Job, moment: datetime) -> None:
    if kind.atomic:
        with transaction.atomic():
            kind.run(job, moment)
            complete(job, now=moment)
        return
    kind.run(job, moment)
    if job.state != Job.State.DONE:
        complete(job, now=moment)


def complete(job: Job, *, now: datetime) -> None:
    """Mark a claimed job done; in a long job, inside the transaction of its last step.

    Raises ClaimLost when the lease ran out and another worker took the job, so that the
    transaction is rolled back and nothing takes effect twice.
    """
    if not Job.objects.held_by(job).update(
        state=Job.State.DONE, finished_at=now, claimed_until=None, last_error=""
    ):
        raise ClaimLost
    job.state = Job.State.DONE


def report_progress(job: Job, done: int, total: int, *, now: datetime | None = None) -> None:
    """Show how far a claimed job is; with `now`, also renew its lease from that moment.

    Others see it at once only outside a transaction: in jobs registered with
    `atomic=False`, between their steps. Raises ClaimLost.
    """
    changes: dict[str, Any] = {"progress_done": done, "progress_total": total}
    if now is not None:
        changes["claimed_until"] = now + kind_named(job.kind).lease
    if not Job.objects.held_by(job).update(**changes):
        raise ClaimLost
    job.progress_done, job.progress_total = done, total


def backoff(attempts: int, rng: random.Random) -> timedelta:
    """Return the wait after failure number `attempts` (>= 1): 30 s doubling to 1 h, +-25 %."""
    plain = min(FIRST_DELAY * float(2 ** min(attempts - 1, 20)), LONGEST_DELAY)
    return plain * rng.uniform(0.75, 1.25)


def _put_off(kind: Kind, job: Job, moment: datetime, error: Exception, rng: random.Random) -> None:
    text = censor_text(f"{type(error).__name__}: {error}")[:ERROR_LENGTH]
    held = Job.objects.held_by(job)
    if job.attempts >= kind.max_attempts:
        held.update(state=Job.State.DEAD, finished_at=moment, claimed_until=None, last_error=text)
        log.error("job_dead", kind=kind.name, job=str(job.pk), error=text, exc_info=error)
        return
    due_at = moment + backoff(job.attempts, rng)
    held.update(due_at=due_at, claimed_until=None, last_error=text)
    log.warning(
        "job_put_off",
        kind=kind.name,
        job=str(job.pk),
        attempt=job.attempts,
        due_at=due_at.isoformat(),
        error=text,
        exc_info=error,
    )
