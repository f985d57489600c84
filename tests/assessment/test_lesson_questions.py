"""Questions in the prose, with what their reader answered last."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.assessment.selectors import questions_for_lesson
from courses.assessment.selectors.markings import version_of
from courses.assessment.services import save_question
from courses.assessment.versions import forget_versions
from courses.content.models import Lesson
from courses.enrollment.models import Course
from tests.factories.assessment import (
    ASKED_AT,
    PAYLOADS,
    RIGHT,
    WRONG,
    answer_lesson,
    make_question,
)
from tests.factories.content import make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return make_lesson(course)


@pytest.fixture
def questions(course: Course, lesson: Lesson) -> list[Question]:
    return [
        make_question(course, slug=f"q{number}", lesson=lesson, position=9 - number)
        for number in range(3)
    ]


def test_they_come_by_slug_in_their_order(
    lesson: Lesson, questions: list[Question], student: User
) -> None:
    found = questions_for_lesson(lesson=lesson, user=student)

    assert list(found) == ["q2", "q1", "q0"]
    assert found["q0"].version == questions[0].current
    assert (found["q0"].last, found["q0"].marking) == (None, None)


def test_only_published_questions_of_the_lesson_and_those_it_names(
    course: Course, lesson: Lesson, questions: list[Question], student: User
) -> None:
    Question.objects.filter(slug="q1").update(status=Question.Status.ARCHIVED)
    make_question(course, slug="elsewhere")

    assert list(questions_for_lesson(lesson=lesson, user=student)) == ["q2", "q0"]
    named = questions_for_lesson(lesson=lesson, user=student, slugs=["elsewhere", "q1"])
    assert sorted(named) == ["elsewhere", "q0", "q2"]


def test_the_last_response_and_the_version_it_was_given_to(
    course: Course, lesson: Lesson, questions: list[Question], student: User, owner: User
) -> None:
    answer_lesson(student, lesson, questions[0], RIGHT["single_choice"])
    later = ASKED_AT + timedelta(hours=1)
    last = answer_lesson(
        student, lesson, questions[0], WRONG["single_choice"], answered_at=later, now=later
    )
    answer_lesson(owner, lesson, questions[0], answered_at=later, now=later)
    saved = save_question(
        course=course, slug="q0", type_name="flashcard", stem="New?", lesson=lesson,
        payload=PAYLOADS["flashcard"], now=later,
    )  # fmt: skip

    found = questions_for_lesson(lesson=lesson, user=student)["q0"]

    assert found.last == last.response
    assert version_of(found.last) == last.version
    assert found.version == saved.version


def test_options_stand_the_same_at_every_visit_and_differ_between_readers(
    lesson: Lesson, questions: list[Question], student: User, owner: User
) -> None:
    seeds = [
        questions_for_lesson(lesson=lesson, user=user)["q0"].seed
        for user in (student, student, owner)
    ]

    assert seeds[0] == seeds[1] != seeds[2]


def test_visitors_see_questions_without_responses(
    lesson: Lesson, questions: list[Question]
) -> None:
    found = questions_for_lesson(lesson=lesson, user=AnonymousUser())

    assert [one.last for one in found.values()] == [None] * 3


def test_it_takes_two_queries_once_the_versions_are_kept(
    lesson: Lesson, questions: list[Question], student: User, django_assert_num_queries: Any
) -> None:
    for question in questions:
        answer_lesson(student, lesson, question)
    forget_versions()

    with django_assert_num_queries(4):
        questions_for_lesson(lesson=lesson, user=student)
    with django_assert_num_queries(2):
        questions_for_lesson(lesson=lesson, user=student)
