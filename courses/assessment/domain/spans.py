"""Dates as precise as they are known: YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO."""

import re
from calendar import monthrange
from datetime import date

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def date_span(text: str) -> tuple[date, date]:
    """Return the first and the last day that `text` may mean. Raises ValueError if unreadable."""
    start, _, end = text.partition("/")
    first, last = _partial(start)
    if end:
        last = _partial(end)[1]
        if last < first:
            raise ValueError("The span ends before it begins.")
    elif text.endswith("/"):
        raise ValueError("The span has no end.")
    return first, last


def _partial(text: str) -> tuple[date, date]:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError("Not a date.")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=monthrange(year, month)[1])
    only = date(year, month, day)
    return only, only
