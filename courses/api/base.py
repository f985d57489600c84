"""The base of every view of the API: lean on the way in, careful about caches on the way out."""

from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.accounts.models import User
from courses.api.models import Scope
from courses.api.parsers import MAX_BYTES
from courses.api.renderers import LeanJSONRenderer
from courses.api.throttling import CallsPerMinute

_RENDERER = LeanJSONRenderer()


def caller(request: Request) -> User:
    """Return who is signed in; for views whose permission has made sure that somebody is."""
    assert isinstance(request.user, User)
    return request.user


class ApiView(APIView):
    """Speaks JSON and nothing else, so there is nothing to negotiate; has one version.

    `scope` is what a token needs, `max_bytes` how long a body may be. What a view answers
    to somebody signed in is theirs alone and is never stored by a cache.
    """

    scope: ClassVar[str] = Scope.READ
    max_bytes: ClassVar[int] = MAX_BYTES
    throttle_classes = (CallsPerMinute,)
    metadata_class = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        request.accepted_renderer = _RENDERER
        request.accepted_media_type = _RENDERER.media_type
        request.version = request.versioning_scheme = None
        self.perform_authentication(request)
        self.check_permissions(request)
        self.check_throttles(request)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        # A refusal may come before `initial` got here.
        request.accepted_renderer = _RENDERER
        request.accepted_media_type = _RENDERER.media_type
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class PublicView(ApiView):
    """What strangers may read as well: for them with an ETag, so that it travels once."""

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        # Read only when authentication has passed: a refused caller has no user to ask for.
        stranger = response.status_code == 200 and not request.user.is_authenticated
        if stranger:
            response.headers["Cache-Control"] = "no-cache"
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "Authorization", "Accept-Language"])
        if stranger:
            response.add_post_render_callback(self._conditional)
        return response

    def _conditional(self, response: Response) -> HttpResponseBase | None:
        set_response_etag(response)
        return get_conditional_response(
            self.request._request, etag=response.headers["ETag"], response=response
        )
