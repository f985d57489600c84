"""Numbers as people type them: decimal comma or point, grouping, full width, a unit."""

import re
import unicodedata
from decimal import Decimal

LONGEST_NUMBER = 60
_MOST_DIGITS = 25
_LARGEST = Decimal(10) ** 18
_NUMBER = re.compile(r"([+-]?) ?([0-9][0-9 .,']*|[.,][0-9]+)(?:e([+-]?[0-9]{1,2}))?")
_SIGNS = {"us$": "us dollar", "$": "dollar", "€": "euro", "¥": "yen"}
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
    match = _NUMBER.fullmatch(_without_unit(_folded(text), _folded(unit)))
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


def canonical(number: Decimal) -> str:
    """Return the one way to write `number`: no exponent, no trailing zeros, no minus zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _folded(text: str) -> str:
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
