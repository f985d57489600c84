"""Retracing: what each review did to a card's memory, and the curve of recall between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from courses.flashcards.domain.folding import ANSWER, MERGED, Entry, apply, standing
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.scheduling import NEW_CARD, CardState


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the log that counts, and what it made of the card.

    `rating` is 1..4, None where the fact changed. `recall` is the predicted recall just
    before, in [0, 1]; None at the first review and for a second one on the same day, for
    which the model predicts nothing.
    """

    entry: Entry
    rating: int | None
    recall: float | None
    after: CardState


@dataclass(frozen=True, slots=True)
class Stretch:
    """The curve between two reviews: (days since `since`, predicted recall), ascending."""

    since: date
    points: tuple[tuple[float, float], ...]


def retrace(entries: Iterable[Entry], *, model: Fsrs6) -> list[Step]:
    """Return what every counting entry did, in order; the last state is the fold's."""
    card = NEW_CARD
    steps = []
    for entry, rating in standing(entries):
        recall = recall_on(card, entry.local_day, model=model)
        before, card = card, apply(card, entry, rating, model)
        if card != before:
            same_day = before.last_day is not None and entry.local_day <= before.last_day
            reviewed = entry.kind in (ANSWER, MERGED)
            steps.append(
                Step(entry, rating if reviewed else None, None if same_day else recall, card)
            )
    return steps


def recall_on(card: CardState, day: date, *, model: Fsrs6) -> float | None:
    """Return the predicted recall of a card, in [0, 1], on a local day; None if never reviewed."""
    if card.memory is None or card.last_day is None:
        return None
    elapsed_days = max((day - card.last_day).days, 0)
    return model.retrievability(elapsed_days, card.memory.stability)


def stretches(
    steps: Sequence[Step], *, until: date, model: Fsrs6, every_days: float
) -> list[Stretch]:
    """Return the curve from the first review to `until`, one stretch per day with reviews.

    Reviews of one day count as its last one left the card: the model counts whole days.
    Points are at most `every_days` (> 0) apart. Raises ValueError for another spacing.
    """
    if every_days <= 0:
        raise ValueError("The points of a curve must lie apart.")
    last_of_day: dict[date, CardState] = {}
    for step in steps:
        if step.after.last_day is not None:
            last_of_day[step.after.last_day] = step.after
    days = sorted(last_of_day)
    return [
        Stretch(day, _points(last_of_day[day], (end - day).days, every_days, model))
        for day, end in zip(days, [*days[1:], max(until, days[-1])] if days else [], strict=True)
    ]


def _points(
    card: CardState, days: int, every_days: float, model: Fsrs6
) -> tuple[tuple[float, float], ...]:
    assert card.memory is not None  # it was reviewed on the day the stretch begins
    count = max(1, -int(-days // every_days)) if days else 0
    moments = [days * index / count for index in range(count + 1)] if count else [0.0]
    stability = card.memory.stability
    return tuple((moment, model.retrievability(moment, stability)) for moment in moments)
