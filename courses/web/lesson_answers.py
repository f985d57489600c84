"""The questions of a lesson as one reader finds them: answered before, just now, or refused."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from courses.assessment.domain.shuffling import seed_from
from courses.assessment.domain.types import get_type
from courses.assessment.errors import GuestFull
from courses.assessment.models import Response
from courses.assessment.presenting import feedback_view, question_view
from courses.assessment.selectors import GuestRecord
from courses.assessment.versions import get_version
from courses.common.errors import DomainError, KeyReused
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.web import guests, lesson_page
from courses.web.answers import Posted
from courses.web.selectors import Asked, Reading


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that was not taken down, and why."""

    posted: Posted
    error: DomainError

    @property
    def why(self) -> str:
        if isinstance(self.error, KeyReused):
            return _("You answered this before. Send it once more to answer it again.")
        return str(self.error.message)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that the reader has just given, as its question's type reads it."""

    question_id: UUID
    version_id: UUID
    raw: dict[str, object]


def known(
    asked: dict[str, Asked], reading: Reading, record: GuestRecord
) -> tuple[dict[str, Asked], Reading]:
    """Add what a guest answered and finished, as it would stand there for a learner."""
    known = {
        slug: replace(
            question,
            credit=last.credit,
            answered_at=last.done_at,
            rating=int(last.answer.get("rating", 0)) or None,
        )
        if (last := record.last.get(question.question_id))
        else question
        for slug, question in asked.items()
    }
    return known, replace(reading, finished_at=record.finished_at.get(reading.lesson_id))


def answer_asked_for(
    request: HttpRequest, reading: Reading, record: GuestRecord
) -> Answered | None:
    """Return the reader's own answer that ?answered= names, if there is one."""
    try:
        response_id = UUID(request.GET.get("answered", ""))
    except ValueError:
        return None
    if not request.user.is_authenticated:
        entry = record.by_response.get(response_id)
        if entry and entry.question_id and entry.version_id:
            return Answered(entry.question_id, entry.version_id, entry.answer)
        return None
    response = Response.objects.filter(
        learner=request.user, id=response_id, lesson_id=reading.lesson_id, attempt=None
    ).first()
    return (
        Answered(response.question_id, response.version_id, response.answer) if response else None
    )


def own_questions(
    request: HttpRequest,
    found: Lesson,
    asked: dict[str, Asked],
    answered: Answered | None,
    refused: Refusal | None,
    record: GuestRecord,
) -> dict[str, str]:
    """Return the questions that are not shown as an empty form: answered, or refused."""
    visitor = not request.user.is_authenticated
    bodies: dict[str, str] = {}
    for slug, question in asked.items():
        context: dict[str, object] = {
            "uid": f"q-{slug}",
            "swap": f"q-{slug}",
            "course": found.course,
            "lesson": found,
            "reader": lesson_page.VISITOR if visitor else lesson_page.STUDENT,
        }
        if answered and answered.question_id == question.question_id:
            version = get_version(answered.version_id)
            question_type = get_type(version.type)
            given = question_type.parse(version.payload, answered.raw)
            mark = question_type.mark(version.payload, given)
            context |= {"feedback": feedback_view(version, given, mark), "given": given}
            context["told"] = visitor and guests.tells_after(record.answers)
        elif refused and refused.posted.question_id == question.question_id:
            version = get_version(question.version_id)
            context |= {"given": refused.posted.raw, "error": refused.why, "answer_id": new_id()}
            context["told"] = isinstance(refused.error, GuestFull)
        else:
            continue
        context["q"] = question_view(version, seed=seed_from("", question.question_id))
        bodies[f"form:{slug}"] = render_to_string("web/_lesson_question.html", context, request)
    return bodies
