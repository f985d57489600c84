"""Dates look the same wherever they stand."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

MOMENT = datetime(2026, 11, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DATE_FORMAT", "2 November 2026"),
        ("DATETIME_FORMAT", "2 November 2026, 14:05"),
        ("TIME_FORMAT", "14:05"),
        ("MONTH_DAY_FORMAT", "2 November"),
        ("YEAR_MONTH_FORMAT", "November 2026"),
        ("SHORT_DATE_FORMAT", "2 Nov 2026"),
    ],
)
def test_english_dates_are_written_as_claims_write_them(name, words):
    with translation.override("en"):
        assert date_format(MOMENT, name) == words


def test_other_languages_keep_their_own():
    with translation.override("ja"):
        assert date_format(date(2026, 11, 2), "DATE_FORMAT") == "2026年11月2日"
