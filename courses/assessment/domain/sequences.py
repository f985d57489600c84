"""Longest common subsequences of an order, and how long they are by chance."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import factorial, prod

Shape = tuple[int, ...]


def in_order(ranks: Sequence[int]) -> set[int]:
    """Return the positions of a longest non-decreasing subsequence of `ranks`.

    With the rank of each item in the right order (equal for ties) this is a longest
    common subsequence of an answer and the right order.
    """
    tails: list[int] = []
    tail_positions: list[int] = []
    previous: list[int | None] = []
    for position, rank in enumerate(ranks):
        pile = bisect_right(tails, rank)
        previous.append(tail_positions[pile - 1] if pile else None)
        tails[pile : pile + 1] = [rank]
        tail_positions[pile : pile + 1] = [position]
    chain: set[int] = set()
    step = tail_positions[-1] if tail_positions else None
    while step is not None:
        chain.add(step)
        step = previous[step]
    return chain


@lru_cache(maxsize=1024)
def expected_length(group_sizes: Shape) -> Fraction:
    """Return the mean length of that subsequence over all orders of the items, exactly.

    `group_sizes` are the sizes of the groups of ties (1 for an item that ties with none).
    By the Robinson-Schensted-Knuth correspondence words with content m and longest
    non-decreasing subsequence k are as many as pairs of tableaux of one shape whose first
    row has k cells: a semistandard one of content m, and a standard one (Schensted 1961,
    Knuth 1970). So the mean is the sum of K(shape, m) * f(shape) * k over n! / prod(m!).
    """
    count = sum(group_sizes)
    standard = _tableaux((1,) * count)
    total = sum(
        number * standard[shape] * shape[0]
        for shape, number in _tableaux(group_sizes).items()
        if shape
    )
    orders = factorial(count) // prod(factorial(size) for size in group_sizes)
    return Fraction(total, orders)


def _tableaux(content: Shape) -> Counter[Shape]:
    """Return how many semistandard tableaux of `content` there are of each shape."""
    counts: Counter[Shape] = Counter({(): 1})
    for size in content:
        grown: Counter[Shape] = Counter()
        for shape, number in counts.items():
            for larger in _with_strip(shape, size):
                grown[larger] += number
        counts = grown
    return counts


def _with_strip(shape: Shape, size: int) -> list[Shape]:
    """Return the shapes that `shape` becomes by `size` more cells, no two in a column."""
    partial: list[tuple[Shape, int]] = [((), size)]
    for row in range(len(shape) + 1):
        length = shape[row] if row < len(shape) else 0
        # A row may grow to the old length of the row above it; the first without bound.
        room = size if row == 0 else shape[row - 1] - length
        partial = [
            ((*rows, length + added), left - added)
            for rows, left in partial
            for added in range(min(room, left) + 1)
        ]
    return [tuple(row for row in rows if row) for rows, left in partial if left == 0]
