"""The OpenAPI document, the reference page that shows it, and the answer to unknown paths."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from courses.api.base import ApiView
from courses.api.permissions import Anyone
from courses.common.errors import NotFound


class Document(SpectacularAPIView):
    """OpenAPI 3.1, as YAML or (`?format=json`) JSON."""

    permission_classes = (Anyone,)
    scope = "read"


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show the document as pages; all of it served from here."""
    return render(request, "api/reference.html")


class Unknown(ApiView):
    """A path that is no endpoint is refused as everything here is: with a problem."""

    permission_classes = (Anyone,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound

    def get(self, request: Request, path: str = "") -> Response:
        raise NotFound
