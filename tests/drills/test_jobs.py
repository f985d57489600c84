"""Jobs with a real worker, beat and broker: none is lost, none is done twice."""

import subprocess
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from courses.common import clock, outbox
from courses.common.models import Heartbeat, Job
from quizsite.embedded import valkey
from tests.support import jobs
from tests.support.children import PYTHON, celery_worker_command, environment, running
from tests.support.processes import wait_until

pytestmark = [
    pytest.mark.drill,
    pytest.mark.xdist_group("drills"),
    pytest.mark.django_db(transaction=True),
]


class Machines:
    """A broker, a worker and beats of one test, to be killed and started again."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.socket = folder / "broker.sock"
        self._folder = folder
        self._stack = stack
        self._environment = environment(
            QUIZSITE_TEST_REDIS_URL=f"unix://{self.socket}",
            QUIZSITE_TEST_SWEEP_SECONDS="0.5",
            QUIZSITE_TEST_DRILL_JOBS="1",
        )

    def _run(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        log = self._folder / f"{name}.log"
        return self._stack.enter_context(running(command, log=log, env=self._environment))

    def broker(self) -> "subprocess.Popen[bytes]":
        process = self._run("broker", valkey.command(self.socket, self._folder))
        wait_until(lambda: valkey.answers(self.socket))
        return process

    def empty_broker(self) -> None:
        with Redis(unix_socket_path=str(self.socket)) as client:
            client.flushall()

    def worker(self, concurrency: int = 2) -> "subprocess.Popen[bytes]":
        command = celery_worker_command(concurrency=concurrency, queues="plan,deliver,mail,bulk")
        return self._run("worker", [*command, "--include=tests.support.jobs"])

    def beat(self) -> "subprocess.Popen[bytes]":
        command = [PYTHON, "-m", "celery", "-A", "quizsite", "beat", "--pidfile=",
                   "--scheduler=celery.beat:Scheduler"]  # fmt: skip
        return self._run("beat", command)


@pytest.fixture
def machines(tmp_path, moved_clock):
    jobs.register()
    with ExitStack() as stack:
        yield Machines(tmp_path, stack)
    for kind in (jobs.EFFECT_KIND, jobs.POISON_KIND):
        outbox.unregister(kind)


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


def test_a_broker_killed_and_emptied_in_the_middle_loses_and_doubles_nothing(machines, tmp_path):
    broker = machines.broker()
    machines.worker()
    machines.beat()
    owe(400)

    wait_until(lambda: sum(effects().values()) > 20, seconds=30)
    broker.kill()
    broker.wait()
    for file in tmp_path.glob("appendonlydir/*"):
        file.unlink()  # nothing of the queues is left
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
