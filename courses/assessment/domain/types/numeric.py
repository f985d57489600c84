"""Numeric: a number, right within a tolerance."""

import math
from decimal import Decimal
from typing import Any, ClassVar

from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Message, Plain, gettext_noop
from courses.assessment.domain.numbers import NumberUnreadable, canonical, parse_number
from courses.assessment.domain.problems import AnswerInvalid, Checker, unstorable
from courses.assessment.domain.types.base import RIGHT, UNANSWERED, Json, QuestionType

_LONGEST_UNIT = 40
_SLIPS = {
    "sign": Message(gettext_noop("The size is right, the sign is not.")),
    "magnitude": Message(gettext_noop("The digits are right, the power of ten is not.")),
    "too_high": Message(gettext_noop("That is too high.")),
    "too_low": Message(gettext_noop("That is too low.")),
}


class Numeric(QuestionType):
    """`value`, `tolerance: {absolute: x}` or `{relative: x}`, `unit?`; answer `{"value": "5.5"}`.

    A relative tolerance is a share of the value: 0.05 accepts 5 % more or less.
    """

    name: ClassVar[str] = "numeric"
    label: ClassVar[str] = gettext_noop("Number")
    payload_keys: ClassVar[tuple[str, ...]] = ("value", "tolerance", "unit")
    answer_key: ClassVar[str] = "value"

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        value = check.number(fields.get("value"), "value")
        if value is not None and not _typeable(value):
            check.add("value", "too_many_digits", gettext_noop("Round this to fewer digits."))
        checked: Json = {
            "value": value,
            "tolerance": _checked_tolerance(check, fields.get("tolerance"), value),
        }
        unit = check.text(fields.get("unit"), "unit", longest=_LONGEST_UNIT, optional=True)
        if any(character.isdecimal() for character in unit):
            check.add("unit", "digits", gettext_noop("Write a unit without digits."))
        if unit:
            checked["unit"] = unit
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"unit": payload.get("unit", "")}

    def parse(self, payload: Json, raw: object) -> Json:
        text = _typed(self.field(raw))
        if not text.strip():
            return {"value": ""}
        try:
            return {"value": canonical(parse_number(text, unit=payload.get("unit", "")))}
        except NumberUnreadable:
            raise AnswerInvalid("not_a_number", _how_to_write(payload)) from None

    def mark(self, payload: Json, answer: Json) -> Mark:
        try:
            given = parse_number(str(answer.get("value") or ""))
        except NumberUnreadable:
            return mark_of(0.0, PartMark("value", 0.0, "unanswered", UNANSWERED))
        if _within(payload, given):
            return mark_of(1.0, PartMark("value", 1.0, "right", RIGHT))
        reason = _slip(payload, given)
        return mark_of(0.0, PartMark("value", 0.0, reason, _SLIPS[reason]))

    def solution(self, payload: Json) -> Json:
        value, margin = _key(payload)
        unit = payload.get("unit", "")
        return {
            "value": canonical(value),
            "unit": unit,
            "text": Plain(f"{canonical(value)} {unit}".strip()),
            "low": canonical(value - margin),
            "high": canonical(value + margin),
        }

    def given(self, payload: Json, answer: Json) -> Json:
        value = str(answer.get("value") or "")
        return {"text": Plain(f"{value} {payload.get('unit', '')}".strip())} if value else {}


def _typeable(value: float) -> bool:
    """Say whether a learner could type the value in full."""
    try:
        parse_number(canonical(Decimal(str(value))))
    except NumberUnreadable:
        return False
    return True


def _checked_tolerance(check: Checker, tolerance: object, value: float | None) -> dict[str, Any]:
    if tolerance is None:
        check.add(
            "tolerance",
            "missing",
            gettext_noop("Say how exact an answer must be: absolute or relative (0 for exactly)."),
        )
        return {}
    fields = check.mapping(tolerance, "tolerance", known=("absolute", "relative"))
    if isinstance(tolerance, dict) and len(fields) != 1:
        check.add("tolerance", "not_one", gettext_noop("Give one tolerance, absolute or relative."))
    for kind, margin in fields.items():
        path = f"tolerance.{kind}"
        checked = check.number(margin, path, least=0)
        if kind == "relative" and checked is not None and checked >= 1:
            check.add(
                path, "too_large", gettext_noop("A relative tolerance is a share below 1 (0.05).")
            )
        if kind == "relative" and value == 0:
            check.add(path, "of_zero", gettext_noop("A share of 0 is 0; use absolute instead."))
    return fields


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
    unit = payload.get("unit", "")
    if unit:
        template = gettext_noop(
            "Write the number in figures, with or without “%(unit)s”; "
            "a decimal point or comma will do."
        )
        return Message(template, {"unit": unit})
    # No example: any number shown here is a hint at some key.
    return Message(
        gettext_noop(
            "Write the number in figures, with nothing beside it; a decimal point or comma will do."
        )
    )


def _key(payload: Json) -> tuple[Decimal, Decimal]:
    """Return the right value and the margin on either side of it, exactly as authored."""
    value = Decimal(str(payload["value"]))
    tolerance = payload["tolerance"]
    if "absolute" in tolerance:
        return value, Decimal(str(tolerance["absolute"]))
    return value, abs(value) * Decimal(str(tolerance["relative"]))


def _within(payload: Json, given: Decimal) -> bool:
    value, margin = _key(payload)
    return abs(given - value) <= margin


def _slip(payload: Json, given: Decimal) -> str:
    """Return the code of what went wrong with a number outside the tolerance."""
    value, _ = _key(payload)
    if given and _within(payload, -given):
        return "sign"
    if given and value:
        shift = given.adjusted() - value.adjusted()
        for power in (shift - 1, shift, shift + 1):
            if power and _within(payload, given.scaleb(-power)):
                return "magnitude"
    return "too_high" if given > value else "too_low"


TYPE = Numeric()
