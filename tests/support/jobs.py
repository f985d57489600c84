"""Job kinds of the drills, for real workers: `celery ... worker --include tests.support.jobs`."""

import os
import signal
import time
from datetime import datetime

import django

EFFECT_KIND = "drill_effect"
POISON_KIND = "drill_poison"
LONG_KIND = "drill_long"
KINDS = (EFFECT_KIND, POISON_KIND, LONG_KIND)
LONG_STEPS = 30
# What a job did, one row each time: twice done is two rows.
DONE_KIND = "drill_done"


def register() -> None:
    """Declare the kinds of the drills in this process."""
    from courses.common import outbox

    outbox.register(EFFECT_KIND, run=leave_a_trace, queue="plan", lease_seconds=5)
    outbox.register(LONG_KIND, run=take_long, queue="bulk", lease_seconds=2, atomic=False)
    outbox.register(POISON_KIND, run=kill_the_worker, queue="plan", max_attempts=3, lease_seconds=1)


def leave_a_trace(job: object, now: datetime) -> None:
    from courses.common.ids import new_id
    from courses.common.models import Job

    slot = f"{job.slot}:{new_id()}"
    Job.objects.create(
        kind=DONE_KIND, slot=slot, state=Job.State.DONE, due_at=now, created_at=now, finished_at=now
    )


def take_long(job: object, now: datetime) -> None:
    """Take longer than the lease, which every step renews, and leave a trace with the last."""
    from django.db import transaction

    from courses.common import clock, outbox

    for step in range(LONG_STEPS):
        outbox.report_progress(job, step + 1, LONG_STEPS, now=clock.now())
        time.sleep(0.1)
    with transaction.atomic():
        leave_a_trace(job, now)
        outbox.complete(job, now=clock.now())


def kill_the_worker(job: object, now: datetime) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if os.environ.get("QUIZSITE_TEST_DRILL_JOBS") == "1":  # in a worker, not where pytest looks in
    django.setup()
    register()
