"""Numeric: a number, right within a tolerance, or with an interval for how sure one is."""

import math
from decimal import Decimal
from typing import ClassVar

from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Message, Plain, gettext_noop
from courses.assessment.domain.numbers import (
    NumberUnreadable,
    canonical,
    folded_text,
    parse_number,
    parse_quantity,
)
from courses.assessment.domain.problems import AnswerInvalid, Checker, unstorable
from courses.assessment.domain.types.base import RIGHT, UNANSWERED, Json, QuestionType
from courses.assessment.domain.types.numeric.authored import (
    checked_interval,
    checked_tolerance,
    checked_unit,
    checked_units,
)
from courses.assessment.domain.types.numeric.tolerance import band, interval_credit
from courses.assessment.domain.units import other_factors

_SLIPS = {
    "sign": Message(gettext_noop("The size is right, the sign is not.")),
    "magnitude": Message(gettext_noop("The digits are right, the power of ten is not.")),
    "too_high": Message(gettext_noop("That is too high.")),
    "too_low": Message(gettext_noop("That is too low.")),
}
_UNIT = gettext_noop(
    "The number is right in another unit; in “%(unit)s”, as it was read, it is not."
)
_NO_INTERVAL = Message(gettext_noop("This question asks for a number alone, without an interval."))
_INCOMPLETE = Message(gettext_noop("Give a number and both ends of an interval around it."))
_ELSEWHERE = Message(gettext_noop("Your number lies outside your own interval; mend one of them."))
_HELD = Message(gettext_noop("Your interval held the value."))
_WIDE = Message(gettext_noop("Your interval held the value; it is wider than it need be."))
_MISSED = Message(gettext_noop("Your interval missed the value."))


class Numeric(QuestionType):
    """`value`, `tolerance`, `unit?`, `units: [{name, factor?}]`, `interval: {scale}`.

    Answer `{"value": "5.5"}`, with `interval` also `low` and `high`. The tolerance is
    `{absolute: x}`, `{relative: x}` (a share of the value: 0.05 accepts 5 % more or less) or
    `{significant_figures: n}` (what rounds to the same; halfway counts for both). A number
    with one of `units` beside it counts `factor` times (1 if left out) as one in `unit`.
    """

    name: ClassVar[str] = "numeric"
    label: ClassVar[str] = gettext_noop("Number")
    payload_keys: ClassVar[tuple[str, ...]] = ("value", "tolerance", "unit", "units", "interval")
    answer_keys: ClassVar[tuple[str, ...]] = ("value", "low", "high")

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        value = check.number(fields.get("value"), "value")
        if value is not None and not _typeable(value):
            check.add("value", "too_many_digits", gettext_noop("Round this to fewer digits."))
        checked: Json = {
            "value": value,
            "tolerance": checked_tolerance(check, fields.get("tolerance"), value),
        }
        unit = checked_unit(check, fields.get("unit"), "unit", optional=True)
        if unit:
            checked["unit"] = unit
        if "units" in fields:
            checked["units"] = checked_units(check, fields["units"], unit)
        if "interval" in fields:
            checked["interval"] = checked_interval(check, fields["interval"])
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        names = [unit["name"] for unit in payload.get("units", ())]
        # The scale stays here: it is of the size of the answer.
        return {
            "unit": payload.get("unit", ""),
            "units": names,
            "interval": "interval" in payload,
        }

    def parse(self, payload: Json, raw: object) -> Json:
        fields = self.fields(raw)
        if "interval" not in payload:
            if not fields.keys() <= {"value"}:
                raise AnswerInvalid("answer_unknown_key", _NO_INTERVAL)
            return {"value": _read(payload, fields.get("value"))}
        answer = {key: _read(payload, fields.get(key)) for key in self.answer_keys}
        if any(answer.values()):
            _check_interval(answer)
        return answer

    def mark(self, payload: Json, answer: Json) -> Mark:
        given = _number(answer.get("value"))
        if given is None:
            return mark_of(0.0, PartMark("value", 0.0, "unanswered", UNANSWERED))
        part = _value_mark(payload, given)
        if "interval" not in payload:
            return mark_of(part.credit, part)
        sureness = _interval_mark(payload, _number(answer.get("low")), _number(answer.get("high")))
        return mark_of(sureness.credit, part, sureness)

    def right_answer(self, payload: Json) -> Json:
        names = self.answer_keys if "interval" in payload else ("value",)
        return dict.fromkeys(names, self.solution(payload)["value"])

    def solution(self, payload: Json) -> Json:
        value = Decimal(str(payload["value"]))
        low, high = band(payload)
        unit = payload.get("unit", "")
        return {
            "value": canonical(value),
            "unit": unit,
            "text": Plain(f"{canonical(value)} {unit}".strip()),
            "low": canonical(low),
            "high": canonical(high),
        }

    def given(self, payload: Json, answer: Json) -> Json:
        value, low, high = (str(answer.get(key) or "") for key in self.answer_keys)
        if not value:
            return {}
        interval = f" ({low} – {high})" if low and high else ""
        return {"text": Plain(f"{value} {payload.get('unit', '')}".strip() + interval)}


def _typeable(value: float) -> bool:
    """Say whether a learner could type the value in full."""
    try:
        parse_number(canonical(Decimal(str(value))))
    except NumberUnreadable:
        return False
    return True


def _read(payload: Json, raw: object) -> str:
    """Return the number that was typed, in the question's unit, in its one spelling."""
    text = _typed(raw)
    if not text.strip():
        return ""
    units = {unit["name"]: Decimal(str(unit.get("factor", 1))) for unit in payload.get("units", ())}
    try:
        return canonical(parse_quantity(text, unit=payload.get("unit", ""), units=units))
    except NumberUnreadable:
        raise AnswerInvalid("not_a_number", _how_to_write(payload)) from None


def _number(text: object) -> Decimal | None:
    """Return the number of a stored answer, None where there is none."""
    try:
        return parse_number(str(text or ""))
    except NumberUnreadable:
        return None


def _typed(value: object) -> str:
    """Return a raw answer as text; JSON numbers count as typed."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 64:
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return repr(value)
    if isinstance(value, str) and not unstorable(value):
        return value
    raise AnswerInvalid("not_a_number", Message(gettext_noop("Write a number.")))


def _how_to_write(payload: Json) -> Message:
    names = [unit["name"] for unit in payload.get("units", ())]
    if payload.get("unit"):
        template = gettext_noop(
            "Write the number in figures, with or without “%(unit)s”; "
            "a decimal point or comma will do."
        )
        return Message(template, {"unit": "”, “".join([payload["unit"], *names])})
    # No example: any number shown here is a hint at some key.
    return Message(
        gettext_noop(
            "Write the number in figures, with nothing beside it; a decimal point or comma will do."
        )
    )


def _check_interval(answer: Json) -> None:
    """Put the bounds into their order. Raises AnswerInvalid for half an answer, or two of them."""
    value, low, high = (_number(answer[key]) for key in ("value", "low", "high"))
    if value is None or low is None or high is None:
        raise AnswerInvalid("interval_incomplete", _INCOMPLETE)
    if low > high:
        low, high = high, low
        answer["low"], answer["high"] = answer["high"], answer["low"]
    if not low <= value <= high:
        raise AnswerInvalid("interval_elsewhere", _ELSEWHERE)


def _value_mark(payload: Json, given: Decimal) -> PartMark:
    low, high = band(payload)
    if low <= given <= high:
        return PartMark("value", 1.0, "right", RIGHT)
    reason = _slip(payload, given)
    if reason == "unit":
        return PartMark("value", 0.0, "unit", Message(_UNIT, {"unit": payload["unit"]}))
    return PartMark("value", 0.0, reason, _SLIPS[reason])


def _slip(payload: Json, given: Decimal) -> str:
    """Return the code of what went wrong with a number outside the tolerance."""
    low, high = band(payload)
    value = Decimal(str(payload["value"]))
    if given and low <= -given <= high:
        return "sign"
    for factor in _factors(payload):
        # In another unit but without its name, or with its name and meant without.
        if low <= given * factor <= high or low <= given / factor <= high:
            return "unit"
    if given and value:
        shift = given.adjusted() - value.adjusted()
        for power in (shift - 1, shift, shift + 1):
            if power and low <= given.scaleb(-power) <= high:
                return "magnitude"
    return "too_high" if given > value else "too_low"


def _factors(payload: Json) -> list[Decimal]:
    authored = [Decimal(str(unit.get("factor", 1))) for unit in payload.get("units", ())]
    unit = payload.get("unit", "")
    return [*authored, *(other_factors(folded_text(unit)) if unit else ())]


def _interval_mark(payload: Json, low: Decimal | None, high: Decimal | None) -> PartMark:
    if low is None or high is None:
        return PartMark("interval", 0.0, "no_interval", _INCOMPLETE)
    credit = interval_credit(payload, low, high)
    value = Decimal(str(payload["value"]))
    if credit == 1.0:
        return PartMark("interval", credit, "held", _HELD)
    if low <= value <= high:
        return PartMark("interval", credit, "too_wide", _WIDE)
    return PartMark("interval", credit, "missed", _MISSED)


TYPE = Numeric()
