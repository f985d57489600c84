"""An attempt: one question after another, what is saved on the way, handing in, the results."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.assessment.domain.review_options import ANSWERS, EXPLANATION, SCORE
from courses.assessment.errors import (
    AlreadyAnswered,
    AnswerRefused,
    AttemptAlreadySubmitted,
    OutOfOrder,
    SaveConflict,
    TimeIsUp,
)
from courses.assessment.presenting import says_anything
from courses.assessment.selectors import (
    AttemptItem,
    AttemptPage,
    attempt_page,
    places_of,
    tells_at_once,
)
from courses.assessment.services import (
    Draft,
    answer_in_attempt,
    close_if_over,
    save_answer,
    submit_attempt,
    take_hint,
    walk_on,
)
from courses.common.clock import now
from courses.common.errors import NotFound
from courses.flashcards.selectors import card_schedules, study_day, today
from courses.flashcards.services import ensure_day_plans
from courses.web.answers import (
    duration_ms,
    posted_id,
    posted_moment,
    posted_number,
    raw_answer,
)
from courses.web.attempts import (
    attempt_context,
    following,
    is_sequential,
    item_context,
    unread_answers,
)
from courses.web.people import signed_in
from courses.web.quiz_results import by_topic, coming_days, lessons_to_read, score_words

_OTHER_TAB = _(
    "Another tab or device has saved another answer here. What you see is yours, and not saved: "
    "send it again to keep it, or load the page again to see the other one."
)
_LEFT_OPEN = _("There is no answer here yet, and no way back to this question.")
_ENDED = (AttemptAlreadySubmitted, TimeIsUp)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the next question, or the one that is asked for; a POST is an answer.

    With ?question= a question that is open, with ?answered= what came of one; with
    ?hand-in= it asks whether to. Handing in is a POST to the results: nobody's reading or
    prefetching does it.
    """
    page = _open_page(request, attempt_id)
    if page is None:
        return redirect("web:results", attempt_id=attempt_id)
    if request.method == "POST":
        return _posted(request, page)
    if "hand-in" in request.GET and (page.remaining or not tells_at_once(page.attempt.quiz)):
        context = attempt_context(page, None, now())
        context |= {"handing_in": True, "unread": unread_answers(page)}
        return render(request, "web/attempt.html", context)
    return _shown(request, page, _asked_for(request, page))


@login_required
@never_cache
@require_POST
def hint(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Take a hint, and show the question again with it."""
    question_id = posted_id(request.POST, "question")
    try:
        take_hint(
            learner=signed_in(request),
            attempt_id=attempt_id,
            question_id=question_id,
            number=posted_number(request.POST, "number"),
            now=now(),
        )
    except _ENDED:
        return redirect("web:results", attempt_id=attempt_id)
    return redirect(f"{reverse('web:attempt', args=[attempt_id])}?question={question_id}")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the results; a POST hands the attempt in."""
    learner, moment = signed_in(request), now()
    if request.method == "POST":
        submit_attempt(learner=learner, attempt_id=attempt_id, now=moment)
        return redirect("web:results", attempt_id=attempt_id)
    page = attempt_page(learner=learner, attempt_id=attempt_id, now=moment)
    if page.attempt.submitted_at is None and not close_if_over(page.attempt, now=moment):
        return redirect("web:attempt", attempt_id=attempt_id)
    if page.attempt.submitted_at is None:
        page = attempt_page(learner=learner, attempt_id=attempt_id, now=moment)
    ensure_day_plans(learner=learner, now=moment)
    asked = [item.version.question_id for item in page.items]
    places, schedules = places_of(asked), card_schedules(learner, asked)
    shows_cards = page.told >= {ANSWERS, EXPLANATION} and not page.attempt.preview
    outcomes = [
        item_context(page, item, moment)
        | {
            "item": item,
            "schedule": schedules.get(item.version.question_id) if shows_cards else None,
        }
        for item in page.items
    ]
    quiz, scored = page.attempt.quiz, SCORE in page.told
    context = {"page": page, "quiz": quiz, "course": quiz.course, "outcomes": outcomes}
    context |= {
        "now": moment,
        "scored": scored,
        "due": today(learner, moment).cards,
        "words": score_words(page.score, comes_back=shows_cards),
        "topics": by_topic(page, places) if scored else [],
        "coming": coming_days(schedules.values(), study_day(learner, moment))
        if shows_cards
        else [],
        "lessons": lessons_to_read(page.items, places) if scored else [],
    }
    return render(request, "web/results.html", context)


def _open_page(request: HttpRequest, attempt_id: UUID) -> AttemptPage | None:
    """Return the page of an attempt that goes on, None for one that was handed in."""
    moment = now()
    page = attempt_page(learner=signed_in(request), attempt_id=attempt_id, now=moment)
    over = page.attempt.submitted_at is not None or close_if_over(page.attempt, now=moment)
    return None if over else page


def _posted(request: HttpRequest, page: AttemptPage) -> HttpResponse:
    """Take down what the form of a question sent, and show what follows."""
    attempt_id = page.attempt.pk
    leaves = "on" in request.POST and (_checks(page) or not says_anything(raw_answer(request.POST)))
    item = None if leaves else _item_posted(request, page)
    try:
        if item is None:
            number = posted_number(request.POST, "on")
            walk_on(learner=signed_in(request), attempt_id=attempt_id, number=number, now=now())
            return redirect("web:attempt", attempt_id=attempt_id)
        return _check(request, page, item) if _checks(page) else _save(request, page, item)
    except _ENDED as error:
        messages.info(request, str(error.message))
        return redirect("web:results", attempt_id=attempt_id)
    except AnswerRefused as error:
        return _again(request, page, _item_posted(request, page), str(error.message))
    except OutOfOrder as error:
        messages.info(request, str(error.message))
        return redirect("web:attempt", attempt_id=attempt_id)


def _checks(page: AttemptPage) -> bool:
    return tells_at_once(page.attempt.quiz)


def _check(request: HttpRequest, page: AttemptPage, item: AttemptItem) -> HttpResponse:
    """Mark the answer at once, and lead to what may be told of it."""
    moment, question_id = now(), item.version.question_id
    try:
        outcome = answer_in_attempt(
            learner=signed_in(request),
            response_id=posted_id(request.POST, "response"),
            attempt_id=page.attempt.pk,
            question_id=question_id,
            raw_answer=raw_answer(request.POST),
            answered_at=moment,
            duration_ms=duration_ms(posted_moment(request, "served_at"), moment),
            confidence=request.POST.get("confidence", ""),
            now=moment,
        )
    except AlreadyAnswered:
        return _to(page, answered=question_id)
    if not hasattr(outcome, "response"):
        return _to(page, question=question_id)
    return _to(page, answered=question_id)


def _save(request: HttpRequest, page: AttemptPage, item: AttemptItem) -> HttpResponse:
    """Keep the answer as it stands, and go where the form says."""
    moment = now()
    draft = Draft(
        answer=raw_answer(request.POST),
        revision=posted_number(request.POST, "revision"),
        confidence=request.POST.get("confidence", ""),
        flagged="flagged" in request.POST,
        duration_ms=duration_ms(posted_moment(request, "served_at"), moment),
    )
    onward = following(page, item)
    if is_sequential(page) and onward is not None and not says_anything(draft.answer):
        return _again(request, page, item, str(_LEFT_OPEN))
    try:
        save_answer(
            learner=signed_in(request),
            attempt_id=page.attempt.pk,
            question_id=item.version.question_id,
            save_id=posted_id(request.POST, "response"),
            draft=draft,
            now=moment,
        )
    except SaveConflict:
        return _again(request, page, item, str(_OTHER_TAB))
    if request.POST.get("then") == "hand-in" or onward is None:
        return redirect(f"{reverse('web:attempt', args=[page.attempt.pk])}?hand-in=1")
    if is_sequential(page):
        walk_on(
            learner=signed_in(request), attempt_id=page.attempt.pk, number=item.number, now=moment
        )
    return _to(page, question=onward.version.question_id)


def _to(page: AttemptPage, **query: UUID) -> HttpResponse:
    [(name, value)] = query.items()
    return redirect(f"{reverse('web:attempt', args=[page.attempt.pk])}?{name}={value}")


def _item_posted(request: HttpRequest, page: AttemptPage) -> AttemptItem:
    """Return the question that a form is about. Raises NotFound if the attempt has no such."""
    question_id = posted_id(request.POST, "question")
    for item in page.items:
        if item.version.question_id == question_id:
            return item
    raise NotFound


def _again(
    request: HttpRequest, page: AttemptPage, item: AttemptItem, message: str
) -> HttpResponse:
    """Show the question again with what was typed, and why it was not taken."""
    if item.response is not None:
        return _to(page, answered=item.version.question_id)
    if is_sequential(page) and item.number != page.attempt.reached:
        return redirect("web:attempt", attempt_id=page.attempt.pk)
    context = attempt_context(page, item, now())
    given = raw_answer(request.POST)
    context |= {"given": given, "error": message}
    # Without a way back, and with nothing to say, one may go on all the same.
    context["may_leave"] = is_sequential(page) and not says_anything(given)
    return render(request, "web/attempt.html", context, status=422)


def _shown(request: HttpRequest, page: AttemptPage, item: AttemptItem | None) -> HttpResponse:
    return render(request, "web/attempt.html", attempt_context(page, item, now()))


def _asked_for(request: HttpRequest, page: AttemptPage) -> AttemptItem | None:
    """Return the question that the address names, or the one to go on with."""
    if is_sequential(page):
        return page.items[min(page.attempt.reached, len(page.items)) - 1]
    answered, open_ = request.GET.get("answered", ""), request.GET.get("question", "")
    for item in page.items:
        if str(item.version.question_id) == (answered if item.response else open_):
            return item
    if tells_at_once(page.attempt.quiz):
        return page.next_item
    return next((one for one in page.items if one.saved is None), page.items[0])
