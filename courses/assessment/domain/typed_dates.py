"""Dates as people type them: ISO 8601, in words of three languages, with dots or slashes."""

import re
import unicodedata
from calendar import monthrange

from courses.content.domain.partial_dates import PartialDate

LONGEST_DATE = 60  # characters
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# As far as the stem is the same in every case; May is told by all of its forms.
_RUSSIAN = (
    "январ", "феврал", "март", "апрел", "ма", "июн",
    "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_RUSSIAN_ENDINGS = {"", "а", "е", "ь", "я", "й"}
_JAPANESE = re.compile(r"([0-9]{4})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")
_ISO = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_BACKWARDS = re.compile(r"(?:([0-9]{1,2})([-/.]))?([0-9]{1,2})[-/.]([0-9]{4})")
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")
_FILLERS = {"of", "the", "st", "nd", "rd", "th", "г", "года", "году", "в", "on", "in"}


class DateUnreadable(ValueError):
    """The text is not one date of the years 1000 to 9999."""


class DateAmbiguous(DateUnreadable):
    """The text is a date in one country and another one in the next."""


class DateImpossible(DateUnreadable):
    """The calendar has no such day or month."""


def read_date(text: str) -> PartialDate:
    """Return the year, month or day that `text` names.

    `2022-02-24`, `2022/2/24`, `24 February 2022`, `Feb 24, 2022`, `24.02.2022`, `2022年2月24日`,
    `24 февраля 2022` and, where only one reading is a date, `24/02/2022` are read; so are
    months and years alone. Raises DateUnreadable, or what of it applies.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if len(text) > LONGEST_DATE:
        raise DateUnreadable
    compact = folded.replace(" ", "")
    if match := _JAPANESE.fullmatch(compact):
        return checked_date(*match.groups())
    if match := _ISO.fullmatch(compact):
        year, _mark, month, day = match.groups()
        return checked_date(year, month, day)
    if match := _BACKWARDS.fullmatch(compact):
        return _backwards(*match.groups())
    return _in_words(folded)


def checked_date(year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    """Return the date of these figures. Raises DateUnreadable, or DateImpossible."""
    if not re.fullmatch("[1-9][0-9]{3}", year):
        raise DateUnreadable
    months, days = (int(part) if part else None for part in (month, day))
    if months is not None and not 1 <= months <= 12:
        raise DateImpossible
    if days is not None and not 1 <= days <= monthrange(int(year), months or 1)[1]:
        raise DateImpossible
    return PartialDate(int(year), months, days)


def _backwards(first: str | None, mark: str | None, second: str, year: str) -> PartialDate:
    """Return a date that ends in its year. With slashes, Americans put the month first."""
    if first is None or mark != "/" or int(first) == int(second):
        return checked_date(year, second, first)
    if int(first) > 12:
        return checked_date(year, second, first)
    if int(second) > 12:
        return checked_date(year, first, second)
    raise DateAmbiguous


def _in_words(folded: str) -> PartialDate:
    words = [word for word in _WORDS.findall(folded) if word not in _FILLERS]
    years = [word for word in words if word.isdigit() and len(word) == 4]
    days = [word for word in words if word.isdigit() and len(word) <= 2]
    months = [month for word in words if (month := _month(word))]
    if len(years) != 1 or len(months) != 1 or len(days) > 1:
        raise DateUnreadable
    if len(words) != len(years) + len(months) + len(days):
        raise DateUnreadable
    return checked_date(years[0], str(months[0]), days[0] if days else None)


def _month(word: str) -> int | None:
    """Return the number of the month that a word names or shortens, None for any other."""
    for number, (english, russian) in enumerate(zip(_ENGLISH, _RUSSIAN, strict=True), start=1):
        if word in (english, english[:3], english[:4]):
            return number
        if word.startswith(russian) and word.removeprefix(russian) in _RUSSIAN_ENDINGS:
            return number
    return None
