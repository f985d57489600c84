"""Single choice: one option of several is right."""

from typing import ClassVar

from courses.assessment.domain.checks import check_different, check_one_key, checked_options
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.types.base import Choice, Json, listed_choices
from courses.assessment.domain.types.picking import PickOne, shown_options


class SingleChoice(PickOne):
    """`options: [{text, correct: true (exactly one), feedback?}]`; answer `{"option": id}`."""

    name: ClassVar[str] = "single_choice"
    label: ClassVar[str] = gettext_noop("Single choice")
    payload_keys: ClassVar[tuple[str, ...]] = ("options",)
    answer_keys: ClassVar[tuple[str, ...]] = ("option",)
    listed: ClassVar[str] = "options"
    flag: ClassVar[str] = "correct"
    wrong: ClassVar[Message] = Message(gettext_noop("That is not the right option."))

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        options = checked_options(check, fields.get("options"), "options", least=2, most=10)
        check_one_key(check, options, "options")
        check_different(check, options, "options", key="text")
        check.finish()
        return {"options": options}

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"options": shown_options(payload, seed=seed)}

    def choices(self, payload: Json) -> list[Choice]:
        return listed_choices(payload)


TYPE = SingleChoice()
