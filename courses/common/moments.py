"""Moments that come from outside, bounded to what every database and zone can hold."""

from datetime import UTC, datetime

EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_LONGEST = 40


def read_moment(text: str) -> datetime:
    """Return an ISO 8601 date-time with an offset, in UTC and within [EARLIEST, LATEST].

    Raises ValueError for everything else: year 1 east of Greenwich is before all years.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long for a moment")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment outside of all years") from error
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("a moment out of bounds")
    return moment
