"""The glossary of a course."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.enrollment.selectors import course_for
from courses.web.glossary_page import glossary_page


@require_safe
def glossary(request: HttpRequest, slug: str) -> HttpResponse:
    found = course_for(request.user, slug)
    context = {"course": found, "page": glossary_page(found, request.GET)}
    return render(request, "web/glossary.html", context)
