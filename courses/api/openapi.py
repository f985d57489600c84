"""How the views are described in the OpenAPI document."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers

from courses.api.problems import CONTENT_TYPE
from courses.api.schemas import ProblemSchema

View = TypeVar("View", bound=Callable[..., Any])
_SENTENCES = {
    400: "The request is not as described here.",
    401: "The token is unknown, revoked or over; or signing in is needed.",
    403: "You are known, and may not do this.",
    404: "It does not exist, or you may not know that it does.",
    409: "It does not fit the state of things.",
    413: "The request is too large.",
    415: "The request is not JSON.",
    422: "It was understood and cannot be done: for example, the key was used for something else.",
    429: "Too many calls; Retry-After says when to go on.",
    503: "A part of the site is not answering; Retry-After says when to try again.",
}
_ALWAYS = (400, 401, 403, 429, 503)
_WITH_BODY = (413, 415)
_INTEGERS = ("limit", "page", "page_size")


class PersonalTokenScheme(OpenApiAuthenticationExtension):
    target_class = "courses.api.authentication.PersonalTokenAuthentication"
    name = "personalToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token, made on your page of tokens: `qs_...`",
        }


def describe(
    answer: type[serializers.Serializer] | None,
    *,
    summary: str,
    name: str | None = None,
    request: type[serializers.Serializer] | None = None,
    query: Mapping[str, str] | None = None,
    status: int = 200,
    many: bool = False,
    paged: bool = False,
    idempotent: bool = False,
    problems: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Describe a view: what it takes, what it answers and how it refuses."""
    parameters = [
        OpenApiParameter(
            name,
            OpenApiTypes.INT if name in _INTEGERS else OpenApiTypes.STR,
            description=text,
        )
        for name, text in (query or {}).items()
    ]
    if idempotent:
        parameters.append(
            OpenApiParameter(
                "Idempotency-Key",
                OpenApiTypes.UUID,
                OpenApiParameter.HEADER,
                required=True,
                description=(
                    "Made by the caller, a UUID of version 7. The same key with the same "
                    "request is answered as the first time (Idempotent-Replayed: true); with "
                    "another request it is refused (422). Keys never expire."
                ),
            )
        )
    body: Any = answer(many=many) if answer else None
    if paged and answer:
        body = _page_of(answer)
    codes = {*_ALWAYS, *problems, *(_WITH_BODY if request else ()), *((404,) if paged else ())}
    refusals = {
        (code, CONTENT_TYPE): OpenApiResponse(ProblemSchema, description=_SENTENCES[code])
        for code in sorted(codes)
    }
    return extend_schema(
        operation_id=name,
        summary=summary,
        # Said here, because spectacular would otherwise quote the docstring of the base class.
        description=f"{summary}.",
        parameters=parameters,
        request={"application/json": request} if request else None,
        responses={status: body, **refusals},
    )


def _page_of(answer: type[serializers.Serializer]) -> serializers.Serializer:
    name = answer.__name__.removesuffix("Schema")
    return inline_serializer(
        f"PageOf{name}",
        {
            "count": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": answer(many=True),
        },
    )
