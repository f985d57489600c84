"""What is answered in a lesson or a quiz becomes a card or reviews it."""

from datetime import timedelta

import pytest

from courses.assessment.services import answer_in_attempt, start_attempt
from courses.common.errors import KeyReused
from courses.common.ids import new_id
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.selectors import next_card
from tests.factories.assessment import RIGHT, WRONG, answer_lesson, make_question, make_quiz
from tests.factories.content import make_lesson
from tests.factories.flashcards import NOON, answer, card_of, make_review_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course):
    return make_lesson(course, "first", body="::: question asked\n:::")


@pytest.fixture
def question(course, lesson):
    return make_question(course, slug="asked", lesson=lesson)


def answer_quiz(learner, question, raw, **fields):
    attempt = start_attempt(
        learner=learner, quiz_id=make_quiz(question.course, [question]).pk, now=NOON
    )
    return answer_in_attempt(
        learner=learner,
        attempt_id=attempt.pk,
        question_id=question.pk,
        raw_answer=raw,
        **({"response_id": new_id(), "answered_at": NOON, "now": NOON} | fields),
    )


def test_an_answer_in_a_lesson_makes_a_card_and_logs_it(student, lesson, question):
    outcome = answer_lesson(student, lesson, question, answered_at=NOON, now=NOON)

    entry = ReviewLog.objects.get()
    assert (entry.id, entry.place, entry.rating) == (outcome.response.id, "lesson", 3)
    assert card_of(student, question).state == State.LEARNING


def test_an_answer_in_a_quiz_makes_a_card_and_logs_it(student, question):
    answer_quiz(student, question, WRONG["single_choice"])

    entry = ReviewLog.objects.get()
    assert (entry.place, entry.rating) == ("quiz", 1)


def test_a_wrong_answer_in_a_lesson_comes_back_on_the_review_page(student, lesson, question):
    answer_lesson(student, lesson, question, WRONG["single_choice"], answered_at=NOON, now=NOON)

    shown = next_card(student, NOON + timedelta(minutes=1))

    assert shown is not None
    assert shown.question_id == question.pk


def test_an_answer_in_a_quiz_reviews_the_card_there_is(student, question):
    make_review_card(student, question, queue_position=10**12)

    answer_quiz(student, question, RIGHT["single_choice"])

    card = card_of(student, question)
    assert (card.reps, card.queue_position) == (4, None)


def test_a_repeated_response_is_one_review(student, lesson, question):
    response_id = new_id()
    for _ in range(2):
        answer_lesson(
            student, lesson, question, response_id=response_id, answered_at=NOON, now=NOON
        )

    assert ReviewLog.objects.count() == 1


def test_an_id_that_stands_for_a_review_is_refused_in_a_lesson(student, lesson, question):
    make_review_card(student, question)
    reviewed = answer(student, question)

    with pytest.raises(KeyReused):
        answer_lesson(
            student, lesson, question, response_id=reviewed.id, answered_at=NOON, now=NOON
        )


def test_a_self_rated_card_in_a_lesson_takes_the_learners_rating(student, course):
    lesson = make_lesson(course, "second", body="::: question turned\n:::")
    question = make_question(course, "flashcard", slug="turned", lesson=lesson)

    answer_lesson(student, lesson, question, {"rating": 2}, answered_at=NOON, now=NOON)

    entry = ReviewLog.objects.get()
    assert (entry.rating, entry.self_rated) == (2, True)


def test_who_does_not_study_the_course_gets_no_card(administrator, lesson, question):
    answer_lesson(administrator, lesson, question, answered_at=NOON, now=NOON)

    assert not Card.objects.exists()
