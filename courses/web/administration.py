"""The review log in the administration: read only, newest first, a learner's at a time.

Django's admin cannot register a model with a composite primary key, so this is a page of
our own behind the same door.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.accounts.models import User
from courses.flashcards.models import ReviewLog

PAGE = 200


@require_safe
def review_log(request: HttpRequest) -> HttpResponse:
    """Show the last entries of the learner whose e-mail address is asked for, or of all."""
    email = request.GET.get("email", "").strip().lower()
    entries = ReviewLog.objects.select_related("question", "course", "learner")
    learner = None
    if email:
        learner = User.objects.filter(email=email.replace("\0", "")).first()
        entries = entries.filter(learner=learner) if learner else entries.none()
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Review log"),
        "email": email,
        "unknown": bool(email) and learner is None,
        "entries": entries.order_by("-answered_at", "-id")[:PAGE],
        "page_size": PAGE,
    }
    return render(request, "web/administration/review_log.html", context)


urlpatterns: list[URLPattern] = [
    path("review-log/", admin.site.admin_view(review_log), name="administration-review-log"),
]
