"""Categories: each item belongs into one of a few."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from courses.assessment.domain.checks import check_different, checked_feedback
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.types.base import Json
from courses.assessment.domain.types.part_by_part import Part, PartByPart, part_of


class Categorise(PartByPart):
    """`categories: [text]`, `items: [{text, category, feedback?}]`; answer
    `{"places": {item id: category id}}`.

    Categories are shown in their authored order, items in one that depends on the seed.
    The credit is corrected for guessing among the categories.
    """

    name: ClassVar[str] = "categorise"
    label: ClassVar[str] = gettext_noop("Categories")
    payload_keys: ClassVar[tuple[str, ...]] = ("categories", "items")
    answer_keys: ClassVar[tuple[str, ...]] = ("places",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        listed = check.sequence(fields.get("categories"), "categories", least=2, most=6)
        categories = [
            check.text(text, f"categories[{index}]", longest=100)
            for index, text in enumerate(listed)
        ]
        check_different(check, categories, "categories")
        authored = check.sequence(fields.get("items"), "items", least=2, most=12)
        items = [
            _checked_item(check, item, f"items[{index}]", categories)
            for index, item in enumerate(authored)
        ]
        check_different(check, items, "items", key="text")
        check.finish()
        return {"categories": categories, "items": items}

    def render(self, payload: Json, *, seed: int) -> Json:
        parts, targets = self.parts(payload), self.targets(payload)
        return {
            "items": [
                {"id": name, "text": parts[name].text} for name in shuffled(parts, seed=seed)
            ],
            "categories": [{"id": name, "text": targets[name]} for name in targets],
        }

    def parts(self, payload: Json) -> dict[str, Part]:
        return {
            option_id(item["text"]): part_of(item, option_id(item["category"]))
            for item in payload["items"]
        }

    def targets(self, payload: Json) -> Mapping[str, Markdown | Message]:
        return {option_id(text): Markdown(text) for text in payload["categories"]}

    def texts(self, payload: Json) -> Iterator[tuple[str, str]]:
        """Yield each category once, where it is listed."""
        return (found for found in super().texts(payload) if not found[0].endswith(".category"))


def _checked_item(check: Checker, item: object, path: str, categories: list[str]) -> dict[str, str]:
    fields = check.mapping(item, path, known=("text", "category", "feedback"))
    checked = {
        "text": check.text(fields.get("text"), f"{path}.text", longest=500),
        "category": check.text(fields.get("category"), f"{path}.category", longest=100),
    }
    if checked["category"] and checked["category"] not in categories:
        check.add(
            f"{path}.category",
            "unknown_category",
            gettext_noop("This is none of the categories; they are: %(known)s."),
            known=", ".join(categories),
        )
    return checked | checked_feedback(check, fields, path)


TYPE = Categorise()
