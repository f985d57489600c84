"""Short text: a few typed words, compared without case, accents and punctuation."""

from typing import ClassVar

from courses.assessment.domain.marks import Mark, mark_of
from courses.assessment.domain.messages import Plain, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.types.base import Json, QuestionType
from courses.assessment.domain.types.typed import (
    LONGEST,
    checked_answers,
    checked_edits,
    checked_wrong,
    mark_typed,
    typed_text,
)


class ShortText(QuestionType):
    """`answers: [primary, alias, ...]`, `not?: [near miss, ...]`, `names?: true`, `max_edits?`.

    Answer `{"text": "..."}`. With `names`, the two parts of a name may be swapped.
    """

    name: ClassVar[str] = "short_text"
    label: ClassVar[str] = gettext_noop("Short text")
    payload_keys: ClassVar[tuple[str, ...]] = ("answers", "not", "names", "max_edits")
    answer_keys: ClassVar[tuple[str, ...]] = ("text",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        answers = checked_answers(check, fields.get("answers"), "answers")
        checked: Json = {"answers": answers}
        names = fields.get("names", False)
        if "not" in fields:
            checked["not"] = checked_wrong(
                check, fields["not"], "not", answers, names=names is True
            )
        if not isinstance(names, bool):
            check.add(
                "names",
                "not_true_or_false",
                gettext_noop("Write true if the two parts of a name may be swapped."),
            )
        elif names:
            checked["names"] = True
        if "max_edits" in fields:
            checked["max_edits"] = checked_edits(check, fields["max_edits"], "max_edits")
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"max_length": LONGEST}

    def parse(self, payload: Json, raw: object) -> Json:
        return {"text": typed_text(self.field(raw))}

    def mark(self, payload: Json, answer: Json) -> Mark:
        typed = str(answer.get("text") or "")
        part = mark_typed(
            "text",
            typed,
            payload["answers"],
            most=payload.get("max_edits"),
            wrong=payload.get("not", ()),
            names="names" in payload,
        )
        return mark_of(part.credit, part)

    def right_answer(self, payload: Json) -> Json:
        return {"text": payload["answers"][0]}

    def solution(self, payload: Json) -> Json:
        primary, *aliases = payload["answers"]
        return {"text": Plain(primary), "also": aliases}

    def given(self, payload: Json, answer: Json) -> Json:
        text = str(answer.get("text") or "")
        return {"text": Plain(text)} if text else {}


TYPE = ShortText()
