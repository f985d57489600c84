"""What everybody's attempts at a quiz come to, for those who may see how learners stand."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.assessment.models import Quiz
from courses.assessment.selectors import attempt_seen, grades_of, quiz_for
from courses.common.clock import now
from courses.enrollment import selectors
from courses.web.attempts import item_context
from courses.web.csv_files import csv_file
from courses.web.grades import HEADINGS, cells_of, figures_of

_ROWS = 60


@login_required
@never_cache
@require_safe
def quiz(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """Show everybody's grade in a quiz; ?format=csv gives them as a file."""
    found = _quiz(request, slug, quiz_slug)
    rows = grades_of(found)
    if request.GET.get("format") == "csv":
        headings = [str(heading) for heading in HEADINGS]
        return csv_file(f"grades-{slug}-{quiz_slug}", headings, map(cells_of, rows))
    context = {
        "course": found.course,
        "quiz": found,
        "figures": figures_of(found, rows),
        "rows": Paginator(rows, _ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "web/grades.html", context)


@login_required
@never_cache
@require_safe
def attempt(request: HttpRequest, slug: str, quiz_slug: str, attempt_id: UUID) -> HttpResponse:
    """Show an attempt that was handed in, with everything about it."""
    found = _quiz(request, slug, quiz_slug)
    page = attempt_seen(quiz=found, attempt_id=attempt_id)
    outcomes = [item_context(page, item, now()) | {"item": item} for item in page.items]
    context = {"course": found.course, "quiz": found, "page": page, "outcomes": outcomes}
    context |= {
        "scored": True,
        "may_mark": selectors.may(request.user, "learners.mark", found.course),
    }
    return render(request, "web/attempt_seen.html", context)


def _quiz(request: HttpRequest, slug: str, quiz_slug: str) -> Quiz:
    """Return the quiz. Raises NotFound, and PermissionRefused for who may not see learners."""
    found = quiz_for(user=request.user, course_slug=slug, quiz_slug=quiz_slug)
    selectors.require(request.user, "learners.see", found.course)
    return found
