"""Writes partial dates as people of the active language read them."""

from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.content.domain.partial_dates import NotADate, PartialDate, Period, parse_period


def partial_date_text(moment: PartialDate) -> str:
    """Return, in English, "2014", "June 2024" or "27 January 2023"."""
    if moment.month is None:
        pattern = pgettext("date format: a year", "Y")
    elif moment.day is None:
        pattern = pgettext("date format: a month", "F Y")
    else:
        pattern = pgettext("date format: a day", "j F Y")
    return dateformat.format(moment.first_day, pattern)


def period_text(period: Period) -> str:
    """Return, in English, "between April and June 2024" or "2022 to February 2023"."""
    begin, end = period.begin, period.end
    if period.is_single:
        return partial_date_text(begin)
    if begin.year == end.year and begin.month and end.month and not begin.day and not end.day:
        month = pgettext("date format: a month without its year", "F")
        return _("between %(begin)s and %(end)s") % {
            "begin": dateformat.format(begin.first_day, month),
            "end": partial_date_text(end),
        }
    return _("%(begin)s to %(end)s") % {
        "begin": partial_date_text(begin),
        "end": partial_date_text(end),
    }


def date_text(text: str) -> str:
    """Return the period that `text` (ISO 8601) names in words; what is no date stays as it is."""
    try:
        return period_text(parse_period(text))
    except NotADate:
        return text


def time_html(text: str) -> SafeString:
    """Return `text` (ISO 8601) as `<time>` elements that people and programs can read."""
    try:
        period = parse_period(text)
    except NotADate:
        return format_html("<span>{}</span>", text)
    single = '<time datetime="{}">{}</time>'
    if period.is_single:
        return format_html(single, period.begin, partial_date_text(period.begin))
    begin, end = (
        format_html(single, moment, partial_date_text(moment))
        for moment in (period.begin, period.end)
    )
    return format_html(pgettext("from one date to another", "{} – {}"), begin, end)
