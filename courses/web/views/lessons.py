"""Reading a lesson, answering the questions in its prose, finishing it."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from courses.assessment.domain.marks import verdict_of
from courses.assessment.domain.shuffling import seed_from
from courses.assessment.domain.types import get_type
from courses.assessment.errors import AnswerRefused
from courses.assessment.models import Response
from courses.assessment.presenting import feedback_view, question_view
from courses.assessment.services import answer_in_lesson
from courses.assessment.versions import get_version
from courses.common.clock import now
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.content.selectors import lesson_for
from courses.content.services import finish_lesson, start_lesson
from courses.web import lesson_page
from courses.web.answers import duration_ms, posted_id, posted_moment, raw_answer
from courses.web.context import chosen_theme
from courses.web.people import signed_in
from courses.web.selectors import Asked, Reading, asked_in_lesson, reading_of


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that could not be read, and why."""

    question_id: UUID
    given: dict[str, object]
    why: str


@require_safe
def lesson(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    reading = reading_of(request.user, slug, lesson_slug)
    return _page(request, slug, lesson_slug, reading)


@login_required
@require_POST
def answer(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    reading = reading_of(request.user, slug, lesson_slug)
    question_id, moment = posted_id(request.POST, "question"), now()
    given = raw_answer(request.POST)
    try:
        outcome = answer_in_lesson(
            learner=signed_in(request),
            response_id=posted_id(request.POST, "response"),
            lesson_id=reading.lesson_id,
            question_id=question_id,
            raw_answer=given,
            answered_at=moment,
            duration_ms=duration_ms(posted_moment(request, "served_at"), moment),
            now=moment,
        )
    except AnswerRefused as error:
        refused = Refusal(question_id, given, str(error.message))
        return _page(request, slug, lesson_slug, reading, refused=refused)
    name = outcome.version.question.slug
    page = reverse("web:lesson", args=[slug, lesson_slug])
    return redirect(f"{page}?answered={outcome.response.id}#q-{name}")


@login_required
@require_POST
def finish(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    finish_lesson(signed_in(request), lesson_for(request.user, slug, lesson_slug), now())
    return redirect(reverse("web:lesson", args=[slug, lesson_slug]) + "#end")


def _page(
    request: HttpRequest,
    slug: str,
    lesson_slug: str,
    reading: Reading,
    *,
    refused: Refusal | None = None,
) -> HttpResponse:
    """Join what was set for all readers with what is this reader's own."""

    def load() -> Lesson:
        return lesson_for(request.user, slug, lesson_slug)

    reader = _reader(request, reading)
    shown = lesson_page.questions_in(reading, load)
    asked = asked_in_lesson(request.user, reading.course_id, shown)
    if reading.studies and reading.started_at is None:
        start_lesson(signed_in(request), load(), now())
    theme = chosen_theme(request)
    page = lesson_page.lesson_page(
        reading,
        asked,
        load,
        reader=reader,
        theme=theme,
        administers=bool(getattr(request.user, "is_staff", False)),
    )
    own = {"csrf": get_token(request), "messages": _messages(request)}
    if request.user.is_authenticated:
        own["person"] = escape(str(request.user))
        own |= _end(page, reading, own["csrf"])
    for name, form in page.forms.items():
        own[f"id:{name}"] = str(new_id())
        own[f"state:{name}"] = _state(asked[name])
        own[f"form:{name}"] = lesson_page.fill(form, own)
    answered = _response_asked_for(request, reading)
    if answered or refused:
        own |= _own_questions(request, load(), asked, answered, refused)
    return HttpResponse(lesson_page.fill(page.pieces, own), status=422 if refused else 200)


def _reader(request: HttpRequest, reading: Reading) -> str:
    if not request.user.is_authenticated:
        return lesson_page.VISITOR
    return lesson_page.STUDENT if reading.studies else lesson_page.GUEST


def _end(page: lesson_page.SetPage, reading: Reading, token: str) -> dict[str, str]:
    if reading.finished_at is None or reading.status == Lesson.Status.DRAFT:
        return {"finish": lesson_page.fill(page.unfinished, {"csrf": token})}
    day = date_format(localtime(reading.finished_at), "DATE_FORMAT")
    return {"finish": lesson_page.fill(page.finished, {"day": day})}


def _response_asked_for(request: HttpRequest, reading: Reading) -> Response | None:
    """Return the reader's own response that ?answered= names, if there is one."""
    name = request.GET.get("answered", "")
    if not (name and request.user.is_authenticated):
        return None
    try:
        response_id = UUID(name)
    except ValueError:
        return None
    return Response.objects.filter(
        learner=request.user, id=response_id, lesson_id=reading.lesson_id, attempt=None
    ).first()


def _own_questions(
    request: HttpRequest,
    found: Lesson,
    asked: dict[str, Asked],
    answered: Response | None,
    refused: Refusal | None,
) -> dict[str, str]:
    """Return the questions that are not shown as an empty form: answered, or refused."""
    bodies: dict[str, str] = {}
    for slug, question in asked.items():
        context: dict[str, object] = {
            "uid": f"q-{slug}",
            "swap": f"q-{slug}",
            "course": found.course,
            "lesson": found,
            "reader": lesson_page.STUDENT,
        }
        if answered and answered.question_id == question.question_id:
            version = get_version(answered.version_id)
            mark = get_type(version.type).mark(version.payload, answered.answer)
            context["feedback"] = feedback_view(version, answered.answer, mark)
            context["given"] = answered.answer
        elif refused and refused.question_id == question.question_id:
            version = get_version(question.version_id)
            context |= {"given": refused.given, "error": refused.why, "answer_id": new_id()}
        else:
            continue
        context["q"] = question_view(version, seed=seed_from("", question.question_id))
        bodies[f"form:{slug}"] = render_to_string("web/_lesson_question.html", context, request)
    return bodies


def _state(question: Asked) -> str:
    if question.credit is None or question.answered_at is None:
        return ""
    day = date_format(localtime(question.answered_at), "MONTH_DAY_FORMAT")
    return _state_line(verdict_of(question.credit), day, get_language() or "")


@lru_cache(maxsize=2000)
def _state_line(verdict: str, day: str, language: str) -> str:
    """Return the line on the last answer; `language` is the active one."""
    return render_to_string("web/_question_state.html", {"verdict": verdict, "day": day})


def _messages(request: HttpRequest) -> str:
    kept = list(get_messages(request))
    return render_to_string("web/_messages.html", {"messages": kept}) if kept else ""
