"""Reading a lesson, answering the questions in its prose, finishing it."""

from functools import lru_cache

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from courses.assessment.domain.marks import verdict_of
from courses.assessment.domain.types import get_type
from courses.assessment.errors import AnswerRefused, GuestFull, TooManyAnswers
from courses.assessment.services import (
    answer_as_guest,
    answer_in_lesson,
    finish_as_guest,
    guest_key,
)
from courses.assessment.versions import get_version
from courses.common.clock import now
from courses.common.errors import KeyReused
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.content.selectors import lesson_for
from courses.content.services import finish_lesson, start_lesson
from courses.web import guests, lesson_page
from courses.web.answers import Posted, posted_answer
from courses.web.card_words import RATINGS
from courses.web.context import chosen_theme
from courses.web.lesson_answers import Refusal, answer_asked_for, known, own_questions
from courses.web.people import signed_in
from courses.web.selectors import Asked, Reading, asked_in_lesson, reading_of

# What is shown beside the question, with the answer that was given still in it.
_SHOWN_IN_PLACE = (AnswerRefused, KeyReused, GuestFull, TooManyAnswers)


@require_safe
def lesson(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    reading = reading_of(request.user, slug, lesson_slug)
    return _page(request, slug, lesson_slug, reading)


@require_POST
def answer(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    """Take down an answer: as the learner's, or without an account as a guest's."""
    page = reverse("web:lesson", args=[slug, lesson_slug])
    visitor = not request.user.is_authenticated
    if visitor and not guests.may_answer(request, slug, lesson_slug):
        return guests.to_the_door(page)
    reading = reading_of(request.user, slug, lesson_slug)
    posted = posted_answer(request, now())
    token = guests.token_for(request) if visitor else ""
    try:
        name = (
            _as_guest(request, reading, posted, token)
            if visitor
            else _as_learner(request, reading, posted)
        )
    except _SHOWN_IN_PLACE as error:
        refused = Refusal(posted, error)
        return _page(request, slug, lesson_slug, reading, refused=refused)
    response = redirect(f"{page}?answered={posted.response_id}#q-{name}")
    if visitor:
        guests.keep(response, token)
    return response


def _as_learner(request: HttpRequest, reading: Reading, posted: Posted) -> str:
    """Record the answer; return the slug of its question."""
    outcome = answer_in_lesson(
        learner=signed_in(request),
        response_id=posted.response_id,
        lesson_id=reading.lesson_id,
        question_id=posted.question_id,
        raw_answer=posted.raw,
        answered_at=posted.moment,
        duration_ms=posted.duration_ms,
        now=posted.moment,
    )
    return outcome.version.question.slug


def _as_guest(request: HttpRequest, reading: Reading, posted: Posted, token: str) -> str:
    """Keep the answer; return the slug of its question."""
    guests.count_answer(request)
    outcome = answer_as_guest(
        guest=guest_key(token),
        response_id=posted.response_id,
        lesson_id=reading.lesson_id,
        question_id=posted.question_id,
        raw_answer=posted.raw,
        answered_at=posted.moment,
        duration_ms=posted.duration_ms,
    )
    return outcome.version.question.slug


@require_POST
def finish(request: HttpRequest, slug: str, lesson_slug: str) -> HttpResponse:
    page = reverse("web:lesson", args=[slug, lesson_slug])
    response = redirect(f"{page}#end")
    if request.user.is_authenticated:
        finish_lesson(signed_in(request), lesson_for(request.user, slug, lesson_slug), now())
        return response
    if not guests.may_answer(request, slug, lesson_slug):
        return guests.to_the_door(page)
    guests.count_answer(request)
    token = guests.token_for(request)
    found = lesson_for(request.user, slug, lesson_slug)
    finish_as_guest(guest=guest_key(token), lesson=found, now=now())
    guests.keep(response, token)
    return response


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
    record = guests.record_for(request)
    if record.last or record.finished_at:
        asked, reading = known(asked, reading, record)
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
    own |= _end(page, reading, own["csrf"])
    if request.user.is_authenticated:
        own["person"] = escape(str(request.user))
    else:
        own["finish"] += guests.line_at_the_end(request, record, slug, lesson_slug)
    for name, form in page.forms.items():
        own[f"id:{name}"] = str(new_id())
        own[f"state:{name}"] = _state(asked[name], visitor=reader == lesson_page.VISITOR)
        own[f"form:{name}"] = lesson_page.fill(form, own)
    answered = answer_asked_for(request, reading, record)
    if answered or refused:
        own |= own_questions(request, load(), asked, answered, refused, record)
    response = HttpResponse(lesson_page.fill(page.pieces, own))
    if record.last or record.finished_at:
        patch_cache_control(response, private=True)
    return _as_refused(response, refused) if refused else response


def _as_refused(response: HttpResponse, refused: Refusal) -> HttpResponse:
    response.status_code = refused.error.status
    if wait := refused.error.details.get("retry_after"):
        response.headers["Retry-After"] = str(wait)
    return response


def _reader(request: HttpRequest, reading: Reading) -> str:
    if not request.user.is_authenticated:
        return lesson_page.VISITOR
    return lesson_page.STUDENT if reading.studies else lesson_page.GUEST


def _end(page: lesson_page.SetPage, reading: Reading, token: str) -> dict[str, str]:
    if reading.finished_at is None or reading.status == Lesson.Status.DRAFT:
        return {"finish": lesson_page.fill(page.unfinished, {"csrf": token})}
    day = date_format(localtime(reading.finished_at), "DATE_FORMAT")
    return {"finish": lesson_page.fill(page.finished, {"day": day})}


def _state(question: Asked, *, visitor: bool) -> str:
    if question.answered_at is None:
        return ""
    day = date_format(localtime(question.answered_at), "MONTH_DAY_FORMAT")
    by_hand = get_type(get_version(question.version_id).type).marked_by_hand
    more = ""
    if question.credit is None or (visitor and by_hand):
        verdict = "awaiting"
    else:
        verdict = verdict_of(question.credit)
        more = reverse("web:card", args=[question.question_id]) if by_hand else ""
    return _state_line(verdict, question.rating, day, get_language() or "", more)


@lru_cache(maxsize=2000)
def _state_line(verdict: str, rating: int | None, day: str, language: str, more: str) -> str:
    """Return the line on the last answer; `language` is the active one.

    Who rated themselves reads their rating: nobody told them right or wrong. `more` is where
    stands what a teacher wrote to it.
    """
    context = {
        "verdict": verdict,
        "day": day,
        "rated": RATINGS[rating] if rating else "",
        "more": more,
    }
    return render_to_string("web/_question_state.html", context)


def _messages(request: HttpRequest) -> str:
    kept = list(get_messages(request))
    return render_to_string("web/_messages.html", {"messages": kept}) if kept else ""
