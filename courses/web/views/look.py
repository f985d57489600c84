"""How this browser shows the site: light or dark, and in which language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from courses.accounts.services import save_preferences
from courses.common.clock import now
from courses.web.context import THEME_COOKIE, THEMES
from courses.web.people import signed_in

_YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in a cookie of this browser; anything else means automatic."""
    response = _back(request)
    theme = request.POST.get("theme")
    if theme in THEMES:
        _keep(response, THEME_COOKIE, theme)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep a language in a cookie of this browser, and as the preference of who is signed in.

    A language that the site does not speak changes nothing.
    """
    response = _back(request)
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, code)
        if request.user.is_authenticated:
            save_preferences(signed_in(request), now=now(), language=code)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    """Set a cookie that only says how the site is to look."""
    response.set_cookie(
        name,
        value,
        max_age=_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _back(request: HttpRequest) -> HttpResponse:
    """Return a redirect to the page that the form stood on."""
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "web:start"
    return redirect(back)
