"""Jobs with a real worker, beat and broker: none is lost, none is done twice."""

from collections import Counter
from datetime import timedelta

import pytest

from courses.common import clock, outbox
from courses.common.ids import new_id
from courses.common.models import Heartbeat, Job
from tests.support import jobs
from tests.support.machines import machines_in
from tests.support.processes import wait_until

pytestmark = [
    pytest.mark.drill,
    pytest.mark.xdist_group("drills"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def machines(tmp_path, moved_clock):
    with machines_in(tmp_path) as started:
        yield started


def owe(count: int, *, kind: str = jobs.EFFECT_KIND, first: int = 0) -> None:
    now = clock.now()
    outbox.enqueue_many(kind, [(str(n), now) for n in range(first, first + count)], now=now)


def effects() -> Counter[str]:
    """How often each slot took effect."""
    slots = Job.objects.filter(kind=jobs.DONE_KIND).values_list("slot", flat=True)
    return Counter(slot.partition(":")[0] for slot in slots)


def waiting(kind: str = jobs.EFFECT_KIND) -> int:
    return Job.objects.waiting_for(kind).count()


def once_each(count: int) -> dict[str, int]:
    return {str(n): 1 for n in range(count)}


def test_the_sweeper_finds_rows_that_nobody_rang_for(machines):
    machines.broker()
    machines.worker()
    machines.beat()
    owe(50)

    wait_until(lambda: not waiting(), seconds=30)

    assert effects() == once_each(50)
    assert Heartbeat.objects.filter(name="worker").exists()


def test_a_broker_killed_and_emptied_in_the_middle_loses_and_doubles_nothing(machines):
    broker = machines.broker()
    machines.kept_worker()
    machines.beat()
    owe(400)

    wait_until(lambda: sum(effects().values()) > 20, seconds=30)
    machines.kill_and_empty_broker(broker)
    owe(100, first=400)  # owed while there is no broker at all
    machines.broker()
    machines.empty_broker()

    wait_until(lambda: not waiting(), seconds=45)
    assert effects() == once_each(500)


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(machines):
    machines.broker()
    first = machines.worker()
    machines.beat()
    owe(300)

    wait_until(lambda: sum(effects().values()) > 20, seconds=30)
    first.kill()
    first.wait()
    machines.worker()

    wait_until(lambda: not waiting(), seconds=45)
    assert effects() == once_each(300)


def test_two_beats_and_two_workers_double_nothing(machines):
    machines.broker()
    for _ in range(2):
        machines.worker(concurrency=1)
        machines.beat()
    owe(200)

    wait_until(lambda: not waiting(), seconds=45)

    assert effects() == once_each(200)


def test_poison_ends_as_dead_letters_and_holds_nobody_up(machines, moved_clock):
    machines.broker()
    machines.worker()
    machines.beat()
    owe(3, kind=jobs.POISON_KIND)
    owe(50)

    wait_until(lambda: not waiting(), seconds=30)
    healthy = effects()
    wait_until(lambda: not waiting(jobs.POISON_KIND), seconds=45)

    assert healthy == once_each(50)
    dead = Job.objects.filter(kind=jobs.POISON_KIND, state=Job.State.DEAD)
    assert dead.count() == 3
    assert all("worker was lost" in job.last_error for job in dead)


def test_nothing_runs_before_its_time_and_all_soon_after_it(machines, moved_clock):
    machines.broker()
    machines.worker()
    machines.beat()
    due = clock.now() + timedelta(hours=8)
    outbox.enqueue(jobs.EFFECT_KIND, "0", due_at=due, now=clock.now())
    wait_until(lambda: Heartbeat.objects.filter(name="worker").exists(), seconds=30)
    early = effects()

    moved_clock.move(hours=8)

    wait_until(lambda: not waiting(), seconds=15)
    assert early == {}
    assert effects() == once_each(1)


def test_the_progress_of_a_long_job_is_seen_by_who_asked_for_it(machines):
    machines.broker()
    first = machines.worker()
    machines.beat()
    teacher = new_id()
    now = clock.now()
    outbox.enqueue(jobs.LONG_KIND, "0", due_at=now, now=now, requested_by=teacher)
    mine = Job.objects.filter(requested_by=teacher)

    wait_until(lambda: mine.filter(progress_done__gt=3).exists(), seconds=30)
    during = mine.get()
    first.kill()  # in the middle: another worker begins it anew
    machines.worker()
    wait_until(lambda: not waiting(jobs.LONG_KIND), seconds=45)

    assert 3 < during.progress_done < during.progress_total == jobs.LONG_STEPS
    assert during.state == Job.State.WAITING
    assert mine.get().progress_done == jobs.LONG_STEPS
    assert mine.get().attempts == 2
    assert effects() == once_each(1)
