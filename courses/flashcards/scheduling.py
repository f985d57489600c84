"""From a card's row to the domain's view of it, and to the schedule that suits its learner."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from courses.accounts.models import User
from courses.common.days import day_start
from courses.flashcards.domain.folding import Schedule
from courses.flashcards.domain.fsrs6 import Memory
from courses.flashcards.domain.fuzz import chance
from courses.flashcards.domain.scheduling import CardState, State, days_until_due, step_delay
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import CardRow


class Schedulable(Protocol):
    """What a schedule depends on in a card, beside its state; a CardRow has it."""

    @property
    def question_id(self) -> UUID: ...

    @property
    def parameters_id(self) -> UUID: ...

    @property
    def desired_retention(self) -> float: ...

    @property
    def received_at(self) -> datetime | None: ...


def state_of(card: CardRow) -> CardState:
    """Return the row's memory as the domain sees it."""
    memory = None
    if card.stability is not None and card.difficulty is not None:
        memory = Memory(card.stability, card.difficulty)
    return CardState(
        state=State(card.state),
        step=card.step,
        memory=memory,
        last_at=card.last_review_at,
        last_day=card.last_review_day,
        reps=card.reps,
        lapses=card.lapses,
    )


def choose_schedule(
    state: CardState, *, card: Schedulable, learner: User, received_at: datetime
) -> Schedule:
    """Return when `card`, just reviewed into `state`, comes back.

    Whole days begin at the learner's rollover hour, and are fuzzed by card and repetition;
    they aim at the course's desired retention.
    """
    assert state.last_at is not None
    assert state.last_day is not None
    delay = step_delay(state)
    if delay is not None:
        return Schedule(0, state.last_at + delay, received_at)
    days = days_until_due(
        state,
        retention=card.desired_retention,
        model=memory_model(card.parameters_id),
        chance=chance(learner.pk, card.question_id, state.reps),
    )
    due_at = day_start(
        state.last_day + timedelta(days=days),
        zone=learner.time_zone,
        rollover_hour=learner.rollover_hour,
    )
    return Schedule(days, due_at, received_at)
