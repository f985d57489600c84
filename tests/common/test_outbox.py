"""The outbox: owed once, claimed once, put off when it fails, dead when it never works."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from courses.accounts.models import User
from courses.common import doorbell, outbox
from courses.common.errors import NotFound
from courses.common.models import Heartbeat, Job
from courses.common.sweeping import register_sweeper, sweep_once

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KIND = "test_kind"
Run = Callable[[Job, datetime], None]


@contextmanager
def registered(run: Run, **options: Any) -> Iterator[None]:
    outbox.register(KIND, run=run, **options)
    try:
        yield
    finally:
        outbox.unregister(KIND)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds that were rung for."""
    kinds: list[str] = []
    monkeypatch.setattr(doorbell, "ring", lambda kind, *, queue: kinds.append(kind))
    return kinds


def nothing(job: Job, now: datetime) -> None:
    """A job without effect."""


def owe(slot: str, **options: Any) -> Job:
    return outbox.enqueue(KIND, slot, **{"due_at": NOW, "now": NOW, **options})


def the_job() -> Job:
    return Job.objects.get(kind=KIND)


@pytest.mark.django_db
def test_the_same_slot_twice_is_one_row(rung):
    with registered(nothing):
        first = owe("a", payload={"n": 1})
        second = owe("a", payload={"n": 2}, due_at=NOW + timedelta(days=1))

    assert first.pk == second.pk
    assert second.payload == {"n": 1}
    assert second.due_at == NOW


@pytest.mark.django_db
def test_a_done_slot_is_not_owed_again(rung):
    with registered(nothing):
        owe("a")
        outbox.run_due(KIND, now=NOW)
        owe("a")

        assert outbox.run_due(KIND, now=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_due_work_is_rung_for_after_the_commit_only(rung):
    with registered(nothing):
        with transaction.atomic():
            owe("a")
            inside = list(rung)
        owe("later", due_at=NOW + timedelta(hours=1))

    assert inside == []
    assert rung == [KIND]


@pytest.mark.django_db(transaction=True)
def test_work_of_a_rolled_back_transaction_is_not_owed(rung):
    def owe_and_fail() -> None:
        with transaction.atomic():
            owe("a")
            raise RuntimeError

    with registered(nothing), pytest.raises(RuntimeError):
        owe_and_fail()

    assert not Job.objects.exists()
    assert rung == []


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_when_it_is_owed():
    with pytest.raises(outbox.UnknownKind):
        outbox.enqueue("nobody_knows", "a", due_at=NOW, now=NOW)


def test_a_kind_has_one_handler():
    with registered(nothing), pytest.raises(ValueError, match="already registered"):
        outbox.register(KIND, run=lambda job, now: None)


@pytest.mark.django_db
def test_jobs_run_the_longest_due_first_and_none_early(rung):
    ran: list[str] = []
    with registered(lambda job, now: ran.append(job.slot)):
        outbox.enqueue_many(
            KIND,
            [
                ("second", NOW - timedelta(minutes=1)),
                ("first", NOW - timedelta(minutes=2)),
                ("early", NOW + timedelta(minutes=1)),
            ],
            now=NOW,
        )

        done = outbox.run_due(KIND, now=NOW)

    assert ran == ["first", "second"]
    assert done == 2


@pytest.mark.django_db
def test_attempts_are_raised_before_the_work(rung):
    seen: list[tuple[int, datetime | None]] = []

    def look(job: Job, now: datetime) -> None:
        row = Job.objects.get(pk=job.pk)
        seen.append((row.attempts, row.claimed_until))

    with registered(look, lease_seconds=60):
        owe("a")
        outbox.run_due(KIND, now=NOW, stopwatch=lambda: 0.0)

    assert seen == [(1, NOW + timedelta(seconds=60))]


@pytest.mark.django_db(transaction=True)
def test_a_failed_jobs_effects_are_undone_and_it_is_put_off(rung):
    def fail(job: Job, now: datetime) -> None:
        User.objects.create(email="a@example.org")
        raise RuntimeError("no password=hunter2 here")

    with registered(fail):
        owe("a")
        done = outbox.run_due(KIND, now=NOW, rng=random.Random(1), stopwatch=lambda: 0.0)

    job = the_job()
    assert done == 0
    assert not User.objects.exists()
    assert (job.state, job.attempts, job.claimed_until) == (Job.State.WAITING, 1, None)
    assert timedelta(seconds=22) < job.due_at - NOW < timedelta(seconds=38)
    assert job.last_error == "RuntimeError: no password=*** here"


def test_backoff_doubles_from_half_a_minute_to_an_hour():
    class Middle(random.Random):
        def uniform(self, a: float, b: float) -> float:
            return (a + b) / 2

    waits = [outbox.backoff(n, Middle()).total_seconds() for n in range(1, 10)]

    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


@pytest.mark.django_db
def test_a_failing_job_does_not_hold_back_its_neighbours(rung):
    ran: list[str] = []

    def run(job: Job, now: datetime) -> None:
        if job.slot == "bad":
            raise RuntimeError
        ran.append(job.slot)

    with registered(run):
        owe("bad", due_at=NOW - timedelta(hours=1))
        owe("good")

        assert outbox.run_due(KIND, now=NOW) == 1
    assert ran == ["good"]


@pytest.mark.django_db
def test_a_job_that_never_works_ends_as_a_dead_letter_and_can_be_revived(rung):
    def fail(job: Job, now: datetime) -> None:
        raise RuntimeError("broken")

    with registered(fail, max_attempts=3):
        owe("a")
        for hour in range(1, 5):
            outbox.run_due(KIND, now=NOW + timedelta(hours=hour))
        dead = the_job()
        outbox.revive(dead.pk, now=NOW)

        with pytest.raises(NotFound):
            outbox.revive(dead.pk, now=NOW)

    assert (dead.state, dead.attempts, dead.last_error) == ("dead", 3, "RuntimeError: broken")
    assert (the_job().state, the_job().attempts) == ("waiting", 0)


@pytest.mark.django_db
def test_a_claimed_job_is_free_again_when_its_lease_ran_out(rung):
    with registered(nothing):
        owe("a")
        Job.objects.update(attempts=1, claimed_until=NOW + timedelta(seconds=120))

        assert outbox.run_due(KIND, now=NOW + timedelta(seconds=119), stopwatch=lambda: 0) == 0
        assert outbox.run_due(KIND, now=NOW + timedelta(seconds=120)) == 1
    assert the_job().attempts == 2


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_every_time_ends_as_a_dead_letter(rung):
    ran: list[str] = []
    with registered(lambda job, now: ran.append(job.slot), max_attempts=3):
        owe("poison")
        Job.objects.update(attempts=3, claimed_until=NOW - timedelta(seconds=1))

        outbox.run_due(KIND, now=NOW)

    assert ran == []
    assert the_job().state == Job.State.DEAD
    assert "worker was lost" in the_job().last_error


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_slept_through_its_lease_takes_no_effect(rung):
    def oversleep(job: Job, now: datetime) -> None:
        User.objects.create(email=f"{job.attempts}@example.org")
        if job.attempts == 1:  # meanwhile another worker claimed the row
            Job.objects.filter(pk=job.pk).update(attempts=2)

    with registered(oversleep):
        owe("a")
        done = outbox.run_due(KIND, now=NOW)

    assert done == 0
    assert not User.objects.exists()


@pytest.mark.django_db
def test_of_two_workers_that_saw_the_same_row_one_claims_it(rung):
    ran: list[str] = []

    def run(job: Job, now: datetime) -> None:
        ran.append(job.slot)
        outbox.run_due(KIND, now=NOW)  # the other worker, in the middle of this one's work

    with registered(run):
        owe("a")
        owe("b")
        outbox.run_due(KIND, now=NOW)

    assert sorted(ran) == ["a", "b"]


@pytest.mark.django_db
def test_a_look_ends_after_its_limit_or_its_time(rung):
    ticks = iter(range(0, 1000, 5))
    with registered(nothing):
        outbox.enqueue_many(KIND, [(str(n), NOW) for n in range(40)], now=NOW)

        limited = outbox.run_due(KIND, now=NOW, limit=30, stopwatch=lambda: 0.0)
        timed = outbox.run_due(KIND, now=NOW, seconds=20, stopwatch=lambda: float(next(ticks)))

        assert limited == 30
        assert 0 < timed < 10
        assert outbox.has_due(KIND, now=NOW)


@pytest.mark.django_db
def test_others_may_write_between_two_jobs(rung):
    pauses: list[float] = []
    with registered(nothing):
        for number in range(3):
            owe(f"slot-{number}")

        outbox.run_due(KIND, now=NOW, pause=pauses.append)

    only_one_writer = connection.vendor == "sqlite"
    assert pauses == ([outbox.BREATH_SECONDS] * 3 if only_one_writer else [])


@pytest.mark.django_db
def test_a_long_job_shows_its_progress_and_ends_in_its_own_transaction(rung):
    seen: list[Any] = []

    def run(job: Job, now: datetime) -> None:
        seen.append(connection.in_atomic_block and len(connection.savepoint_ids))
        outbox.report_progress(job, 3, 10, now=now)
        row = Job.objects.get(pk=job.pk)
        seen.append((row.progress_done, row.progress_total))
        with transaction.atomic():
            outbox.complete(job, now=now)

    with registered(run, atomic=False, queue="bulk"):
        owe("a")
        assert outbox.run_due(KIND, now=NOW) == 1

    assert seen == [0, (3, 10)]  # no savepoint of the outbox around it
    assert the_job().state == Job.State.DONE


@pytest.mark.django_db
def test_progress_of_a_lost_claim_stops_the_job(rung):
    def run(job: Job, now: datetime) -> None:
        Job.objects.filter(pk=job.pk).update(attempts=7)
        outbox.report_progress(job, 1, 2)

    with registered(run, atomic=False):
        owe("a")
        assert outbox.run_due(KIND, now=NOW) == 0
    assert the_job().attempts == 7


@pytest.mark.django_db
def test_only_waiting_jobs_are_rescheduled(rung):
    with registered(nothing):
        owe("a", due_at=NOW + timedelta(hours=1))

        assert outbox.reschedule(KIND, "a", due_at=NOW)
        assert outbox.run_due(KIND, now=NOW) == 1
        assert not outbox.reschedule(KIND, "a", due_at=NOW)


@pytest.mark.django_db
def test_the_sweep_leaves_a_sign_of_life_and_rings_for_what_is_due(rung):
    with registered(nothing):
        outbox.enqueue(KIND, "a", due_at=NOW + timedelta(hours=1), now=NOW)
        early = sweep_once(now=NOW)
        late = sweep_once(now=NOW + timedelta(hours=1))

    assert KIND not in early
    assert KIND in late
    assert Heartbeat.objects.get(name="worker").seen_at == NOW + timedelta(hours=1)


@pytest.mark.django_db
def test_the_sweep_survives_a_sweeper_that_fails(rung, monkeypatch):
    def broken(now: datetime) -> None:
        raise RuntimeError

    monkeypatch.setattr("courses.common.sweeping._sweepers", {broken: timedelta(0)})
    with registered(nothing):
        owe("a")

        assert KIND in sweep_once(now=NOW)


@pytest.mark.django_db
def test_a_sweeper_runs_only_as_often_as_it_asked_to(rung, monkeypatch):
    monkeypatch.setattr("courses.common.sweeping._sweepers", {})
    ran: list[int] = []
    register_sweeper(lambda now: ran.append((now - NOW).seconds), every_seconds=60)

    for seconds in (0, 5, 59, 60, 65, 300, 120):
        sweep_once(now=NOW + timedelta(seconds=seconds))

    assert ran == [0, 60, 300, 120]


@pytest.mark.django_db
def test_the_sweep_removes_what_was_done_long_ago(rung, monkeypatch):
    monkeypatch.setattr("courses.common.sweeping._sweepers", {})
    states = [("old", "done", 31), ("new", "done", 29), ("dead", "dead", 31)]
    for slot, state, days in states:
        moment = NOW - timedelta(days=days)
        Job.objects.create(
            kind=KIND, slot=slot, state=state, due_at=moment, created_at=moment, finished_at=moment
        )

    sweep_once(now=NOW)

    assert set(Job.objects.values_list("slot", flat=True)) == {"new", "dead"}


@pytest.mark.django_db
def test_a_slot_is_unique_in_the_database_too():
    Job.objects.create(kind=KIND, slot="a", due_at=NOW, created_at=NOW)

    with pytest.raises(IntegrityError):
        Job.objects.create(kind=KIND, slot="a", due_at=NOW, created_at=NOW)


@pytest.mark.django_db
def test_the_search_for_due_rows_uses_the_index_of_waiting_rows():
    plan = Job.objects.waiting_for(KIND).free_at(NOW).explain()

    assert "job_waiting" in plan or connection.vendor == "postgresql"  # few rows: a scan there
