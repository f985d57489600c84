"""The formulas of item analysis against the textbook, and against other code for the same."""

import statistics as textbook

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.assessment.domain import statistics as ours
from courses.assessment.domain.statistics import Estimate, Sums

CREDITS = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0])
PAIRS = st.lists(st.tuples(CREDITS, st.floats(0, 1)), min_size=2, max_size=60)
TABLES = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(CREDITS, min_size=k, max_size=k), min_size=3, max_size=40)
)


def sums_of(pairs):
    total = Sums()
    for x, y in pairs:
        total += Sums(1, x, x * x, y, y * y, x * y)
    return total


def spread(values):
    return ours.variance(len(values), sum(values), sum(one * one for one in values))


@given(pairs=PAIRS)
def test_discrimination_is_pearsons_correlation(pairs):
    xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
    assume(textbook.pvariance(xs) > 1e-6)
    assume(textbook.pvariance(ys) > 1e-6)

    assert ours.discrimination(sums_of(pairs)) == pytest.approx(
        textbook.correlation(xs, ys), abs=1e-6
    )


@given(pairs=PAIRS)
def test_point_biserial_by_its_own_formula(pairs):
    """r = (M1 - M0) / s * sqrt(p q), with s over n: Crocker and Algina (1986), chapter 5."""
    pairs = [(float(x > 0.4), y) for x, y in pairs]
    right, wrong = [y for x, y in pairs if x], [y for x, y in pairs if not x]
    assume(right and wrong and textbook.pvariance(right + wrong) > 1e-6)
    p = len(right) / len(pairs)

    expected = (textbook.fmean(right) - textbook.fmean(wrong)) / textbook.pstdev(right + wrong)
    assert ours.discrimination(sums_of(pairs)) == pytest.approx(
        expected * (p * (1 - p)) ** 0.5, abs=1e-6
    )


@given(pairs=PAIRS)
def test_facility_and_variance(pairs):
    xs = [x for x, _y in pairs]

    assert ours.facility(sums_of(pairs)) == pytest.approx(textbook.fmean(xs))
    assert spread(xs) == pytest.approx(textbook.variance(xs), abs=1e-9)


@given(table=TABLES)
def test_alpha_by_covariances(table):
    """Alpha is k / (k - 1) times the share of the covariances in the variance of the total."""
    columns = list(zip(*table, strict=True))
    totals = [sum(row) for row in table]
    assume(textbook.variance(totals) > 1e-6)
    k = len(columns)
    shared = sum(
        textbook.covariance(one, other)
        for i, one in enumerate(columns)
        for j, other in enumerate(columns)
        if i != j
    )

    alpha = ours.cronbach_alpha([spread(one) for one in columns], spread(totals))

    assert alpha == pytest.approx(k / (k - 1) * shared / textbook.variance(totals), abs=1e-6)


@given(table=TABLES)
def test_kr20_is_alpha_where_credits_are_0_and_1(table):
    table = [[float(one > 0.4) for one in row] for row in table]
    columns = list(zip(*table, strict=True))
    total = spread([sum(row) for row in table])
    assume(total)
    facilities = [textbook.fmean(one) for one in columns]
    n, k = len(table), len(columns)

    found = ours.kr20(facilities, n, total)

    # As published: with n beneath in both variances.
    pq = sum(p * (1 - p) for p in facilities)
    published = k / (k - 1) * (1 - pq / textbook.pvariance([sum(row) for row in table]))
    assert found == pytest.approx(published, abs=1e-6)
    assert found == pytest.approx(
        ours.cronbach_alpha([spread(one) for one in columns], total), abs=1e-6
    )


def test_a_worked_example():
    """Five people, four items; worked out by hand."""
    table = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    facilities = [sum(column) / 5 for column in zip(*table, strict=True)]
    total = spread([float(sum(row)) for row in table])

    reliability = ours.kr20(facilities, 5, total)

    assert facilities == [0.8, 0.6, 0.4, 0.2]
    assert total == 2.5
    assert reliability == pytest.approx(0.8)  # 4/3 * (1 - 0.8 / 2)
    assert ours.standard_error(total**0.5, reliability) == pytest.approx((2.5 * 0.2) ** 0.5)


def test_what_cannot_be_told_is_none():
    alike = sums_of([(1.0, 0.2), (1.0, 0.7)])

    assert ours.discrimination(alike) is None
    assert ours.discrimination(Sums()) is None
    assert ours.facility(Sums()) is None
    assert ours.variance(1, 1.0, 1.0) is None
    assert ours.cronbach_alpha([0.2], 0.2) is None
    assert ours.cronbach_alpha([0.2, 0.2], 0.0) is None
    assert ours.kr20([0.5, 0.5], 1, 0.5) is None
    assert Estimate.of(0.5, 9, least=10) == Estimate(None, 9)
    assert Estimate.of(0.5, 10, least=10) == Estimate(0.5, 10)


def test_items_that_contradict_each_other_have_an_alpha_below_0():
    alpha = ours.cronbach_alpha([0.25, 0.25], 0.1)

    assert alpha == pytest.approx(-8.0)
    assert ours.standard_error(1.0, alpha) == pytest.approx(3.0)
