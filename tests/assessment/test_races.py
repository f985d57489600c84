"""Many requests at the same moment, in real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.errors import AlreadyAnswered, AttemptAlreadySubmitted, NoAttemptsLeft
from courses.assessment.jobs import sweep_attempts
from courses.assessment.models import Attempt, Quiz, Response, SavedAnswer
from courses.assessment.services import (
    Draft,
    answer_in_attempt,
    save_answer,
    start_attempt,
    submit_attempt,
)
from courses.common.errors import DomainError
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.enrollment.models import Course
from courses.flashcards.models import ReviewLog
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    ASKED_AT,
    RIGHT,
    answer_lesson,
    make_question,
    make_quiz,
)
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as, make_course

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 32
T = TypeVar("T")


@pytest.fixture
def here() -> Course:
    return make_course()


@pytest.fixture
def learner(here: Course) -> User:
    user = make_user()
    enrol_as(user, here)
    return user


@pytest.fixture
def quiz(here: Course) -> Quiz:
    return make_quiz(here)


@pytest.fixture
def lesson(here: Course) -> Lesson:
    return make_lesson(here)


def at_once(act: Callable[[int], T], count: int = AT_ONCE) -> list[T | DomainError]:
    """Return what `count` threads that start together get, refusals included."""
    barrier = Barrier(count)

    def run(number: int) -> T | DomainError:
        barrier.wait()
        try:
            return act(number)
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_many_starts_open_one_attempt(learner: User, quiz: Quiz) -> None:
    attempts = at_once(lambda _: start_attempt(learner=learner, quiz_id=quiz.pk, now=ASKED_AT))

    assert len({attempt.pk for attempt in attempts if isinstance(attempt, Attempt)}) == 1
    assert len(attempts) == AT_ONCE
    assert Attempt.objects.count() == 1


def test_one_answer_sent_many_times_is_recorded_once(
    here: Course, learner: User, lesson: Lesson
) -> None:
    question, response_id = make_question(here), new_id()

    outcomes = at_once(lambda _: answer_lesson(learner, lesson, question, response_id=response_id))

    replayed = [getattr(outcome, "replayed", None) for outcome in outcomes]
    assert sorted(replayed, key=str) == [False] + [True] * (AT_ONCE - 1)
    assert Response.objects.count() == 1


def test_of_many_answers_to_a_question_in_an_attempt_one_counts(learner: User, quiz: Quiz) -> None:
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=ASKED_AT)
    question = quiz.questions.get()

    outcomes = at_once(
        lambda _: answer_in_attempt(
            learner=learner,
            response_id=new_id(),
            attempt_id=attempt.pk,
            question_id=question.pk,
            raw_answer=RIGHT["single_choice"],
            answered_at=ASKED_AT,
            now=ASKED_AT,
        )
    )

    assert sum(isinstance(outcome, AlreadyAnswered) for outcome in outcomes) == AT_ONCE - 1
    assert Response.objects.count() == 1


def test_an_answer_is_in_time_or_refused_when_the_attempt_is_handed_in(
    here: Course, learner: User
) -> None:
    questions = [make_question(here) for _ in range(8)]
    attempt = start_attempt(learner=learner, quiz_id=make_quiz(here, questions).pk, now=ASKED_AT)

    def act(number: int) -> object:
        if number == len(questions):
            return submit_attempt(learner=learner, attempt_id=attempt.pk, now=ASKED_AT)
        return answer_in_attempt(
            learner=learner,
            response_id=new_id(),
            attempt_id=attempt.pk,
            question_id=questions[number].pk,
            raw_answer=RIGHT["single_choice"],
            answered_at=ASKED_AT,
            now=ASKED_AT,
        )

    outcomes = at_once(act, len(questions) + 1)

    refused = sum(isinstance(outcome, AttemptAlreadySubmitted) for outcome in outcomes)
    assert refused + Response.objects.count() == len(questions)
    assert Attempt.objects.get().submitted_at == ASKED_AT


# --- Graded quizzes ---------------------------------------------------------------------------
@pytest.fixture
def exam(here: Course) -> Quiz:
    rules = QuizSettings(kind="graded", attempts_allowed=1)
    return make_quiz(here, [make_question(here)], settings=rules)


def test_attempt_limits_hold_under_simultaneous_starts(learner: User, exam: Quiz) -> None:
    def start_and_hand_in(_number: int) -> Attempt:
        attempt = start_attempt(learner=learner, quiz_id=exam.pk, now=ASKED_AT)
        return submit_attempt(learner=learner, attempt_id=attempt.pk, now=ASKED_AT)

    outcomes = at_once(start_and_hand_in)

    assert Attempt.objects.count() == 1
    assert any(isinstance(outcome, Attempt) for outcome in outcomes)
    refused = [outcome for outcome in outcomes if not isinstance(outcome, Attempt)]
    assert all(isinstance(refusal, NoAttemptsLeft) for refusal in refused)


def test_of_saves_upon_the_same_only_one_is_taken(learner: User, exam: Quiz) -> None:
    attempt = start_attempt(learner=learner, quiz_id=exam.pk, now=ASKED_AT)
    question = exam.questions.get()

    def save(number: int) -> SavedAnswer:
        return save_answer(
            learner=learner,
            attempt_id=attempt.pk,
            question_id=question.pk,
            save_id=new_id(),
            draft=Draft({"option": str(number)}),
            now=ASKED_AT,
        )

    outcomes = at_once(save)

    taken = [outcome for outcome in outcomes if isinstance(outcome, SavedAnswer)]
    assert len(taken) == 1
    assert SavedAnswer.objects.get().answer == taken[0].answer
    assert SavedAnswer.objects.get().revision == 1


def test_handing_in_and_the_deadline_at_once_are_one_end(learner: User, exam: Quiz) -> None:
    attempt = start_attempt(learner=learner, quiz_id=exam.pk, now=ASKED_AT)
    question = exam.questions.get()
    save_answer(
        learner=learner, attempt_id=attempt.pk, question_id=question.pk, save_id=new_id(),
        draft=Draft(RIGHT["single_choice"]), now=ASKED_AT,
    )  # fmt: skip
    Attempt.objects.update(deadline_at=ASKED_AT)
    late = ASKED_AT + timedelta(hours=1)

    def end(number: int) -> None:
        if number % 2:
            sweep_attempts(late)
        else:
            submit_attempt(learner=learner, attempt_id=attempt.pk, now=late)

    at_once(end)

    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.score) == (ASKED_AT, 1.0)
    assert Response.objects.count() == ReviewLog.objects.count() == 1
