"""From a checked answer to one of the four ratings of the memory model."""

from enum import IntEnum

# An answer this quick was known, not worked out; as for a card in Anki's "easy" use.
FAST_MS = 4_000


class Rating(IntEnum):
    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def rating_of(
    verdict: str,
    credit: float,
    *,
    duration_ms: int,
    certain: bool = False,
    retried: bool = False,
    found_easy: bool = False,
) -> Rating:
    """Return the rating that a marked answer earns.

    `verdict` is "right", "nearly" or "wrong", `credit` in [0, 1]. Wrong is Again; nearly
    right, less than full credit or a second try is Hard; right is Good; Easy only when the
    learner says so or was right, fast (within FAST_MS) and certain. A duration of 0 is
    unknown, never fast.
    """
    if verdict == "wrong" or credit <= 0:
        return Rating.AGAIN
    if verdict == "nearly" or credit < 1 or retried:
        return Rating.HARD
    if found_easy or (certain and 0 < duration_ms <= FAST_MS):
        return Rating.EASY
    return Rating.GOOD
