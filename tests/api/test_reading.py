"""Courses, lessons, claims, quizzes, plans: what the API gives to read."""

from datetime import UTC, date, datetime

import pytest

from courses.accounts.models import User
from courses.assessment.services import mark_response
from courses.enrollment.models import Course
from courses.flashcards.models import DayPlan
from tests.api.conftest import Caller
from tests.factories.assessment import answer_lesson, make_question, make_quiz
from tests.factories.content import make_claim, make_lesson
from tests.factories.enrollment import make_course

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def open_course(db: None) -> Course:
    return make_course("open-course", access=Course.Access.OPEN)


def test_courses_by_who_asks(
    page: Caller, stranger_caller: Caller, course: Course, other_course: Course, open_course: Course
):
    mine = {row["slug"]: row["studied"] for row in page.get("courses").json()["results"]}
    theirs = {row["slug"] for row in stranger_caller.get("courses").json()["results"]}

    assert mine == {course.slug: True, open_course.slug: False}
    assert theirs == {open_course.slug}
    assert page.get(f"courses/{course.slug}").json()["title"] == course.title
    assert page.get(f"courses/{other_course.slug}").status_code == 404
    assert stranger_caller.get(f"courses/{course.slug}").status_code == 404


def test_a_lesson_with_its_questions(page: Caller, student: User, course: Course):
    make_claim(course, "JR-001")
    body = "It *happened* [JR-001].\n\n::: question in-prose\n:::\n\nThe end."
    lesson = make_lesson(course, "first", body=body)
    asked = make_question(course, slug="in-prose", lesson=lesson)
    make_question(course, slug="beside", lesson=lesson)

    reply = page.get(f"courses/{course.slug}/lessons/first").json()

    assert [part["kind"] for part in reply["parts"]] == ["html", "question", "html"]
    assert "<em>happened</em>" in reply["parts"][0]["html"]
    assert reply["parts"][1]["question"]["id"] == str(asked.pk)
    assert reply["parts"][1]["last"] is None
    assert [item["question"]["slug"] for item in reply["more_questions"]] == ["beside"]
    assert [note["key"] for note in reply["claims"]] == ["JR-001"]
    answer_lesson(student, lesson, asked)
    again = page.get(f"courses/{course.slug}/lessons/first").json()
    assert again["parts"][1]["last"]["verdict"] == "right"


def test_an_open_answer_comes_with_its_mark_and_what_was_written_to_it(
    page: Caller, student: User, owner: User, course: Course
):
    lesson = make_lesson(course, "first", body="::: question in-prose\n:::")
    asked = make_question(course, "open_answer", slug="in-prose", lesson=lesson)
    given = answer_lesson(student, lesson, asked).response
    waiting = page.get(f"courses/{course.slug}/lessons/first").json()

    mark_response(
        marker=owner, learner_id=student.pk, response_id=given.id, levels=[1, 2],
        comment="Well argued.", now=given.received_at,
    )  # fmt: skip

    marked = page.get(f"courses/{course.slug}/lessons/first").json()
    assert waiting["parts"][0]["last"]["verdict"] == "awaiting"
    assert marked["parts"][0]["last"]["verdict"] == "right"
    assert marked["parts"][0]["last"]["comment"] == "Well argued."


def test_drafts_are_for_authors(page: Caller, editor: User, course: Course):
    make_lesson(course, "draft", status="draft")

    assert page.get(f"courses/{course.slug}/lessons/draft").status_code == 404
    assert page.get(f"courses/{course.slug}/lessons").json()["count"] == 0
    assert Caller(editor).get(f"courses/{course.slug}/lessons/draft").status_code == 200


def test_claims_by_topic_and_kind(page: Caller, course: Course):
    make_claim(course, "JR-001", kind="event")
    make_claim(course, "JR-002", kind="figure")
    make_claim(course, "JR-003", kind="figure", topic="energy")

    def keys(**query: object) -> list[str]:
        reply = page.get(f"courses/{course.slug}/claims", query)
        return [row["key"] for row in reply.json()["results"]]

    assert keys() == ["JR-001", "JR-002", "JR-003"]
    assert keys(kind="figure") == ["JR-002", "JR-003"]
    assert keys(kind="figure", topic="energy") == ["JR-003"]
    assert keys(page_size=1, page=2) == ["JR-002"]
    assert keys(topic="nothing\x00") == []
    assert page.get(f"courses/{course.slug}/claims", {"kind": "rumour"}).status_code == 400
    assert page.get(f"courses/{course.slug}/claims/JR-002").json()["kind"] == "figure"
    assert page.get(f"courses/{course.slug}/claims/JR-9").status_code == 404


def test_lists_take_a_fixed_number_of_queries(
    page: Caller, course: Course, django_assert_max_num_queries
):
    for number in range(12):
        make_claim(course)
        make_lesson(course, f"lesson-{number}")
        make_quiz(course)

    for path in ("claims", "lessons", "quizzes"):
        with django_assert_max_num_queries(8):
            assert page.get(f"courses/{course.slug}/{path}").status_code == 200


def test_strangers_get_an_etag_and_people_nothing_to_keep(
    page: Caller, stranger_caller: Caller, open_course: Course
):
    path = f"courses/{open_course.slug}"
    first = stranger_caller.get(path)

    again = stranger_caller.get(path, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "Cookie" in first.headers["Vary"]
    assert page.get(path).headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in page.get(path).headers


def test_plans_are_the_learners_own(page: Caller, student: User, other_student: User, course):
    for learner in (student, other_student):
        DayPlan.objects.create(
            learner=learner,
            course=course,
            day=date(2026, 11, 22),
            due_count=3,
            new_count=2,
            seconds=60,
            planned_at=NOW,
        )

    reply = page.get("plans").json()

    assert reply["count"] == 1
    assert reply["results"][0]["day"] == "2026-11-22"
    assert reply["results"][0]["planned_at"] == "2026-11-22T09:00:00Z"


def test_me(page: Caller, student: User):
    reply = page.get("me").json()

    assert reply["email"] == student.email
    assert reply["today"]["due"] == 0
