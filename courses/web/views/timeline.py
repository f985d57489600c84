"""The timeline of a course, drawn from its claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.enrollment.selectors import course_for
from courses.web.timeline_page import timeline_page


@require_safe
def timeline(request: HttpRequest, slug: str) -> HttpResponse:
    found = course_for(request.user, slug)
    context = {"course": found, "page": timeline_page(found, request.GET)}
    return render(request, "web/timeline.html", context)
