"""Plans by the worker: at each learner's own rollover, once, and never forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest

from courses.accounts.services import save_preferences, suspend
from courses.common import outbox
from courses.common.models import Job
from courses.enrollment.models import Course
from courses.flashcards import jobs
from courses.flashcards.models import DayPlan
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import NOON

pytestmark = pytest.mark.django_db

TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)
ROLLOVER = datetime(2026, 11, 20, 19, tzinfo=UTC)  # 04:00 in Tokyo, the day begins


@pytest.fixture(autouse=True)
def _no_jobs_yet(request):
    """The fixtures' people are enrolled long before NOON; what that owed is not looked at."""
    if "student" in request.fixturenames:
        request.getfixturevalue("student")
    Job.objects.all().delete()


def waiting(kind=jobs.PLAN_DAY):
    """Return (slot's day, due_at) of the jobs that wait, in their order."""
    rows = Job.objects.filter(kind=kind, state=Job.State.WAITING).order_by("due_at")
    return [(jobs.read_slot(job.slot)[1], job.due_at) for job in rows]


def run(now, kind=jobs.PLAN_DAY):
    return outbox.run_due(kind, now=now)


# --- The chain ----------------------------------------------------------------------------


def test_a_plan_is_made_at_the_rollover_and_owes_the_next(student):
    jobs.owe_day(student, TOMORROW, now=NOON)

    before, at_rollover = run(ROLLOVER - timedelta(seconds=1)), run(ROLLOVER)

    assert (before, at_rollover) == (0, 1)
    assert DayPlan.objects.get().day == TOMORROW
    assert waiting() == [(TOMORROW + timedelta(days=1), ROLLOVER + timedelta(days=1))]


def test_running_again_changes_nothing(student):
    jobs.owe_day(student, TOMORROW, now=NOON)
    run(ROLLOVER)
    before = [list(DayPlan.objects.values()), waiting()]

    jobs.run_plan_day(Job.objects.get(slot=jobs.slot_of(student.pk, TOMORROW)), ROLLOVER)

    assert [list(DayPlan.objects.values()), waiting()] == before


def test_each_learner_has_their_own_rollover(student, course):
    berliner = make_user(time_zone="Europe/Berlin", rollover_hour=0)
    enrol_as(berliner, course)
    Job.objects.all().delete()
    for learner in (student, berliner):
        jobs.owe_day(learner, TOMORROW, now=NOON)

    midnight_in_berlin = datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert waiting() == [(TOMORROW, ROLLOVER), (TOMORROW, midnight_in_berlin)]


def test_after_days_of_downtime_only_today_is_planned(student):
    jobs.owe_day(student, TOMORROW, now=NOON)

    run(ROLLOVER + timedelta(days=5, hours=3))

    assert DayPlan.objects.get().day == TOMORROW + timedelta(days=5)
    assert waiting() == [(TOMORROW + timedelta(days=6), ROLLOVER + timedelta(days=6))]


def test_who_studies_nothing_any_more_falls_out_of_the_chain(student):
    jobs.owe_day(student, TOMORROW, now=NOON)
    student.enrollments.update(ended_at=NOON)

    run(ROLLOVER)

    assert waiting() == []
    assert not DayPlan.objects.exists()


def test_a_suspended_person_falls_out_of_the_chain(student):
    jobs.owe_day(student, TOMORROW, now=NOON)
    suspend(student, now=NOON)

    run(ROLLOVER)

    assert waiting() == []


def test_a_plan_that_fails_owes_nothing_and_is_tried_again(student, monkeypatch):
    jobs.owe_day(student, TOMORROW, now=NOON)

    def fail(*_args, **_kwargs):
        raise RuntimeError("after the plan was made")

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "owe_reminder", fail)
        assert run(ROLLOVER) == 0

    assert not DayPlan.objects.exists()
    assert run(ROLLOVER + timedelta(hours=2)) == 1
    assert DayPlan.objects.count() == 1


# --- The sweeper --------------------------------------------------------------------------


def test_the_sweeper_owes_today_and_tomorrow_to_who_has_nothing_waiting(student):
    assert jobs.sweep_plans(NOON) == 1

    assert waiting() == [(TODAY, NOON), (TOMORROW, ROLLOVER)]


def test_a_second_sweep_finds_nobody_and_costs_two_queries(student, django_assert_num_queries):
    jobs.sweep_plans(NOON)

    with django_assert_num_queries(2):
        assert jobs.sweep_plans(NOON + timedelta(seconds=5)) == 0


def test_the_sweeper_ends_up_with_the_chain(student):
    jobs.sweep_plans(NOON)
    run(NOON)
    run(ROLLOVER)

    assert {plan.day for plan in DayPlan.objects.all()} == {TODAY, TOMORROW}
    assert jobs.sweep_plans(ROLLOVER) == 0
    assert len(waiting()) == 1


def test_the_sweeper_leaves_alone_who_studies_nothing(former_student, suspended):
    idle = make_user()
    enrol_as(idle, make_course(status=Course.Status.DRAFT))
    Job.objects.all().delete()

    assert jobs.sweep_plans(NOON) == 0


def test_one_learners_jobs_are_not_anothers(student, owner):
    Job.objects.all().delete()
    jobs.owe_day(student, TOMORROW, now=NOON)

    assert jobs.sweep_plans(NOON) == 1
    assert Job.objects.filter(slot__startswith=str(owner.pk)).count() == 2


def test_where_tomorrows_slot_is_spent_the_day_after_is_owed(student):
    for day in (TODAY, TOMORROW):
        jobs.owe_day(student, day, now=NOON)
    Job.objects.update(state=Job.State.DONE, finished_at=NOON)

    jobs.sweep_plans(NOON)

    assert [day for day, _due_at in waiting()] == [TOMORROW + timedelta(days=1)]
    assert jobs.sweep_plans(NOON) == 0


# --- News ---------------------------------------------------------------------------------


def test_enrolment_owes_tomorrows_plan(course):
    learner = make_user()

    enrol_as(learner, course, now=NOON)

    assert waiting() == [(TOMORROW, ROLLOVER)]


def test_another_zone_moves_the_rollover(student):
    jobs.owe_day(student, TOMORROW, now=NOON)

    save_preferences(student, now=NOON, time_zone="Europe/Berlin")

    assert waiting() == [(TOMORROW, datetime(2026, 11, 21, 3, tzinfo=UTC))]


def test_another_rollover_hour_moves_the_rollover(student):
    jobs.owe_day(student, TOMORROW, now=NOON)

    save_preferences(student, now=NOON, rollover_hour=6)

    assert waiting() == [(TOMORROW, ROLLOVER + timedelta(hours=2))]


def test_a_zone_where_tomorrow_has_begun_is_planned_at_once(student):
    late = ROLLOVER - timedelta(hours=1)
    jobs.owe_day(student, TOMORROW, now=late)

    save_preferences(student, now=late, time_zone="Pacific/Kiritimati")
    run(late)

    assert DayPlan.objects.get().day == TOMORROW
    assert [day for day, _due_at in waiting()] == [TOMORROW + timedelta(days=1)]


def test_a_zone_that_moves_back_loses_no_day_and_doubles_none(student):
    jobs.owe_day(student, TOMORROW, now=NOON)
    run(ROLLOVER)
    after = ROLLOVER + timedelta(hours=1)

    save_preferences(student, now=after, time_zone="Pacific/Honolulu")
    for hours in range(0, 96, 6):
        jobs.sweep_plans(after + timedelta(hours=hours))
        run(after + timedelta(hours=hours))

    days = list(DayPlan.objects.order_by("day").values_list("day", flat=True))
    assert days == [TOMORROW + timedelta(days=n) for n in range(len(days))]
    assert len(days) >= 3
