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

_sweepers: list[Sweeper] = []

log = structlog.get_logger(__name__)


def register_sweeper(sweeper: Sweeper) -> None:
    """Have `sweeper(now)` called at every sweep; called in `AppConfig.ready()`.

    A sweeper runs every few seconds: it reads little, finishes soon and is safe to run twice.
    """
    if sweeper not in _sweepers:
        _sweepers.append(sweeper)


def sweep_once(*, now: datetime) -> list[str]:
    """Write the heartbeat, run the sweepers, ring for due kinds; return the names of those."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": now})
    for sweeper in [*_sweepers, _remove_old_rows]:
        try:
            sweeper(now)
        except Exception:  # one context's trouble must not stop the others' work
            log.exception("sweeper_failed", sweeper=getattr(sweeper, "__qualname__", str(sweeper)))
    due = [kind for kind in outbox.kinds() if outbox.has_due(kind.name, now=now)]
    for kind in due:
        doorbell.ring(kind.name, queue=kind.queue)
    return [kind.name for kind in due]


def _remove_old_rows(now: datetime) -> None:
    old = Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - DONE_KEPT)
    ids = list(old.order_by("finished_at").values_list("pk", flat=True)[:REMOVED_AT_ONCE])
    if ids:
        Job.objects.filter(pk__in=ids).delete()
