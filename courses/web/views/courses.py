"""The start page, and a course with its lessons."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.assessment.selectors import QuizOverview, quiz_overviews
from courses.common.clock import now
from courses.common.errors import PermissionRefused
from courses.enrollment import selectors
from courses.enrollment.domain import roles
from courses.enrollment.models import Course
from courses.enrollment.services import join_course
from courses.enrollment.services import leave as leave_course
from courses.flashcards.selectors import today
from courses.flashcards.services import ensure_day_plans
from courses.web.contents import (
    DRAFT,
    READ,
    course_contents,
    exam_day,
    next_to_read,
    sources_of,
)
from courses.web.guests import record_for
from courses.web.invitation import first_question
from courses.web.people import signed_in
from courses.web.quiz_editing import quizzes_in_setup
from courses.web.selectors import CourseEntry, courses_at_start

# What no student may.
_TEACHES = frozenset({"learners.see", "lesson.preview"})
# Each is a door from the course's page to what teachers do there.
_AT_DESK = frozenset({"course.edit", "learners.see", "learners.mark", "grades.change"})


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Today's number for who studies, a question to try for everybody else."""
    entries = courses_at_start(request.user)
    context: dict[str, object] = {"entries": entries, "place": "start"}
    if request.user.is_authenticated:
        return render(request, "web/start.html", context | _today(request, entries))
    return render(request, "web/welcome.html", context | _cover(request, entries))


def _today(request: HttpRequest, entries: list[CourseEntry]) -> dict[str, object]:
    moment, learner = now(), signed_in(request)
    ensure_day_plans(learner=learner, now=moment)
    studied = [entry for entry in entries if entry.studies]
    read_on = next((entry for entry in studied if entry.finished < entry.lessons), None)
    lines = course_contents(read_on.course, learner) if read_on else []
    day = today(learner, moment)
    classes = [entry.course for entry in entries if entry.sees_class]
    return {
        "today": day,
        "studies": bool(studied),
        "classes": classes,
        # Whoever has a class and no cards of their own came for the class.
        "teaching": bool(classes) and not day.cards and not day.done,
        "read_on": read_on,
        "next_line": next_to_read(lines),
    }


def _cover(request: HttpRequest, entries: list[CourseEntry]) -> dict[str, object]:
    """Return the course that the start page opens with, and what it asks first."""
    first = next((entry for entry in entries if entry.next_slug), None)
    if first is None:
        return {}
    lines = course_contents(first.course, request.user)
    finished = record_for(request).finished_at
    unread = (line for line in lines if line.lesson.pk not in finished)
    return {
        "first": first,
        "lines": lines,
        "go_on": next(unread, None) if finished else None,
        "question": first_question(request, first.course.slug, first.next_slug),
    }


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.course_for(request.user, slug)
    allowed = selectors.permissions_of(request.user, found)
    quizzes = quiz_overviews(course=found, user=request.user, now=now())
    lines = course_contents(found, request.user, drafts="lesson.preview" in allowed, questions=True)
    practice: dict[UUID | None, list[QuizOverview]] = {}
    for one in quizzes:
        practice.setdefault(one.quiz.lesson_id, []).append(one)
    published = [line for line in lines if line.state != DRAFT]
    context = {
        "course": found,
        "lines": [(line, practice.get(line.lesson.pk, [])) for line in lines],
        "other_quizzes": sorted(practice.get(None, []), key=lambda one: one.quiz.kind),
        "finished": sum(line.state == READ for line in published),
        "total": len(published),
        "minutes": sum(line.minutes for line in published),
        "next_line": next_to_read(lines),
        "sources": sources_of(found),
        "exam_day": exam_day(found, request.user),
        "studies": "course.study" in allowed,
        "sees_class": "learners.see" in allowed,
        "may_leave": "course.study" in allowed and not allowed & _TEACHES,
        "may_join": found.access == Course.Access.OPEN,
        "allowed": allowed,
        "teaches": bool(allowed & _AT_DESK),
        "own_quizzes": quizzes_in_setup(found) if "course.edit" in allowed else [],
    }
    return render(request, "web/course.html", context)


@login_required
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.course_for(request.user, slug)
    join_course(signed_in(request), found, now=now())
    messages.success(request, _("You have joined. What you answer from now on comes back."))
    onward = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(onward) if known else redirect("web:course", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether a student means to leave, and take them out of the course."""
    found = selectors.course_for(request.user, slug)
    # Whoever teaches does not just go; the owners see to that.
    if selectors.roles_of(request.user, found) != {roles.STUDENT}:
        raise PermissionRefused
    if request.method != "POST":
        context = {"course": found, "open": found.access == Course.Access.OPEN}
        return render(request, "web/leave.html", context)
    leave_course(signed_in(request), found, now=now())
    messages.success(request, _("You have left the course. What you learned in it is kept."))
    return redirect("web:start")
