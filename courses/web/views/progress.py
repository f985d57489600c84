"""What the learner knows, what is coming, and on which days the answers were given."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import get_format
from django.views.decorators.http import require_safe

from courses.accounts.models import User
from courses.common.clock import now
from courses.enrollment.models import Course
from courses.flashcards.selectors import (
    card_recalls,
    forecast,
    outlook,
    recall_by_topic,
    review_calendar,
    seconds_per_card,
    shelved_cards,
    stems_of,
    today,
)
from courses.web.calendar_chart import calendar_of
from courses.web.charts import HEIGHT, WIDTH, forecast_bars, outlook_bar
from courses.web.people import signed_in

_WEAKEST = 5


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    learner, moment = signed_in(request), now()
    pace = seconds_per_card(learner)
    studied = Course.objects.studied_by(learner).order_by("title", "id")
    # Django counts the days of a week from Sunday, Python from Monday.
    first_weekday = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    days, planned = forecast(learner, moment), today(learner, moment)
    calendar = calendar_of(review_calendar(learner, moment, first_weekday=first_weekday))
    context = {
        "place": "progress",
        "courses": [_entry(learner, course, moment, pace) for course in studied],
        "today": planned,
        # Due, but not in the day's plan: else the picture and the button would not agree.
        "put_off": max(days[0].cards - planned.due, 0),
        "set_aside": shelved_cards(learner),
        "bars": forecast_bars(days),
        "coming": sum(day.cards for day in days),
        "chart": {"width": WIDTH, "height": HEIGHT, "base": HEIGHT - 43.5, "labels": HEIGHT - 22},
        "calendar": calendar,
    }
    return render(request, "web/progress.html", context | _weakest(learner, moment))


def _entry(learner: User, course: Course, moment: datetime, pace: float) -> dict[str, object]:
    """Return what the page says of one course."""
    topics = recall_by_topic(learner, course, moment)
    known = [topic for topic in topics if topic.cards]
    cards = sum(topic.cards for topic in known)
    entry: dict[str, object] = {"course": course, "topics": known, "cards": cards}
    if not cards:
        return entry
    learned = sum(topic.learned for topic in known)
    entry |= {"learned": learned, "learning": cards - learned}
    if learned:
        entry["overall"] = sum(topic.now * topic.learned for topic in known) / learned
    entry["waiting"] = [topic for topic in topics if not topic.cards and topic.questions]
    entry["has_exam"] = any(topic.at_exam is not None for topic in known)
    found = outlook(learner, course, moment, seconds_per_card=pace)
    if found is not None:
        entry |= {"outlook": found, "unmet": found.questions - found.met}
        entry["bar"] = outlook_bar(found)
        # Who has met but little is told what that is worth, not how little it is of all.
        entry["beginner"] = 2 * found.met < found.questions
        if found.best is not None:
            entry["raised"] = min(found.score.expected + found.best.gain, 1.0)
    return entry


def _weakest(learner: User, moment: datetime) -> dict[str, object]:
    """Return the few cards that are most likely forgotten, and how many there are to look at."""
    cards = card_recalls(learner, moment)
    weakest = [card for card in cards if card.recall is not None and not card.suspended][:_WEAKEST]
    stems = stems_of(weakest)
    rows = [{"card": card, "stem_html": stems[card.question_id]} for card in weakest]
    return {"weakest": rows, "all_cards": len(cards), "now": moment}
