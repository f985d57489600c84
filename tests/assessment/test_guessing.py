"""Credits that a blind guess does not raise."""

from fractions import Fraction
from itertools import product

import pytest

from courses.assessment.domain.guessing import corrected_for_guessing, right_minus_wrong


@pytest.mark.parametrize(
    ("right", "wrong", "parts", "choices", "credit"),
    [
        (3, 0, 3, 4, 1.0),
        (2, 1, 3, 4, 5 / 9),
        (2, 0, 3, 4, 2 / 3),
        (1, 1, 2, 2, 0.0),
        (1, 2, 3, 3, 0.0),
        (0, 3, 3, 4, 0.0),
        (0, 0, 3, 4, 0.0),
    ],
)
def test_a_wrong_part_costs_what_a_guess_would_have_brought(
    right: int, wrong: int, parts: int, choices: int, credit: float
) -> None:
    found = corrected_for_guessing(right=right, wrong=wrong, parts=parts, choices=choices)

    assert found == pytest.approx(credit)


@pytest.mark.parametrize("choices", [2, 3, 5])
def test_guessing_one_more_part_gains_nothing_on_balance(choices: int) -> None:
    # Far above the floor: 10 of 20 are known, the eleventh is guessed in every way there is.
    known = corrected_for_guessing(right=10, wrong=0, parts=20, choices=choices)

    guesses = [
        corrected_for_guessing(right=10 + hit, wrong=1 - hit, parts=20, choices=choices)
        for hit in [1] + [0] * (choices - 1)
    ]

    assert sum(guesses) / choices == pytest.approx(known)


@pytest.mark.parametrize(
    ("hits", "keys", "false", "others", "credit"),
    [
        (2, 2, 0, 3, 1.0),
        (1, 2, 0, 3, 0.5),
        (2, 2, 1, 3, 2 / 3),
        (2, 2, 3, 3, 0.0),
        (0, 2, 0, 3, 0.0),
        (0, 2, 3, 3, 0.0),
        (1, 1, 1, 1, 0.0),
    ],
)
def test_right_minus_wrong(hits: int, keys: int, false: int, others: int, credit: float) -> None:
    assert right_minus_wrong(hits=hits, keys=keys, false=false, others=others) == credit


@pytest.mark.parametrize(("keys", "others"), [(1, 1), (2, 3), (3, 1)])
def test_a_random_subset_is_worth_nothing_on_balance(keys: int, others: int) -> None:
    """Before the floor: what a subset earns is as much as what its complement would lose."""
    balance = Fraction(0)
    for ticked in product([0, 1], repeat=keys + others):
        balance += Fraction(sum(ticked[:keys]), keys) - Fraction(sum(ticked[keys:]), others)

    assert balance == 0
