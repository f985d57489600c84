"""Numbers as people type them: decimal comma or point, grouping, full width, a unit."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, localcontext

from courses.assessment.domain.units import factor_between, same_unit

LONGEST_NUMBER = 60
_MOST_DIGITS = 25
_LARGEST = Decimal(10) ** 18
_NUMBER = re.compile(r"([+-]?) ?([0-9][0-9 .,']*|[.,][0-9]+)(?:e([+-]?[0-9]{1,2}))?")
_SIGNS = {"us$": "us dollar", "$": "dollar", "€": "euro", "¥": "yen"}
_PHRASED = re.compile(r"([^0-9.,+-]*)([+-]? ?[0-9.,][0-9 .,']*(?:e[+-]?[0-9]{1,2})?)([^0-9]*)")
_PERCENT = ("per cent", "percent", "%")
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "’": "'"})


class NumberUnreadable(ValueError):
    """The text is not one finite number of a sensible size."""


def parse_number(text: str, *, unit: str = "") -> Decimal:
    """Return the number in `text`, exactly; `unit`, or its first words, may stand beside it.

    `5.5`, `5,5`, `５．５`, `1,000`, `2 000`, `1'000`, `1.234,5`, `-3`, `1e6` are read. One comma
    before exactly three digits groups (`1,000` is a thousand, `0,500` a half); one point is
    always decimal. Raises NumberUnreadable for anything else, NaN, infinities, wrong
    grouping, more than 25 digits or 10^18 and above.
    """
    if len(text) > LONGEST_NUMBER:
        raise NumberUnreadable
    match = _NUMBER.fullmatch(_without_unit(folded_text(text), folded_text(unit)))
    if match is None:
        raise NumberUnreadable
    sign, body, exponent = match.groups()
    whole, fraction = _split(body.rstrip())
    if len(whole) + len(fraction) > _MOST_DIGITS:
        raise NumberUnreadable
    number = Decimal(f"{sign}{whole or '0'}.{fraction or '0'}e{exponent or '0'}")
    if abs(number) >= _LARGEST:
        raise NumberUnreadable
    return number


def parse_quantity(text: str, *, unit: str, units: Mapping[str, Decimal]) -> Decimal:
    """Return the number in `text`, in `unit`, whatever unit of the same kind stands beside it.

    `units` are the author's: a number in one of them is multiplied by its factor. With none
    beside it a number is in `unit`. Rounded to 25 digits. Raises NumberUnreadable as
    `parse_number` does, and for a unit that is of another kind, or unknown.
    """
    folded = folded_text(text)
    match = _PHRASED.fullmatch(folded) if len(text) <= LONGEST_NUMBER else None
    phrase = f"{match[3].strip()} {match[1].strip()}".strip() if match else ""
    if match and phrase:
        for name, factor in units.items():
            if same_unit(phrase, folded_text(name)):
                return _converted(parse_number(match[2]), factor)
    try:
        return parse_number(text, unit=unit)
    except NumberUnreadable:
        known = factor_between(phrase, folded_text(unit)) if phrase and unit else None
        if match is None or known is None:
            raise
        return _converted(parse_number(match[2]), known)


def _converted(number: Decimal, factor: Decimal) -> Decimal:
    """Return the product, rounded so that `parse_number` can read it again."""
    with localcontext(prec=_MOST_DIGITS):
        product = number * factor
    if abs(product) >= _LARGEST:
        raise NumberUnreadable
    places = _MOST_DIGITS - max(1, product.adjusted() + 1)
    return round(product, places)


def canonical(number: Decimal) -> str:
    """Return the one way to write `number`: no exponent, no trailing zeros, no minus zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def folded_text(text: str) -> str:
    """Return `text` in one width, case, kind of digit, minus sign and space.

    Superscripts and fractions (category No) stay as they are: NFKC makes 5² into 52.
    """
    folded = []
    for character in text:
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            folded.append(str(digit))
        elif unicodedata.category(character) == "No":
            folded.append(character)
        else:
            folded.append(unicodedata.normalize("NFKC", character).casefold())
    return " ".join("".join(folded).translate(_MINUS).split())


def _without_unit(text: str, unit: str) -> str:
    """Return `text` without the unit, or the unit's first words, or a sign that stands for it.

    "5.5 billion" is read where the unit is "billion US dollars"; "5.5 US dollars" is not,
    because that would be another number.
    """
    if not unit:
        return text
    for sign, currency in _SIGNS.items():
        if currency in unit:
            text = text.removeprefix(sign).strip()
    for spelling in _spellings(unit):
        if text.endswith(spelling):
            return text.removesuffix(spelling).strip()
    return text.removeprefix(unit).strip()


def _spellings(unit: str) -> list[str]:
    """Return how the unit may be written behind a number, the longest first."""
    if unit in _PERCENT:
        return list(_PERCENT)
    words = unit.split()
    return [" ".join(words[:count]) for count in range(len(words), 0, -1)]


def _split(body: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark."""
    mark = _decimal_mark(body)
    whole, fraction = body.rsplit(mark, 1) if mark else (body, "")
    separators = set(whole) - set("0123456789")
    if len(separators) > 1 or (fraction and not fraction.isdigit()):
        raise NumberUnreadable
    for separator in separators:
        grouped = rf"[0-9]{{1,3}}(?:{re.escape(separator)}[0-9]{{3}})+"
        if not re.fullmatch(grouped, whole):
            raise NumberUnreadable
        whole = whole.replace(separator, "")
    return whole, fraction


def _decimal_mark(body: str) -> str:
    """Return which of point and comma is the decimal mark in `body`, or "" for none."""
    points, commas = body.count("."), body.count(",")
    if points and commas:
        return "." if body.rindex(".") > body.rindex(",") else ","
    if points + commas != 1:
        return ""
    if commas and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", body):
        return ""
    return "." if points else ","
