"""The one place where what went wrong becomes a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from courses.common.errors import DomainError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_OWN_PAGES = {403, 404, 429, 503}


def error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the page that says what happened, with the status of the error."""
    template = f"{error.status}.html" if error.status in _OWN_PAGES else "web/problem.html"
    context = {"message": error.message, "status": error.status, "back": _page_before(request)}
    return render(request, template, context, status=error.status)


def shown(view: View[P]) -> View[P]:
    """Wrap a view so that a DomainError from a service becomes its page."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return error_page(request, error)

    return wrapped


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
