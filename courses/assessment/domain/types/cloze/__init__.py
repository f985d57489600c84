"""Cloze: a text with gaps, each to be typed into or filled from a list."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Any, ClassVar

from courses.assessment.domain.checks import check_different
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, Plain, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.shuffling import option_order
from courses.assessment.domain.types.base import (
    LEFT_OUT,
    RIGHT,
    UNANSWERED,
    Json,
    QuestionType,
    option_gone,
)
from courses.assessment.domain.types.typed import (
    LONGEST,
    checked_answers,
    checked_edits,
    mark_typed,
    typed_text,
)

_NAME = re.compile(r"[a-z0-9-]{1,40}")
_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<gap>[a-z0-9-]{1,40})\}|[{}]")
# Characters that a gap is wide: the same for all, so that none tells how long its answer is.
_SIZE = 14
_LONGEST_OPTION = 100  # characters; it stands inside a line of text
_WRONG_OPTION = Message(gettext_noop("That does not fit here."))
# question.html has the same sentence.
_GAP = gettext_noop("Gap %(number)s of %(total)s")


class Cloze(QuestionType):
    """`text` with `{name}` for a gap, `gaps: [{name, answers, max_edits?, options?}]`;
    answer `{"gaps": {name: text}}`.

    Each gap stands in the text exactly once; a brace that is meant as one is doubled. Typed
    gaps are marked like short texts. A gap with `options` is filled from them: its one answer
    is among them. The credit is the mean over the gaps.
    """

    name: ClassVar[str] = "cloze"
    label: ClassVar[str] = gettext_noop("Cloze")
    payload_keys: ClassVar[tuple[str, ...]] = ("text", "gaps")
    answer_keys: ClassVar[tuple[str, ...]] = ("gaps",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        text = check.text(fields.get("text"), "text", longest=2000)
        authored = check.sequence(fields.get("gaps"), "gaps", least=1, most=12)
        gaps = [_checked_gap(check, gap, f"gaps[{index}]") for index, gap in enumerate(authored)]
        check_different(check, gaps, "gaps", key="name")
        _check_places(check, text, [gap["name"] for gap in gaps])
        check.finish()
        return {"text": text, "gaps": gaps}

    def render(self, payload: Json, *, seed: int) -> Json:
        gaps = {gap["name"]: gap for gap in payload["gaps"]}
        numbers = {name: number for number, name in enumerate(_names(payload["text"]), start=1)}
        pieces: list[Json] = []
        for text, name in _pieces(payload["text"]):
            if name:
                pieces.append({"number": numbers[name]} | _shown_gap(gaps[name], seed=seed))
            else:
                pieces += [{"text": part} for part in _spaced(text)]
        return {"pieces": pieces, "total": len(gaps), "max_length": LONGEST}

    def parse(self, payload: Json, raw: object) -> Json:
        typed = self.field(raw)
        if typed is None or typed == "":
            return {"gaps": {}}
        if not isinstance(typed, Mapping):
            raise AnswerInvalid(
                "not_by_gap", Message(gettext_noop("Send an object with a text for each gap."))
            )
        gaps = {gap["name"]: gap for gap in payload["gaps"]}
        if any(name not in gaps for name in typed):
            raise option_gone()
        texts = {name: _read(gaps[name], typed[name]) for name in gaps if name in typed}
        return {"gaps": {name: text for name, text in texts.items() if text}}

    def mark(self, payload: Json, answer: Json) -> Mark:
        given = _given(payload, answer)
        parts = [_marked(gap, given.get(gap["name"], "")) for gap in payload["gaps"]]
        if all(part.reason == "left_out" for part in parts):
            return mark_of(0.0, PartMark("gaps", 0.0, "unanswered", UNANSWERED))
        return mark_of(fmean(part.credit for part in parts), *parts)

    def right_answer(self, payload: Json) -> Json:
        return {"gaps": {gap["name"]: gap["answers"][0] for gap in payload["gaps"]}}

    def solution(self, payload: Json) -> Json:
        total = len(payload["gaps"])
        keys = {gap["name"]: gap["answers"][0] for gap in payload["gaps"]}
        return {
            "lines": [
                {
                    "part": name,
                    "label": Message(_GAP, {"number": number, "total": total}),
                    "text": Plain(keys[name]),
                }
                for number, name in enumerate(_names(payload["text"]), start=1)
            ]
        }

    def given(self, payload: Json, answer: Json) -> Json:
        given = _given(payload, answer)
        return {"lines": {name: Plain(text) for name, text in given.items() if text}}

    def texts(self, payload: Json) -> Iterator[tuple[str, str]]:
        """Yield the text as it reads once its gaps are filled, and what there is to pick from."""
        keys = {gap["name"]: gap["answers"][0] for gap in payload["gaps"]}
        yield (
            "text",
            "".join(keys[name] if name else text for text, name in _pieces(payload["text"])),
        )
        for path, text in super().texts({"gaps": payload["gaps"]}):
            if not path.endswith((".name", ".answers[0]")):
                yield path, text


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the text in pieces, in order: ("prose", "") or ("", "name of a gap").

    Braces are single in the prose. One that is neither doubled nor of a gap stays as it is.
    """
    pieces: list[tuple[str, str]] = []
    prose, end = "", 0
    for token in _TOKEN.finditer(text):
        prose += text[end : token.start()]
        end = token.end()
        if token["gap"]:
            pieces += [(prose, ""), ("", token["gap"])]
            prose = ""
        else:
            prose += token[0][0]
    pieces.append((prose + text[end:], ""))
    return [piece for piece in pieces if piece != ("", "")]


def _names(text: str) -> list[str]:
    return [name for _, name in _pieces(text) if name]


def _spaced(prose: str) -> list[Plain | Markdown]:
    """Return prose with the spaces around it, which rendering its Markdown would drop."""
    bare = prose.strip()
    start = prose.find(bare)
    before, after = prose[:start], prose[start + len(bare) :]
    pieces: list[Plain | Markdown] = [Plain(before), Markdown(bare), Plain(after)]
    return [piece for piece in pieces if piece]


def _shown_gap(gap: Json, *, seed: int) -> Json:
    if "options" in gap:
        return {
            "gap": gap["name"],
            "options": option_order({text: text for text in gap["options"]}, seed=seed),
        }
    return {"gap": gap["name"], "size": _SIZE}


def _read(gap: Json, raw: object) -> str:
    """Return what was typed into a gap or chosen for it. Raises AnswerInvalid."""
    text = typed_text(raw)
    if text and "options" in gap and text not in gap["options"]:
        raise option_gone()
    return text


def _given(payload: Json, answer: Json) -> dict[str, str]:
    """Return what a stored answer says of the gaps of this version."""
    stored = answer.get("gaps")
    if not isinstance(stored, Mapping):
        return {}
    names = [gap["name"] for gap in payload["gaps"]]
    return {name: stored[name] for name in names if isinstance(stored.get(name), str)}


def _marked(gap: Json, text: str) -> PartMark:
    part = _marked_option(gap, text) if "options" in gap else _marked_text(gap, text)
    if part.reason == "unanswered":
        return PartMark(part.part, 0.0, "left_out", LEFT_OUT)
    return part


def _marked_text(gap: Json, text: str) -> PartMark:
    return mark_typed(gap["name"], text, gap["answers"], most=gap.get("max_edits"))


def _marked_option(gap: Json, text: str) -> PartMark:
    if not text:
        return PartMark(gap["name"], 0.0, "unanswered", UNANSWERED)
    if text == gap["answers"][0]:
        return PartMark(gap["name"], 1.0, "right", RIGHT)
    return PartMark(gap["name"], 0.0, "wrong_option", _WRONG_OPTION)


def _checked_gap(check: Checker, gap: object, path: str) -> dict[str, Any]:
    fields = check.mapping(gap, path, known=("name", "answers", "max_edits", "options"))
    checked: dict[str, Any] = {"name": check.text(fields.get("name"), f"{path}.name", longest=40)}
    if checked["name"] and not _NAME.fullmatch(checked["name"]):
        check.add(
            f"{path}.name",
            "not_a_name",
            gettext_noop("Name a gap with small letters a-z, digits and hyphens."),
        )
    checked["answers"] = checked_answers(check, fields.get("answers"), f"{path}.answers")
    if "max_edits" in fields:
        checked["max_edits"] = checked_edits(check, fields["max_edits"], f"{path}.max_edits")
    if "options" in fields:
        checked["answers"] = [_on_one_line(answer) for answer in checked["answers"]]
        checked["options"] = _checked_options(check, fields["options"], f"{path}.options")
        _check_listed(check, checked, path)
    return checked


def _checked_options(check: Checker, value: object, path: str) -> list[str]:
    options = [
        _on_one_line(check.text(text, f"{path}[{index}]", longest=_LONGEST_OPTION))
        for index, text in enumerate(check.sequence(value, path, least=2, most=10))
    ]
    check_different(check, options, path)
    return options


def _on_one_line(text: str) -> str:
    """Return a text as it comes back when it was chosen."""
    return " ".join(text.split())


def _check_listed(check: Checker, gap: dict[str, Any], path: str) -> None:
    """Check that a gap with options has one answer, which is among them, and forgives no slip."""
    if len(gap["answers"]) > 1:
        check.add(
            f"{path}.answers",
            "second_key",
            gettext_noop("A gap with options has one answer: the option that is right."),
        )
    elif gap["answers"] and gap["options"] and gap["answers"][0] not in gap["options"]:
        check.add(
            f"{path}.options",
            "key_not_listed",
            gettext_noop("The answer is not among the options; write it there, letter by letter."),
        )
    if "max_edits" in gap:
        check.add(
            f"{path}.max_edits",
            "nothing_typed",
            gettext_noop("Nothing is typed into a gap with options; remove this."),
        )


def _check_places(check: Checker, text: str, names: list[str]) -> None:
    """Check that every gap stands in the text exactly once, and that no brace is left over."""
    if any(not token["gap"] and len(token[0]) == 1 for token in _TOKEN.finditer(text)):
        check.add(
            "text",
            "stray_brace",
            gettext_noop("Write a gap as {name}, and double a brace that is meant as one."),
        )
    places = Counter(_names(text))
    for name in places:
        if name not in names:
            check.add(
                "text",
                "unknown_gap",
                gettext_noop("There is no gap “%(name)s” below; list it under gaps."),
                name=name,
            )
        elif places[name] > 1:
            check.add(
                "text",
                "repeated_gap",
                gettext_noop("The gap “%(name)s” stands here more than once; name each its own."),
                name=name,
            )
    for index, name in enumerate(names):
        if text and name not in places and _NAME.fullmatch(name):
            check.add(
                f"gaps[{index}].name",
                "gap_not_in_text",
                gettext_noop("This gap does not stand in the text; write {%(name)s} there."),
                name=name,
            )


TYPE = Cloze()
