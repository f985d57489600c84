"""A quiz: its first page, one question after another with feedback, the results."""

from collections import Counter
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.assessment.errors import AnswerRefused
from courses.assessment.presenting import feedback_view, question_view
from courses.assessment.selectors import (
    AttemptItem,
    AttemptPage,
    attempt_page,
    places_of,
    quiz_for,
    quiz_overviews,
)
from courses.assessment.services import answer_in_attempt, start_attempt, submit_attempt
from courses.common.clock import now
from courses.common.errors import NotFound
from courses.common.ids import new_id
from courses.enrollment.models import Course
from courses.enrollment.selectors import may
from courses.flashcards.selectors import card_schedules, study_day, today
from courses.flashcards.services import ensure_day_plans
from courses.web.answers import duration_ms, posted_id, posted_moment, raw_answer
from courses.web.people import signed_in
from courses.web.quiz_results import by_topic, coming_days, lessons_to_read, score_words

_VERDICTS = ("right", "nearly", "wrong", "open")
# A question, the reason beneath it and a moment to think.
_SECONDS_PER_QUESTION = 30


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """Show what the quiz is; a POST begins an attempt, or goes on with the open one."""
    found = quiz_for(user=request.user, course_slug=slug, quiz_slug=quiz_slug)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        attempt = start_attempt(learner=signed_in(request), quiz_id=found.pk, now=now())
        return redirect("web:attempt", attempt_id=attempt.pk)
    overviews = quiz_overviews(course=found.course, user=request.user, now=now(), quiz=found)
    overview = overviews[0] if overviews else None
    context = {
        "quiz": found,
        "course": found.course,
        "overview": overview,
        "minutes": -(-overview.question_count * _SECONDS_PER_QUESTION // 60) if overview else 0,
        "taken": overview.taken[::-1] if overview else (),
        "studies": may(request.user, "course.study", found.course),
        "may_join": found.course.access == Course.Access.OPEN,
    }
    return render(request, "web/quiz.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the next question, or the one that is asked for; a POST is an answer.

    With ?question= a question that is open, with ?answered= what came of one; with
    ?hand-in= it asks whether to. Handing in is a POST to the results: nobody's reading or
    prefetching does it.
    """
    if request.method == "POST":
        return _answer(request, attempt_id)
    page = attempt_page(learner=signed_in(request), attempt_id=attempt_id, now=now())
    if page.attempt.submitted_at is not None:
        return redirect("web:results", attempt_id=attempt_id)
    if "hand-in" in request.GET and page.remaining:
        return render(request, "web/attempt.html", _page(page, None) | {"handing_in": True})
    shown = _asked_for(request, page.items) or page.next_item
    return render(request, "web/attempt.html", _page(page, shown))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the results; a POST hands the attempt in."""
    if request.method == "POST":
        return _handed_in(request, attempt_id)
    learner, moment = signed_in(request), now()
    page = attempt_page(learner=learner, attempt_id=attempt_id, now=moment)
    if page.attempt.submitted_at is None:
        return redirect("web:attempt", attempt_id=attempt_id)
    ensure_day_plans(learner=learner, now=moment)
    asked = [item.version.question_id for item in page.items]
    places, schedules = places_of(asked), card_schedules(learner, asked)
    outcomes = [
        _question(item)
        | {
            "item": item,
            "schedule": schedules.get(item.version.question_id),
        }
        for item in page.items
    ]
    quiz = page.attempt.quiz
    context = {"page": page, "quiz": quiz, "course": quiz.course, "outcomes": outcomes}
    context |= {
        "now": moment,
        "due": today(learner, moment).cards,
        "words": score_words(page.score),
        "topics": by_topic(page, places),
        "coming": coming_days(schedules.values(), study_day(learner, moment)),
        "lessons": lessons_to_read(page.items, places),
    }
    return render(request, "web/results.html", context)


def _answer(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    question_id, moment = posted_id(request.POST, "question"), now()
    given = raw_answer(request.POST)
    try:
        answer_in_attempt(
            learner=signed_in(request),
            response_id=posted_id(request.POST, "response"),
            attempt_id=attempt_id,
            question_id=question_id,
            raw_answer=given,
            answered_at=moment,
            duration_ms=duration_ms(posted_moment(request, "served_at"), moment),
            now=moment,
        )
    except AnswerRefused as error:
        return _refused(request, attempt_id, question_id, given, str(error.message))
    return redirect(f"{reverse('web:attempt', args=[attempt_id])}?answered={question_id}")


def _refused(
    request: HttpRequest,
    attempt_id: UUID,
    question_id: UUID,
    given: dict[str, object],
    message: str,
) -> HttpResponse:
    """Show the question again with what was typed and why it could not be read.

    Raises NotFound for a question that the attempt does not ask.
    """
    page = attempt_page(learner=signed_in(request), attempt_id=attempt_id, now=now())
    item = next((one for one in page.items if one.version.question_id == question_id), None)
    if item is None:
        raise NotFound
    if item.response is not None or page.attempt.submitted_at is not None:
        return redirect(f"{reverse('web:attempt', args=[attempt_id])}?answered={question_id}")
    context = _page(page, item) | {"given": given, "error": message}
    return render(request, "web/attempt.html", context, status=422)


def _handed_in(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    submit_attempt(learner=signed_in(request), attempt_id=attempt_id, now=now())
    return redirect("web:results", attempt_id=attempt_id)


def _asked_for(request: HttpRequest, items: list[AttemptItem]) -> AttemptItem | None:
    """Return the answered or the open question that the address names, if it does."""
    answered, open_ = request.GET.get("answered", ""), request.GET.get("question", "")
    for item in items:
        if str(item.version.question_id) == (answered if item.response else open_):
            return item
    return None


def _page(page: AttemptPage, item: AttemptItem | None) -> dict[str, object]:
    """Return what the page of an attempt shows, at one of its questions or at none."""
    counts = Counter(one.mark.verdict if one.mark else "open" for one in page.items)
    context: dict[str, object] = {
        "page": page,
        "attempt": page.attempt,
        "quiz": page.attempt.quiz,
        "item": item,
        "counts": [(name, counts[name]) for name in _VERDICTS if counts[name]],
    }
    if item is None:
        return context
    later = [one for one in page.items if one.response is None and one.number > item.number]
    return context | _question(item) | {"next": later[0] if later else page.next_item}


def _question(item: AttemptItem) -> dict[str, object]:
    """Return what the templates of a question need: asked, or with its feedback."""
    asked: dict[str, object] = {
        "q": question_view(item.version, seed=item.seed),
        "uid": f"q-{item.number}",
    }
    if item.response is None or item.mark is None:
        return asked | {"answer_id": new_id(), "served_at": now().isoformat()}
    given = item.response.answer
    return asked | {"given": given, "feedback": feedback_view(item.version, given, item.mark)}
