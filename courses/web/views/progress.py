"""What the learner knows, and what is coming."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.common.clock import now
from courses.enrollment.models import Course
from courses.flashcards.selectors import forecast, recall_by_topic, shelved_cards, today
from courses.web.charts import HEIGHT, WIDTH, forecast_bars
from courses.web.people import signed_in


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    learner, moment = signed_in(request), now()
    courses = []
    for course in Course.objects.studied_by(learner).order_by("title", "id"):
        topics = recall_by_topic(learner, course, moment)
        known = [topic for topic in topics if topic.cards]
        cards = sum(topic.cards for topic in known)
        entry = {"course": course, "topics": known, "cards": cards}
        if cards:
            learned = sum(topic.learned for topic in known)
            entry |= {"learned": learned, "learning": cards - learned}
            if learned:
                entry["overall"] = sum(topic.now * topic.learned for topic in known) / learned
            entry["waiting"] = [topic for topic in topics if not topic.cards and topic.questions]
            entry["has_exam"] = any(topic.at_exam is not None for topic in known)
        courses.append(entry)
    days = forecast(learner, moment)
    context = {
        "place": "progress",
        "courses": courses,
        "today": today(learner, moment),
        "set_aside": shelved_cards(learner),
        "bars": forecast_bars(days),
        "coming": sum(day.cards for day in days),
        "chart": {"width": WIDTH, "height": HEIGHT, "base": HEIGHT - 43.5, "labels": HEIGHT - 22},
    }
    return render(request, "web/progress.html", context)
