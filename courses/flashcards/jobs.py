"""The background work of this context: a plan and a reminder per learner and day.

Slots are `<learner>:<local day>`, so that nothing is done twice whoever asks for it. The
chain carries itself: a plan owes the next day's in its own transaction; the sweeper mends
it where it broke, or never began.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from courses.accounts.models import User
from courses.common import outbox
from courses.common.days import day_start
from courses.common.models import Job
from courses.common.outbox import NewJob
from courses.enrollment.domain.roles import roles_with
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.demo.loading import demo_teacher, load_class
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services.planning import ensure_day_plans, make_day_plans
from courses.flashcards.services.reminding import reminder_for

PLAN_DAY = "plan_day"
REMIND = "remind"
DEMO_CLASS = "demo_class"
_SWEPT_AT_ONCE = 500
ONE_DAY = timedelta(days=1)


def register() -> None:
    """Declare the kinds; called once, when the application is ready."""
    outbox.register(PLAN_DAY, run=run_plan_day, queue="plan")
    # Not atomic: that a mail is being sent must be on record before it leaves.
    outbox.register(REMIND, run=run_remind, queue="mail", atomic=False)
    # Not atomic: it takes a second or two, and nobody's answer should wait for it.
    outbox.register(DEMO_CLASS, run=run_demo_class, queue="bulk", max_attempts=3, atomic=False)


def slot_of(learner_id: UUID, day: date) -> str:
    """Return the slot of a learner's day."""
    return f"{learner_id}:{day.isoformat()}"


def read_slot(slot: str) -> tuple[UUID, date]:
    """Return the learner and the day of a slot. Raises ValueError."""
    learner, _colon, day = slot.partition(":")
    return UUID(learner), date.fromisoformat(day)


# --- Running --------------------------------------------------------------------------
def run_plan_day(job: Job, now: datetime) -> None:
    """Plan the learner's day, whichever it is by now, and owe the next one.

    After days of downtime the missed days are not planned; today is.
    """
    learner_id, _day = read_slot(job.slot)
    learner = User.objects.filter(pk=learner_id, is_active=True).first()
    if learner is None or not Course.objects.studied_by(learner).exists():
        return
    with transaction.atomic():
        make_day_plans(learner=learner, now=now)
        owe_day(learner, study_day(learner, now) + ONE_DAY, now=now)
        owe_reminder(learner, study_day(learner, now), now=now)


def run_remind(job: Job, now: datetime) -> None:
    """Send the day's reminder if it is still wanted and there is something left to do.

    At most once: the row says "sending" before the mail leaves, so that a worker killed
    at that moment costs a reminder and never doubles it; what the mail server refuses is
    tried again, the same day.
    """
    learner_id, day = read_slot(job.slot)
    learner = User.objects.filter(pk=learner_id, is_active=True).first()
    if learner is None or study_day(learner, now) != day or job.payload.get("sending"):
        return
    ensure_day_plans(learner=learner, now=now)
    mail = reminder_for(learner, now)
    if mail is None:
        return
    _note(job, {"sending": True})
    try:
        mail.send()
    except Exception:  # any: the row must say again that nothing was sent
        _note(job, {})
        raise


def _note(job: Job, payload: dict[str, Any]) -> None:
    job.payload = payload
    Job.objects.filter(pk=job.pk).update(payload=payload)


def run_demo_class(job: Job, now: datetime) -> None:
    """Make the demo class of the course, unless the demo people were removed meanwhile."""
    course = Course.objects.filter(pk=job.payload["course"]).first()
    if course is not None:
        load_class(course, now=now)


# --- Owing ----------------------------------------------------------------------------
def owe_day(learner: User, day: date, *, now: datetime) -> None:
    """Owe the learner's plan of `day` from its first moment on."""
    due_at = _start(learner, day)
    outbox.enqueue_many(PLAN_DAY, [NewJob(slot_of(learner.pk, day), due_at)], now=now)


def owe_reminder(learner: User, day: date, *, now: datetime) -> None:
    """Owe the reminder of `day` at the learner's hour, if they want one."""
    moment = reminder_moment(learner, day)
    if moment is not None:
        outbox.enqueue_many(REMIND, [NewJob(slot_of(learner.pk, day), moment)], now=now)


def reminder_moment(learner: User, day: date) -> datetime | None:
    """Return when on the learner's study day `day` their reminder hour begins; None if off.

    An hour before the rollover belongs to the end of the day, after midnight.
    """
    hour = learner.reminder_hour
    if hour is None:
        return None
    on = day if hour >= learner.rollover_hour else day + ONE_DAY
    return day_start(on, zone=learner.time_zone, rollover_hour=hour)


def move_day(learner: User, *, now: datetime) -> None:
    """Bring the waiting jobs of a learner to their changed zone, rollover or reminder hour."""
    today = study_day(learner, now)
    for ahead in range(-1, 3):
        day = today + timedelta(days=ahead)
        outbox.reschedule(PLAN_DAY, slot_of(learner.pk, day), due_at=_start(learner, day))
        moment = reminder_moment(learner, day)
        if moment is not None:
            # One whose hour has passed already waits until its day is over: never sent.
            late = moment if moment > now else moment + ONE_DAY
            outbox.reschedule(REMIND, slot_of(learner.pk, day), due_at=late)
    moment = reminder_moment(learner, today)
    if moment is not None and moment > now:
        owe_reminder(learner, today, now=now)
    outbox.wake(PLAN_DAY)


def _start(learner: User, day: date) -> datetime:
    return day_start(day, zone=learner.time_zone, rollover_hour=learner.rollover_hour)


def owe_demo_class(course: Course, *, now: datetime) -> None:
    """Owe the demo class of a course, once for the demo people that there are.

    Nobody is rung for: the people are made before the broker starts, and a sweep will do.
    """
    teacher = demo_teacher()
    if teacher is not None:
        due_at = now + timedelta(milliseconds=1)
        row = NewJob(f"{course.pk}:{teacher.pk}", due_at, {"course": str(course.pk)})
        outbox.enqueue_many(DEMO_CLASS, [row], now=now)


# --- Sweeping -------------------------------------------------------------------------
def sweep_plans(now: datetime) -> int:
    """Owe a plan to every active learner for whom none is waiting; return to how many.

    Two queries find them: who just enrolled, came back, or fell out of the chain.
    """
    learners = list(_without_plan())
    if not learners:
        return 0
    rows = [row for learner in learners for row in _owed(learner, now)]
    # The slot of tomorrow may be spent (a zone moved back): then the day after is owed.
    spent = set(
        Job.objects.filter(kind=PLAN_DAY, slot__in=[row.slot for row in rows])
        .exclude(state=Job.State.WAITING)
        .values_list("slot", flat=True)
    )
    for learner in learners:
        tomorrow = study_day(learner, now) + ONE_DAY
        if slot_of(learner.pk, tomorrow) in spent:
            after = tomorrow + ONE_DAY
            rows.append(NewJob(slot_of(learner.pk, after), _start(learner, after)))
    outbox.enqueue_many(PLAN_DAY, rows, now=now)
    return len(learners)


def _owed(learner: User, now: datetime) -> list[NewJob]:
    today = study_day(learner, now)
    tomorrow = today + ONE_DAY
    return [
        NewJob(slot_of(learner.pk, today), now),
        NewJob(slot_of(learner.pk, tomorrow), _start(learner, tomorrow)),
    ]


def _without_plan() -> QuerySet[User]:
    """Return the people who study something and have no plan waiting.

    Two plain lists are compared here rather than in the database: a slot is text, and
    PostgreSQL joins made-up texts by looking at every job for every learner.
    """
    slots = Job.objects.filter(kind=PLAN_DAY, state=Job.State.WAITING).order_by()
    provided = {read_slot(slot)[0] for slot in slots.values_list("slot", flat=True).iterator()}
    studying = Enrollment.objects.current().filter(
        role__in=sorted(roles_with("course.study")), course__status=Course.Status.PUBLISHED
    )
    learner_ids = studying.order_by().values_list("user_id", flat=True).distinct()
    lacking = sorted(set(learner_ids.iterator()) - provided)
    return User.objects.filter(pk__in=lacking[:_SWEPT_AT_ONCE]).order_by("pk")
