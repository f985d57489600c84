"""FSRS-6: how one review changes stability and difficulty, and how recall fades.

Source of every formula: the published FSRS-6 algorithm of the Open Spaced Repetition
project (wiki "The Algorithm", FSRS-6), as the libraries py-fsrs 6 and fsrs-rs 5
implement it. Stability S is in days and is the interval at which recall is 0.9;
difficulty D is in [1, 10]; a rating is 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite

MODEL = "fsrs-6"
DEFAULT_WEIGHTS = (
    0.212,
    1.2931,
    2.3065,
    8.2956,
    6.4133,
    0.8334,
    3.0194,
    0.001,
    1.8722,
    0.1666,
    0.796,
    1.4835,
    0.0614,
    0.2629,
    1.6483,
    0.6014,
    1.8729,
    0.5425,
    0.0912,
    0.0658,
    0.1542,
)
MIN_STABILITY_DAYS = 0.001
MAX_STABILITY_DAYS = 36_500.0
MIN_DIFFICULTY = 1.0
MAX_DIFFICULTY = 10.0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a card: stability in days and difficulty in [1, 10]."""

    stability: float
    difficulty: float


class Fsrs6:
    """FSRS-6 with one set of 21 weights; immutable, safe to share between threads."""

    __slots__ = ("_easy_difficulty", "_factor", "_first", "_lapse_cap", "_w", "decay")

    def __init__(self, weights: Sequence[float] = DEFAULT_WEIGHTS) -> None:
        """Raise ValueError unless `weights` are 21 finite numbers with a positive decay."""
        w = tuple(float(weight) for weight in weights)
        if len(w) != 21 or not all(map(isfinite, w)) or w[20] <= 0:
            raise ValueError("FSRS-6 takes 21 finite weights, the last of them positive.")
        self._w = w
        self.decay = w[20]
        self._factor = 0.9 ** (-1 / w[20]) - 1
        self._easy_difficulty = self._raw_first_difficulty(4)
        self._lapse_cap = exp(w[17] * w[18])
        self._first = tuple(
            Memory(_clamp_stability(w[rating - 1]), self.first_difficulty(rating))
            for rating in range(1, 5)
        )

    @property
    def weights(self) -> tuple[float, ...]:
        return self._w

    def retrievability(self, elapsed_days: float, stability_days: float) -> float:
        """Return the probability of recall, in [0, 1], `elapsed_days` after a review.

        Source: FSRS-6 forgetting curve, R = (1 + F*t/S)^-d, F = 0.9^(-1/d) - 1, d = w20.
        Raises ValueError unless elapsed_days >= 0 and stability_days > 0.
        """
        if elapsed_days < 0 or stability_days <= 0:
            raise ValueError("Elapsed days must be >= 0 and stability > 0.")
        return float((1 + self._factor * elapsed_days / stability_days) ** -self.decay)

    def interval_days(self, stability_days: float, *, retention: float) -> float:
        """Return after how many days (fractional, unclamped) recall falls to `retention`.

        Source: the forgetting curve solved for t, t = S / F * (r^(-1/d) - 1).
        Raises ValueError unless 0 < retention < 1.
        """
        if not 0 < retention < 1:
            raise ValueError("The desired retention must lie between 0 and 1.")
        return float(stability_days / self._factor * (retention ** (-1 / self.decay) - 1))

    def first(self, rating: int) -> Memory:
        """Return the memory after the first review ever: S0 = w[rating - 1], D0 clamped."""
        return self._first[rating - 1]

    def first_difficulty(self, rating: int) -> float:
        """Return D0 = w4 - exp(w5 * (rating - 1)) + 1, in [1, 10]."""
        return _clamp_difficulty(self._raw_first_difficulty(rating))

    def next(self, memory: Memory, rating: int, *, elapsed_days: int) -> Memory:
        """Return the memory after a review `elapsed_days` whole local days after the last.

        0 means the same day and takes the short-term formula; difficulty always moves.
        Raises ValueError unless rating is 1..4 and elapsed_days >= 0.
        """
        if rating not in (1, 2, 3, 4):
            raise ValueError(f"There is no rating {rating}.")
        if elapsed_days == 0:
            stability = self._after_same_day(memory.stability, rating)
        else:
            recall = self.retrievability(elapsed_days, memory.stability)
            if rating == 1:
                stability = self._after_lapse(memory, recall)
            else:
                stability = self._after_recall(memory, recall, rating)
        return Memory(_clamp_stability(stability), self._next_difficulty(memory, rating))

    def _raw_first_difficulty(self, rating: int) -> float:
        return self._w[4] - exp(self._w[5] * (rating - 1)) + 1

    def _after_recall(self, memory: Memory, recall: float, rating: int) -> float:
        """S' = S * (1 + e^w8 * (11 - D) * S^-w9 * (e^((1 - R) * w10) - 1) * hard * easy)."""
        w = self._w
        growth = (
            exp(w[8])
            * (11 - memory.difficulty)
            * memory.stability ** -w[9]
            * (exp((1 - recall) * w[10]) - 1)
        )
        if rating == 2:
            growth *= w[15]
        elif rating == 4:
            growth *= w[16]
        return float(memory.stability * (1 + growth))

    def _after_lapse(self, memory: Memory, recall: float) -> float:
        """S' = min(w11 * D^-w12 * ((S + 1)^w13 - 1) * e^((1 - R) * w14), S / e^(w17 * w18)).

        The cap keeps a lapse from ever raising stability.
        """
        w = self._w
        fallen = (
            w[11]
            * memory.difficulty ** -w[12]
            * ((memory.stability + 1) ** w[13] - 1)
            * exp((1 - recall) * w[14])
        )
        return float(min(fallen, memory.stability / self._lapse_cap))

    def _after_same_day(self, stability: float, rating: int) -> float:
        """S' = S * e^(w17 * (rating - 3 + w18)) * S^-w19, not below S unless Again."""
        w = self._w
        growth = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        return float(stability * (max(growth, 1.0) if rating >= 2 else growth))

    def _next_difficulty(self, memory: Memory, rating: int) -> float:
        """D' = w7 * D0(Easy) + (1 - w7) * (D - w6 * (rating - 3) * (10 - D) / 9), clamped.

        The factor (10 - D) / 9 damps the step; the mean reverts to the unclamped D0(4).
        """
        w = self._w
        moved = memory.difficulty - w[6] * (rating - 3) * (10 - memory.difficulty) / 9
        return _clamp_difficulty(w[7] * self._easy_difficulty + (1 - w[7]) * moved)


def _clamp_stability(days: float) -> float:
    return min(max(days, MIN_STABILITY_DAYS), MAX_STABILITY_DAYS)


def _clamp_difficulty(difficulty: float) -> float:
    return min(max(difficulty, MIN_DIFFICULTY), MAX_DIFFICULTY)
