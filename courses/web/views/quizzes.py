"""The first page of a quiz: what it is, when it can be taken, how one stands in it."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from courses.assessment.errors import (
    NoAttemptsLeft,
    QuizClosed,
    QuizNotOpen,
    TooManyGuesses,
    WrongPassword,
)
from courses.assessment.models import Quiz
from courses.assessment.selectors import (
    QuizOverview,
    gives_second_try,
    quiz_for,
    quiz_overviews,
    tells_at_once,
)
from courses.assessment.services import close_if_over, start_attempt
from courses.common.clock import now
from courses.enrollment.models import Course
from courses.enrollment.selectors import permissions_of
from courses.web.people import signed_in
from courses.web.quiz_results import certainty_rows

# A question, the reason beneath it and a moment to think.
_SECONDS_PER_QUESTION = 30
_SHOWN_IN_PLACE = (QuizNotOpen, QuizClosed, NoAttemptsLeft, WrongPassword, TooManyGuesses)


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """Show what the quiz is; a POST begins an attempt, or goes on with the open one."""
    found = quiz_for(user=request.user, course_slug=slug, quiz_slug=quiz_slug)
    if request.method != "POST":
        return _page(request, found)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    try:
        attempt = start_attempt(
            learner=signed_in(request),
            quiz_id=found.pk,
            now=now(),
            password=request.POST.get("password", "")[:200],
        )
    except _SHOWN_IN_PLACE as error:
        return _page(request, found, refused=str(error.message), status=error.status)
    return redirect("web:attempt", attempt_id=attempt.pk)


@login_required
@require_POST
def preview(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """Begin an attempt that counts nowhere, to see the quiz as a student does."""
    found = quiz_for(user=request.user, course_slug=slug, quiz_slug=quiz_slug)
    attempt = start_attempt(learner=signed_in(request), quiz_id=found.pk, now=now(), preview=True)
    return redirect("web:attempt", attempt_id=attempt.pk)


def _page(
    request: HttpRequest, found: Quiz, *, refused: str = "", status: int = 200
) -> HttpResponse:
    moment = now()
    overview = _overview(request, found, moment)
    allowed = permissions_of(request.user, found.course)
    context = {
        "quiz": found,
        "course": found.course,
        "overview": overview,
        "graded": found.kind == Quiz.Kind.GRADED,
        "at_once": tells_at_once(found),
        "second_try": gives_second_try(found),
        "certainty": certainty_rows() if found.confidence else [],
        "state": _state(overview, moment),
        "minutes": -(-overview.question_count * _SECONDS_PER_QUESTION // 60) if overview else 0,
        "taken": overview.taken[::-1] if overview else (),
        "studies": "course.study" in allowed,
        "may_preview": "question.preview" in allowed,
        "may_edit": "course.edit" in allowed,
        "may_mark": "learners.mark" in allowed,
        "may_see": "learners.see" in allowed,
        "may_accommodate": "learners.accommodate" in allowed,
        "may_join": found.course.access == Course.Access.OPEN,
        "refused": refused,
    }
    return render(request, "web/quiz.html", context, status=status)


def _overview(request: HttpRequest, found: Quiz, moment: datetime) -> QuizOverview | None:
    """Return how the reader stands, after handing in what is overdue."""
    for _again in range(2):
        overviews = quiz_overviews(course=found.course, user=request.user, now=moment, quiz=found)
        overview = overviews[0] if overviews else None
        if overview is None or overview.open_attempt is None:
            return overview
        if not close_if_over(overview.open_attempt, now=moment):
            return overview
    return overview


def _state(overview: QuizOverview | None, moment: datetime) -> str:
    """Return one word for whether an attempt can begin: open, going, early, closed, used up."""
    if overview is None:
        return "closed"
    if overview.open_attempt is not None:
        return "going"
    if overview.rules.is_over(moment):
        return "closed"
    if not overview.rules.is_open(moment):
        return "early"
    return "used" if overview.attempts_left == 0 else "open"
