"""The days that a date, as precise as it is known, may mean."""

from calendar import monthrange
from datetime import date

from courses.content.domain.partial_dates import PartialDate, parse_period


def date_span(text: str) -> tuple[date, date]:
    """Return the first and the last day of YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO.

    Raises ValueError if `text` is none of these.
    """
    period = parse_period(text)
    return period.begin.first_day, _last_day(period.end)


def _last_day(partial: PartialDate) -> date:
    month = partial.month or 12
    return date(partial.year, month, partial.day or monthrange(partial.year, month)[1])
