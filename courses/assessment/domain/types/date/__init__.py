"""Date: a year, a month or a day, as exact as the claim it is about."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Message, Period, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker, unstorable
from courses.assessment.domain.typed_dates import (
    DateAmbiguous,
    DateImpossible,
    DateUnreadable,
    checked_date,
    read_date,
)
from courses.assessment.domain.types.base import RIGHT, UNANSWERED, Json, QuestionType
from courses.content.domain.partial_dates import (
    NotADate,
    PartialDate,
    parse_partial,
    parse_period,
)

_PARTS = ("year", "month", "day")
# What the first parts of a date earn where more is asked: near, but not yet known.
_CREDITS = {"year": 0.25, "month": 0.5}
_RIGHT_PART = {
    "year": Message(gettext_noop("The year is right.")),
    "month": Message(gettext_noop("The month is right.")),
}
_WRONG_PART = {
    "year": Message(gettext_noop("The year is not right.")),
    "month": Message(gettext_noop("The month is not right.")),
    "day": Message(gettext_noop("The day is not right.")),
}
_LEFT_OUT = {
    "month": Message(gettext_noop("The month was left out.")),
    "day": Message(gettext_noop("The day was left out.")),
}
# No example in figures: any date shown here is a hint at some key.
_HOW_TO_WRITE = Message(
    gettext_noop("Write a date with its year in four digits and its month as a word or a number.")
)
_AMBIGUOUS = Message(
    gettext_noop("This is one date in Europe and another in America: write the month as a word.")
)
_IMPOSSIBLE = Message(gettext_noop("There is no such date in the calendar."))


class Date(QuestionType):
    """`date`: YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO; answer `{"date": text}` or
    `{"date": {"year": y, "month": m, "day": d}}`.

    An answer is right if all of it lies within the date, however exact it is. Else, where a
    day is asked, a right year and month earn 0.5; where a day or a month is, a right year 0.25.
    """

    name: ClassVar[str] = "date"
    label: ClassVar[str] = gettext_noop("Date")
    payload_keys: ClassVar[tuple[str, ...]] = ("date",)
    answer_keys: ClassVar[tuple[str, ...]] = ("date",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        checked = {"date": _checked_date(check, fields.get("date"))}
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"parts": list(_asked(payload))}

    def parse(self, payload: Json, raw: object) -> Json:
        given = self.field(raw)
        try:
            moment = _from_parts(given) if isinstance(given, Mapping) else _from_text(given)
        except DateAmbiguous:
            raise AnswerInvalid("ambiguous_date", _AMBIGUOUS) from None
        except DateImpossible:
            raise AnswerInvalid("impossible_date", _IMPOSSIBLE) from None
        except DateUnreadable:
            raise AnswerInvalid("not_a_date", _HOW_TO_WRITE) from None
        return {"date": str(moment) if moment else ""}

    def mark(self, payload: Json, answer: Json) -> Mark:
        given = _kept(answer)
        if given is None:
            return mark_of(0.0, PartMark("date", 0.0, "unanswered", UNANSWERED))
        period = parse_period(payload["date"])
        first, last = period.begin.first_day, period.end.last_day
        if first <= given.first_day and given.last_day <= last:
            return mark_of(1.0, PartMark("date", 1.0, "right", RIGHT))
        asked = _asked(payload)
        parts, credit = [], 0.0
        for part in asked:
            so_far = _cut(given, part)
            # The last part may share days with the date and still not lie within it.
            if part != asked[-1] and so_far and _overlap(so_far, first, last):
                credit = _CREDITS[part]
                parts.append(PartMark(part, 1.0, f"{part}_right", _RIGHT_PART[part]))
            elif so_far or part == "year":
                parts.append(PartMark(part, 0.0, f"wrong_{part}", _WRONG_PART[part]))
                break
            else:
                parts.append(PartMark(part, 0.0, "left_out", _LEFT_OUT[part]))
                break
        return mark_of(credit, *parts)

    def right_answer(self, payload: Json) -> Json:
        return {"date": str(parse_period(payload["date"]).begin)}

    def solution(self, payload: Json) -> Json:
        return {"text": Period(payload["date"])}

    def given(self, payload: Json, answer: Json) -> Json:
        given = _kept(answer)
        return {"text": Period(str(given))} if given else {}


def _checked_date(check: Checker, value: object) -> str:
    if value is None:
        check.add("date", "missing", gettext_noop("This is missing; write a date."))
        return ""
    text = ""
    try:
        text = _as_text(value)
        early = parse_period(text).begin.year < 1000
    except NotADate:
        check.add(
            "date",
            "not_a_date",
            gettext_noop("Write a date as YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO."),
        )
    else:
        if early:
            check.add("date", "too_early", gettext_noop("Write a year from 1000 on."))
    return text


def _as_text(value: object) -> str:
    """Return an authored date as text: some readers of YAML make 2022 a number. Raises NotADate."""
    if type(value) is datetime.date:
        return value.isoformat()
    if type(value) is int and 0 <= value <= 9999:
        return f"{value:04d}"
    if isinstance(value, str):
        return value.strip()
    raise NotADate(value)


def _asked(payload: Json) -> tuple[str, ...]:
    """Return the parts that are asked: as many as the more exact end of the date has."""
    period = parse_period(payload["date"])
    ends = (period.begin, period.end)
    exactness = max(1 + (end.month is not None) + (end.day is not None) for end in ends)
    return _PARTS[:exactness]


def _from_text(given: object) -> PartialDate | None:
    """Return the date that was typed, None for nothing. Raises DateUnreadable."""
    if given is None:
        return None
    if not isinstance(given, str) or unstorable(given):
        raise DateUnreadable
    return read_date(given) if given.strip() else None


def _from_parts(given: Mapping[Any, Any]) -> PartialDate | None:
    """Return the date in the fields of a form, None if all are empty. Raises DateUnreadable."""
    if any(part not in _PARTS for part in given):
        raise DateUnreadable
    year, month, day = (_figures(given.get(part)) for part in _PARTS)
    if not year and not month and not day:
        return None
    # A day without its month, or a month without its year, names nothing yet.
    if not year or (day and not month):
        raise DateUnreadable
    return checked_date(year, month, day)


def _figures(value: object) -> str:
    if value is None:
        return ""
    if type(value) is int and 0 < value <= 9999:
        return str(value)
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else "?"
    if not re.fullmatch("[0-9]{0,4}", text):
        raise DateUnreadable
    return text


def _kept(answer: Json) -> PartialDate | None:
    """Return the date of a stored answer, None where there is none."""
    try:
        return parse_partial(str(answer.get("date") or ""))
    except NotADate:
        return None


def _cut(given: PartialDate, part: str) -> PartialDate | None:
    """Return a date as exact as `part`, None where it is less exact."""
    if part == "year":
        return PartialDate(given.year)
    if part == "month":
        return PartialDate(given.year, given.month) if given.month else None
    return given if given.day else None


def _overlap(given: PartialDate, first: datetime.date, last: datetime.date) -> bool:
    return given.first_day <= last and first <= given.last_day


TYPE = Date()
