"""The only two tasks that are sent: "look" for due rows of a kind, and "sweep"."""

from celery import shared_task

from courses.common import clock, doorbell, outbox
from courses.common.sweeping import register_sweeper, sweep_once

__all__ = ["look", "register_sweeper", "sweep"]


@shared_task(ignore_result=True)
def look(*, kind: str) -> int:
    """Run what is due of `kind`, for a bounded time; ring again if more is due."""
    done = outbox.run_due(kind, now=clock.now())
    if outbox.has_due(kind, now=clock.now()):
        doorbell.ring(kind, queue=outbox.kind_named(kind).queue)
    return done


@shared_task(ignore_result=True)
def sweep() -> None:
    """What beat sends every SWEEP_SECONDS; two of them at once change nothing."""
    sweep_once(now=clock.now())
