"""The OpenAPI document, the reference page that shows it, and the answer to unknown paths."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from courses.api.base import ApiView
from courses.api.permissions import Anyone
from courses.api.reference import read_document
from courses.api.renderers import LeanJSONRenderer
from courses.api.throttling import CallsPerMinute
from courses.common.errors import NotFound


class Document(SpectacularAPIView):
    """OpenAPI 3.1, as YAML or (`?format=json`) JSON; made once per language and format."""

    permission_classes = (Anyone,)
    throttle_classes = (CallsPerMinute,)
    scope = "read"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("lang")
        active = translation.get_language() or settings.LANGUAGE_CODE
        language = asked if asked in dict(settings.LANGUAGES) else active
        renderer = request.accepted_renderer
        return HttpResponse(
            _document(language, renderer.media_type),
            content_type=f"{renderer.media_type}; charset={renderer.charset or 'utf-8'}",
            headers={
                "Content-Disposition": f'inline; filename="quizsite-api.{renderer.format}"',
                "Content-Language": language,
            },
        )

    def handle_exception(self, exc: Exception) -> Response:
        # The document comes rendered; a problem is always JSON.
        self.request.accepted_renderer = LeanJSONRenderer()
        self.request.accepted_media_type = LeanJSONRenderer.media_type
        return super().handle_exception(exc)


@cache
def _document(language: str, media_type: str) -> bytes:
    """Return the document; it depends on the code alone, and making it takes most of a second."""
    (renderer,) = (kind() for kind in Document.renderer_classes if kind.media_type == media_type)
    with translation.override(language):
        return force_bytes(renderer.render(_schema(language), media_type, {}))


@cache
def _schema(language: str) -> dict[str, Any]:
    with translation.override(language):
        schema: dict[str, Any] = SchemaGenerator().get_schema(public=True)
        return schema


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show the document as a page; no script is needed to read it.

    Its names are English, and so are the sentences between them, whatever the page's language.
    """
    body = _reference(settings.LANGUAGE_CODE)
    return render(request, "api/reference.html", {"body": body})


@cache
def _reference(language: str) -> SafeString:
    with translation.override(language):
        shown = read_document(_schema(language))
        return render_to_string("api/_reference_body.html", {"reference": shown})


class Unknown(ApiView):
    """A path that is no endpoint is refused as everything here is: with a problem."""

    permission_classes = (Anyone,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound

    def get(self, request: Request, path: str = "") -> Response:
        raise NotFound
