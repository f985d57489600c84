"""The class and each of its students, for those who may see how learners stand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from courses.common.clock import now
from courses.common.errors import NotFound
from courses.enrollment import selectors
from courses.enrollment.models import Course, Section
from courses.web.classroom import class_page, sections_with_counts
from courses.web.classroom_rows import ClassPage, StudentRow
from courses.web.classroom_student import student_page
from courses.web.csv_files import csv_file
from courses.web.people import signed_in

_ROWS = 60
# Longer than anybody can have been quiet: who has not begun comes before them.
_NEVER = 10**6
Key = Callable[[StudentRow], Any]


def _quiet_days(row: StudentRow) -> int:
    return _NEVER if row.quiet_days is None else row.quiet_days


# Column, its heading, what it sorts by, and whether the first click puts the greatest first.
COLUMNS: tuple[tuple[str, Any, Key, bool], ...] = (
    ("name", gettext_lazy("Student"), lambda row: str(row.person).casefold(), False),
    ("last", gettext_lazy("Last studied"), lambda row: -_quiet_days(row), False),
    ("days", gettext_lazy("Days of the last 14"), lambda row: row.activity.day_count, True),
    ("minutes", gettext_lazy("Minutes this week"), lambda row: row.minutes, True),
    ("cards", gettext_lazy("Cards"), lambda row: row.cards, True),
    ("now", pgettext_lazy("recall", "Now"), lambda row: row.now or 0.0, False),
    ("ahead", gettext_lazy("At the exam"), lambda row: row.ahead, False),
)
_KEYS = {name: key for name, _heading, key, _greatest in COLUMNS}
_DEFAULT = "last"


@login_required
@require_safe
def class_(request: HttpRequest, slug: str) -> HttpResponse:
    course = _course(request, slug)
    sections = sections_with_counts(course)
    section = _chosen(request, course, sections)
    context: dict[str, Any] = {"course": course, "sections": sections, "section": section}
    if section is None:
        return render(request, "web/class.html", context)
    page = class_page(signed_in(request), section, now())
    sort, descending = _sorting(request)
    page.students.sort(key=lambda row: (str(row.person).casefold(), row.person.pk))
    page.students.sort(key=_KEYS[sort], reverse=descending)
    if request.GET.get("format") == "csv":
        return _as_csv(page)
    order = ("-" if descending else "") + sort
    context |= {
        "page": page,
        "columns": _columns(sort, descending, page.ahead.is_exam),
        "rows": Paginator(page.students, _ROWS).get_page(request.GET.get("page")),
        "query": urlencode({"section": section.pk, "sort": order}),
        "days": _strip_days(),
    }
    return render(request, "web/class.html", context)


@login_required
@require_safe
def student(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    course = _course(request, slug)
    page = student_page(signed_in(request), course, person_id, now())
    return render(request, "web/class_student.html", {"course": course, "page": page})


def _course(request: HttpRequest, slug: str) -> Course:
    """Return the course. Raises NotFound, and PermissionRefused for who may not see learners."""
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "learners.see", course)
    return course


def _chosen(request: HttpRequest, course: Course, sections: list[Any]) -> Section | None:
    """Return the section asked for, else the largest; None where there is none at all."""
    asked = request.GET.get("section")
    if asked:
        chosen = next((one for one in sections if str(one.pk) == asked), None)
        if chosen is None:
            raise NotFound
    else:
        chosen = sections[0] if sections else None
    if chosen is not None:
        chosen.course = course  # spares a query
    return chosen


def _sorting(request: HttpRequest) -> tuple[str, bool]:
    """Return by which column to sort, and whether the greatest comes first."""
    asked = request.GET.get("sort", _DEFAULT)
    name = asked.removeprefix("-")
    return (name, asked.startswith("-")) if name in _KEYS else (_DEFAULT, False)


def _columns(sort: str, descending: bool, is_exam: bool) -> list[dict[str, Any]]:
    columns = []
    for name, heading, _key, greatest_first in COLUMNS:
        current = name == sort
        turned = not descending if current else greatest_first
        columns.append(
            {
                "name": name,
                "heading": heading if name != "ahead" or is_exam else _("In 30 days"),
                "order": ("descending" if descending else "ascending") if current else "",
                "link": ("-" if turned else "") + name,
            }
        )
    return columns


def _strip_days() -> list[date]:
    """Return the days of the strip, oldest first, for its words."""
    today = now().date()
    return [today - timedelta(days=ago) for ago in range(13, -1, -1)]


def _as_csv(page: ClassPage) -> HttpResponse:
    at = _("At the exam") if page.ahead.is_exam else _("In 30 days")
    rows = [
        [
            str(row.person),
            row.last_day.isoformat() if row.last_day else "",
            row.activity.day_count,
            row.minutes,
            row.cards,
            "" if row.now is None else f"{row.now:.2f}",
            f"{row.ahead:.2f}",
        ]
        for row in page.students
    ]
    headings = [*(str(heading) for _name, heading, _key, _first in COLUMNS[:-1]), at]
    return csv_file(f"class-{page.course.slug}", headings, rows)
