"""Classical test theory: what answers tell of a question, and of a quiz as a measure.

Everything is computed from sums, which a database adds up over millions of rows. Credits and
scores lie in [0, 1], so that sums of squares lose no digits that matter.

Sources: Crocker and Algina, Introduction to Classical and Modern Test Theory (1986), for
facility and discrimination; Henrysson, Psychometrika 28 (1963), for the correction of an item's
correlation for the item itself; Cronbach, Psychometrika 16 (1951), for alpha; Kuder and
Richardson, Psychometrika 2 (1937), formula 20.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import sqrt

# The standard error of a share is at most 0.16 with 10 answers; with fewer a facility says
# more about who happened to answer.
LEAST_FOR_FACILITY = 10
# The standard error of a correlation near 0 is 1 / sqrt(n - 1): 0.19 with 30.
LEAST_FOR_DISCRIMINATION = 30
# What Yurdugul (2008) asks for where the items have much in common.
LEAST_FOR_ALPHA = 50
# Rounding alone makes no variance.
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and from how many it comes; `value` is None where those are too few to tell."""

    value: float | None
    n: int

    @classmethod
    def of(cls, value: float | None, n: int, *, least: int) -> "Estimate":
        return cls(value if n >= least else None, n)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over pairs of an item's credit x and the rest score y: their number, and the sums
    of x, y, their squares and their product."""

    n: int = 0
    x: float = 0.0
    xx: float = 0.0
    y: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.n + other.n,
            self.x + other.x,
            self.xx + other.xx,
            self.y + other.y,
            self.yy + other.yy,
            self.xy + other.xy,
        )


def mean(total: float, n: int) -> float | None:
    """Return the mean of n values with that total; None of none."""
    return total / n if n else None


def variance(n: int, total: float, squares: float) -> float | None:
    """Return the variance (n - 1 beneath) of n values by their sum and that of their squares.

    None of fewer than two.
    """
    if n < 2:
        return None
    found = max((squares - total * total / n) / (n - 1), 0.0)
    return found if found > _NOTHING else 0.0


def facility(sums: Sums) -> float | None:
    """Return the mean credit, in [0, 1]: the higher, the easier. None of no answers."""
    return mean(sums.x, sums.n)


def discrimination(sums: Sums) -> float | None:
    """Return the corrected item-total correlation, in [-1, 1]; for credits of 0 and 1 this is
    the corrected point-biserial correlation.

    It is Pearson's between the credit x and the score y of the *other* items: an item takes no
    part in what it is compared with. None where x or y is the same for all.
    """
    of_x = variance(sums.n, sums.x, sums.xx)
    of_y = variance(sums.n, sums.y, sums.yy)
    if not of_x or not of_y:
        return None
    covariance = (sums.xy - sums.x * sums.y / sums.n) / (sums.n - 1)
    return max(-1.0, min(1.0, covariance / sqrt(of_x * of_y)))


def cronbach_alpha(item_variances: Collection[float], total_variance: float) -> float | None:
    """Return Cronbach's alpha of k items, at most 1: k / (k - 1) * (1 - sum of the items'
    variances / variance of the total).

    The total is the sum of the items. Below 0 where items contradict each other. None of fewer
    than two items, or where all totals are the same.
    """
    k = len(item_variances)
    if k < 2 or total_variance <= 0:
        return None
    return k / (k - 1) * (1 - sum(item_variances) / total_variance)


def kr20(facilities: Collection[float], n: int, total_variance: float) -> float | None:
    """Return Kuder and Richardson's formula 20 of k items with credits of 0 and 1 alone:
    k / (k - 1) * (1 - sum of p (1 - p) / variance of the total).

    `facilities` are the p, of `n` people. The formula's variances have n beneath;
    `total_variance` is given with n - 1, as everywhere here. None as for `cronbach_alpha`.
    """
    if n < 2:
        return None
    scale = n / (n - 1)
    return cronbach_alpha([scale * p * (1 - p) for p in facilities], total_variance)


def standard_error(deviation: float, reliability: float) -> float:
    """Return the standard error of measurement: s * sqrt(1 - reliability).

    In the unit of `deviation`, the standard deviation of the scores.
    """
    return deviation * sqrt(max(1 - reliability, 0.0))
