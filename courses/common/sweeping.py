"""The sweep: signs of life, and a ring for every due row that no message came for."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from courses.common import doorbell, outbox
from courses.common.models import Heartbeat, Job

# Long enough that a slot which is a day cannot be owed again after its row is gone.
DONE_KEPT = timedelta(days=30)
REMOVED_AT_ONCE = 500

Sweeper = Callable[[datetime], object]

_sweepers: dict[Sweeper, timedelta] = {}

log = structlog.get_logger(__name__)


def register_sweeper(sweeper: Sweeper, *, every_seconds: float = 0.0) -> None:
    """Have `sweeper(now)` called at every sweep, or only so often; in `AppConfig.ready()`.

    At every sweep means every few seconds: a sweeper finishes soon and is safe to run twice.
    """
    _sweepers[sweeper] = timedelta(seconds=every_seconds)


def sweep_once(*, now: datetime) -> list[str]:
    """Write the heartbeat, run the sweepers, ring for due kinds; return the names of those."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": now})
    for sweeper, every in {**_sweepers, _remove_old_rows: timedelta(0)}.items():
        name = f"{sweeper.__module__}.{getattr(sweeper, '__qualname__', '')}"
        try:
            if _is_its_turn(name, every, now):
                sweeper(now)
        except Exception:  # one context's trouble must not stop the others' work
            log.exception("sweeper_failed", sweeper=name)
    due = [kind for kind in outbox.kinds() if outbox.has_due(kind.name, now=now)]
    for kind in due:
        doorbell.ring(kind.name, queue=kind.queue)
    return [kind.name for kind in due]


def _is_its_turn(name: str, every: timedelta, now: datetime) -> bool:
    """Return whether no process ran the sweeper within `every`, and note that this one does."""
    if not every:
        return True
    last, first_time = Heartbeat.objects.get_or_create(
        name=f"sweeper:{name}", defaults={"seen_at": now}
    )
    # A last time that is still to come: the clock was put back.
    if first_time or not now - every < last.seen_at <= now:
        unchanged = Heartbeat.objects.filter(name=last.name, seen_at=last.seen_at)
        return bool(unchanged.update(seen_at=now))
    return False


def _remove_old_rows(now: datetime) -> None:
    old = Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - DONE_KEPT)
    ids = list(old.order_by("finished_at").values_list("pk", flat=True)[:REMOVED_AT_ONCE])
    if ids:
        Job.objects.filter(pk__in=ids).delete()
