"""Local days: the calendar a learner lives by, with a rollover hour after midnight."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def local_day(moment: datetime, *, zone: str, rollover_hour: int) -> date:
    """Return the learner's study day at `moment` (aware).

    A day begins at `rollover_hour` (0-23) on the wall clock of `zone` (an IANA name),
    so that a review at one in the morning still belongs to the evening before.
    """
    local = moment.astimezone(ZoneInfo(zone))
    return local.date() if local.hour >= rollover_hour else local.date() - timedelta(days=1)


def day_start(day: date, *, zone: str, rollover_hour: int) -> datetime:
    """Return the first moment, in UTC, whose `local_day` is `day`.

    Where the clock skips the rollover hour the day begins at the first moment after
    the gap; where it repeats that hour, at the first of the two.
    """
    tz = ZoneInfo(zone)
    wall = datetime(day.year, day.month, day.day, rollover_hour, tzinfo=tz)
    start = wall.astimezone(UTC)
    if start.astimezone(tz).replace(tzinfo=None) != wall.replace(tzinfo=None):
        # In a gap, fold=0 counts with the offset before it and so lands after the gap by
        # as much as the wall time lies inside it; the gap itself ends at its offset change.
        before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
        assert before is not None
        assert after is not None
        start = _gap_end(start, tz, span=after - before)
    return start


def _gap_end(inside: datetime, tz: ZoneInfo, *, span: timedelta) -> datetime:
    """Return the moment of the offset change at most `span` before `inside`, by bisection."""
    low, high = inside - span, inside
    offset_after = high.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == offset_after:
            high = middle
        else:
            low = middle
    return high.replace(microsecond=0)
