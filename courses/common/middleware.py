"""What holds for every request: its line of log, its headers, an address that can be read."""

import re
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from courses.common.ids import new_id

GetResponse = Callable[[HttpRequest], HttpResponse]

# A proxy's id is kept when it cannot be mistaken for anything else in a log.
_SANE_ID = re.compile(r"[A-Za-z0-9-]{16,64}")
# Probes come every few seconds and say something only when they fail.
_PROBES = frozenset({"/healthz", "/readyz"})
_POWERS = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb"),
)
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})
_NO_POWERS = ", ".join(f"{power}=()" for power in _POWERS)

log = structlog.get_logger("request")


class RequestLogMiddleware:
    """Logs method, path (never the query), status, milliseconds and the person's id."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _SANE_ID.fullmatch(given) else str(new_id())
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id
            if request.path not in _PROBES or response.status_code >= 400:
                _log_request(request, response, (time.perf_counter() - started) * 1000)
        return response


def _log_request(request: HttpRequest, response: HttpResponse, milliseconds: float) -> None:
    # Only a person who was looked up anyway: a line of log is not worth a query.
    user = getattr(request, "_cached_user", None)
    write = log.error if response.status_code >= 500 else log.info
    write(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round(milliseconds, 1),
        user=str(user.pk) if user is not None and user.pk else None,
    )


class PermissionsPolicyMiddleware:
    """Forbids every page, and whatever it might embed, the powers that no page here needs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _NO_POWERS)
        return response


class PlainAddressMiddleware:
    """Refuses a NUL in the address or a cookie, which PostgreSQL would refuse to compare.

    Stands before sessions, which look for their cookie in the database. Addresses of the
    API are left to it: it refuses them with a problem.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        of_api = request.path_info.startswith("/api/")
        if any("\0" in value for value in request.COOKIES.values()):
            return _unreadable(of_api=of_api)
        query = request.META.get("QUERY_STRING", "")
        if not of_api and ("\0" in request.path_info or "%00" in query or "\0" in query):
            return _unreadable(of_api=False)
        return self.get_response(request)


class BodyCharsetMiddleware:
    """Refuses a form in another charset than UTF-8: no browser sends one to these pages.

    Python knows charsets that decode to what is no text (lone surrogates, bytes), which
    neither a page nor a database takes. The API reads JSON, and refuses by itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in _CHARSETS and not request.path_info.startswith("/api/"):
            detail = gettext("This request could not be read")
            return HttpResponse(detail, status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class BodySizeMiddleware:
    """Refuses a body that is too large before anything reads it, with a page and no traceback.

    Nothing here takes files. Addresses of the API are left to it, which has a smaller limit.
    Stands behind the language, which the page is written in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        too_large = length.isdecimal() and int(length[:20]) > limit
        if too_large and not request.path_info.startswith("/api/"):
            page: HttpResponse = import_string(settings.TOO_LARGE_VIEW)(request)
            return page
        return self.get_response(request)


def _unreadable(*, of_api: bool) -> HttpResponse:
    detail = gettext("The address or a cookie contains characters that cannot be read.")
    if not of_api:
        return HttpResponse(detail, status=400, content_type="text/plain; charset=utf-8")
    body = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}
    body["code"] = "unreadable"
    return JsonResponse(body, status=400, content_type="application/problem+json")
