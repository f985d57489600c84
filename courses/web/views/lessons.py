"""Reading a lesson, answering the questions in its prose, finishing it."""

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
from courses.enrollment.selectors import may
from courses.web import lesson_page
from courses.web.answers import duration_ms, posted_id, posted_moment, raw_answer
from courses.web.context import chosen_theme
from courses.web.selectors import Asked, asked_in_lesson


@require_safe
def lesson(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    found = lesson_for(request.user, slug, lesson_slug)
    return _page(request, found, answered=_response_asked_for(request, found))


@login_required
@require_POST
def answer(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    found = lesson_for(request.user, slug, lesson_slug)
    question_id, moment = posted_id(request.POST, "question"), now()
    given = raw_answer(request.POST)
    try:
        outcome = answer_in_lesson(
            learner=request.user,
            response_id=posted_id(request.POST, "response"),
            lesson_id=found.pk,
            question_id=question_id,
            raw_answer=given,
            answered_at=moment,
            duration_ms=duration_ms(posted_moment(request, "served_at"), moment),
            now=moment,
        )
    except AnswerRefused as error:
        return _page(request, found, refused=(question_id, given, str(error.message)))
    name = outcome.version.question.slug
    page = reverse("web:lesson", args=[slug, lesson_slug])
    return redirect(f"{page}?answered={outcome.response.id}#q-{name}")


@login_required
@require_POST
def finish(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    found = lesson_for(request.user, slug, lesson_slug)
    finish_lesson(request.user, found, now())
    return redirect(reverse("web:lesson", args=[slug, lesson_slug]) + "#end")


def _page(
    request: HttpRequest,
    found: Lesson,
    *,
    answered: Response | None = None,
    refused: tuple[UUID, dict[str, object], str] | None = None,
) -> HttpResponse:
    """Join what was set for all readers with what is this reader's own."""
    reader = _reader(request, found)
    asked = asked_in_lesson(request.user, found)
    if reader == lesson_page.STUDENT and found.started_at is None:
        start_lesson(request.user, found, now())
    page = lesson_page.lesson_page(found, asked, reader=reader, theme=chosen_theme(request))
    own = {"csrf": get_token(request), "messages": _messages(request)}
    if request.user.is_authenticated:
        own["person"] = escape(str(request.user))
        own["finish"] = _finish(found, own["csrf"])
    for slug in page.forms:
        own[f"id:{slug}"] = str(new_id())
        own[f"state:{slug}"] = _state(asked[slug])
        own[f"form:{slug}"] = lesson_page.fill(page.forms[slug], own)
    for slug, body in _own_bodies(request, found, asked, answered, refused).items():
        own[f"form:{slug}"] = body
    html = lesson_page.fill(page.pieces, own)
    return HttpResponse(html, status=422 if refused else 200)


def _reader(request: HttpRequest, found: Lesson) -> str:
    if not request.user.is_authenticated:
        return lesson_page.VISITOR
    studies = found.status == Lesson.Status.PUBLISHED and may(
        request.user, "course.study", found.course
    )
    return lesson_page.STUDENT if studies else lesson_page.GUEST


def _response_asked_for(request: HttpRequest, found: Lesson) -> Response | None:
    """Return the reader's own response that ?answered= names, if there is one."""
    try:
        response_id = UUID(request.GET.get("answered", ""))
    except ValueError:
        return None
    if not request.user.is_authenticated:
        return None
    return Response.objects.filter(
        learner=request.user, id=response_id, lesson=found, attempt=None
    ).first()


def _own_bodies(
    request: HttpRequest,
    found: Lesson,
    asked: dict[str, Asked],
    answered: Response | None,
    refused: tuple[UUID, dict[str, object], str] | None,
) -> dict[str, str]:
    """Return the questions that are not shown as an empty form: answered, or refused."""
    bodies = {}
    for slug, question in asked.items():
        context: dict[str, object] = {"uid": f"q-{slug}", "course": found.course, "lesson": found}
        context["reader"] = lesson_page.STUDENT
        context["swap"] = f"q-{slug}"
        seed = seed_from("", question.question_id)
        if answered and answered.question_id == question.question_id:
            version = get_version(answered.version_id)
            mark = get_type(version.type).mark(version.payload, answered.answer)
            context["feedback"] = feedback_view(version, answered.answer, mark)
            context["given"] = answered.answer
        elif refused and refused[0] == question.question_id:
            version = get_version(question.version_id)
            context["given"], context["error"] = refused[1], refused[2]
            context["answer_id"] = new_id()
        else:
            continue
        context["q"] = question_view(version, seed=seed)
        bodies[slug] = render_to_string("web/_lesson_question.html", context, request)
    return bodies


def _state(question: Asked) -> str:
    if question.credit is None or question.answered_at is None:
        return ""
    context = {
        "verdict": verdict_of(question.credit),
        "day": date_format(localtime(question.answered_at), "MONTH_DAY_FORMAT"),
    }
    return render_to_string("web/_question_state.html", context)


def _finish(found: Lesson, token: str) -> str:
    context = {"lesson": found, "course": found.course, "csrf_token": token}
    return render_to_string("web/_lesson_finish.html", context)


def _messages(request: HttpRequest) -> str:
    kept = list(get_messages(request))
    return render_to_string("web/_messages.html", {"messages": kept}) if kept else ""
