"""Matching: to each prompt one of the matches, which may serve again."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from courses.assessment.domain.checks import check_different, same_for_readers
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.types.base import Json
from courses.assessment.domain.types.part_by_part import Part, PartByPart

_LONGEST_MATCH = 200  # characters; a list of choices shows one on a line


class Matching(PartByPart):
    """`pairs: [{prompt, match}]`, `spare?: [text]`; answer `{"pairs": {prompt id: match id}}`.

    Prompts differ, matches may repeat. What there is to choose from, the different matches
    and what is spare, is the same for every prompt, and each may be used again: so none is
    found by elimination, and the credit is corrected for guessing among all of them.
    """

    name: ClassVar[str] = "matching"
    label: ClassVar[str] = gettext_noop("Matching")
    payload_keys: ClassVar[tuple[str, ...]] = ("pairs", "spare")
    answer_keys: ClassVar[tuple[str, ...]] = ("pairs",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        authored = check.sequence(fields.get("pairs"), "pairs", least=2, most=10)
        pairs = [
            _checked_pair(check, pair, f"pairs[{index}]") for index, pair in enumerate(authored)
        ]
        check_different(check, pairs, "pairs", key="prompt")
        _check_matches(check, pairs)
        checked: Json = {"pairs": pairs}
        spare = _checked_spare(check, fields.get("spare", []), pairs)
        if spare:
            checked["spare"] = spare
        if not check.problems and len(self.targets(checked)) < 2:
            check.add(
                "pairs",
                "nothing_to_choose",
                gettext_noop("All prompts have the same match; add another, or one that is spare."),
            )
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        parts, targets = self.parts(payload), self.targets(payload)
        return {
            "prompts": [{"id": name, "text": part.text} for name, part in parts.items()],
            "options": [
                {"id": name, "text": targets[name]} for name in shuffled(targets, seed=seed)
            ],
        }

    def parts(self, payload: Json) -> dict[str, Part]:
        return {
            option_id(pair["prompt"]): Part(Markdown(pair["prompt"]), option_id(pair["match"]))
            for pair in payload["pairs"]
        }

    def targets(self, payload: Json) -> Mapping[str, Markdown | Message]:
        texts = [pair["match"] for pair in payload["pairs"]] + payload.get("spare", [])
        return {option_id(text): Markdown(text) for text in texts}

    def texts(self, payload: Json) -> Iterator[tuple[str, str]]:
        """Yield each match once, though it may stand with several prompts."""
        told = set()
        for path, text in super().texts(payload):
            if path.endswith(".prompt") or text not in told:
                yield path, text
            told.add(text)


def _checked_pair(check: Checker, pair: object, path: str) -> dict[str, str]:
    fields = check.mapping(pair, path, known=("prompt", "match"))
    return {
        "prompt": check.text(fields.get("prompt"), f"{path}.prompt", longest=500),
        "match": check.text(fields.get("match"), f"{path}.match", longest=_LONGEST_MATCH),
    }


def _check_matches(check: Checker, pairs: list[dict[str, str]]) -> None:
    """Name every match that repeats one above it in other letters: they would be two choices."""
    seen: dict[str, int] = {}
    for index, pair in enumerate(pairs):
        first = seen.setdefault(same_for_readers(pair["match"]), index)
        if pairs[first]["match"] != pair["match"]:
            check.add(
                f"pairs[{index}].match",
                "written_otherwise",
                gettext_noop("This says the same as %(first)s; write both alike."),
                first=f"pairs[{first}].match",
            )


def _checked_spare(check: Checker, value: object, pairs: list[dict[str, str]]) -> list[str]:
    spare = [
        check.text(text, f"spare[{index}]", longest=_LONGEST_MATCH)
        for index, text in enumerate(check.sequence(value, "spare", least=0, most=6))
    ]
    check_different(check, spare, "spare")
    used = {same_for_readers(pair["match"]): index for index, pair in enumerate(pairs)}
    for index, text in enumerate(spare):
        said = same_for_readers(text)
        if said and said in used:
            check.add(
                f"spare[{index}]",
                "is_a_match",
                gettext_noop("This says the same as %(first)s, so it is not spare; remove it."),
                first=f"pairs[{used[said]}].match",
            )
    return spare


TYPE = Matching()
