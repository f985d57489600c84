"""Partial dates: read strictly, written as people read them."""

import pytest
from django.utils import translation

from courses.content.dates import date_text, time_html
from courses.content.domain.partial_dates import NotADate, parse_period


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("2014", "2014"),
        ("2024-06", "June 2024"),
        ("2023-01-27", "27 January 2023"),
        ("2024-04/2024-06", "between April and June 2024"),
        ("2022/2023-02", "2022 to February 2023"),
        ("1945/2022", "1945 to 2022"),
        ("2022-02-24/2022-03-01", "24 February 2022 to 1 March 2022"),
        ("2023-11/2024-02", "November 2023 to February 2024"),
        ("some day", "some day"),
    ],
)
def test_a_period_is_written_in_words(written, english):
    with translation.override("en"):
        assert date_text(written) == english


@pytest.mark.parametrize(
    "written",
    [
        "",
        "22",
        "2022-13",
        "2022-02-30",
        "2022-2",
        "2022/",
        "2023/2022",
        "2022/2022",
        "0000",
        "２０２２",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(NotADate):
        parse_period(written)


def test_time_elements_carry_the_date_for_programs():
    with translation.override("en"):
        html = time_html("2022-02-24/2022-03")

    assert html == (
        '<time datetime="2022-02-24">24 February 2022</time> – '
        '<time datetime="2022-03">March 2022</time>'
    )


def test_what_is_no_date_is_escaped():
    assert time_html("<b>2022</b>") == "<span>&lt;b&gt;2022&lt;/b&gt;</span>"
