"""Every refusal of the API as application/problem+json (RFC 9457)."""

import sys
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext as _
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.response import Response

from courses.common.errors import DomainError

CONTENT_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)


class InvalidRequest(DomainError):
    """The request is not shaped as documented; `errors` says where."""

    code = "invalid_request"
    status = 400

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(_("Some values are missing or not as they should be."), errors=errors)


class TooLarge(DomainError):
    """The request's body is larger than the endpoint reads."""

    code = "request_too_large"
    status = 413

    def __init__(self, limit: int) -> None:
        message = _("The request is too large; at most %(limit)d bytes are read.")
        super().__init__(message % {"limit": limit})


# Details of a refusal that a client needs to go on: what stands there now, when it opens.
TOLD_BESIDE = ("answer", "revision", "opens_at")


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """Return the problem that `error` is, as REST framework's exception handler."""
    if isinstance(error, DomainError):
        return _of_domain(error)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, Http404):
        return problem(404, "not_found", _("There is nothing here."))
    if isinstance(error, PermissionDenied):
        return problem(403, "permission_refused", _("You are not allowed to do this."))
    if isinstance(error, RequestDataTooBig):
        return problem(413, "request_too_large", _("The request is too large."))
    if isinstance(error, RedisError):
        log.error("cache_unavailable", error=type(error).__name__)
        detail = _("A part of the site is not answering. Please try again in a minute.")
        return problem(503, "unavailable", detail, headers={"Retry-After": "60"})
    return _unexpected(error, context)


def _of_domain(error: DomainError) -> Response:
    response = problem(
        error.status, error.code, str(error.message), errors=error.details.get("errors")
    )
    told = {key: error.details[key] for key in TOLD_BESIDE if key in error.details}
    response.data |= told
    return response


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Any = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a problem with a stable `code` and a sentence for people in `detail`."""
    return Response(
        problem_body(status, code, detail, errors=errors),
        status=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        content_type=CONTENT_TYPE,
    )


def problem_body(status: int, code: str, detail: str, *, errors: Any = None) -> dict[str, Any]:
    """Return the JSON of a problem, for those that stand inside an answer too."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if errors:
        body["errors"] = errors
    return body


def _of_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    if isinstance(error, exceptions.ValidationError):
        detail = _("Some values are missing or not as they should be.")
        return problem(
            400, "invalid_request", detail, errors=_pointed(error.detail), headers=headers
        )
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else str(error.default_code)
    return problem(error.status_code, code, str(error.detail), headers=headers)


def _pointed(detail: Any, pointer: str = "#") -> list[dict[str, str]]:
    """Flatten a validation error into a list with JSON pointers."""
    if isinstance(detail, dict):
        return [row for key, value in detail.items() for row in _pointed(value, f"{pointer}/{key}")]
    if isinstance(detail, list):
        rows = []
        for number, value in enumerate(detail):
            nested = f"{pointer}/{number}" if isinstance(value, dict | list) else pointer
            rows += _pointed(value, nested)
        return rows
    return [{"pointer": pointer, "detail": str(detail), "code": getattr(detail, "code", "invalid")}]


def _unexpected(error: Exception, context: dict[str, Any]) -> Response:
    """Report a crash as Django would, and answer in the API's own form."""
    request = context.get("request")
    plain = getattr(request, "_request", None)
    got_request_exception.send(sender=problem_response, request=plain)
    log.error("api_crashed", path=getattr(plain, "path", ""), exc_info=sys.exc_info())
    return problem(500, "server_error", _("Something broke on our side. Nothing was changed."))
