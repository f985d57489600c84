"""When given cards come back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.accounts.models import User
from courses.common.days import local_day
from courses.flashcards.models import Card


@dataclass(frozen=True, slots=True)
class CardSchedule:
    """When a card comes back; `day` is the learner's local day of `due_at`.

    Cards in their steps come back by the clock (`by_clock`), the others with their day.
    """

    due_at: datetime
    day: date
    by_clock: bool
    suspended: bool


def card_schedules(learner: User, question_ids: Collection[UUID]) -> dict[UUID, CardSchedule]:
    """Return the schedules of the learner's cards of these questions; one query.

    Questions without a card, or whose card was never answered, are left out.
    """
    rows = Card.objects.filter(
        learner_id=learner.pk, question_id__in=question_ids, due_at__isnull=False
    ).order_by("due_at", "question_id")
    found = {}
    for question_id, due_at, state, suspended in rows.values_list(
        "question_id", "due_at", "state", "suspended"
    ):
        assert due_at is not None  # filtered
        day = local_day(due_at, zone=learner.time_zone, rollover_hour=learner.rollover_hour)
        by_clock = state in (Card.State.LEARNING, Card.State.RELEARNING)
        found[question_id] = CardSchedule(due_at, day, by_clock, suspended)
    return found
