"""Types whose answer is one of several authored entries, exactly one of which is the key."""

from collections.abc import Sequence
from typing import Any, ClassVar

from courses.assessment.domain.checks import check_different, checked_feedback
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.shuffling import option_id, option_order
from courses.assessment.domain.types.base import (
    RIGHT,
    UNANSWERED,
    Json,
    Pick,
    QuestionType,
    option_gone,
)


class PickOne(QuestionType):
    """The answer is `{answer_keys[0]: id}`, the id of an entry `{text, flag?, feedback?}`."""

    # Where the payload lists the entries, and the key of an entry that marks the right one.
    listed: ClassVar[str]
    flag: ClassVar[str]
    wrong: ClassVar[Message]
    shows_key_in_place: ClassVar[bool] = True
    counts_picks: ClassVar[bool] = True

    def parse(self, payload: Json, raw: object) -> Json:
        chosen = self.field(raw)
        if chosen is None or chosen == "":
            return {self.answer_keys[0]: None}
        if chosen not in [option_id(entry["text"]) for entry in payload[self.listed]]:
            raise option_gone()
        return {self.answer_keys[0]: chosen}

    def mark(self, payload: Json, answer: Json) -> Mark:
        chosen = self._chosen(payload, answer)
        if chosen is None:
            return mark_of(0.0, PartMark(self.answer_keys[0], 0.0, "unanswered", UNANSWERED))
        credit = 1.0 if chosen.get(self.flag) else 0.0
        reason, message = ("right", RIGHT) if credit else ("wrong_option", self.wrong)
        note = Markdown(chosen["feedback"]) if "feedback" in chosen else None
        return mark_of(credit, PartMark(option_id(chosen["text"]), credit, reason, message, note))

    def right_answer(self, payload: Json) -> Json:
        return {self.answer_keys[0]: option_id(self.key(payload)["text"])}

    def solution(self, payload: Json) -> Json:
        key = self.key(payload)["text"]
        return {"text": Markdown(key), "keys": [option_id(key)]}

    def given(self, payload: Json, answer: Json) -> Json:
        chosen = self._chosen(payload, answer)
        return {"text": Markdown(chosen["text"])} if chosen else {}

    def picks(self, payload: Json) -> list[Pick]:
        return [
            Pick(option_id(entry["text"]), entry["text"], bool(entry.get(self.flag)))
            for entry in payload[self.listed]
        ]

    def key(self, payload: Json) -> dict[str, Any]:
        """Return the entry that is right."""
        return next(entry for entry in payload[self.listed] if entry.get(self.flag))

    def _chosen(self, payload: Json, answer: Json) -> dict[str, Any] | None:
        name = answer.get(self.answer_keys[0])
        entries: list[dict[str, Any]] = payload[self.listed]
        return next((entry for entry in entries if option_id(entry["text"]) == name), None)


def shown_options(payload: Json, *, seed: int) -> list[Json]:
    """Return the `options` of a payload as they are shown: `[{id, text}]`."""
    texts = {option_id(option["text"]): option["text"] for option in payload["options"]}
    return [{"id": name, "text": Markdown(texts[name])} for name in option_order(texts, seed=seed)]


def checked_entry(
    check: Checker, entry: object, path: str, *, flag: str, more: Sequence[str] = ()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an entry in its canonical form, and what the author wrote under the keys `more`."""
    fields = check.mapping(entry, path, known=("text", *more, flag, "feedback"))
    checked: dict[str, Any] = {"text": check.text(fields.get("text"), f"{path}.text", longest=500)}
    marked = fields.get(flag, False)
    if not isinstance(marked, bool):
        check.add(
            f"{path}.{flag}",
            "not_true_or_false",
            gettext_noop("Write true for the one that is meant, and leave it out for the others."),
        )
    elif marked:
        checked[flag] = True
    return checked | checked_feedback(check, fields, path), fields


def check_one(check: Checker, entries: list[dict[str, Any]], name: str, *, flag: str) -> None:
    """Name what is wrong unless all entries differ and exactly one of them is flagged."""
    check_different(check, entries, name, key="text")
    keys = [index for index, entry in enumerate(entries) if entry.get(flag)]
    if entries and not keys:
        check.add(
            name, "no_key", gettext_noop("Mark the one that is meant with “%(flag)s: true”."),
            flag=flag,
        )  # fmt: skip
    for index in keys[1:]:
        check.add(
            f"{name}[{index}].{flag}",
            "second_key",
            gettext_noop("Only one may be marked, and %(first)s is already."),
            first=f"{name}[{keys[0]}]",
        )
