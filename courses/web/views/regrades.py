"""Regrades: what waits for one, what it would change, carrying it out, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.assessment.errors import RegradeBusy
from courses.assessment.models import Question
from courses.assessment.selectors.regrades import (
    questions_on_revised_claims,
    questions_to_regrade,
    regrade_of,
    regrades_of,
)
from courses.assessment.services.regrades import apply_regrade, preview_regrade, undo_regrade
from courses.common.clock import now
from courses.common.errors import NotFound
from courses.enrollment import selectors
from courses.enrollment.models import Course
from courses.web.people import signed_in
from courses.web.regrades import regrade_context

_MOST_QUESTIONS = 200
_LONGEST_REASON = 500


@login_required
@never_cache
@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    course = _course(request, slug)
    context = {
        "course": course,
        "waiting": questions_to_regrade(course),
        "shaken": questions_on_revised_claims(course),
        "may_edit": selectors.may(request.user, "course.edit", course),
        "regrades": regrades_of(course),
    }
    return render(request, "web/regrades.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the current keys of some questions would change; a POST looks, no more."""
    course = _course(request, slug)
    questions = _questions(request, course)
    if request.method == "POST":
        regrade = preview_regrade(
            signed_in(request),
            course,
            [question.pk for question in questions],
            reason=request.POST.get("reason", "").strip()[:_LONGEST_REASON],
            never_lower="never_lower" in request.POST,
            now=now(),
        )
        return redirect("web:regrade", slug=slug, regrade_id=regrade.pk)
    return render(request, "web/regrade_new.html", {"course": course, "questions": questions})


@login_required
@never_cache
@require_safe
def regrade(request: HttpRequest, slug: str, regrade_id: UUID) -> HttpResponse:
    course = _course(request, slug)
    context = regrade_context(regrade_of(course, regrade_id)) | {"course": course}
    return render(request, "web/regrade.html", context)


@login_required
@require_POST
def apply(request: HttpRequest, slug: str, regrade_id: UUID) -> HttpResponse:
    """Carry a regrade out, in the background."""
    found = regrade_of(_course(request, slug), regrade_id)
    lower = "never_lower" in request.POST
    try:
        apply_regrade(signed_in(request), found.pk, never_lower=lower, now=now())
    except RegradeBusy as error:
        messages.error(request, str(error.message))
    return redirect("web:regrade", slug=slug, regrade_id=regrade_id)


@login_required
@require_POST
def undo(request: HttpRequest, slug: str, regrade_id: UUID) -> HttpResponse:
    """Take a regrade back, in the background."""
    found = regrade_of(_course(request, slug), regrade_id)
    try:
        undo_regrade(signed_in(request), found.pk, now=now())
    except RegradeBusy as error:
        messages.error(request, str(error.message))
    else:
        messages.info(request, _("Grades and memories go back to what they were."))
    return redirect("web:regrade", slug=slug, regrade_id=regrade_id)


def _course(request: HttpRequest, slug: str) -> Course:
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "grades.change", course)
    return course


def _questions(request: HttpRequest, course: Course) -> list[Question]:
    """Return the questions that ?question= names, each any number of times. Raises NotFound."""
    sent = request.POST if request.method == "POST" else request.GET
    names = []
    for text in sent.getlist("question")[:_MOST_QUESTIONS]:
        try:
            names.append(UUID(text))
        except ValueError:
            raise NotFound from None
    found = Question.objects.filter(course=course, pk__in=names, current__isnull=False)
    questions = list(found.select_related("current").order_by("position", "id"))
    if not questions:
        raise NotFound
    return questions
