"""Planning a learner's day: one ranking over all their courses, one row per course and day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Sum

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.common.days import day_start
from courses.enrollment.models import Course
from courses.flashcards.domain import queue
from courses.flashcards.domain.queue import Limits, Plan
from courses.flashcards.models import Card, DayPlan
from courses.flashcards.parameters import DEFAULT_SET_ID
from courses.flashcards.selectors.candidates import (
    Plannable,
    due_cards,
    new_cards,
    stepping_cards,
    with_claims,
)
from courses.flashcards.selectors.queue import seconds_per_card, study_day

# Some new cards are passed over for a sibling; so many more are read than may be taken.
_NEW_IN_RESERVE = 50
_SET_POSITION = (
    "UPDATE flashcards_card SET queue_position = %s"
    " WHERE learner_id = %s AND question_id = %s AND reps = %s"
)


@dataclass(frozen=True, slots=True)
class _Day:
    """The day being planned, the courses without a plan for it, and what could be on it."""

    learner: User
    now: datetime
    day: date
    courses: Sequence[UUID]
    limits: Limits
    planned_seconds: int
    steps: Sequence[Plannable]
    due: Sequence[Plannable]
    new: Sequence[Plannable]


def ensure_day_plans(*, learner: User, now: datetime) -> bool:
    """Make today's plans if a course the learner studies lacks one; return whether it did.

    One query when all is there. Safe at any time and from any number of processes.
    """
    if not _unplanned(learner, study_day(learner, now)):
        return False
    return bool(make_day_plans(learner=learner, now=now))


def make_day_plans(*, learner: User, now: datetime) -> list[DayPlan]:
    """Plan the learner's local day for every studied course that has no plan for it.

    Returns the plans made: none the second time. Sets the places in the queue of what is
    due and introduces new cards from lessons that the learner has finished, within their
    reviews, new cards and minutes a day over all courses together.
    """
    day = study_day(learner, now)
    with transaction.atomic():
        # One planner at a time per learner; the second finds the day planned.
        lock_person(learner.pk)
        courses = _unplanned(learner, day)
        if not courses:
            return []
        _clear_past_days(learner, day)
        today = _gather(learner, now, day, courses)
        plan = queue.make_plan(
            with_claims(today.due),
            with_claims(today.new),
            limits=today.limits,
            taken_claims=[claim for card in with_claims(today.steps) for claim in card.claims],
            spent_seconds=today.planned_seconds + len(today.steps) * today.limits.seconds_per_card,
        )
        _requeue_steps(today)
        _enqueue(today, plan)
        return _write_plans(today, plan)


def _unplanned(learner: User, day: date) -> list[UUID]:
    """Return the studied courses without a plan for `day` or later (a zone may move back)."""
    planned = DayPlan.objects.filter(learner_id=learner.pk, day__gte=day).order_by()
    studied = Course.objects.studied_by(learner).order_by("created_at", "id")
    return list(studied.exclude(pk__in=planned.values("course")).values_list("pk", flat=True))


def _clear_past_days(learner: User, day: date) -> None:
    """Take out of the queue what earlier plans left; today's own places stay."""
    Card.objects.queued(learner.pk).order_by().filter(
        queue_position__gte=0, queue_position__lt=queue.day_position(day)
    ).update(queue_position=None)


def _gather(learner: User, now: datetime, day: date, courses: Sequence[UUID]) -> _Day:
    ends_at = day_start(
        day + timedelta(days=1), zone=learner.time_zone, rollover_hour=learner.rollover_hour
    )
    planned = DayPlan.objects.filter(learner_id=learner.pk, day=day).aggregate(
        due=Sum("due_count", default=0),
        new=Sum("new_count", default=0),
        seconds=Sum("seconds", default=0),
    )
    limits = Limits(
        reviews=max(learner.reviews_per_day - planned["due"], 0),
        new=max(learner.new_per_day - planned["new"], 0),
        seconds=learner.minutes_per_day * 60.0,
        seconds_per_card=seconds_per_card(learner),
    )
    return _Day(
        learner=learner,
        now=now,
        day=day,
        courses=courses,
        limits=limits,
        planned_seconds=planned["seconds"],
        steps=stepping_cards(learner.pk, courses),
        due=due_cards(learner.pk, courses, until=ends_at, day=day),
        new=new_cards(learner.pk, courses, limit=limits.new * 2 + _NEW_IN_RESERVE),
    )


def _requeue_steps(today: _Day) -> None:
    """Bring back the cards in steps that were buried on an earlier day."""
    _set_positions(
        today.learner.pk,
        [
            (card, queue.step_position(card.due_at))
            for card in today.steps
            if card.position is None and card.due_at is not None
        ],
    )


def _enqueue(today: _Day, plan: Plan) -> None:
    """Give the chosen cards their places behind what is planned already; make the new ones."""
    learner_id = today.learner.pk
    chosen = [candidate.question_id for candidate in plan.chosen]
    known = {card.question_id: card for card in (*today.due, *today.new)}
    Card.objects.bulk_create(
        [
            Card(
                learner_id=learner_id,
                question_id=name,
                course_id=known[name].course_id,
                parameters_id=DEFAULT_SET_ID,
                created_at=today.now,
            )
            for name in chosen
            if known[name].is_new
        ],
        ignore_conflicts=True,
    )
    first = _first_free_place(learner_id, today.day)
    _set_positions(learner_id, [(known[name], first + rank) for rank, name in enumerate(chosen)])


def _first_free_place(learner_id: UUID, day: date) -> int:
    band = queue.day_position(day)
    last = Card.objects.filter(learner_id=learner_id, queue_position__gte=band).aggregate(
        last=Max("queue_position")
    )["last"]
    return band + 1 if last is None else last + 1


def _set_positions(learner_id: UUID, places: Sequence[tuple[Plannable, int]]) -> None:
    """Set places of cards that were not answered since they were read, in a fixed order."""
    if not places:
        return
    as_stored = Card._meta.get_field("learner").target_field.get_db_prep_value
    rows = [
        (
            place,
            as_stored(learner_id, connection),
            as_stored(card.question_id, connection),
            card.reps,
        )
        for card, place in sorted(places, key=lambda pair: pair[0].question_id)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_SET_POSITION, rows)


def _write_plans(today: _Day, plan: Plan) -> list[DayPlan]:
    due = Counter(card.course_id for card in today.due)
    steps = Counter(card.course_id for card in today.steps)
    chosen = Counter(card.course_id for card in plan.chosen if not card.is_new)
    new = Counter(card.course_id for card in plan.chosen if card.is_new)
    pace = today.limits.seconds_per_card
    plans = [
        DayPlan(
            learner=today.learner,
            course_id=course_id,
            day=today.day,
            due_count=steps[course_id] + chosen[course_id],
            new_count=new[course_id],
            postponed_count=due[course_id] - chosen[course_id],
            seconds=round(
                pace
                * (steps[course_id] + chosen[course_id] + new[course_id] * queue.LOOKS_PER_NEW_CARD)
            ),
            planned_at=today.now,
        )
        for course_id in today.courses
    ]
    return DayPlan.objects.bulk_create(plans)
