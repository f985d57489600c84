"""Fuzz: due dates of cards learned together drift apart, the same way on every replay."""

from hashlib import blake2b
from math import floor, inf
from uuid import UUID

# (from day, to day, share): Anki's table; below 2.5 days nothing moves.
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, inf, 0.05))


def fuzz_range(interval_days: float, *, maximum_days: int) -> tuple[int, int]:
    """Return the shortest and longest whole interval, in days, near `interval_days`.

    Source: Anki's fuzz, +-(1 + 15 % of 2.5-7 d + 10 % of 7-20 d + 5 % of the rest).
    """
    if interval_days < 2.5:
        whole = min(max(round(interval_days), 1), maximum_days)
        return whole, whole
    delta = 1.0 + sum(
        share * max(min(interval_days, end) - start, 0.0) for start, end, share in _RANGES
    )
    longest = min(round(interval_days + delta), maximum_days)
    shortest = min(max(round(interval_days - delta), 2), longest)
    return shortest, longest


def chance(learner_id: UUID, question_id: UUID, repetition: int) -> float:
    """Return a number in [0, 1) that depends on the card and the repetition alone."""
    seed = learner_id.bytes + question_id.bytes + repetition.to_bytes(8, "big")
    return int.from_bytes(blake2b(seed, digest_size=7).digest(), "big") / 2**56


def fuzzed_days(interval_days: float, *, maximum_days: int, chance: float) -> int:
    """Return a whole interval of at least one day, spread evenly over the fuzz range."""
    shortest, longest = fuzz_range(interval_days, maximum_days=maximum_days)
    return shortest + floor(chance * (longest - shortest + 1))
