"""What the domain says of a question and a mark as JSON-safe values, stored or drafted alike."""

from collections.abc import Callable
from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.assessment.domain.marks import Mark, PartMark
from courses.assessment.domain.messages import Markdown, Message, Period, Plain
from courses.assessment.domain.types.base import Json, QuestionType
from courses.assessment.wording import sentence
from courses.content.dates import date_text

VERDICTS = {
    "right": _("Right"),
    "nearly": _("Nearly"),
    "wrong": _("Not right"),
    "awaiting": _("Your teacher marks this"),
}

# From inline Markdown to sanitised HTML.
Render = Callable[[str], str]


def body_view(question_type: QuestionType, payload: Json, *, seed: int, html: Render) -> Json:
    """Return what the type renders for answering, with its Markdown as HTML."""
    shown: Json = _shown(question_type.render(payload, seed=seed), html)
    return shown


def mark_view(
    question_type: QuestionType, payload: Json, answer: Json, mark: Mark, *, html: Render
) -> Json:
    """Return the mark of an answer, the answer in words, and the right one."""
    solution = question_type.solution(payload)
    given = question_type.given(payload, answer)
    lines, answered = solution.pop("lines", []), given.pop("lines", {})
    return {
        "answer": answer,
        "given": _shown(given, html),
        "verdict": mark.verdict,
        "verdict_text": str(VERDICTS[mark.verdict]),
        "credit": mark.credit,
        "parts": [_part(part, html) for part in mark.parts],
        "solution": _shown(solution, html),
        "lines": _lines(lines, answered, mark, html),
        "in_place": question_type.shows_key_in_place,
    }


def _part(part: PartMark, html: Render) -> Json:
    return {
        "part": part.part,
        "credit": part.credit,
        "reason": part.reason,
        "text": sentence(part.message),
        "note_html": html(part.note) if part.note else "",
    }


def _lines(lines: list[Json], answered: Json, mark: Mark, html: Render) -> list[Json]:
    """Return each line of the solution with what was given there, and what it earned."""
    marks = {part.part: part for part in mark.parts}
    told = []
    for line in lines:
        name = line["part"]
        shown: Json = _shown(line, html)
        if name in answered:
            shown |= _shown({"given": answered[name]}, html)
        if name in marks:
            shown |= _part(marks[name], html)
        told.append(shown)
    return told


def _ours(words: str) -> str:
    """Return words of ours as HTML that says their language: they stand among an author's."""
    return str(format_html('<span lang="{}">{}</span>', get_language() or "", words))


def _shown(value: Any, html: Render) -> Any:
    """Return a value of the domain as plain JSON types, its Markdown rendered."""
    if isinstance(value, list):
        return [_shown(entry, html) for entry in value]
    if not isinstance(value, dict):
        return value
    shown: Json = {}
    for key, entry in value.items():
        if isinstance(entry, Markdown):
            shown[f"{key}_html"] = html(entry)
        elif isinstance(entry, Plain):
            shown[key] = str(entry)
            shown[f"{key}_html"] = str(escape(str(entry)))
        elif isinstance(entry, Message):
            shown[key] = sentence(entry)
            shown[f"{key}_html"] = _ours(shown[key])
        elif isinstance(entry, Period):
            shown[key] = str(entry)
            shown[f"{key}_text"] = date_text(entry) if entry else ""
            shown[f"{key}_html"] = _ours(shown[f"{key}_text"]) if entry else ""
        else:
            shown[key] = _shown(entry, html)
    return shown
