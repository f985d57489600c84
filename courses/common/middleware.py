"""One structured line for every request, and an id by which its other lines are found."""

import re
import time
from collections.abc import Callable

import structlog
from django.http import Http404, HttpRequest, HttpResponse

from courses.common.ids import new_id

GetResponse = Callable[[HttpRequest], HttpResponse]

# A proxy's id is kept when it cannot be mistaken for anything else in a log.
_SANE_ID = re.compile(r"[A-Za-z0-9-]{16,64}")
# Probes come every few seconds and say something only when they fail.
_PROBES = frozenset({"/healthz", "/readyz"})

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


class PlainAddressMiddleware:
    """Finds nothing at an address with a NUL in it, which PostgreSQL would refuse to compare.

    The API answers for itself, with a problem.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and not request.path_info.startswith("/api/"):
            raise Http404
        return self.get_response(request)
