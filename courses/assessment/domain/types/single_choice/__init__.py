"""Single choice: one option of several is right."""

from typing import ClassVar

from courses.assessment.domain.checks import check_different, check_one_key, checked_options
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, option_order
from courses.assessment.domain.types.base import (
    RIGHT,
    UNANSWERED,
    Choice,
    Json,
    QuestionType,
    listed_choices,
    option_gone,
)

_WRONG = Message(gettext_noop("That is not the right option."))


class SingleChoice(QuestionType):
    """`options: [{text, correct: true (exactly one), feedback?}]`; answer `{"option": id}`."""

    name: ClassVar[str] = "single_choice"
    label: ClassVar[str] = gettext_noop("Single choice")
    payload_keys: ClassVar[tuple[str, ...]] = ("options",)
    answer_keys: ClassVar[tuple[str, ...]] = ("option",)
    shows_key_in_place: ClassVar[bool] = True

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        options = checked_options(check, fields.get("options"), "options", least=2, most=10)
        check_one_key(check, options, "options")
        check_different(check, options, "options", key="text")
        check.finish()
        return {"options": options}

    def render(self, payload: Json, *, seed: int) -> Json:
        texts = {option_id(option["text"]): option["text"] for option in payload["options"]}
        return {
            "options": [
                {"id": name, "text": Markdown(texts[name])}
                for name in option_order(texts, seed=seed)
            ]
        }

    def parse(self, payload: Json, raw: object) -> Json:
        chosen = self.field(raw)
        if chosen is None or chosen == "":
            return {"option": None}
        if chosen not in [option_id(option["text"]) for option in payload["options"]]:
            raise option_gone()
        return {"option": chosen}

    def mark(self, payload: Json, answer: Json) -> Mark:
        chosen = answer.get("option")
        for option in payload["options"]:
            if option_id(option["text"]) == chosen:
                credit = 1.0 if option.get("correct") else 0.0
                note = Markdown(option["feedback"]) if "feedback" in option else None
                reason, message = ("right", RIGHT) if credit else ("wrong_option", _WRONG)
                return mark_of(credit, PartMark(str(chosen), credit, reason, message, note))
        return mark_of(0.0, PartMark("option", 0.0, "unanswered", UNANSWERED))

    def right_answer(self, payload: Json) -> Json:
        return {"option": self.solution(payload)["keys"][0]}

    def solution(self, payload: Json) -> Json:
        key = next(option["text"] for option in payload["options"] if option.get("correct"))
        return {"text": Markdown(key), "keys": [option_id(key)]}

    def given(self, payload: Json, answer: Json) -> Json:
        texts = {option_id(option["text"]): option["text"] for option in payload["options"]}
        chosen = texts.get(str(answer.get("option")))
        return {"text": Markdown(chosen)} if chosen else {}

    def choices(self, payload: Json) -> list[Choice]:
        return listed_choices(payload)


TYPE = SingleChoice()
