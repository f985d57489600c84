"""Claims as notes, in lists and on pages of their own."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from courses.common.errors import NotFound
from courses.content.rendering import render_lesson
from courses.content.selectors import (
    claim_cards,
    claim_cards_by_id,
    claim_page,
    course_claims,
    lesson_claim_notes,
    lesson_for,
)
from courses.content.services import save_claim, save_claims
from tests.factories.content import SAVED_AT, claim_draft, make_claim, make_lesson

LATER = SAVED_AT + timedelta(days=1)


def test_notes_say_what_when_and_according_to_whom(course):
    make_claim(course, "JR-022", kind="position", date="2024-04/2024-06", attributed="the Kremlin")

    with translation.override("en"):
        (note,) = claim_cards(["JR-022"], course=course)

    assert note.date_text == "between April and June 2024"
    assert note.as_of_text == "November 2024"
    assert (note.source_key, note.source_title) == ("S1", "Commentary S1")
    assert (note.kind_label, note.attributed, note.is_argument) == (
        "Position",
        "the Kremlin",
        False,
    )
    assert note.url == f"/courses/{course.slug}/claims/JR-022/"
    assert note.as_dict()["statement"] == "What JR-022 states."


def test_what_a_claim_states_is_set_with_the_quotes_of_print(course):
    make_claim(course, "JR-005", statement='Japan\'s aim, *it says*, is "peace".')

    (note,) = claim_cards(["JR-005"], course=course)

    assert note.statement == "Japan’s aim, *it says*, is “peace”."


def test_notes_come_in_the_order_asked_for_in_one_query(course, django_assert_num_queries):
    ids = [make_claim(course, key).pk for key in ("JR-001", "JR-002", "JR-003")]

    with django_assert_num_queries(1):
        notes = claim_cards_by_id([ids[2], ids[0], ids[2]])

    assert [note.key for note in notes.values()] == ["JR-003", "JR-001"]


def test_no_claims_are_no_query(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert claim_cards_by_id([]) == {}


def test_keys_of_another_course_are_not_found(course, other_course):
    make_claim(other_course, "JR-001")

    assert claim_cards(["JR-001"], course=course) == []


def test_archived_claims_can_still_be_looked_up(course):
    make_claim(course, "JR-001")
    save_claims(course, [], now=LATER)

    (note,) = claim_cards(["JR-001"], course=course)

    assert note.archived
    assert not course_claims(course).exists()


def test_a_lesson_read_again_asks_the_database_for_nothing_more(
    course, student, django_assert_num_queries
):
    make_claim(course, "JR-001")
    make_lesson(course, "one", body="So it was [JR-001].")

    def read():
        lesson = lesson_for(student, course.slug, "one")
        rendered = render_lesson(lesson.current)
        return lesson_claim_notes(lesson, rendered.citations)

    read()
    with django_assert_num_queries(1):
        (note,) = read()

    assert note.key == "JR-001"


def test_notes_of_a_lesson_follow_their_claims(course, student):
    make_claim(course, "JR-001")
    make_lesson(course, "one", body="So it was [JR-001].")

    def statements():
        lesson = lesson_for(student, course.slug, "one")
        return [note.statement for note in lesson_claim_notes(lesson, ["JR-001"])]

    before = statements()
    save_claim(course, claim_draft("JR-001", statement="Otherwise."), now=LATER)

    assert (before, statements()) == (["What JR-001 states."], ["Otherwise."])


def test_notes_of_another_release_are_not_taken_from_the_cache(course, student, monkeypatch):
    make_claim(course, "JR-001")
    make_lesson(course, "one", body="So it was [JR-001].")
    lesson = lesson_for(student, course.slug, "one")
    notes = lesson_claim_notes(lesson, ["JR-001"])

    monkeypatch.setattr("courses.content.selectors.claims.NOTES_VERSION", 0)

    assert lesson_claim_notes(lesson, ["JR-001"]) is not notes


def test_a_claims_page_tells_where_it_is_taught_and_how_it_was_revised(course, student):
    make_claim(course, "JR-001", people=["Fumio Kishida"])
    make_lesson(course, "one", body="So it was [JR-001].")
    make_lesson(course, "draft", body="So it was [JR-001].", status="draft")
    make_lesson(course, "other")
    save_claim(course, claim_draft("JR-001", statement="Otherwise."), now=LATER)

    page = claim_page(student, course.slug, "JR-001")

    assert page.note.statement == "Otherwise."
    assert page.topic_title == "Sanctions"
    assert [lesson.slug for lesson in page.lessons] == ["one"]
    assert [(row.number, row.note.statement, row.created_at) for row in page.revisions] == [
        (2, "Otherwise.", LATER),
        (1, "What JR-001 states.", SAVED_AT),
    ]


@pytest.mark.parametrize("who", ["stranger", "other_student", "other_teacher", "suspended"])
def test_claims_of_a_closed_course_are_for_its_members(course, who, request):
    make_claim(course, "JR-001")

    with pytest.raises(NotFound):
        claim_page(request.getfixturevalue(who), course.slug, "JR-001")


def test_there_is_no_page_of_an_unknown_claim(course, student):
    for person, key in ((student, "JR-404"), (AnonymousUser(), "JR-404")):
        with pytest.raises(NotFound):
            claim_page(person, course.slug, key)
