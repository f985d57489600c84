"""A question as a student sees it, and what they are told after the right answer; nothing saved."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from courses.assessment.domain.authoring import QuestionDraft
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.base import Json, QuestionType
from courses.assessment.showing import body_view, mark_view
from courses.content.rendering import render_inline
from courses.content.selectors import claim_cards_by_id
from courses.enrollment.models import Course

_SEED = 1


def preview(course: Course, draft: QuestionDraft, claim_ids: Sequence[UUID]) -> dict[str, Any]:
    """Return what the templates of questions need to show a draft, asked and answered."""
    kind = get_type(draft.type)
    html = partial(_html, course)
    given, mark = right_answer(kind, draft.payload)
    question = {
        "id": "preview",
        "type": draft.type,
        "language": course.language,
        "stem_html": html(draft.stem),
        "body": body_view(kind, draft.payload, seed=_SEED, html=html),
        "self_rated": kind.self_rated,
    }
    told = mark_view(kind, draft.payload, given, mark, html=html)
    told["explanation_html"] = html(draft.explanation)
    told["claims"] = [asdict(note) for note in claim_cards_by_id(claim_ids).values()]
    hints = [html(hint) for hint in draft.hints]
    return {"q": question, "given": given, "feedback": told, "hints": hints}


def right_answer(kind: QuestionType, payload: Json) -> tuple[Json, Mark]:
    """Return the answer that is right, as the type would have read it, and its mark.

    Where none can be given, as to an open question without a model answer, nothing and a mark
    that shows what there is to say.
    """
    try:
        given = kind.parse(payload, kind.right_answer(payload))
    except AnswerInvalid:
        return {}, Mark(0.0, "awaiting") if kind.marked_by_hand else Mark(1.0, "right")
    return given, kind.mark(payload, given)


def _html(course: Course, text: str) -> str:
    return str(render_inline(str(text), course_slug=course.slug, language=course.language))
