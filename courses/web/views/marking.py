"""Marking answers that no program can mark: a queue, and one answer after the other."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.accounts.models import User
from courses.assessment.selectors.marking_queue import (
    Waiting,
    marking_queue,
    response_to_mark,
)
from courses.assessment.services import mark_response
from courses.assessment.services.marking import CommentTooLong, RubricIncomplete
from courses.common.clock import now
from courses.enrollment import selectors
from courses.enrollment.models import Course
from courses.web.marking import answer_context, neighbours, queue_rows
from courses.web.people import signed_in

_MOST_CRITERIA = 20


@login_required
@never_cache
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """List the answers that wait for a mark, or with ?marked= those that have one."""
    course = _course(request, slug)
    marked, anonymous = "marked" in request.GET, _anonymous(request)
    waiting = marking_queue(course, marked=marked)
    people = User.objects.in_bulk({one.learner_id for one in waiting})
    names = {pk: str(person) for pk, person in people.items()}
    context = {
        "course": course,
        "rows": queue_rows(waiting, anonymous=anonymous, names=names),
        "marked": marked,
        "anonymous": anonymous,
        "query": _query(request),
    }
    return render(request, "web/marking.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, learner_id: UUID, response_id: UUID) -> HttpResponse:
    """Show one answer with its rubric; a POST marks it and goes on to the next one."""
    course = _course(request, slug)
    response = response_to_mark(course, learner_id, response_id)
    waiting = marking_queue(course, marked="marked" in request.GET)
    before, after = neighbours(waiting, learner_id, response_id)
    chosen, error = _chosen(request.POST), ""
    if request.method == "POST":
        try:
            mark_response(
                marker=signed_in(request),
                learner_id=learner_id,
                response_id=response_id,
                levels=chosen,
                comment=request.POST.get("comment", ""),
                now=now(),
            )
        except (RubricIncomplete, CommentTooLong) as refusal:
            error = str(refusal.message)
        else:
            messages.success(request, _("Marked."))
            return redirect(_address(request, course, after))
    context = answer_context(course, response, chosen) | {
        "course": course,
        "response": response,
        "who": "" if _anonymous(request) else str(response.learner),
        "quiz": response.attempt.quiz if response.attempt else None,
        "left": len(waiting),
        "before": _address(request, course, before) if before else "",
        "after": _address(request, course, after) if after else "",
        "comment": request.POST.get("comment"),
        "error": error,
        "query": _query(request),
    }
    return render(request, "web/marking_answer.html", context, status=422 if error else 200)


def _course(request: HttpRequest, slug: str) -> Course:
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "learners.mark", course)
    return course


def _anonymous(request: HttpRequest) -> bool:
    """Whoever marks sees no names unless they ask for them: it is fairer so."""
    return "names" not in request.GET


def _query(request: HttpRequest) -> str:
    """Return what is to stay of the address from one answer to the next."""
    kept = QueryDict(mutable=True)
    for name in ("names", "marked"):
        if name in request.GET:
            kept[name] = "1"
    return f"?{kept.urlencode()}" if kept else ""


def _address(request: HttpRequest, course: Course, one: Waiting | None) -> str:
    if one is None:
        return reverse("web:marking", args=[course.slug]) + _query(request)
    names = [course.slug, one.learner_id, one.response_id]
    return reverse("web:marking-answer", args=names) + _query(request)


def _chosen(form: QueryDict) -> list[int]:
    """Return the levels chosen, for as many criteria as have one from the first on."""
    levels: list[int] = []
    for number in range(_MOST_CRITERIA):
        text = form.get(f"level-{number}", "")
        if not (text.isascii() and text.isdigit() and len(text) < 3):
            break
        levels.append(int(text))
    return levels
