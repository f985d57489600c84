"""Saving questions and quizzes: versions for changes, nothing for repeats."""

from datetime import timedelta
from typing import Any

import pytest

from courses.assessment.errors import QuestionInvalid
from courses.assessment.models import Question, QuestionVersion, Quiz
from courses.assessment.services import (
    SavedQuestion,
    archive_missing_questions,
    archive_missing_quizzes,
    save_question,
    save_quiz,
)
from courses.assessment.signals import question_changed
from courses.enrollment.models import Course
from tests.factories.assessment import ASKED_AT, PAYLOADS, make_question, make_quiz
from tests.factories.content import make_claim, make_lesson, make_topic
from tests.factories.enrollment import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Course:
    return make_course()


def save(course: Course, **fields: Any) -> SavedQuestion:
    values: dict[str, Any] = {
        "slug": "capital",
        "type_name": "single_choice",
        "stem": "Which city is the capital?",
        "payload": PAYLOADS["single_choice"],
        "explanation": "Since 1868.",
        "tags": ["geography"],
        "now": ASKED_AT,
    }
    return save_question(course=course, **(values | fields))


def test_a_first_save_makes_the_question_and_its_first_version(here: Course) -> None:
    lesson, topic = make_lesson(here), make_topic(here)
    claims = [make_claim(here), make_claim(here)]

    saved = save(here, lesson=lesson, topic=topic, position=4, claims=claims[::-1])

    question = Question.objects.get(course=here, slug="capital")
    assert saved.change == "created"
    assert (question.lesson, question.topic, question.position) == (lesson, topic, 4)
    assert question.status == Question.Status.PUBLISHED
    assert question.current == saved.version
    assert (saved.version.number, saved.version.payload) == (1, PAYLOADS["single_choice"])
    assert set(saved.version.claims.all()) == set(claims)


def test_a_repeated_save_changes_nothing(here: Course) -> None:
    claims = [make_claim(here), make_claim(here)]
    first = save(here, claims=claims)

    second = save(here, claims=claims, now=ASKED_AT + timedelta(days=1))

    assert (second.change, second.moved) == (None, False)
    assert second.version == first.version
    assert QuestionVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"stem": "Which is the capital?"}, "answer"),
        ({"type_name": "flashcard", "payload": PAYLOADS["flashcard"]}, "answer"),
        ({"payload": {"options": PAYLOADS["single_choice"]["options"][::-1]}}, "answer"),
        ({"explanation": "Since the year 1868."}, "cosmetic"),
        ({"tags": []}, "cosmetic"),
        ({"hints": ["Not Kyoto."]}, "cosmetic"),
        ({"silenced": [{"rule": "undated", "reason": "It stays."}]}, "cosmetic"),
        ({"stem": "Which is the capital?", "change": "cosmetic"}, "cosmetic"),
        ({"explanation": "Because.", "change": "answer"}, "answer"),
    ],
)
def test_a_change_makes_a_version_and_says_of_what_kind(
    here: Course, fields: dict[str, Any], change: str
) -> None:
    first = save(here)

    second = save(here, **fields)

    assert (second.change, second.version.change) == (change, change)
    assert second.version.number == 2
    assert Question.objects.get(pk=first.question.pk).current == second.version
    assert QuestionVersion.objects.get(pk=first.version.pk).stem == "Which city is the capital?"


def test_a_version_cannot_be_saved_again(here: Course) -> None:
    version = save(here).version
    version.stem = "Something else?"

    with pytest.raises(TypeError, match="never changes"):
        version.save()


def test_other_claims_or_another_order_of_them_make_a_cosmetic_version(here: Course) -> None:
    claims = [make_claim(here), make_claim(here)]
    save(here, claims=claims)

    assert save(here, claims=claims[::-1]).change == "cosmetic"
    assert save(here, claims=claims[:1]).change == "cosmetic"
    assert save(here, claims=claims[:1]).change is None


def test_moving_a_question_makes_no_version(here: Course) -> None:
    save(here)

    saved = save(here, position=9, lesson=make_lesson(here))

    assert (saved.change, saved.moved) == (None, True)
    assert Question.objects.get(slug="capital").position == 9


def test_a_new_version_is_told_and_a_first_one_is_not(
    here: Course, request: pytest.FixtureRequest
) -> None:
    heard: list[str] = []

    def listen(change: str, **_rest: object) -> None:
        heard.append(change)

    question_changed.connect(listen)
    request.addfinalizer(lambda: question_changed.disconnect(listen))

    save(here)
    save(here)
    save(here, stem="Which is the capital?")

    assert heard == ["answer"]


def test_every_mistake_is_named_at_once_and_nothing_is_saved(here: Course) -> None:
    other = make_course()

    with pytest.raises(QuestionInvalid) as caught:
        save(
            here,
            slug="Not a slug",
            stem=" ",
            payload={"options": []},
            tags=["a", "a", "b,c"],
            explanation="x" * 5001,
            claims=[make_claim(here), make_claim(other)],
            lesson=make_lesson(other),
            topic=make_topic(other),
        )

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("options", "wrong_count"),
        ("slug", "not_a_slug"),
        ("stem", "blank"),
        ("explanation", "too_long"),
        ("tags[1]", "duplicate"),
        ("tags[2]", "not_a_tag"),
        ("claims[1]", "other_course"),
        ("lesson", "other_course"),
        ("topic", "other_course"),
    ]
    assert "options: This has 0 entries" in str(caught.value)
    assert not Question.objects.exists()


def test_an_unknown_type_is_a_problem(here: Course) -> None:
    with pytest.raises(QuestionInvalid, match="type: There is no such question type"):
        save(here, type_name="essay")


def test_missing_questions_are_archived_and_come_back_with_a_save(here: Course) -> None:
    save(here)
    kept = make_question(here)
    elsewhere = make_question(make_course())

    assert archive_missing_questions(course=here, keep=[kept.slug]) == ["capital"]
    assert archive_missing_questions(course=here, keep=[kept.slug]) == []

    assert Question.objects.get(slug="capital").status == Question.Status.ARCHIVED
    assert Question.objects.get(pk=elsewhere.pk).status == Question.Status.PUBLISHED
    assert save(here).moved
    assert Question.objects.get(slug="capital").status == Question.Status.PUBLISHED


def test_a_quiz_keeps_the_order_of_its_questions(here: Course) -> None:
    one, two, three = (make_question(here) for _ in range(3))

    saved = save_quiz(
        course=here, slug="check", title="Check", questions=[two, one, three], now=ASKED_AT
    )
    again = save_quiz(
        course=here, slug="check", title="Check", questions=[two, one, three], now=ASKED_AT
    )
    turned = save_quiz(
        course=here, slug="check", title="Check", questions=[three, two], now=ASKED_AT
    )

    assert (saved.created, saved.changed) == (True, True)
    assert (again.created, again.changed) == (False, False)
    assert (turned.created, turned.changed) == (False, True)
    slots = turned.quiz.slots.order_by("position")
    assert [slot.question for slot in slots] == [three, two]


def test_a_quiz_names_its_mistakes(here: Course) -> None:
    question, stranger = make_question(here), make_question(make_course())

    with pytest.raises(QuestionInvalid) as caught:
        save_quiz(
            course=here,
            slug="Check!",
            title="",
            questions=[question, question, stranger],
            lesson=make_lesson(make_course()),
            now=ASKED_AT,
        )

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("slug", "not_a_slug"),
        ("title", "blank"),
        ("lesson", "other_course"),
        ("questions[1]", "duplicate"),
        ("questions[2]", "other_course"),
    ]


def test_missing_quizzes_are_archived(here: Course) -> None:
    gone, kept = make_quiz(here), make_quiz(here)

    assert archive_missing_quizzes(course=here, keep=[kept.slug], now=ASKED_AT) == [gone.slug]

    assert Quiz.objects.get(pk=gone.pk).status == Quiz.Status.ARCHIVED
