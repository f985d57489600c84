"""The clock of the tests: the real one plus an offset that all processes of a test share."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the real (or frozen) moment, moved by what `move` wrote for this test."""
    try:
        seconds = float(_offset_file().read_text(encoding="ascii"))
    except FileNotFoundError:
        return timezone.now()
    return timezone.now() + timedelta(seconds=seconds)


def move(**amount: float) -> None:
    """Move the clock on by a timedelta's keywords, for this process and its children."""
    set_offset(now() - timezone.now() + timedelta(**amount))


def move_to(moment: datetime) -> None:
    """Make `now()` start from `moment` (aware), for this process and its children."""
    set_offset(moment - timezone.now())


def set_offset(offset: timedelta) -> None:
    target = _offset_file()
    fresh = target.with_suffix(f".{os.getpid()}")
    fresh.write_text(str(offset.total_seconds()), encoding="ascii")
    fresh.replace(target)  # a reader never sees half a number


def reset() -> None:
    _offset_file().unlink(missing_ok=True)


def _offset_file() -> Path:
    return Path(settings.VAR_DIR) / "clock-offset"
