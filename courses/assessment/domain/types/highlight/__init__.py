"""Find the flaw: one sentence of a passage is wrong."""

from dataclasses import replace
from typing import ClassVar

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types.base import Json
from courses.assessment.domain.types.picking import PickOne, check_one, checked_entry


class Highlight(PickOne):
    """`passage: [{text, flawed: true (exactly one), feedback?}]`, `correction?`.

    Answer `{"sentence": id}`. A passage is read in its order, so it is never shuffled.
    """

    name: ClassVar[str] = "highlight"
    label: ClassVar[str] = gettext_noop("Find the flaw")
    payload_keys: ClassVar[tuple[str, ...]] = ("passage", "correction")
    answer_keys: ClassVar[tuple[str, ...]] = ("sentence",)
    listed: ClassVar[str] = "passage"
    flag: ClassVar[str] = "flawed"
    wrong: ClassVar[Message] = Message(gettext_noop("That sentence is right as it stands."))
    # The form shows which sentence it was; what it should say stands beneath.
    shows_key_in_place: ClassVar[bool] = False

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        authored = check.sequence(fields.get("passage"), "passage", least=2, most=12)
        passage = [
            checked_entry(check, sentence, f"passage[{index}]", flag="flawed")[0]
            for index, sentence in enumerate(authored)
        ]
        check_one(check, passage, "passage", flag="flawed")
        checked: Json = {"passage": passage}
        correction = check.text(
            fields.get("correction"), "correction", longest=1000, optional=True
        )  # fmt: skip
        if correction:
            checked["correction"] = correction
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        return {
            "sentences": [
                {"id": option_id(sentence["text"]), "text": Markdown(sentence["text"])}
                for sentence in payload["passage"]
            ]
        }

    def mark(self, payload: Json, answer: Json) -> Mark:
        """Return the mark; who found the flaw is told what the sentence should say."""
        mark = super().mark(payload, answer)
        (part,) = mark.parts
        if mark.credit < 1.0 or part.note or "correction" not in payload:
            return mark
        return replace(mark, parts=(replace(part, note=Markdown(payload["correction"])),))

    def solution(self, payload: Json) -> Json:
        flawed = self.key(payload)["text"]
        return {
            "text": Markdown(payload.get("correction", flawed)),
            "keys": [option_id(flawed)],
        }


TYPE = Highlight()
