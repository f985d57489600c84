"""Many requests at once, in real threads on a real database: each answer counts once."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from courses.accounts.models import User
from courses.api.models import PersonalToken
from courses.api.tokens import MOST_PER_PERSON, TooManyTokens, digest_of
from courses.assessment.models import Attempt, Quiz, Response
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.models import Card, ReviewLog
from tests.api.conftest import Caller, answer_body, fresh_key, place_today, token_for
from tests.factories.assessment import RIGHT, WRONG, make_question, make_quiz
from tests.factories.enrollment import make_course
from tests.factories.flashcards import make_card

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
ANSWER = RIGHT["single_choice"]


def at_once(calls: list[Any]) -> list[Any]:
    """Start all calls at the same moment, each in a thread of its own; return their replies."""
    barrier = Barrier(len(calls))

    def run(call: Any) -> Any:
        barrier.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def key(student: User) -> str:
    return token_for(student)


def test_one_key_sent_by_many_is_one_review_and_one_reply(student: User, course: Course, key: str):
    question = make_question(course)
    make_card(student, question, queue_position=place_today(student))
    body, review = answer_body(question, ANSWER, limit=0), fresh_key()

    replies = at_once([lambda: Caller(key=key).post("reviews/answer", body, review)] * THREADS)

    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    assert sum("Idempotent-Replayed" not in reply.headers for reply in replies) == 1
    assert ReviewLog.objects.count() == 1
    assert Card.objects.get(learner=student).reps == 1


def test_different_keys_for_one_card_are_all_counted(student: User, course: Course, key: str):
    question = make_question(course)
    make_card(student, question, queue_position=place_today(student))
    body = answer_body(question, ANSWER, limit=0)

    replies = at_once([lambda: Caller(key=key).post("reviews/answer", body, fresh_key())] * THREADS)

    assert {reply.status_code for reply in replies} == {200}
    assert ReviewLog.objects.count() == Card.objects.get(learner=student).reps == THREADS


def test_one_key_with_two_answers_is_one_review_and_refusals(
    student: User, course: Course, key: str
):
    question = make_question(course)
    make_card(student, question, queue_position=place_today(student))
    review = fresh_key()
    bodies = [answer_body(question, ANSWER), answer_body(question, WRONG["single_choice"])]

    replies = at_once(
        [
            lambda body=body: Caller(key=key).post("reviews/answer", body, review)
            for body in bodies * (THREADS // 2)
        ]
    )

    by_status = sorted(reply.status_code for reply in replies)
    assert by_status == [200] * (THREADS // 2) + [422] * (THREADS // 2)
    assert ReviewLog.objects.count() == 1


def test_many_starts_open_one_attempt_and_many_submits_hand_it_in_once(
    student: User, course: Course, key: str
):
    quiz: Quiz = make_quiz(course)

    started = at_once([lambda: Caller(key=key).post(f"quizzes/{quiz.pk}/attempts")] * THREADS)
    attempt = Attempt.objects.get()
    path = f"attempts/{attempt.pk}"
    body = answer_body(quiz.questions.get(), ANSWER)
    given = at_once([lambda: Caller(key=key).post(f"{path}/answers", body, fresh_key())] * THREADS)
    submitted = at_once([lambda: Caller(key=key).post(f"{path}/submit")] * THREADS)

    assert {reply.json()["id"] for reply in started} == {str(attempt.pk)}
    assert sorted(reply.status_code for reply in given) == [200] + [409] * (THREADS - 1)
    assert Response.objects.count() == 1
    assert len({reply.content for reply in submitted}) == 1


def test_many_joins_make_one_enrolment(stranger: User):
    course = make_course("open-course", access=Course.Access.OPEN)
    page = f"/courses/{course.slug}/join/"
    callers = [Caller(stranger) for _number in range(THREADS)]

    replies = at_once([lambda caller=caller: caller.client.post(page) for caller in callers])

    assert {reply.status_code for reply in replies} == {302}
    assert Enrollment.objects.filter(user=stranger).count() == 1


def test_the_last_free_place_for_a_token_is_given_once(student: User, monkeypatch):
    for _number in range(MOST_PER_PERSON - 1):
        token_for(student)

    def slow_digest(key: str) -> str:  # widens the gap between the count and the new row
        time.sleep(0.05)
        return digest_of(key)

    monkeypatch.setattr("courses.api.tokens.digest_of", slow_digest)

    def ask() -> bool:
        try:
            return bool(token_for(student))
        except TooManyTokens:
            return False

    made = at_once([ask] * THREADS)

    assert made.count(True) == 1
    assert PersonalToken.objects.count() == MOST_PER_PERSON
