"""The one place where what went wrong becomes a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from courses.common.errors import DomainError, NotFound, PermissionRefused
from courses.enrollment.selectors import Person
from courses.web.context import chosen_theme
from courses.web.nearby import ways_from

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_OWN_PAGES = {403, 404, 429, 503}
# Every limit on account pages counts by the minute.
_WAIT_SECONDS = 60


def error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the page that says what happened, with the status of the error."""
    template = f"{error.status}.html" if error.status in _OWN_PAGES else "web/problem.html"
    # The pages say it better than "there is nothing here", which is their heading.
    plain = type(error) in (NotFound, PermissionRefused) and error.message == type(error).message
    context: dict[str, Any] = {
        "message": "" if plain else error.message,
        "code": error.code,
        "status": error.status,
        "back": _page_before(request),
        "site_name": settings.SITE_NAME,
        **(ways_from(request.path_info, request.user) if error.status == NotFound.status else {}),
    }
    return render(request, template, context, status=error.status)


# --- Handlers of the project's urls ---------------------------------------------------


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of a request that Django would not read."""
    return _bare(request, "400.html", 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Return the page of a form that is longer than anything reads."""
    return _bare(request, "413.html", 413)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of what is not for this person."""
    return render(request, "403.html", {"back": _page_before(request)}, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page of a form whose token does not fit."""
    return render(request, "403_csrf.html", {"back": _page_before(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page of an address that leads nowhere, with ways on."""
    context = {"back": _page_before(request), **ways_from(request.path_info, _asker(request))}
    return render(request, "404.html", context, status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page of one who tried too often to sign in, or to change an account."""
    context = {"back": _page_before(request), "wait_seconds": _WAIT_SECONDS}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(_WAIT_SECONDS)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Return the page of a mistake of ours; it needs no database, session or cache."""
    return _bare(request, "500.html", 500)


def _asker(request: HttpRequest) -> Person:
    """Return who asks; nobody, of a request that was turned away before we knew."""
    user: Person = getattr(request, "user", AnonymousUser())
    return user


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Render a page without what might be the thing that is broken: context processors."""
    context = {
        "theme": chosen_theme(request),
        "site_name": settings.SITE_NAME,
        "reference": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    return HttpResponse(render_to_string(template, context), status=status)


def shown(view: View[P]) -> View[P]:
    """Wrap a view so that a DomainError from a service becomes its page."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except DomainError as error:
            return error_page(request, error)
        if isinstance(response, HttpResponseNotAllowed):
            return _not_that_way(request, response)
        return response

    return wrapped


def _not_that_way(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    """Return a page instead of nothing for who opens the address of a form's button."""
    context = {
        "message": _("This address takes what a form sends, and shows nothing by itself."),
        "status": answer.status_code,
        "back": _page_before(request),
    }
    page = render(request, "web/problem.html", context, status=answer.status_code)
    page.headers["Allow"] = answer.headers["Allow"]
    return page


def tell(request: HttpRequest, error: DomainError) -> None:
    """Say what went wrong at the head of the next page."""
    messages.error(request, str(error.message))


def _page_before(request: HttpRequest) -> str:
    """Return where the person came from if that is on this site, else an empty string."""
    referrer = request.META.get("HTTP_REFERER", "")
    known = url_has_allowed_host_and_scheme(
        referrer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return referrer if known else ""
