"""Geometry for the pictures of the class pages, written as SVG wants it."""

from collections.abc import Sequence

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

_BIN, _TALL = 6, 26
_RATED = {
    1: pgettext_lazy("a student's rating", "Rated: again"),
    2: pgettext_lazy("a student's rating", "Rated: hard"),
    3: pgettext_lazy("a student's rating", "Rated: good"),
    4: pgettext_lazy("a student's rating", "Rated: easy"),
}


@register.filter
def width(share: float) -> str:
    """Return a share in [0, 1] as a width in per cent."""
    return f"{100 * min(max(share, 0.0), 1.0):.2f}%"


@register.filter
def strip(days: Sequence[int]) -> list[tuple[int, bool]]:
    """Return (x, whether studied) for each day of a strip of squares."""
    return [(index * 10, bool(answers)) for index, answers in enumerate(days)]


@register.filter
def bin_bars(bins: Sequence[int]) -> list[tuple[int, str, str]]:
    """Return (x, y, height) of the bars of a histogram with one bar for each twentieth."""
    most = max(bins, default=0) or 1
    heights = [_TALL * count / most for count in bins]
    return [
        (index * _BIN, f"{_TALL - height:.1f}", f"{height:.1f}")
        for index, height in enumerate(heights)
    ]


@register.filter
def rated_by(rating: int) -> str:
    """Return how a student rated a card (1 to 4), in words about them."""
    return str(_RATED[rating])
