"""A regrade on its pages: asked for, looked at, carried out, undone."""

from datetime import timedelta

import pytest

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.shuffling import option_id
from courses.assessment.models import Attempt, Question, Regrade
from courses.assessment.services import Draft, save_answer, start_attempt, submit_attempt
from courses.common import clock, outbox
from courses.common.ids import new_id
from courses.enrollment.domain.roles import OWNER
from courses.enrollment.models import Course
from tests.factories.accounts import make_user
from tests.factories.assessment import PAYLOADS, make_question, make_quiz
from tests.factories.content import make_claim
from tests.factories.enrollment import enrol_as, make_course

pytestmark = pytest.mark.django_db
REGRADES = "/courses/harbour/regrades/"


@pytest.fixture
def course() -> Course:
    return make_course("harbour", title="The harbour")


@pytest.fixture
def owner(client, course: Course) -> User:
    user = make_user("owner@example.org")
    enrol_as(user, course, OWNER)
    client.force_login(user)
    return user


@pytest.fixture
def attempt(course: Course) -> Attempt:
    """An attempt that took Kyoto for the answer, which the key calls wrong."""
    student = make_user("student@example.org", display_name="Aiko O'Neil 🦉")
    enrol_as(student, course)
    question = make_question(course, slug="capital")
    quiz = make_quiz(course, [question], settings=QuizSettings(kind="graded"), now=clock.now())
    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=clock.now())
    save_answer(
        learner=student, attempt_id=attempt.pk, question_id=question.pk, save_id=new_id(),
        draft=Draft({"option": option_id("Kyoto")}), now=clock.now(),
    )  # fmt: skip
    return submit_attempt(learner=student, attempt_id=attempt.pk, now=clock.now())


def change_key(course: Course) -> Question:
    """Make Kyoto the right answer."""
    options = [
        {"text": text} | ({"correct": True} if text == "Kyoto" else {})
        for text in (option["text"] for option in PAYLOADS["single_choice"]["options"])
    ]
    payload = {"options": options}
    return make_question(course, slug="capital", payload=payload, now=clock.now())


def run(kind: str) -> None:
    outbox.run_due(kind, now=clock.now() + timedelta(seconds=1))


def test_a_key_that_changed_is_carried_through_and_taken_back(client, course, owner, attempt):
    assert attempt.score == 0.0
    assert "Every answer is marked" in client.get(REGRADES).content.decode()
    question = change_key(course)
    waiting = client.get(REGRADES).content.decode()
    assert "capital" in waiting
    assert "1 answer" in waiting

    shown = client.get(f"{REGRADES}new/?question={question.pk}").content.decode()
    assert "Never lower a grade" in shown
    looked = client.post(f"{REGRADES}new/", {"question": question.pk, "reason": "Кё"}, follow=True)
    page = looked.content.decode()
    assert "1 of 1 answer is worth something else." in page
    assert "Aiko O&#x27;Neil" in page
    assert "Whose grades change" in page
    assert "Which cards remember differently" in page
    attempt.refresh_from_db()
    assert attempt.score == 0.0  # only looked at

    here = looked.redirect_chain[-1][0]
    client.post(f"{here}apply/", {"never_lower": "on"})
    run("apply_regrade")
    attempt.refresh_from_db()
    assert attempt.score == 1.0
    done = client.get(here).content.decode()
    assert "carried out" in done
    assert "Undo this regrade" in done

    client.post(f"{here}undo/")
    run("undo_regrade")
    attempt.refresh_from_db()
    assert attempt.score == 0.0
    assert Regrade.objects.get().state == "undone"


def test_carrying_it_out_twice_is_once(client, course, owner, attempt):
    question = change_key(course)
    looked = client.post(f"{REGRADES}new/", {"question": question.pk}, follow=True)
    here = looked.redirect_chain[-1][0]

    for _twice in range(2):
        assert client.post(f"{here}apply/").status_code == 302
    run("apply_regrade")
    run("apply_regrade")

    attempt.refresh_from_db()
    assert attempt.score == 1.0


@pytest.mark.parametrize("named", [None, "", "x", "01931b0e-7c4a-7000-8000-000000000000"])
def test_nothing_is_asked_of_no_question(client, course, owner, named):
    query = {} if named is None else {"question": named}

    assert client.get(f"{REGRADES}new/", query).status_code == 404


def test_questions_of_other_courses_are_not_regraded_here(client, course, owner):
    stranger = make_question(make_course("elsewhere"))

    assert client.post(f"{REGRADES}new/", {"question": stranger.pk}).status_code == 404


def test_an_undo_of_what_was_only_looked_at_is_refused(client, course, owner, attempt):
    question = change_key(course)
    looked = client.post(f"{REGRADES}new/", {"question": question.pk}, follow=True)

    assert client.post(f"{looked.redirect_chain[-1][0]}undo/").status_code == 409


def test_a_revised_claim_leads_to_its_questions(client, course, owner):
    claim = make_claim(course, "TT-901", now=clock.now() - timedelta(days=1))
    question = make_question(
        course, slug="shaken", claims=[claim], now=clock.now() - timedelta(days=1)
    )
    make_claim(course, "TT-901", statement="It was in 1875.", now=clock.now())

    page = client.get(REGRADES).content.decode()

    assert "Claims that were revised" in page
    assert f"{REGRADES}new/?question={question.pk}" in page
    assert "/courses/harbour/claims/TT-901/" in page
