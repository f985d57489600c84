"""Tomorrow's plan is made by a real worker when a learner's own day begins, told by a real beat."""

from datetime import UTC, date, datetime

import pytest

from courses.common import clock
from courses.common.models import Heartbeat, Job
from courses.flashcards.models import DayPlan
from tests.factories.accounts import make_user
from tests.factories.assessment import make_question
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import make_review_card
from tests.support.machines import machines_in
from tests.support.processes import wait_until

pytestmark = [
    pytest.mark.drill,
    pytest.mark.xdist_group("drills"),
    pytest.mark.django_db(transaction=True),
]

# Noon in Tokyo; the day there begins at 4:00, which is 19:00 UTC the evening before.
NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def machines(tmp_path, moved_clock):
    moved_clock.move_to(NOON)
    with machines_in(tmp_path) as started:
        yield started


@pytest.fixture
def course(transactional_db):
    return make_course()


def make_learner(course, email: str, *, due_cards: int):
    """Return a student in Tokyo who wants a mail at 19:00."""
    learner = make_user(email=email, time_zone="Asia/Tokyo", rollover_hour=4, reminder_hour=19)
    enrol_as(learner, course)
    for _ in range(due_cards):
        make_review_card(learner, make_question(course))
    return learner


def planned_days(learner) -> list[date]:
    plans = DayPlan.objects.filter(learner=learner).order_by("day", "id")
    return list(plans.values_list("day", flat=True))


def test_a_plan_is_made_when_the_learners_day_begins_and_not_before(machines, course, moved_clock):
    learner = make_learner(course, "tokyo@example.org", due_cards=3)
    broker = machines.broker()
    machines.kept_worker()
    machines.beat()
    wait_until(lambda: planned_days(learner) == [TODAY], seconds=90)

    moved_clock.move_to(datetime(2026, 11, 20, 18, 59, 30, tzinfo=UTC))
    machines.kill_and_empty_broker(broker)
    machines.broker()
    machines.beat()  # and a second beat
    swept_after(clock.now())
    early = planned_days(learner)
    moved_clock.move_to(datetime(2026, 11, 20, 19, 0, 1, tzinfo=UTC))
    wait_until(lambda: TOMORROW in planned_days(learner), seconds=90)
    swept_after(clock.now())

    assert early == [TODAY]
    assert planned_days(learner) == [TODAY, TOMORROW]
    assert not Job.objects.exclude(last_error="").exists()


def test_a_reminder_is_sent_once_at_the_chosen_hour_and_only_when_something_is_due(
    machines, course, moved_clock
):
    make_learner(course, "busy@example.org", due_cards=3)
    idle = make_learner(course, "idle@example.org", due_cards=0)
    machines.broker()
    machines.worker()
    for _ in range(2):
        machines.beat()
    wait_until(lambda: planned_days(idle) == [TODAY], seconds=90)
    moved_clock.move_to(datetime(2026, 11, 20, 9, 59, 30, tzinfo=UTC))
    swept_after(clock.now())
    early = machines.sent_mails()

    moved_clock.move_to(datetime(2026, 11, 20, 10, 0, 1, tzinfo=UTC))

    wait_until(machines.sent_mails, seconds=90)
    wait_until(lambda: not waiting_reminders(), seconds=15)
    swept_after(clock.now())
    (mail,) = machines.sent_mails()
    assert early == []
    assert "To: busy@example.org" in mail


def waiting_reminders() -> bool:
    return Job.objects.waiting_for("remind").filter(due_at__lte=clock.now()).exists()


def swept_after(moment: datetime) -> None:
    """Wait until a worker has swept three times since `moment`: whatever is due has been seen."""
    for _ in range(3):
        seen = Heartbeat.objects.filter(name="worker", seen_at__gt=moment)
        wait_until(seen.exists, seconds=90)
        moment = clock.now()
