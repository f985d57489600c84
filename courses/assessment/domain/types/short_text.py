"""Short text: a few typed words, compared without case, accents and punctuation."""

from typing import ClassVar

from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Message, Plain, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker, unstorable
from courses.assessment.domain.text_matching import normalise, normalised_key, slips
from courses.assessment.domain.types.base import RIGHT, UNANSWERED, Json, QuestionType

_LONGEST = 200
_MOST_EDITS = 5
# A slip of the pen is known, but not yet known how to write.
_SLIP_CREDIT = 0.9
_SPELLING = gettext_noop("Nearly: it is written “%(key)s”.")
_OTHER = Message(gettext_noop("That is not the answer."))
_DIGITS = Message(gettext_noop("Look at the digits: they must be exact."))


class ShortText(QuestionType):
    """`answers: [primary, alias, ...]`, `max_edits?`; answer `{"text": "..."}`."""

    name: ClassVar[str] = "short_text"
    label: ClassVar[str] = gettext_noop("Short text")
    payload_keys: ClassVar[tuple[str, ...]] = ("answers", "max_edits")
    answer_key: ClassVar[str] = "text"

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        authored = check.sequence(fields.get("answers"), "answers", least=1, most=50)
        answers = [
            _checked_answer(check, answer, f"answers[{index}]")
            for index, answer in enumerate(authored)
        ]
        for index, answer in enumerate(answers):
            if answer and answer in answers[:index]:
                check.add(f"answers[{index}]", "duplicate", gettext_noop("This is listed twice."))
        checked: Json = {"answers": answers}
        if "max_edits" in fields:
            checked["max_edits"] = _checked_edits(check, fields["max_edits"])
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"max_length": _LONGEST}

    def parse(self, payload: Json, raw: object) -> Json:
        text = self.field(raw)
        if text is None:
            return {"text": ""}
        if not isinstance(text, str):
            raise AnswerInvalid("not_text", Message(gettext_noop("Write a few words.")))
        text = " ".join(text.split())
        if len(text) > _LONGEST:
            raise AnswerInvalid(
                "too_long",
                Message(
                    gettext_noop("Write at most %(longest)s characters."), {"longest": _LONGEST}
                ),
            )
        if unstorable(text):
            raise AnswerInvalid(
                "control_characters",
                Message(gettext_noop("Remove the invisible control characters.")),
            )
        return {"text": text}

    def mark(self, payload: Json, answer: Json) -> Mark:
        given = normalise(str(answer.get("text") or ""))
        if not given:
            return mark_of(0.0, PartMark("text", 0.0, "unanswered", UNANSWERED))
        nearest = _nearest(payload, given)
        if nearest is None:
            return mark_of(0.0, _missed(payload, given))
        edits, key = nearest
        if edits == 0:
            return mark_of(1.0, PartMark("text", 1.0, "right", RIGHT))
        message = Message(_SPELLING, {"key": key})
        return mark_of(_SLIP_CREDIT, PartMark("text", _SLIP_CREDIT, "spelling", message))

    def solution(self, payload: Json) -> Json:
        primary, *aliases = payload["answers"]
        return {"text": Plain(primary), "also": aliases}

    def given(self, payload: Json, answer: Json) -> Json:
        text = str(answer.get("text") or "")
        return {"text": Plain(text)} if text else {}


def _checked_answer(check: Checker, answer: object, path: str) -> str:
    text = check.text(answer, path, longest=_LONGEST)
    if text and not any(character.isalnum() for character in normalise(text)):
        check.add(
            path, "nothing_to_compare", gettext_noop("Write at least one letter or digit here.")
        )
    return text


def _checked_edits(check: Checker, most: object) -> int:
    if isinstance(most, bool) or not isinstance(most, int) or not 0 <= most <= _MOST_EDITS:
        check.add(
            "max_edits",
            "out_of_range",
            gettext_noop("Write a whole number from 0 to %(most)s, or leave it out."),
            most=_MOST_EDITS,
        )
        return 0
    return most


def _nearest(payload: Json, given: str) -> tuple[int, str] | None:
    """Return the fewest slips and the accepted answer they lead to, or None."""
    found = [
        (edits, key)
        for key in payload["answers"]
        if (edits := slips(given, normalised_key(key), most=payload.get("max_edits"))) is not None
    ]
    return min(found, key=lambda pair: pair[0]) if found else None


def _missed(payload: Json, given: str) -> PartMark:
    """Return the mark of a wrong answer, saying so if only its digits are wrong."""
    letters = _letters(given)
    if letters and any(
        _letters(key) == letters and key != given for key in map(normalised_key, payload["answers"])
    ):
        return PartMark("text", 0.0, "digits", _DIGITS)
    return PartMark("text", 0.0, "wrong_text", _OTHER)


def _letters(normalised: str) -> str:
    return "".join(character for character in normalised if character.isalpha())


TYPE = ShortText()
