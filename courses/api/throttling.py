"""How often strangers and tokens may call, counted in the cache that all processes share."""

from math import ceil
from typing import Any

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from courses.api.models import PersonalToken
from courses.common import clock

WINDOW_SECONDS = 60
log = structlog.get_logger(__name__)


class CallsPerMinute(BaseThrottle):
    """Strangers by address and tokens each, in fixed windows of a minute. Sessions are free.

    Without the cache a stranger is refused (503). A token goes on: its key cannot be
    guessed, and an answer that a program brings must not be lost for want of a counter.
    """

    def __init__(self) -> None:
        self._left = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        if isinstance(request.auth, PersonalToken):
            try:
                return self._count(f"token:{request.auth.pk}", settings.API_TOKEN_PER_MINUTE)
            except RedisError as error:
                log.warning("throttle_uncounted", error=type(error).__name__)
                return True
        if request.user.is_authenticated:
            return True
        return self.allow_stranger(request._request)

    def allow_stranger(self, request: HttpRequest) -> bool:
        """Count a call of somebody unknown by address; return whether it may go on."""
        address = get_adapter().get_client_ip(request)
        return self._count(f"address:{address}", settings.API_ANONYMOUS_PER_MINUTE)

    def wait(self) -> float:
        return self._left

    def _count(self, who: str, most: int) -> bool:
        seconds = clock.now().timestamp()
        window = int(seconds // WINDOW_SECONDS)
        self._left = ceil((window + 1) * WINDOW_SECONDS - seconds)
        key = f"api:calls:{who}:{window}"
        if cache.add(key, 1, timeout=2 * WINDOW_SECONDS):
            return most >= 1
        try:
            return cache.incr(key) <= most
        except ValueError:  # the cache was emptied between the two
            return True
