"""Numbers, years, dates and ranges in options, read far enough to be compared."""

import math
import re
from dataclasses import dataclass

from courses.assessment.domain.linting.words import listed

_UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_NAMED = dict(zip(_UNITS, range(20), strict=True)) | {
    ten: 10 * place for place, ten in enumerate(_TENS, start=2)
}
_NUMBER_WORD = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{'|'.join(_UNITS[1:10])}))?"
    rf"|(?P<small>{'|'.join(sorted(_UNITS, key=len, reverse=True))}))\b",
    re.IGNORECASE,
)
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "百": 1e2, "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12,
}  # fmt: skip
_MONTHS = listed(
    "january february march april may june july august september october november december"
)
_MONTH = "|".join(_MONTHS)
_SCALE = "|".join(_SCALES)
_N = rf"(\d[\d,.]*\d|\d)(?:\s*({_SCALE})(?![a-z]))?"
_RANGE = re.compile(rf"\b(?:from |between )?{_N}\s*(?:–|—|-|〜|~|to|and|until|から)\s*{_N}", re.I)
_OPEN_UP = re.compile(
    rf"(?<!no )\b(?:more than|over|above|at least|no fewer than)\s+{_N}"
    rf"|{_N}(?:\s+or more\b|\+)|{_N}以上",
    re.IGNORECASE,
)
_OPEN_DOWN = re.compile(
    rf"(?<!no )\b(?:less than|fewer than|under|below|at most|up to|no more than)\s+{_N}"
    rf"|{_N}\s+or (?:less|fewer)\b|{_N}(?:以下|未満)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:(?P<part>early|mid|late|(?:spring|summer|autumn|fall)(?: of)?)[ -])?"
    rf"(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{_MONTH}) )?(?P<year>(?:1\d|20|21)\d{{2}})\b",
    re.IGNORECASE,
)
_PARTS = {
    "early": (0, 4), "mid": (4, 8), "late": (8, 12), "spring": (2, 5), "summer": (5, 8),
    "autumn": (8, 11), "fall": (8, 11),
}  # fmt: skip
_SINGLE = re.compile(rf"(?<![A-Za-z0-9.-])-?{_N}", re.IGNORECASE)
_STRICT = re.compile(
    r"(?<!no )(?:more than|less than|fewer than)|over|above|under|below|未満", re.IGNORECASE
)
_YEARS = range(1000, 2200)


@dataclass(frozen=True, slots=True)
class Figure:
    """An option's one number, date or range from `low` to `high`, and the words around it.

    Both ends belong to it. Dates count in years, such as 2022.5 for the middle of 2022.
    `frame` is the rest of the option, in which two figures have to agree to be compared.
    """

    low: float
    high: float
    frame: str
    is_date: bool = False

    def meets(self, other: "Figure") -> bool:
        """Say whether both may be true of one thing, without being the same."""
        if (self.frame, self.is_date) != (other.frame, other.is_date):
            return False
        if (self.low, self.high) == (other.low, other.high):
            return False
        return max(self.low, other.low) <= min(self.high, other.high)


def with_figures(text: str) -> str:
    """Return `text` with its number words up to ninety-nine as figures."""
    return _NUMBER_WORD.sub(lambda found: str(_named(found)), text)


def figure_of(text: str) -> Figure | None:
    """Return the one number, date or range that an option speaks of; None for none or more."""
    figured = with_figures(text)
    for read in (_range, _open, _date, _single):
        if (found := read(figured)) is not None:
            return None if any(c.isdigit() for c in found.frame) else found
    return None


def _named(found: re.Match[str]) -> int:
    if found["small"]:
        return _NAMED[found["small"].casefold()]
    return _NAMED[found["tens"].casefold()] + (
        _NAMED[found["unit"].casefold()] if found["unit"] else 0
    )


def _range(text: str) -> Figure | None:
    found = _RANGE.search(text)
    if found is None:
        return None
    scale = found[2] or found[4]  # "5 to 10 million" speaks of millions twice
    low, high = _value(found[1], found[2] or scale), _value(found[3], found[4] or scale)
    if low is None or high is None or low >= high:
        return None
    frame = _frame(text, found)
    if _is_year(low) and _is_year(high):
        return Figure(low, _before(high + 1), frame, is_date=True)
    return Figure(low, high, frame)


def _open(text: str) -> Figure | None:
    for pattern, upwards in ((_OPEN_UP, True), (_OPEN_DOWN, False)):
        found = pattern.search(text)
        if found is None:
            continue
        number, scale = next(
            (found[place], found[place + 1]) for place in range(1, 7, 2) if found[place]
        )
        value = _value(number, scale)
        if value is None:
            return None
        if _STRICT.search(found[0]):
            value = math.nextafter(value, math.inf) if upwards else _before(value)
        low, high = (value, math.inf) if upwards else (-math.inf, value)
        return Figure(low, high, _frame(text, found))
    return None


def _date(text: str) -> Figure | None:
    found = _DATE.search(text)
    if found is None:
        return None
    year, begin, end = int(found["year"]), 0.0, 12.0
    if found["month"]:
        begin = _MONTHS.index(found["month"].casefold())
        end = begin + 1
        if found["day"]:
            begin += (int(found["day"]) - 1) / 31
            end = begin + 1 / 31
    elif found["part"]:
        begin, end = _PARTS[found["part"].casefold().removesuffix(" of")]
    frame = _frame(text, found).removeprefix("in ").removesuffix(" the").removeprefix("the ")
    return Figure(year + begin / 12, _before(year + end / 12), frame, is_date=True)


def _single(text: str) -> Figure | None:
    found = _SINGLE.search(text)
    if found is None:
        return None
    value = _value(found[1], found[2])
    if value is None:
        return None
    value = -value if found[0].startswith("-") else value
    return Figure(value, value, _frame(text, found))


def _value(number: str, scale: str | None) -> float | None:
    """Return a number with its scale; one comma or point before three digits groups."""
    digits = re.sub(r"[,.](?=\d{3}(?!\d))", "", number) if "," in number else number
    try:
        value = float(digits.replace(",", "."))
    except ValueError:
        return None
    return value * _SCALES[scale.casefold()] if scale else value


def _before(value: float) -> float:
    """Return the greatest number below `value`: the end of a span that does not include it."""
    return math.nextafter(value, -math.inf)


def _is_year(value: float) -> bool:
    return value.is_integer() and int(value) in _YEARS


def _frame(text: str, found: re.Match[str]) -> str:
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(re.sub(r"[^\w%]+", " ", rest).casefold().split())
