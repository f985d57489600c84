"""Answers in lessons and attempts at quizzes over the API."""

import pytest

from courses.accounts.models import User
from courses.assessment.models import Attempt, Quiz, Response
from courses.enrollment.models import Course
from tests.api.conftest import Caller, answer_body, fresh_key
from tests.factories.assessment import RIGHT, WRONG, make_question, make_quiz
from tests.factories.content import make_lesson

RIGHT_CHOICE, WRONG_CHOICE = RIGHT["single_choice"], WRONG["single_choice"]


@pytest.fixture
def quiz(course: Course) -> Quiz:
    return make_quiz(course, [make_question(course), make_question(course)])


def test_an_attempt_from_start_to_result(page: Caller, quiz: Quiz):
    started = page.post(f"quizzes/{quiz.pk}/attempts").json()
    asked = [item["question"]["id"] for item in started["questions"]]
    path = f"attempts/{started['id']}"
    body = answer_body(quiz.questions.get(pk=asked[0]), RIGHT_CHOICE)
    key = fresh_key()

    first = page.post(f"{path}/answers", body, key)
    replay = page.post(f"{path}/answers", body, key)
    second = page.post(f"{path}/answers", body | {"question": asked[1], "answer": WRONG_CHOICE},
                       fresh_key())  # fmt: skip
    result = page.post(f"{path}/submit")

    assert started["questions"][0]["feedback"] is None
    assert first.json()["verdict"] == "right"
    assert replay.json() == first.json()
    assert replay.headers["Idempotent-Replayed"] == "true"
    assert second.json()["verdict"] == "wrong"
    assert result.json()["score"] == 0.5
    assert page.post(f"{path}/submit").json() == result.json() == page.get(f"{path}/result").json()
    late = page.post(f"{path}/answers", body, fresh_key())
    assert (late.status_code, late.json()["code"]) == (409, "attempt_already_submitted")


def test_starting_again_goes_on_with_the_open_attempt(page: Caller, quiz: Quiz):
    first = page.post(f"quizzes/{quiz.pk}/attempts").json()

    assert page.post(f"quizzes/{quiz.pk}/attempts").json() == first
    assert page.get(f"attempts/{first['id']}").json() == first


def test_attempts_are_their_learners_alone(
    page: Caller, quiz: Quiz, owner: User, other_student: User
):
    path = f"attempts/{page.post(f'quizzes/{quiz.pk}/attempts').json()['id']}"

    for user in (owner, other_student):
        caller = Caller(user)
        assert caller.get(path).status_code == 404
        assert caller.get(f"{path}/result").status_code == 404
        assert caller.post(f"{path}/submit").status_code == 404
        body = answer_body(quiz.questions.first(), RIGHT_CHOICE)
        assert caller.post(f"{path}/answers", body, fresh_key()).status_code == 404
    assert Attempt.objects.get().submitted_at is None


@pytest.mark.parametrize(("actor", "status"), [("other_student", 404), ("former_student", 404)])
def test_who_does_not_study_the_course_cannot_start(
    people: dict[str, User], quiz: Quiz, actor: str, status: int
):
    assert Caller(people[actor]).post(f"quizzes/{quiz.pk}/attempts").status_code == status


def test_a_question_in_a_lesson_is_answered_once(page: Caller, course: Course):
    lesson = make_lesson(course)
    question = make_question(course, lesson=lesson)
    key, path = fresh_key(), f"lessons/{lesson.pk}/answers"

    first = page.post(path, answer_body(question, WRONG_CHOICE), key)
    again = page.post(path, answer_body(question, WRONG_CHOICE), key)
    other = page.post(path, answer_body(question, RIGHT_CHOICE), key)

    assert first.json()["verdict"] == "wrong"
    assert first.json()["feedback"]["solution"]
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 422
    assert Response.objects.count() == 1
