"""The figures of a quiz on its page: each with its n, and none from too few answers."""

import pytest

from courses.assessment.services import answer_in_attempt, start_attempt, submit_attempt
from courses.common.ids import new_id
from courses.enrollment.domain.roles import OWNER
from courses.enrollment.models import Course
from tests.factories.accounts import make_user
from tests.factories.assessment import ASKED_AT, RIGHT, WRONG, make_question, make_quiz
from tests.factories.enrollment import enrol_as, make_course

pytestmark = pytest.mark.django_db
PAGE = "/courses/harbour/quizzes/exam/figures/"


@pytest.fixture
def course(client) -> Course:
    made = make_course("harbour", title="The harbour")
    owner = make_user("owner@example.org")
    enrol_as(owner, made, OWNER)
    client.force_login(owner)
    return made


def answered(course: Course, people: int) -> None:
    """Have so many students take the quiz; every second one gets it wrong."""
    question = make_question(course, stem="What is the *capital*?")
    quiz = make_quiz(course, [question], slug="exam")
    for number in range(people):
        student = make_user()
        enrol_as(student, course)
        attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)
        answer_in_attempt(
            learner=student, response_id=new_id(), attempt_id=attempt.pk,
            question_id=question.pk, duration_ms=4000, answered_at=ASKED_AT, now=ASKED_AT,
            raw_answer=(RIGHT if number % 2 else WRONG)["single_choice"],
        )  # fmt: skip
        submit_attempt(learner=student, attempt_id=attempt.pk, now=ASKED_AT)


def test_figures_come_with_their_n(client, course):
    answered(course, 12)

    page = client.get(PAGE).content.decode()

    assert "12 first attempts" in page
    assert "<em>capital</em>" in page
    assert "<dd>50%</dd>" in page
    assert "<dd>4 s</dd>" in page
    assert "Kyoto" in page
    assert "n = 12" in page


def test_too_few_answers_tell_nothing(client, course):
    answered(course, 3)

    page = client.get(PAGE).content.decode()

    assert "<dd>33%</dd>" not in page
    assert "<dd>–</dd>" in page


def test_without_answers_the_page_says_so(client, course):
    make_quiz(course, [make_question(course)], slug="exam")

    assert "Nobody has answered yet." in client.get(PAGE).content.decode()
    assert "Nobody has answered yet." in client.get("/courses/harbour/figures/").content.decode()
