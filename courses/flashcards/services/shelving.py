"""Taking cards out of the queue: until tomorrow, or until the learner wants them back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.accounts.models import User
from courses.flashcards.domain import queue
from courses.flashcards.domain.scheduling import State
from courses.flashcards.errors import CardNotFound
from courses.flashcards.models import Card
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services.planning import ensure_day_plans


def suspend_card(*, learner: User, question_id: UUID) -> None:
    """Ask this card no more until it is unsuspended; twice is once. Raises CardNotFound."""
    _change(learner, question_id, suspended=True, queue_position=None)


def bury_card(*, learner: User, question_id: UUID, now: datetime) -> None:
    """Ask this card no more today; tomorrow's plan sees it again. Raises CardNotFound."""
    # A plan made later in the day would bring it back.
    ensure_day_plans(learner=learner, now=now)
    _change(learner, question_id, queue_position=None)


@transaction.atomic
def unsuspend_card(*, learner: User, question_id: UUID, now: datetime) -> None:
    """Let a suspended card come back: at once if it is due. Raises CardNotFound."""
    card = _locked(learner, question_id)
    if not card.suspended:
        return
    _change(learner, question_id, suspended=False, queue_position=_place(card, learner, now))


@transaction.atomic
def unbury_card(*, learner: User, question_id: UUID, now: datetime) -> None:
    """Take the burying of a card back: it is asked today again, among the first.

    A card that is in the queue, suspended, or not due stays as it is. Raises CardNotFound.
    """
    card = _locked(learner, question_id)
    if card.suspended or card.queue_position is not None:
        return
    place = _place(card, learner, now)
    if card.state == State.NEW:  # never due, and yet it was in the plan
        place = queue.day_position(study_day(learner, now))
    _change(learner, question_id, queue_position=place)


def _locked(learner: User, question_id: UUID) -> Card:
    mine = Card.objects.filter(learner_id=learner.pk, question_id=question_id)
    card = mine.select_for_update(no_key=True).first()
    if card is None:
        raise CardNotFound
    return card


def _place(card: Card, learner: User, now: datetime) -> int | None:
    if card.due_at is None:
        return None
    if card.state in (State.LEARNING, State.RELEARNING):
        return queue.step_position(card.due_at)
    return queue.day_position(study_day(learner, now)) if card.due_at <= now else None


def _change(learner: User, question_id: UUID, **columns: object) -> None:
    mine = Card.objects.filter(learner_id=learner.pk, question_id=question_id)
    if not mine.update(**columns):
        raise CardNotFound
