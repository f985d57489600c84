"""The one place that reads the clock, for views, tasks and commands."""

from datetime import datetime
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class Clock(Protocol):
    def __call__(self) -> datetime: ...


@cache
def _clock(path: str) -> Clock:
    return cast(Clock, import_string(path))


def now() -> datetime:
    """Return the current moment, aware and in UTC, from the clock that settings name."""
    return _clock(settings.CLOCK)()
