"""What the marking pages show: the queue, and one answer beside its rubric."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from courses.assessment.models import Response
from courses.assessment.presenting import feedback_view, question_view
from courses.assessment.selectors.marking_queue import (
    Waiting,
    comments_used,
    last_marking,
    rubric_of,
)
from courses.assessment.selectors.markings import mark_of_response, version_of
from courses.content.rendering import render_inline
from courses.enrollment.models import Course


def queue_rows(waiting: Sequence[Waiting], *, anonymous: bool, names: dict[UUID, str]) -> list[Any]:
    """Return the queue for its page: each answer with its number and, unless anonymous, a name."""
    return [
        {
            "number": number,
            "one": one,
            "who": _("Answer %(number)d") % {"number": number}
            if anonymous
            else names.get(one.learner_id, ""),
        }
        for number, one in enumerate(waiting, start=1)
    ]


def neighbours(
    waiting: Sequence[Waiting], learner_id: UUID, response_id: UUID
) -> tuple[Waiting | None, Waiting | None]:
    """Return the answers before and after one in the queue.

    One that has just been marked is in it no more: then the first one left comes after it.
    """
    keys = [(one.learner_id, one.response_id) for one in waiting]
    if (learner_id, response_id) not in keys:
        return None, waiting[0] if waiting else None
    place = keys.index((learner_id, response_id))
    before = waiting[place - 1] if place else None
    after = waiting[place + 1] if place + 1 < len(waiting) else None
    return before, after


def answer_context(course: Course, response: Response, chosen: Sequence[int]) -> dict[str, Any]:
    """Return an answer with its question, its rubric and the levels that are chosen."""
    version, marking = version_of(response), last_marking(response)
    levels = list(chosen) or (list(marking.levels) if marking else [])
    mark = mark_of_response(response, marking)
    feedback = feedback_view(version, response.answer, mark)
    return {
        "q": question_view(version, seed=0),
        "text": str(response.answer.get("text", "")),
        "model": feedback["solution"].get("text_html", ""),
        "claims": feedback["claims"],
        "marking": marking,
        "rubric": [
            {
                "number": number,
                "criterion": _html(course, str(entry["criterion"])),
                "levels": [
                    {
                        "value": place,
                        "text": _html(course, str(level["text"])),
                        "points": level["credit"],
                        "chosen": len(levels) > number and levels[number] == place,
                    }
                    for place, level in enumerate(_levels(entry))
                ],
            }
            for number, entry in enumerate(rubric_of(response))
        ],
        "comments": comments_used(response.question_id),
    }


def _levels(entry: dict[str, object]) -> list[dict[str, Any]]:
    levels = entry["levels"]
    assert isinstance(levels, list)
    return levels


def _html(course: Course, text: str) -> str:
    return str(render_inline(text, course_slug=course.slug, language=course.language))
