"""Open answer: a text in the learner's own words, marked by a person along a rubric."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from courses.assessment.domain.checks import check_different
from courses.assessment.domain.marks import Mark, PartMark, awaiting, mark_of
from courses.assessment.domain.messages import Markdown, Message, Plain, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.text_matching import EAST_ASIAN
from courses.assessment.domain.types.base import UNANSWERED, Json, QuestionType
from courses.assessment.domain.types.typed import checked_text

LONGEST = 20_000  # characters
_MOST_WORDS = 600
# Han and kana have no spaces between words: as word processors do, each character counts.
# The page counts by the same rule, in words.js.
_WORD = re.compile(rf"[{EAST_ASIAN}]|[^\s{EAST_ASIAN}]+")
_AWAITING = Message(gettext_noop("Your teacher reads this and marks it."))
_LOOKED_AT = Message(gettext_noop("What your teacher looks at"))
_MODEL = Message(gettext_noop("A model answer"))
_POINTS = gettext_noop("%(points)s of %(best)s points.")


class LevelsMissing(ValueError):
    """Not exactly one of its levels was chosen for every criterion of a rubric."""


class OpenAnswer(QuestionType):
    """`rubric: [{criterion, levels: [{text, credit}]}]`, `model_answer?`, `min_words?`,
    `max_words?` (600); answer `{"text": "..."}`.

    The credit of a level is in points, at least 0; the best level of each criterion is above.
    """

    name: ClassVar[str] = "open_answer"
    label: ClassVar[str] = gettext_noop("Open answer")
    payload_keys: ClassVar[tuple[str, ...]] = ("rubric", "model_answer", "min_words", "max_words")
    answer_keys: ClassVar[tuple[str, ...]] = ("text",)
    marked_by_hand: ClassVar[bool] = True

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        authored = check.sequence(fields.get("rubric"), "rubric", least=1, most=8)
        rubric = [
            _checked_criterion(check, criterion, f"rubric[{index}]")
            for index, criterion in enumerate(authored)
        ]
        check_different(check, rubric, "rubric", key="criterion")
        checked: Json = {"rubric": rubric}
        model = check.text(
            fields.get("model_answer"), "model_answer", longest=LONGEST, optional=True
        )  # fmt: skip
        if model:
            checked["model_answer"] = model
        checked |= _checked_lengths(check, fields)
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        """Return what will be looked at, but not what earns how much."""
        return {
            "criteria": [{"text": Markdown(entry["criterion"])} for entry in payload["rubric"]],
            "min_words": payload.get("min_words", 0),
            "max_words": payload.get("max_words", _MOST_WORDS),
            "max_length": LONGEST,
        }

    def parse(self, payload: Json, raw: object) -> Json:
        text = _written(self.field(raw))
        if text:
            _check_length(payload, word_count(text))
        return {"text": text}

    def mark(self, payload: Json, answer: Json) -> Mark:
        if not str(answer.get("text") or "").strip():
            return mark_of(0.0, PartMark("text", 0.0, "unanswered", UNANSWERED))
        return awaiting(PartMark("text", 0.0, "awaiting", _AWAITING))

    def right_answer(self, payload: Json) -> Json:
        return {"text": payload.get("model_answer", "")}

    def solution(self, payload: Json) -> Json:
        lines = [
            {
                "part": option_id(entry["criterion"]),
                "label": Markdown(entry["criterion"]),
                "text": Markdown(max(entry["levels"], key=lambda level: level["credit"])["text"]),
            }
            for entry in payload["rubric"]
        ]
        shown: Json = {"lines": lines, "lines_label": _LOOKED_AT}
        model = payload.get("model_answer")
        return shown | ({"text": Markdown(model), "text_label": _MODEL} if model else {})

    def given(self, payload: Json, answer: Json) -> Json:
        text = str(answer.get("text") or "")
        return {"text": Plain(text)} if text else {}


def mark_by_rubric(payload: Json, levels: Mapping[int, int] | Sequence[int]) -> Mark:
    """Return the mark of an answer whose reader chose a level, from 0, for each criterion.

    The credit is the sum of the chosen levels' points over the sum of the best ones'. Each
    part is named by its criterion's id and carries the level's text. Raises LevelsMissing
    unless every criterion, and nothing else, has one of its levels.
    """
    rubric = payload["rubric"]
    chosen = dict(levels) if isinstance(levels, Mapping) else dict(enumerate(levels))
    if set(chosen) != set(range(len(rubric))):
        raise LevelsMissing("Choose a level for every criterion.")
    parts, points, most = [], [], []
    for index, entry in enumerate(rubric):
        place = chosen[index]
        if type(place) is not int or not 0 <= place < len(entry["levels"]):
            raise LevelsMissing(f"Criterion {index} has no level {place!r}.")
        level = entry["levels"][place]
        points.append(level["credit"])
        most.append(_best(entry["levels"]))
        share = points[-1] / most[-1]
        message = Message(_POINTS, {"points": f"{points[-1]:g}", "best": f"{most[-1]:g}"})
        name = option_id(entry["criterion"])
        parts.append(PartMark(name, share, "level", message, Markdown(level["text"])))
    return mark_of(min(1.0, math.fsum(points) / math.fsum(most)), *parts)


def word_count(text: str) -> int:
    """Return the number of words: runs between spaces, and each Han or kana character."""
    return sum(any(map(str.isalnum, word)) for word in _WORD.findall(text))


def _best(levels: Iterable[dict[str, Any]]) -> float:
    return max(float(level["credit"]) for level in levels)


def _checked_criterion(check: Checker, criterion: object, path: str) -> dict[str, Any]:
    fields = check.mapping(criterion, path, known=("criterion", "levels"))
    text = check.text(fields.get("criterion"), f"{path}.criterion", longest=300)
    authored = check.sequence(fields.get("levels"), f"{path}.levels", least=2, most=6)
    levels = [
        _checked_level(check, level, f"{path}.levels[{index}]")
        for index, level in enumerate(authored)
    ]
    check_different(check, levels, f"{path}.levels", key="text")
    if levels and not any(level["credit"] for level in levels):
        check.add(
            f"{path}.levels",
            "nothing_to_earn",
            gettext_noop("Give the best level a credit above 0."),
        )
    return {"criterion": text, "levels": levels}


def _checked_level(check: Checker, level: object, path: str) -> dict[str, Any]:
    fields = check.mapping(level, path, known=("text", "credit"))
    text = check.text(fields.get("text"), f"{path}.text", longest=500)
    credit = check.number(fields.get("credit"), f"{path}.credit", least=0)
    if credit is not None and credit > 1000:
        check.add(f"{path}.credit", "too_large", gettext_noop("Write at most 1000 points."))
    # Points below a thousandth would round a sum of many to nothing.
    if credit and credit < 0.001:
        check.add(f"{path}.credit", "too_small", gettext_noop("Write 0, or at least 0.001."))
    return {"text": text, "credit": credit or 0}


def _checked_lengths(check: Checker, fields: dict[str, Any]) -> dict[str, int]:
    lengths: dict[str, int] = {}
    for key in ("min_words", "max_words"):
        if key not in fields:
            continue
        count = fields[key]
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 5000:
            check.add(
                key, "out_of_range", gettext_noop("Write a whole number of words from 1 to 5000.")
            )
        else:
            lengths[key] = count
    if lengths.get("min_words", 0) > lengths.get("max_words", _MOST_WORDS):
        check.add(
            "min_words", "above_maximum", gettext_noop("This is more than an answer may have.")
        )
    return lengths


def _written(raw: object) -> str:
    """Return what was written, its line breaks kept. Raises AnswerInvalid."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise AnswerInvalid("not_text", Message(gettext_noop("Write a text.")))
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    return checked_text(text, longest=LONGEST)


def _check_length(payload: Json, count: int) -> None:
    """Raise AnswerInvalid for fewer or more words than the author asks for."""
    least, most = payload.get("min_words", 0), payload.get("max_words", _MOST_WORDS)
    if count > most:
        template = gettext_noop("Words so far: %(count)s. Shorten it to %(most)s.")
        raise AnswerInvalid("too_many_words", Message(template, {"count": count, "most": most}))
    if count < least:
        template = gettext_noop("Words so far: %(count)s. Write at least %(least)s.")
        raise AnswerInvalid("too_few_words", Message(template, {"count": count, "least": least}))


TYPE = OpenAnswer()
