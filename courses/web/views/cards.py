"""The learner's cards: a list by predicted recall, and one card with its forgetting curve."""

from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.accounts.models import User
from courses.assessment.selectors.markings import own_words
from courses.common.clock import now
from courses.common.days import local_day
from courses.content.models import Topic
from courses.enrollment.models import Course
from courses.flashcards.domain.scheduling import State
from courses.flashcards.selectors import card_history, card_recalls, stems_of
from courses.flashcards.selectors.histories import CardHistory
from courses.web.card_words import PLACES, RATINGS, STATES, curve_sentence, wait_words
from courses.web.people import signed_in
from courses.web.recall_chart import recall_chart

_A_PAGE = 25
# Years of answers; beyond them (a program at the API) a picture has no room, nor a page.
_MOST_STEPS = 500


@login_required
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """List the cards, the weakest first; `in` is a course or course/topic."""
    learner, moment = signed_in(request), now()
    where = request.GET.get("in", "")
    strongest = request.GET.get("order") == "strongest"
    course, _slash, topic = where.partition("/")
    found = card_recalls(learner, moment, course=course, topic=topic)
    if strongest:
        # What has no prediction stays at the end.
        found.sort(key=lambda card: 1.0 if card.recall is None else -card.recall)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    stems = stems_of(page.object_list)
    context = {
        "place": "progress",
        "page": page,
        "rows": [
            {"card": card, "stem_html": stems[card.question_id], "state": STATES[card.state]}
            for card in page.object_list
        ],
        "total": len(found),
        "now": moment,
        "where": where,
        "strongest": strongest,
        "groups": _groups(learner),
        "query": urlencode({"in": where, "order": "strongest" if strongest else "weakest"}),
    }
    return render(request, "web/progress_cards.html", context)


@login_required
@require_safe
def card(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show one card: its curve with the reviews on it, and what it rests on."""
    learner, moment = signed_in(request), now()
    history = card_history(learner, question_id, moment)
    context = {
        "place": "progress",
        "history": history,
        "course": history.course,
        "q": history.question,
        "feedback": history.feedback,
        "own_words": own_words(learner, question_id) if history.marked_by_hand else [],
        "state": STATES[history.state.name.lower()],
        # Minutes after an answer everything would seem to be remembered.
        "is_learned": history.state is State.REVIEW,
        "is_due": history.due_at is not None and history.due_at <= moment,
    }
    if history.steps:
        context |= _picture(history, _due_day(learner, history.due_at))
    return render(request, "web/progress_card.html", context)


def _groups(learner: User) -> list[tuple[Course, list[Topic]]]:
    """Return the courses that can be chosen, each with its topics."""
    courses = list(Course.objects.studied_by(learner).order_by("title", "id"))
    topics = Topic.objects.filter(course__in=courses).order_by("position", "id")
    listed = list(topics)
    return [(one, [topic for topic in listed if topic.course_id == one.pk]) for one in courses]


def _due_day(learner: User, due_at: datetime | None) -> date | None:
    if due_at is None:
        return None
    return local_day(due_at, zone=learner.time_zone, rollover_hour=learner.rollover_hour)


def _picture(history: CardHistory, due: date | None) -> dict[str, object]:
    steps = history.steps[-_MOST_STEPS:]
    chart = recall_chart(
        steps,
        today=history.today,
        due=None if history.suspended else due,
        aim=history.course.desired_retention,
        model=history.model,
    )
    reviews = [
        {
            "step": step,
            "rating": step.rating or 0,
            "word": RATINGS[step.rating or 0],
            "place": PLACES.get(history.places[step.entry.id], ""),
            "wait": wait_words(step.entry.interval_days, step.entry.due_at),
        }
        for step in steps
    ]
    return {
        "chart": chart,
        "marks": [(mark, mark.rating or 0, RATINGS[mark.rating or 0]) for mark in chart.marks],
        "key": [(rating, RATINGS[rating]) for rating in chart.unnamed],
        "sentence": curve_sentence(history, chart),
        "reviews": reviews,
        "answers": sum(step.rating is not None for step in history.steps),
    }
