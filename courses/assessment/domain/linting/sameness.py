"""Whether two options say the same, or one holds wherever the other does."""

import re
from functools import lru_cache

from courses.assessment.domain.linting.figures import figure_of, with_figures
from courses.assessment.domain.linting.words import base, listed, telling, words

_ARTICLES = frozenset({"a", "an", "the"})
# American spellings of endings, so that “colour” and “color” are one word.
_SPELLINGS = ((re.compile(r"our$"), "or"), (re.compile(r"is(e|ation)$"), r"iz\1"),
              (re.compile(r"yse$"), "yze"), (re.compile(r"tre$"), "ter"))  # fmt: skip
# With these a longer option says something else than the shorter one, and not only more.
_TURNING = frozenset(
    listed("and or but not no nor without never none neither only except unless instead if than as")
)
_NARROWING = frozenset(
    listed(
        "of on in at for with by to from during after before under over until since at against "
        "among within through while when where because"
    )
)


def same(one: str, other: str) -> bool:
    """Say whether two options say the same but for case, articles, endings and spelling.

    Numbers in words and in figures are the same. The order of words matters, for it may
    turn the meaning about. Options that are nothing but endings apart (“export”, “exports”)
    are the same.
    """
    first, second = _normal(one), _normal(other)
    return bool(first) and first == second


def overlap(one: str, other: str) -> bool:
    """Say whether two options that are not the same may both be right.

    True for numbers, dates and ranges that meet, in options otherwise alike, and for an
    option that is another one with something added at its beginning or end.
    """
    first, second = figure_of(one), figure_of(other)
    if first is not None and second is not None and first.meets(second):
        return True
    return _says_more(one, other) or _says_more(other, one)


@lru_cache(maxsize=4096)
def _normal(text: str) -> tuple[str, ...]:
    figured = with_figures(text.replace("%", " percent").replace("&", " and "))
    kept = [word for word in words(figured) if word not in _ARTICLES]
    return tuple(_spelling(word) for word in kept)


def _spelling(word: str) -> str:
    for pattern, instead in _SPELLINGS:
        if len(word) > 4:
            word = pattern.sub(instead, word)
    return base(word)


def _says_more(longer: str, shorter: str) -> bool:
    """Say whether `longer` is `shorter` with a qualification before or behind it."""
    most, least = words(longer), words(shorter)
    extra = len(most) - len(least)
    if extra <= 0 or not telling(shorter):
        return False
    if most[: len(least)] == least:
        added = most[len(least) :]
        qualified = added[0] in _NARROWING
    elif most[extra:] == least:
        added = most[:extra]
        qualified = added[0] in _NARROWING and len(added) > 1
    else:
        return False
    return qualified and not _TURNING.intersection(added)
