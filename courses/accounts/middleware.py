"""The learner's own language and zone for a request; the refusal when the cache is gone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from redis.exceptions import RedisError

GetResponse = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger(__name__)


class LearnerLocaleMiddleware:
    """Activates the signed-in person's zone and language after authentication."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            zone = user.time_zone
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        else:
            zone = settings.LEARNER_TIME_ZONE
        with timezone.override(ZoneInfo(zone)):
            return self.get_response(request)


class CacheOutageMiddleware:
    """Answers 503 with a sentence when a view needs the shared cache and it is gone.

    Rate limits live there. Without it sign-in must neither let attempts through uncounted
    nor fall over, so it refuses.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RedisError):
            return None
        log.error("cache_unavailable", path=request.path, error=type(error).__name__)
        page = render_to_string("accounts/unavailable.html", {"site_name": settings.SITE_NAME})
        return HttpResponse(page, status=503, headers={"Retry-After": "60"})
