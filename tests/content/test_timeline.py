"""The timeline of a course: dated claims in order, with the lesson that teaches each."""

from datetime import date

import pytest
from django.utils import translation

from courses.content.selectors import timeline_of
from tests.factories.content import make_claim, make_lesson
from tests.factories.enrollment import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course(access="open")


@pytest.mark.parametrize(
    ("written", "start", "end", "precision", "span"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31), "year", (2014.0, 2015.0)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", (2024.0847, 2024.1639)),
        ("2022-01-01", date(2022, 1, 1), date(2022, 1, 1), "day", (2022.0, 2022.0027)),
        ("1945/2022", date(1945, 1, 1), date(2022, 12, 31), "period", (1945.0, 2023.0)),
        ("2024-04/2024-06", date(2024, 4, 1), date(2024, 6, 30), "period", (2024.2486, 2024.4973)),
    ],
)
def test_a_date_reaches_from_its_first_day_to_its_last(
    course, written, start, end, precision, span
):
    make_claim(course, "AA-1", date=written)

    (entry,) = timeline_of(course)

    assert (entry.start, entry.end, entry.precision) == (start, end, precision)
    assert (entry.from_year, entry.to_year) == span


def test_claims_without_a_date_are_left_out_and_the_others_sorted(course):
    make_claim(course, "AA-1", date="2024-06")
    make_claim(course, "AA-2", date="")
    make_claim(course, "AA-3", date="2014")
    make_claim(course, "AA-4", date="2024-06-03")
    make_claim(course, "AA-5", date="2024-06-01")

    assert [entry.key for entry in timeline_of(course)] == ["AA-3", "AA-5", "AA-1", "AA-4"]


def test_an_entry_says_whose_view_it_is_and_where_it_is_taught(course):
    make_claim(course, "AA-1", date="2024-06", kind="argument", attributed="officials")
    make_lesson(course, "passing-by", body="Mentioned [AA-1].")
    make_lesson(course, "home", body="Taught [AA-1], and in short [AA-1].", title="At home")
    make_lesson(course, "unseen", body="[AA-1] [AA-1] [AA-1]", status="draft")

    with translation.override("en"):
        (entry,) = timeline_of(course)

    assert entry.is_argument
    assert entry.attributed == "officials"
    assert (entry.lesson_slug, entry.lesson_title) == ("home", "At home")
    assert entry.date_text == "June 2024"
    assert entry.url == f"/courses/{course.slug}/claims/AA-1/"
    assert entry.as_dict()["start"] == "2024-06-01"


def test_the_timeline_takes_two_queries(course, django_assert_num_queries):
    for number in range(5):
        make_claim(course, f"AA-{number}", date=f"20{number}4" if number else "1945")
        make_lesson(course, f"lesson-{number}", body=f"[AA-{number}]")

    with django_assert_num_queries(2):
        entries = timeline_of(course)

    assert len(entries) == 5
