"""What the answers tell of a quiz and its questions, for those who may see how learners stand."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.assessment.selectors import quiz_for
from courses.assessment.selectors.item_analysis import quiz_analysis
from courses.assessment.selectors.lesson_analysis import lesson_analysis
from courses.enrollment import selectors
from courses.web.analysis import item_rows, quiz_figures


@login_required
@never_cache
@require_safe
def quiz(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """Show the figures of a quiz, over first attempts, or with ?all= over all of them."""
    found = quiz_for(user=request.user, course_slug=slug, quiz_slug=quiz_slug)
    selectors.require(request.user, "learners.see", found.course)
    every = "all" in request.GET
    analysis = quiz_analysis(found, first_only=not every)
    context = {
        "course": found.course,
        "quiz": found,
        "analysis": analysis,
        "figures": quiz_figures(analysis),
        "rows": item_rows(analysis.items),
        "every": every,
        "may_edit": selectors.may(request.user, "course.edit", found.course),
    }
    return render(request, "web/analysis.html", context)


@login_required
@never_cache
@require_safe
def lessons(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of the questions in the prose of the course's lessons."""
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "learners.see", course)
    context = {
        "course": course,
        "rows": item_rows(lesson_analysis(course)),
        "may_edit": selectors.may(request.user, "course.edit", course),
    }
    return render(request, "web/analysis.html", context)
