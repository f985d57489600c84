"""Longest subsequences in order, and their mean over all orders."""

from fractions import Fraction
from itertools import combinations, permutations

import pytest

from courses.assessment.domain.sequences import expected_length, in_order


@pytest.mark.parametrize(
    "ranks", [[], [0], [2, 1, 0], [0, 1, 2], [1, 0, 2], [0, 0, 0], [1, 0, 1, 0], [3, 0, 2, 1, 2]]
)
def test_the_kept_positions_are_in_order_and_none_longer_is(ranks: list[int]) -> None:
    kept = sorted(in_order(ranks))

    assert [ranks[position] for position in kept] == sorted(ranks[position] for position in kept)
    longer = combinations(ranks, len(kept) + 1)
    assert not any(list(chain) == sorted(chain) for chain in longer)


@pytest.mark.parametrize(
    "sizes", [(1,), (1, 1), (1, 1, 1), (1, 1, 2), (2, 2), (1,) * 7, (1, 2, 3), (1, 1, 2, 2)]
)
def test_the_mean_is_that_of_all_orders(sizes: tuple[int, ...]) -> None:
    ranks = [rank for rank, size in enumerate(sizes) for _ in range(size)]
    orders = list(permutations(ranks))

    mean = Fraction(sum(len(in_order(order)) for order in orders), len(orders))

    assert expected_length(sizes) == mean
