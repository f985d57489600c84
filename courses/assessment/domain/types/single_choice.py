"""Single choice: one option of several is right."""

from typing import Any, ClassVar

from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.types.base import (
    RIGHT,
    UNANSWERED,
    Json,
    QuestionType,
    option_gone,
)

_WRONG = Message(gettext_noop("That is not the right option."))


class SingleChoice(QuestionType):
    """`options: [{text, correct: true (exactly one), feedback?}]`; answer `{"option": id}`."""

    name: ClassVar[str] = "single_choice"
    label: ClassVar[str] = gettext_noop("Single choice")
    payload_keys: ClassVar[tuple[str, ...]] = ("options",)
    answer_key: ClassVar[str] = "option"

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        authored = check.sequence(fields.get("options"), "options", least=2, most=10)
        options = [
            _checked_option(check, option, f"options[{index}]")
            for index, option in enumerate(authored)
        ]
        _check_one_key(check, options)
        _check_different(check, options)
        check.finish()
        return {"options": options}

    def render(self, payload: Json, *, seed: int) -> Json:
        texts = {option_id(option["text"]): option["text"] for option in payload["options"]}
        return {
            "options": [
                {"id": name, "text": Markdown(texts[name])} for name in shuffled(texts, seed=seed)
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

    def solution(self, payload: Json) -> Json:
        key = next(option["text"] for option in payload["options"] if option.get("correct"))
        return {"option": option_id(key), "text": Markdown(key)}

    def given(self, payload: Json, answer: Json) -> Json:
        texts = {option_id(option["text"]): option["text"] for option in payload["options"]}
        chosen = texts.get(str(answer.get("option")))
        return {"text": Markdown(chosen)} if chosen else {}


def _checked_option(check: Checker, option: object, path: str) -> dict[str, Any]:
    fields = check.mapping(option, path, known=("text", "correct", "feedback"))
    checked: dict[str, Any] = {"text": check.text(fields.get("text"), f"{path}.text", longest=500)}
    correct = fields.get("correct", False)
    if not isinstance(correct, bool):
        check.add(
            f"{path}.correct",
            "not_true_or_false",
            gettext_noop("Write true for the right option, and leave it out for the others."),
        )
    elif correct:
        checked["correct"] = True
    feedback = check.text(fields.get("feedback"), f"{path}.feedback", longest=1000, optional=True)
    if feedback:
        checked["feedback"] = feedback
    return checked


def _check_one_key(check: Checker, options: list[dict[str, Any]]) -> None:
    keys = [index for index, option in enumerate(options) if option.get("correct")]
    if options and not keys:
        check.add("options", "no_key", gettext_noop("Mark the right option with “correct: true”."))
    for index in keys[1:]:
        check.add(
            f"options[{index}].correct",
            "second_key",
            gettext_noop("Only one option may be right, and options[%(first)s] is already."),
            first=keys[0],
        )


def _check_different(check: Checker, options: list[dict[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for index, option in enumerate(options):
        text = " ".join(option["text"].casefold().split())
        if text and text in seen:
            check.add(
                f"options[{index}].text",
                "duplicate",
                gettext_noop("This says the same as options[%(first)s]; change or remove one."),
                first=seen[text],
            )
        seen.setdefault(text, index)


TYPE = SingleChoice()
