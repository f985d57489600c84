"""How likely a count is by chance, exactly."""

from collections.abc import Sequence


def at_least(count: int, chances: Sequence[float]) -> float:
    """Return the probability that `count` or more of independent events happen.

    `chances` are theirs, each from 0 to 1, not necessarily alike (Poisson binomial; the
    binomial where they are). Computed by convolution, in steps of the square of their number.
    """
    spread = [1.0]
    for chance in chances:
        spread = [
            (spread[k] if k < len(spread) else 0.0) * (1 - chance)
            + (spread[k - 1] * chance if k else 0.0)
            for k in range(len(spread) + 1)
        ]
    return min(1.0, sum(spread[count:]))


def at_most(count: int, chances: Sequence[float]) -> float:
    """Return the probability that at most `count` of the events happen."""
    return at_least(len(chances) - count, [1 - chance for chance in chances])
