"""From credits to scores: what hints, a second try and confidence do to a question's worth."""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)

SURE, UNSURE, GUESS = "sure", "unsure", "guess"
# From here on an answer given as sure was a mistake that its giver believes in.
CONFIDENT_ERROR_BELOW = 0.5
_ROUNDING = 1e-9

# What a right and a wrong answer earn at each level of confidence. Certainty-based marking
# (Gardner-Medwin 1995, 2006: 3/0, 2/-2... there 1/0, 2/-2, 3/-6), here as shares of the best.
# It is proper: a guess earns most below a chance of 2/3, unsure up to 4/5, sure above.
CERTAINTY = {SURE: (1.0, -2.0), UNSURE: (2 / 3, -2 / 3), GUESS: (1 / 3, 0.0)}


@dataclass(frozen=True, slots=True)
class Costs:
    """What a quiz takes off: shares in [0, 1] of a question's credit; None where it has no such
    thing. `confidence` says that answers come with a level of confidence."""

    hint: float | None = None
    second_try: float | None = None
    confidence: bool = False


def counted(
    credit: float,
    costs: Costs,
    *,
    hints_used: int = 0,
    tries: int = 1,
    first_credit: float = 0.0,
    confidence: str = "",
) -> float:
    """Return what an answer is worth in its attempt, in [-2, 1]; below 0 only with confidence.

    `credit` and `first_credit`, that of the first of two tries, lie in [0, 1]. A credit loses the
    share `costs.hint` for each hint, that of a second try `costs.second_try` too, and none falls
    below 0 by that. A second try adds what it then has above the first, and takes nothing away.

    With confidence the first try is placed between what right and wrong are worth at its level
    (none given is a guess), and costs come off what that earns, never off a loss. What a second
    try adds is worth what it is in a guess, whatever the level. Otherwise a second try would pay
    for a level that is higher than one's certainty.
    """
    share = max(1.0 - (costs.hint or 0.0) * hints_used, 0.0)
    if tries == 1:
        return _placed(credit, share, confidence if costs.confidence else None)
    later = max(share - (costs.second_try or 0.0), 0.0)
    gain = max(credit * later - first_credit * share, 0.0)
    if not costs.confidence:
        return first_credit * share + gain
    return _placed(first_credit, share, confidence) + gain * CERTAINTY[GUESS][0]


def _placed(credit: float, share: float, confidence: str | None) -> float:
    """Return what a first try is worth; `confidence` is None where nobody is asked for it."""
    if confidence is None:
        return credit * share
    right, wrong = CERTAINTY[confidence or GUESS]
    worth = wrong + credit * (right - wrong)
    return worth * share if worth > 0 else worth


def is_confident_error(credit: float | None, confidence: str) -> bool:
    """Tell whether the answer was given as sure and was wrong."""
    return confidence == SURE and credit is not None and credit < CONFIDENT_ERROR_BELOW


@dataclass(frozen=True, slots=True)
class Part:
    """A question in an attempt: what it weighs (> 0) and what it earned.

    `earned` is None where a person has yet to mark it; an unanswered question earned 0.
    """

    points: float
    earned: float | None


def parts_in(
    order: Sequence[Name],
    points: Sequence[float],
    earned: Mapping[Name, float | None],
    *,
    graded: Container[Name],
    unanswered: float,
) -> list[Part]:
    """Return the graded questions of an attempt that asks `order`, in its order.

    `points` are what they weigh, in the same order (none: 1 each). What is not in `earned`
    was not answered and is worth `unanswered`.
    """
    weights = points or [1.0] * len(order)
    return [
        Part(weight, earned.get(name, unanswered))
        for name, weight in zip(order, weights, strict=True)
        if name in graded
    ]


def score(parts: Iterable[Part]) -> float | None:
    """Return the weighted mean of what was earned, in [0, 1].

    None while a part waits to be marked, or where there is none. Confidence can take an
    attempt below 0; it counts as 0 then.
    """
    listed = list(parts)
    if not listed or any(part.earned is None for part in listed):
        return None
    total = sum(part.points for part in listed)
    earned = sum(part.points * (part.earned or 0.0) for part in listed)
    return min(max(earned / total, 0.0), 1.0)


def kept_score(
    raw: float | None, *, before: float | None, raw_before: float | None
) -> float | None:
    """Return the score that counts of an attempt whose answers come to `raw` now.

    It counted `before` until now, at answers worth `raw_before`. Where that was more, a regrade
    held it there: then it does not fall while its answers rise, and where they fall it falls by
    as much. All in [0, 1] or None.
    """
    if raw is None or before is None or raw_before is None or before <= raw_before:
        return raw
    return max(raw, before) if raw >= raw_before else raw + (before - raw_before)


def passes(grade: float, pass_mark: float) -> bool:
    """Tell whether a grade reaches the mark, both in [0, 1], but for what a sum of floats loses."""
    return grade >= pass_mark - _ROUNDING


def final_score(scores: Sequence[float | None], grading: str) -> float | None:
    """Return what several attempts, in their order, come to; None where none has a score yet.

    `grading` is best, latest, first or mean. Attempts that wait to be marked are left out of
    best and mean; as the latest or first they make the grade wait. Raises ValueError for
    another method.
    """
    known = [one for one in scores if one is not None]
    if grading == "best":
        return max(known, default=None)
    if grading == "mean":
        return fmean(known) if known else None
    if grading == "latest":
        return scores[-1] if scores else None
    if grading == "first":
        return scores[0] if scores else None
    raise ValueError(f"{grading!r} is no way to grade several attempts.")
