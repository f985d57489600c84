"""The outlook: how much will be known on a later day, how sure that is, and what would help."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from courses.flashcards.domain.fsrs6 import Fsrs6, Memory
from courses.flashcards.domain.ratings import Rating

# Of a normal distribution, four fifths lie within so many standard deviations of its mean.
FOUR_FIFTHS = 1.2816


@dataclass(frozen=True, slots=True)
class Score:
    """An expected share of questions known, in [0, 1], and the band of four cases in five."""

    expected: float
    low: float
    high: float


def expected_score(recalls: Iterable[float], *, questions: int) -> Score:
    """Return the share of `questions` (> 0) that will be known.

    `recalls` are the predicted recalls, in [0, 1], of those met so far; the others count
    as not known. The band holds the chance of each answer alone (independent trials,
    normal approximation), not that the model itself may err.
    Raises ValueError for fewer questions than recalls, or none.
    """
    known = list(recalls)
    if not 0 < questions >= len(known):
        raise ValueError("There must be questions, and at least as many as recalls.")
    expected = sum(known) / questions
    spread = FOUR_FIFTHS * sqrt(sum(recall * (1 - recall) for recall in known)) / questions
    met = len(known) / questions
    return Score(expected, max(expected - spread, 0.0), min(expected + spread, met))


def gain_of_review(memory: Memory, *, elapsed_days: int, ahead_days: int, model: Fsrs6) -> float:
    """Return what a review today adds to the recall `ahead_days` from now, in [0, 1].

    The expectation over remembering (rated Good) and lapsing (rated Again), against
    leaving the card alone; nothing where that would be less.
    """
    untouched = model.retrievability(elapsed_days + ahead_days, memory.stability)
    chance = model.retrievability(elapsed_days, memory.stability)

    def later(rating: int) -> float:
        after = model.next(memory, rating, elapsed_days=elapsed_days)
        return model.retrievability(ahead_days, after.stability)

    reviewed = chance * later(Rating.GOOD) + (1 - chance) * later(Rating.AGAIN)
    return max(reviewed - untouched, 0.0)


def gain_of_learning(*, ahead_days: int, model: Fsrs6) -> float:
    """Return the recall `ahead_days` from now of a question met today for the first time.

    Counted with care: answered wrong at first, and right once more on the same day.
    """
    learned = model.next(model.first(Rating.AGAIN), Rating.GOOD, elapsed_days=0)
    return model.retrievability(ahead_days, learned.stability)
