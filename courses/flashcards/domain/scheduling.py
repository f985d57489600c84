"""The states of a card, its learning and relearning steps, and when it comes back."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import IntEnum

from courses.flashcards.domain.fsrs6 import Fsrs6, Memory
from courses.flashcards.domain.fuzz import fuzzed_days
from courses.flashcards.domain.ratings import Rating

LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS = (timedelta(minutes=10),)
MAXIMUM_INTERVAL_DAYS = 36_500


class State(IntEnum):
    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class CardState:
    """All that the log says of a card, but for the date chosen for its next review.

    `last_day` is the learner's local day of the last review, `last_at` its moment (UTC).
    `step` counts from 0 and means something in (re)learning only. `last_rating` is the
    rating of that review, 0 where it is not known; it is not part of what is compared.
    """

    state: State = State.NEW
    step: int = 0
    memory: Memory | None = None
    last_at: datetime | None = None
    last_day: date | None = None
    reps: int = 0
    lapses: int = 0
    last_rating: int = field(default=0, compare=False)


NEW_CARD = CardState()


def review(
    card: CardState, rating: int, *, answered_at: datetime, local_day: date, model: Fsrs6
) -> CardState:
    """Return the card after one review on `local_day`.

    Days elapsed are whole local days, never negative (a zone may have changed between).
    """
    memory = _next_memory(card, rating, local_day, model)
    state, step = _next_place(card, rating)
    return CardState(
        state=state,
        step=step,
        memory=memory,
        last_at=answered_at,
        last_day=local_day,
        reps=card.reps + 1,
        lapses=card.lapses + (card.state is State.REVIEW and rating == Rating.AGAIN),
        last_rating=rating,
    )


def fact_changed(
    card: CardState, *, changed_at: datetime, local_day: date, model: Fsrs6
) -> CardState:
    """Return the card after its fact changed: stability falls as for a lapse.

    It is neither a repetition nor a lapse of the learner's; a new card stays new.
    """
    if card.memory is None:
        return card
    memory = _next_memory(card, Rating.AGAIN, local_day, model)
    return replace(
        card,
        memory=Memory(memory.stability, card.memory.difficulty),
        last_at=changed_at,
        last_day=local_day,
    )


def step_delay(card: CardState) -> timedelta | None:
    """Return how long a card just reviewed waits in its step; None if its wait is in days.

    Hard on the first of several steps waits for the mean of the first two, on a single
    step half as long again; source: Anki's manual, "Learning Steps".
    """
    steps = _steps(card.state)
    if not steps:
        return None
    if card.last_rating == Rating.HARD and card.step == 0:
        return steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2
    return steps[card.step]


def days_until_due(card: CardState, *, retention: float, model: Fsrs6, chance: float | None) -> int:
    """Return the whole days, 1 to MAXIMUM_INTERVAL_DAYS, after which recall is `retention`.

    `chance` in [0, 1) picks the day within the fuzz range; None means no fuzz.
    Raises ValueError for a card never reviewed.
    """
    if card.memory is None:
        raise ValueError("A card never reviewed has no interval.")
    exact = model.interval_days(card.memory.stability, retention=retention)
    whole = min(max(round(exact), 1), MAXIMUM_INTERVAL_DAYS)
    if chance is None:
        return whole
    return fuzzed_days(whole, maximum_days=MAXIMUM_INTERVAL_DAYS, chance=chance)


def _steps(state: State) -> tuple[timedelta, ...]:
    if state is State.LEARNING:
        return LEARNING_STEPS
    return RELEARNING_STEPS if state is State.RELEARNING else ()


def _next_memory(card: CardState, rating: int, local_day: date, model: Fsrs6) -> Memory:
    if card.memory is None or card.last_day is None:
        return model.first(rating)
    elapsed_days = max((local_day - card.last_day).days, 0)
    return model.next(card.memory, rating, elapsed_days=elapsed_days)


def _next_place(card: CardState, rating: int) -> tuple[State, int]:
    """Return state and step after a review, as Anki and py-fsrs move a card."""
    if card.state is State.REVIEW:
        return (State.RELEARNING, 0) if rating == Rating.AGAIN else (State.REVIEW, 0)
    state = State.RELEARNING if card.state is State.RELEARNING else State.LEARNING
    if rating == Rating.AGAIN:
        return state, 0
    if rating == Rating.HARD:
        return state, card.step
    last_step = len(_steps(state)) - 1
    if rating == Rating.EASY or card.step >= last_step:
        return State.REVIEW, 0
    return state, card.step + 1
