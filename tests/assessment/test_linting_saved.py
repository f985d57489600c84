"""What the linter says of saved questions: alone, in a quiz, in a course; and how many queries."""

from typing import Any

import pytest
from django.utils import translation

from courses.assessment.models import Question
from courses.assessment.selectors.linting import lint_course, lint_quiz, lint_version
from courses.assessment.services import Slot
from courses.enrollment.models import Course
from tests.assessment.linted import options
from tests.factories.assessment import make_question, make_quiz
from tests.factories.content import make_claim

pytestmark = pytest.mark.django_db


def keyed(course: Course, slug: str, right: int = 0, **fields: Any) -> Question:
    texts = ("Kyoto", "Osaka", "Izumo", "Sakai")
    known: dict[str, Any] = {
        "stem": f"Which city is called {slug}?",
        "payload": options(*(f"*{text}" if at == right else text for at, text in enumerate(texts))),
    }
    return make_question(course, slug=slug, **(known | fields))


@pytest.fixture
def claims(course: Course) -> list[Any]:
    return [make_claim(course, kind="event", attributed="")]


def test_a_version_is_linted_with_its_claims(course, claims, django_assert_num_queries):
    silenced = [{"rule": "many-distractors", "reason": "There are five of them."}]
    question = keyed(
        course, "a", claims=claims, stem="Which is the current one of these five cities?",
        payload=options("*Kyoto", "Osaka", "Izumo", "Sakai", "Otaru"), silenced=silenced,
    )  # fmt: skip
    version = question.current
    assert version is not None

    with django_assert_num_queries(1):
        notes = lint_version(version)

    assert [(note.rule, note.level, note.path, note.reason) for note in notes] == [
        ("undated", "error", "stem", ""),
        ("many-distractors", "warning", "options", "There are five of them."),
    ]


def test_findings_speak_the_language_of_their_reader(course):
    version = keyed(course, "a").current
    assert version is not None

    with translation.override("en"):
        (note,) = lint_version(version)

    assert note.sentence == "Name the claims that the answer rests on."


def test_a_course_without_claims_asks_for_none(course):
    course.rests_on_claims = False
    course.save()
    keyed(course, "a")

    assert lint_course(course) == {}


def test_a_quiz_is_linted_as_a_whole(course, claims, django_assert_num_queries):
    questions = [keyed(course, f"q-{number}", claims=claims) for number in range(6)]
    quiz = make_quiz(course, questions[::-1])

    with django_assert_num_queries(3):
        found = lint_quiz(quiz)

    assert {slug: [note.rule for note in notes] for slug, notes in found.items()} == {
        "q-5": ["key-position"]
    }


def test_what_a_quiz_may_draw_is_linted_with_it(course, claims):
    for number in range(6):
        keyed(course, f"q-{number}", claims=claims, tags=["exam"])
    quiz = make_quiz(course, [Slot(draw=2, pool="tag", value="exam")])

    for notes in (lint_quiz(quiz), lint_course(course)):
        assert [note.rule for (note,) in notes.values()] == ["key-position"]


def test_a_course_is_linted_by_its_quizzes_and_as_a_whole(
    course, claims, django_assert_num_queries
):
    shino = make_question(
        course, "short_text", slug="who", claims=claims, payload={"answers": ["Mitsuko Shino"]},
        stem="Which diplomat rejected the nuclear threats in 2024?",
    )  # fmt: skip
    telling = keyed(
        course, "tells", right=1, claims=claims,
        stem="Where did Mitsuko Shino say that she rejected the nuclear threats of 2024?",
    )  # fmt: skip
    keyed(course, "bare", right=2)
    gone = keyed(course, "gone")
    gone.status = Question.Status.ARCHIVED
    gone.save()
    make_quiz(course, [shino, telling, gone])

    with django_assert_num_queries(3):
        found = lint_course(course)

    assert {slug: [note.rule for note in notes] for slug, notes in found.items()} == {
        "tells": ["gives-away"],
        "bare": ["no-claim"],
    }
