"""How near a number must be, and what an interval around it is worth."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from courses.assessment.domain.types.base import Json

# The learner states a 90 % interval: a tenth of its chance lies outside.
_ALPHA = Decimal("0.1")


def band(payload: Json) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest number that are right, exactly as authored."""
    value = Decimal(str(payload["value"]))
    tolerance = payload["tolerance"]
    if "significant_figures" in tolerance:
        return _rounding_to(value, tolerance["significant_figures"])
    if "absolute" in tolerance:
        margin = Decimal(str(tolerance["absolute"]))
    else:
        margin = abs(value) * Decimal(str(tolerance["relative"]))
    return value - margin, value + margin


def _rounding_to(value: Decimal, figures: int) -> tuple[Decimal, Decimal]:
    """Return the ends of what rounds to the same `figures` significant figures as `value`.

    Both ends count: schools round a half up, statisticians to the even digit. Below a power
    of ten the figures are finer: 0.995 to 1.05 round to 1.0.
    """
    size = abs(value)
    step = Decimal(1).scaleb(size.adjusted() - figures + 1)
    rounded = (size / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    above = Decimal(1).scaleb(rounded.adjusted() - figures + 1)
    is_power = rounded == Decimal(1).scaleb(rounded.adjusted())
    below = above / 10 if is_power else above
    low, high = rounded - below / 2, rounded + above / 2
    return (low, high) if value > 0 else (-high, -low)


def interval_credit(payload: Json, low: Decimal, high: Decimal) -> float:
    """Return what the 90 % interval from `low` to `high` earns: max(0, 1 - S / scale).

    S is the interval score of Gneiting and Raftery (2007, eq. 43) with alpha = 0.1,

        S = (u - l) + (2 / alpha) (l - x) [x < l] + (2 / alpha) (x - u) [x > u],

    but that no width is charged up to that of the tolerance, so that the value alone and the
    whole of the tolerance earn 1. The expected S is least for whoever states their own 5 %
    and 95 % quantiles, however wide, so telling how sure one is pays best. Two things bend
    that. An interval narrower than the tolerance may be widened to it for free. And the
    credit cannot fall below 0, so what a miss costs ends at the floor: whoever is so unsure
    that an honest interval is as wide as the scale, or that a likely miss lies (scale -
    width) / 20 away or more, does better with too narrow an interval. The scale should
    therefore be several times as wide as the interval of somebody who only guesses.
    """
    value, scale = Decimal(str(payload["value"])), Decimal(str(payload["interval"]["scale"]))
    least, most = band(payload)
    with localcontext(prec=60):
        width = max(Decimal(0), (high - low) - (most - least))
        missed_by = max(Decimal(0), low - value, value - high)
        score = width + 2 / _ALPHA * missed_by
        return float(max(Decimal(0), 1 - score / scale))
