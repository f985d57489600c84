"""Other rules for one learner: more time, other dates, further attempts."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.assessment.models import Accommodation, Quiz
from courses.assessment.services import grant_accommodation, withdraw_accommodation
from courses.assessment.services.accommodations import AccommodationInvalid
from courses.common.clock import now
from courses.common.errors import NotFound
from courses.enrollment import selectors
from courses.web.accommodation_page import PersonRow, granted_first, people_of, row_of
from courses.web.answers import posted_id
from courses.web.forms.accommodations import EVERYWHERE, HERE, GrantForm
from courses.web.people import signed_in
from courses.web.quiz_editing import quiz_of

_ROWS = 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """List who takes part, and what each is granted; a POST grants or withdraws.

    ?person= shows the form for one of them, ?scope=course what they have in all quizzes.
    """
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "learners.accommodate", course)
    quiz = quiz_of(course, quiz_slug)
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request, quiz)
    rows = people_of(quiz)
    if request.method == "POST":
        return _grant(request, quiz, rows)
    asked = request.GET.get("person")
    chosen = row_of(rows, asked) if asked else None
    if asked and chosen is None:
        raise NotFound
    scope = EVERYWHERE if request.GET.get("scope") == EVERYWHERE else HERE
    form = GrantForm(initial=_granted(chosen, scope)) if chosen else None
    return _page(request, quiz, rows, chosen, form)


def _grant(request: HttpRequest, quiz: Quiz, rows: list[PersonRow]) -> HttpResponse:
    person_id = posted_id(request.POST, "person")
    chosen = row_of(rows, str(person_id))
    if chosen is None:
        raise NotFound
    form = GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, quiz, rows, chosen, form)
    try:
        grant_accommodation(
            actor=signed_in(request),
            course=quiz.course,
            learner_id=person_id,
            quiz=quiz if form.cleaned_data["scope"] == HERE else None,
            granted=form.granted(),
            now=now(),
        )
    except AccommodationInvalid as error:
        form.add_error(None, str(error.message))
        return _page(request, quiz, rows, chosen, form)
    name = {"name": str(chosen.person)}
    messages.success(request, _("Granted to %(name)s. Open attempts have their new end.") % name)
    return redirect("web:quiz-people", quiz.course.slug, quiz.slug)


def _withdraw(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    withdraw_accommodation(
        actor=signed_in(request),
        course=quiz.course,
        accommodation_id=posted_id(request.POST, "withdraw"),
        now=now(),
    )
    messages.success(request, _("Withdrawn: the rules are those for everybody again."))
    return redirect("web:quiz-people", quiz.course.slug, quiz.slug)


def _granted(row: PersonRow, scope: str) -> dict[str, Any]:
    """Return the form of what a person has now, here or in all quizzes."""
    found: Accommodation | None = row.here if scope == HERE else row.everywhere
    names = ("time_factor", "opens_at", "closes_at", "extra_attempts")
    return {"scope": scope} | {name: getattr(found, name, None) for name in names}


def _page(
    request: HttpRequest,
    quiz: Quiz,
    rows: list[PersonRow],
    chosen: PersonRow | None,
    form: GrantForm | None,
) -> HttpResponse:
    context = {
        "course": quiz.course,
        "quiz": quiz,
        "rows": Paginator(granted_first(rows), _ROWS).get_page(request.GET.get("page")),
        "chosen": chosen,
        "form": form,
        "zone": signed_in(request).time_zone,
        "may_see": selectors.may(request.user, "learners.see", quiz.course),
        "limit": timedelta(seconds=quiz.time_limit_seconds or 0),
    }
    return render(request, "web/teaching/people.html", context)
