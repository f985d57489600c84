"""Visitors without an account: the cookie that says which answers are theirs, and its end."""

import re
import secrets
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from courses.assessment.errors import TooManyAnswers
from courses.assessment.selectors import (
    NOTHING_KEPT,
    GuestRecord,
    guest_answer_count,
    guest_record,
)
from courses.assessment.services import guest_key
from courses.assessment.services.guests import KEPT_FOR
from courses.common.clock import now
from courses.common.errors import NotFound
from courses.web.selectors import reading_of

COOKIE: Final = "guest"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_TOLD_EVERY = 4
_WINDOWS = ((60, 1), (3600, 10))
_SETTLED = "guest_settled"


def guest_of(request: HttpRequest) -> str | None:
    """Return the key of the guest in this browser, None where there is none."""
    token = request.COOKIES.get(COOKIE, "")
    return guest_key(token) if _TOKEN.fullmatch(token) else None


def token_for(request: HttpRequest) -> str:
    """Return the token of the guest in this browser, a new one with their first answer.

    A new one is made from the secret that this browser's forms carry: two tabs, or two
    clicks, that both send a first answer make the same guest. Signing in changes that
    secret, and so no token comes twice.
    """
    token = request.COOKIES.get(COOKIE, "")
    if _TOKEN.fullmatch(token):
        return token
    of_browser = request.META.get("CSRF_COOKIE") or secrets.token_hex(16)
    return salted_hmac(__name__, of_browser, algorithm="sha256").hexdigest()[:32]


def record_for(request: HttpRequest) -> GuestRecord:
    """Return what a visitor did in this browser: one query, none without a cookie."""
    guest = guest_of(request)
    return guest_record(guest) if guest and not request.user.is_authenticated else NOTHING_KEPT


def answers_kept(request: HttpRequest) -> int:
    """Return how many answers would come with whoever signs in now; at most one query."""
    guest = guest_of(request)
    return guest_answer_count(guest) if guest else 0


def keep(response: HttpResponse, token: str) -> None:
    """Have the browser keep the token as long as the server keeps an answer of today."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def settle(request: HttpRequest) -> None:
    """Have the browser forget its guest with the answer to this request."""
    setattr(request, _SETTLED, True)


def count_answer(request: HttpRequest) -> None:
    """Count an answer by address. Raises TooManyAnswers; a RedisError where nothing counts."""
    address = _network(get_adapter().get_client_ip(request))
    seconds = now().timestamp()
    for length, times in _WINDOWS:
        window = int(seconds // length)
        name = f"guests:answers:{address}:{length}:{window}"
        if cache.add(name, 1, timeout=2 * length):
            continue
        try:
            counted = cache.incr(name)
        except ValueError:  # the cache was emptied between the two
            continue
        if counted > settings.GUEST_ANSWERS_PER_MINUTE * times:
            raise TooManyAnswers(retry_after=ceil((window + 1) * length - seconds))


def _network(address: str) -> str:
    """Return what is counted as one address: of IPv6 the 64 bits that a household is given.

    Whoever has one address there has 2^64 of them.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((int(parsed) >> 64 << 64, 64)))


def may_answer(request: HttpRequest, course_slug: str, lesson_slug: str) -> bool:
    """Tell whether somebody who is not signed in may answer in this lesson.

    Not who was signed in until now and is shut out: the sign-in tells them why.
    """
    if SESSION_KEY in request.session:
        return False
    try:
        reading_of(request.user, course_slug, lesson_slug)
    except NotFound:
        return False
    return True


def to_the_door(page: str) -> HttpResponse:
    """Lead to the sign-in, and back to `page` from there."""
    return redirect_to_login(page)


def tells_after(answers: int) -> bool:
    """Tell whether the line on accounts stands beneath a guest's so many-th answer."""
    return answers == 1 or answers % _TOLD_EVERY == 0


def line_at_the_end(
    request: HttpRequest, record: GuestRecord, course_slug: str, lesson_slug: str
) -> str:
    """Return what the end of a lesson says to visitors about their answers and an account."""
    page = reverse("web:lesson", args=[course_slug, lesson_slug])
    if not record.answers:
        return _line_of_nothing(page, get_language() or "")
    context = {"page": page, "answers": record.answers}
    return render_to_string("web/_guest_end.html", context, request)


@lru_cache(maxsize=500)
def _line_of_nothing(page: str, language: str) -> str:
    """Return the line for who has answered nothing yet; `language` is the active one."""
    return render_to_string("web/_guest_end.html", {"page": page, "answers": 0})


class GuestCookieMiddleware:
    """Takes the cookie away once an account has what was answered under it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, _SETTLED, False):
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
