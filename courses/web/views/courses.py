"""The start page, and a course with its lessons."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.assessment.selectors import quiz_overviews
from courses.common.clock import now
from courses.content.models import Lesson
from courses.content.selectors import lessons_with_drafts, published_lessons
from courses.enrollment import selectors
from courses.enrollment.models import Course
from courses.enrollment.services import join_course
from courses.flashcards.selectors import today
from courses.flashcards.services import ensure_day_plans
from courses.web.people import signed_in
from courses.web.selectors import courses_at_start


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Today's number for who studies, an invitation to read for everybody else."""
    entries = courses_at_start(request.user)
    context: dict[str, object] = {"entries": entries, "place": "start"}
    if request.user.is_authenticated:
        moment = now()
        ensure_day_plans(learner=request.user, now=moment)
        studied = [entry for entry in entries if entry.studies]
        unfinished = (entry for entry in studied if entry.finished < entry.lessons)
        context |= {
            "today": today(request.user, moment),
            "studies": bool(studied),
            "read_on": next(unfinished, None),
        }
        return render(request, "web/start.html", context)
    return render(request, "web/welcome.html", context)


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.course_for(request.user, slug)
    allowed = selectors.permissions_of(request.user, found)
    quizzes = quiz_overviews(course=found, user=request.user)
    previews = "lesson.preview" in allowed
    listed = lessons_with_drafts if previews else published_lessons
    lessons: list[Any] = list(listed(found, request.user))
    published = [lesson for lesson in lessons if lesson.status == Lesson.Status.PUBLISHED]
    for lesson in lessons:
        lesson.practice = [one for one in quizzes if one.quiz.lesson_id == lesson.pk]
    context = {
        "course": found,
        "lessons": lessons,
        "other_quizzes": [one for one in quizzes if one.quiz.lesson_id is None],
        "finished": sum(lesson.finished_at is not None for lesson in published),
        "next_lesson": next((one for one in published if one.finished_at is None), None),
        "studies": "course.study" in allowed,
        "may_join": found.access == Course.Access.OPEN,
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
