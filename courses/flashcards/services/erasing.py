"""Removing everything that is remembered of a person, the append-only log included."""

from uuid import UUID

from django.db import transaction

from courses.flashcards.models import Card, DayPlan, ErasePermit, ReviewLog


@transaction.atomic
def erase_memory(*, learner_id: UUID) -> None:
    """Delete a learner's log, cards and plans; the permit lives in this transaction only."""
    ErasePermit.objects.create(learner_id=learner_id)
    ReviewLog.objects.filter(learner_id=learner_id).delete()
    Card.objects.filter(learner_id=learner_id).delete()
    DayPlan.objects.filter(learner_id=learner_id).delete()
    ErasePermit.objects.filter(learner_id=learner_id).delete()
