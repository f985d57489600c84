"""Many at once, in threads with connections of their own: each answer once, each plan once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from courses.accounts.locking import lock_person
from courses.accounts.services import erase_people
from courses.assessment.models import Question
from courses.common.errors import KeyReused
from courses.common.ids import new_id
from courses.common.models import Job
from courses.enrollment.services import leave
from courses.flashcards import jobs
from courses.flashcards.domain.queue import day_position
from courses.flashcards.models import Card, DayPlan, ReviewLog
from courses.flashcards.services import (
    ensure_day_plans,
    make_day_plans,
    serve_cards,
    undo_last_review,
    verify_memory,
)
from tests.factories.assessment import RIGHT, WRONG, make_question
from tests.factories.content import make_lesson
from tests.factories.flashcards import NOON, answer, card_of, finish, make_card, make_review_card

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


def at_once(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Return what `act(0)` to `act(count - 1)` return or raise, all begun together."""
    ready = Barrier(count)

    def run(number: int) -> T | Exception:
        ready.wait()
        try:
            return act(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def stable(outcome: Any) -> tuple[Any, ...]:
    return outcome.rating, outcome.credit, outcome.due_at, outcome.interval_days


@pytest.fixture
def question(course):
    return make_question(course)


def test_thirty_two_of_the_same_id_are_one_review_with_one_reply(student, question):
    make_card(student, question)
    review_id = new_id()

    outcomes = at_once(32, lambda _n: answer(student, question, review_id=review_id))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len({stable(outcome) for outcome in outcomes}) == 1
    assert sum(not outcome.replayed for outcome in outcomes) == 1
    assert ReviewLog.objects.count() == 1
    assert card_of(student, question).reps == 1


def test_the_same_id_with_different_answers_at_once_is_one_review(student, question):
    make_card(student, question)
    review_id = new_id()
    answers = [RIGHT["single_choice"], WRONG["single_choice"]]

    outcomes = at_once(
        8, lambda n: answer(student, question, review_id=review_id, raw_answer=answers[n % 2])
    )

    assert ReviewLog.objects.count() == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 4
    assert all(isinstance(error, KeyReused) for error in refused)


def test_different_answers_to_one_card_at_once_all_count_and_fold(student, question):
    make_card(student, question)

    outcomes = at_once(12, lambda n: answer(student, question, at=NOON + timedelta(seconds=n)))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert card_of(student, question).reps == 12
    assert not list(verify_memory())


def test_undos_at_once_take_back_each_answer_once(student, question):
    make_card(student, question)
    for number in range(6):
        answer(student, question, at=NOON + timedelta(seconds=number))
    later = NOON + timedelta(minutes=1)

    outcomes = at_once(6, lambda _n: undo_last_review(learner=student, undo_id=new_id(), now=later))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len({outcome.review_id for outcome in outcomes}) == 6
    assert card_of(student, question).reps == 0
    assert not list(verify_memory())


def test_one_undo_id_at_once_is_one_undo(student, question):
    make_card(student, question)
    for number in range(3):
        answer(student, question, at=NOON + timedelta(seconds=number))
    undo_id, later = new_id(), NOON + timedelta(minutes=1)

    outcomes = at_once(8, lambda _n: undo_last_review(learner=student, undo_id=undo_id, now=later))

    assert len({outcome.review_id for outcome in outcomes}) == 1
    assert card_of(student, question).reps == 2


def test_plans_at_once_are_one_plan_with_one_set_of_cards(student, course):
    lesson = make_lesson(course)
    for number in range(4):
        make_question(course, lesson=lesson, position=number)
        make_review_card(student, make_question(course))
    finish(student, lesson)

    outcomes = at_once(8, lambda _n: make_day_plans(learner=student, now=NOON))

    assert sorted(map(len, outcomes)) == [0] * 7 + [1]
    assert DayPlan.objects.count() == 1
    places = list(Card.objects.order_by("queue_position").values_list("queue_position", flat=True))
    assert len(set(places)) == len(places) == 8


def test_an_answer_while_the_day_is_planned_is_not_asked_again(student, course):
    questions = [make_question(course) for _ in range(8)]
    for question in questions:
        make_review_card(student, question)

    def act(number: int) -> object:
        if number == 0:
            return ensure_day_plans(learner=student, now=NOON)
        return answer(student, questions[number])

    outcomes = at_once(8, act)

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    queued = Card.objects.queued(student.pk).values_list("question_id", flat=True)
    assert list(queued) == [questions[0].pk]


def drop_gone(learner, course):
    Question.objects.filter(course=course).update(status=Question.Status.ARCHIVED)
    serve_cards(learner=learner, now=NOON, after_answer=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda learner, _course: make_day_plans(learner=learner, now=NOON + timedelta(days=1)),
        lambda learner, course: leave(learner, course, now=NOON),
        lambda learner, _course: erase_people([learner], now=NOON),
        drop_gone,
    ],
    ids=["plan", "leave", "erase", "drop"],
)
def test_who_changes_several_cards_of_a_learner_waits_for_the_others(student, course, change):
    make_day_plans(learner=student, now=NOON)
    place = day_position(NOON.date())
    for _ in range(2):
        make_review_card(student, make_question(course), queue_position=place)

    def run() -> None:
        change(student, course)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_person(student.pk)
            changed = pool.submit(run)
            finished, _waiting = wait([changed], timeout=0.5)

        changed.result(timeout=20)

    assert not finished
    assert not Card.objects.queued(student.pk).filter(queue_position=place).exists()


def test_sweepers_at_once_owe_each_day_once(student, owner):
    Job.objects.all().delete()

    at_once(6, lambda _n: jobs.sweep_plans(NOON))

    assert Job.objects.filter(kind=jobs.PLAN_DAY).count() == 4
