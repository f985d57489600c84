"""Types whose every part takes one of the same choices: a match, a category, a stance."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from courses.assessment.domain.guessing import corrected_for_guessing
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types.base import (
    LEFT_OUT,
    RIGHT,
    UNANSWERED,
    Json,
    Pick,
    QuestionType,
    option_gone,
)

_WRONG = Message(gettext_noop("That is not right."))


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its text, the id of the choice that is right, and the author's remark."""

    text: Markdown
    key: str
    note: Markdown | None = None


def part_of(item: Mapping[str, str], key: str) -> Part:
    """Return the part that an item `{text, feedback?}` of a payload is."""
    note = Markdown(item["feedback"]) if "feedback" in item else None
    return Part(Markdown(item["text"]), key, note)


class PartByPart(QuestionType):
    """Answer `{answer_key: {part id: choice id}}`; parts may be left out.

    A choice may be taken for any number of parts. The credit is corrected for guessing.
    """

    counts_picks: ClassVar[bool] = True

    @abstractmethod
    def parts(self, payload: Json) -> dict[str, Part]:
        """Return the parts by their ids, in their authored order."""

    @abstractmethod
    def targets(self, payload: Json) -> Mapping[str, Markdown | Message]:
        """Return the texts of the choices by their ids, at least 2."""

    def parse(self, payload: Json, raw: object) -> Json:
        chosen = self.field(raw)
        key = self.answer_keys[0]
        if chosen is None or chosen == "":
            return {key: {}}
        if not isinstance(chosen, Mapping):
            raise AnswerInvalid(
                "not_by_part", Message(gettext_noop("Send an object with one choice for each."))
            )
        parts, targets = self.parts(payload), self.targets(payload)
        # A form sends every select, those that nothing was chosen in as "".
        answered = {name: chosen[name] for name in chosen if chosen[name] not in (None, "")}
        if any(name not in parts for name in chosen):
            raise option_gone()
        if not all(_is_one_of(choice, targets) for choice in answered.values()):
            raise option_gone()
        return {key: {name: answered[name] for name in parts if name in answered}}

    def mark(self, payload: Json, answer: Json) -> Mark:
        parts = self.parts(payload)
        chosen = self._chosen(payload, answer)
        if not chosen:
            return mark_of(0.0, PartMark(self.answer_keys[0], 0.0, "unanswered", UNANSWERED))
        marks = [_part_mark(name, part, chosen.get(name)) for name, part in parts.items()]
        right = sum(mark.reason == "right" for mark in marks)
        credit = corrected_for_guessing(
            right=right,
            wrong=len(chosen) - right,
            parts=len(parts),
            choices=len(self.targets(payload)),
        )
        return mark_of(credit, *marks)

    def right_answer(self, payload: Json) -> Json:
        keys = {name: part.key for name, part in self.parts(payload).items()}
        return {self.answer_keys[0]: keys}

    def solution(self, payload: Json) -> Json:
        targets = self.targets(payload)
        return {
            "lines": [
                {"part": name, "label": part.text, "text": targets[part.key]}
                for name, part in self.parts(payload).items()
            ]
        }

    def given(self, payload: Json, answer: Json) -> Json:
        targets = self.targets(payload)
        chosen = self._chosen(payload, answer)
        return {"lines": {name: targets[chosen[name]] for name in chosen}}

    def picks(self, payload: Json) -> list[Pick]:
        return [
            Pick(f"{name}:{choice}", text, choice == part.key, of=part.text)
            for name, part in self.parts(payload).items()
            for choice, text in self.targets(payload).items()
        ]

    def _chosen(self, payload: Json, answer: Json) -> dict[str, str]:
        """Return what a stored answer says of the parts and choices of this version."""
        stored = answer.get(self.answer_keys[0])
        if not isinstance(stored, Mapping):
            return {}
        targets = self.targets(payload)
        return {
            name: stored[name]
            for name in self.parts(payload)
            if name in stored and _is_one_of(stored[name], targets)
        }


def _is_one_of(value: object, targets: Mapping[str, Markdown | Message]) -> bool:
    return isinstance(value, str) and value in targets


def _part_mark(name: str, part: Part, chosen: str | None) -> PartMark:
    if chosen is None:
        return PartMark(name, 0.0, "left_out", LEFT_OUT, part.note)
    if chosen == part.key:
        return PartMark(name, 1.0, "right", RIGHT, part.note)
    return PartMark(name, 0.0, "wrong", _WRONG, part.note)
