"""Claim and evidence: what each item says about a claim, if anything."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from courses.assessment.domain.checks import check_different, checked_feedback
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.types.base import Json
from courses.assessment.domain.types.part_by_part import Part, PartByPart, part_of

# In the order in which they are offered.
_STANCES: Mapping[str, Markdown | Message] = {
    "supports": Message(gettext_noop("Supports")),
    "contradicts": Message(gettext_noop("Contradicts")),
    "silent": Message(gettext_noop("Silent")),
}


class Evidence(PartByPart):
    """`statement`, `items: [{text, stance: supports | contradicts | silent, feedback?}]`;
    answer `{"stances": {item id: stance}}`.

    The credit is corrected for guessing among the three stances.
    """

    name: ClassVar[str] = "evidence"
    label: ClassVar[str] = gettext_noop("Claim and evidence")
    payload_keys: ClassVar[tuple[str, ...]] = ("statement", "items")
    answer_keys: ClassVar[tuple[str, ...]] = ("stances",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        statement = check.text(fields.get("statement"), "statement", longest=1000)
        authored = check.sequence(fields.get("items"), "items", least=1, most=8)
        items = [
            _checked_item(check, item, f"items[{index}]") for index, item in enumerate(authored)
        ]
        check_different(check, items, "items", key="text")
        check.finish()
        return {"statement": statement, "items": items}

    def render(self, payload: Json, *, seed: int) -> Json:
        parts = self.parts(payload)
        return {
            "statement": Markdown(payload["statement"]),
            "items": [
                {"id": name, "text": parts[name].text} for name in shuffled(parts, seed=seed)
            ],
            "stances": [{"id": name, "text": text} for name, text in _STANCES.items()],
        }

    def parts(self, payload: Json) -> dict[str, Part]:
        return {option_id(item["text"]): part_of(item, item["stance"]) for item in payload["items"]}

    def targets(self, payload: Json) -> Mapping[str, Markdown | Message]:
        return _STANCES

    def texts(self, payload: Json) -> Iterator[tuple[str, str]]:
        """Yield all but the stances, which are shown in words of ours."""
        return (found for found in super().texts(payload) if not found[0].endswith(".stance"))


def _checked_item(check: Checker, item: object, path: str) -> dict[str, str]:
    fields = check.mapping(item, path, known=("text", "stance", "feedback"))
    checked = {
        "text": check.text(fields.get("text"), f"{path}.text", longest=500),
        "stance": check.text(fields.get("stance"), f"{path}.stance", longest=100),
    }
    if checked["stance"] and checked["stance"] not in _STANCES:
        check.add(
            f"{path}.stance",
            "unknown_stance",
            gettext_noop("Write one of: %(known)s."),
            known=", ".join(_STANCES),
        )
    return checked | checked_feedback(check, fields, path)


TYPE = Evidence()
