"""Suspending, burying, and bringing back."""

from datetime import timedelta

import pytest

from courses.flashcards.errors import CardNotFound
from courses.flashcards.services import (
    bury_card,
    ensure_day_plans,
    serve_cards,
    suspend_card,
    unbury_card,
    unsuspend_card,
)
from tests.factories.assessment import make_question
from tests.factories.flashcards import NOON, answer, card_of, make_card, make_review_card

pytestmark = pytest.mark.django_db
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def question(course):
    return make_question(course)


def asked(learner, now=NOON):
    """Return the ids of the questions that the learner is asked at `now`."""
    return [card.question_id for card in serve_cards(learner=learner, now=now, limit=9).cards]


def test_a_buried_card_comes_back_tomorrow(student, question):
    make_review_card(student, question)

    bury_card(learner=student, question_id=question.pk, now=NOON)

    assert asked(student) == []
    assert asked(student, NOON + timedelta(hours=3)) == []
    assert asked(student, TOMORROW) == [question.pk]


def test_a_card_buried_in_its_steps_comes_back_tomorrow(student, question):
    make_card(student, question)
    answer(student, question)

    bury_card(learner=student, question_id=question.pk, now=NOON)

    assert asked(student, NOON + timedelta(minutes=10)) == []
    assert asked(student, TOMORROW) == [question.pk]


def test_a_suspended_card_stays_away(student, question):
    make_review_card(student, question)

    suspend_card(learner=student, question_id=question.pk)

    assert asked(student) == []
    assert asked(student, TOMORROW) == []


def test_a_due_card_comes_back_at_once_when_it_is_unsuspended(student, question):
    make_review_card(student, question, suspended=True)
    ensure_day_plans(learner=student, now=NOON)

    unsuspend_card(learner=student, question_id=question.pk, now=NOON)

    assert asked(student) == [question.pk]


def test_a_card_in_steps_comes_back_when_it_is_unsuspended(student, question):
    make_card(student, question)
    answer(student, question)
    suspend_card(learner=student, question_id=question.pk)

    unsuspend_card(learner=student, question_id=question.pk, now=NOON)

    assert asked(student, NOON + timedelta(minutes=10)) == [question.pk]


def test_a_card_not_due_is_unsuspended_and_waits(student, question):
    make_review_card(student, question, due_at=TOMORROW, suspended=True)

    unsuspend_card(learner=student, question_id=question.pk, now=NOON)

    card = card_of(student, question)
    assert not card.suspended
    assert card.queue_position is None


def test_unsuspending_what_is_not_suspended_changes_nothing(student, question):
    make_review_card(student, question, queue_position=7)

    unsuspend_card(learner=student, question_id=question.pk, now=NOON)

    assert card_of(student, question).queue_position == 7


def test_a_buried_card_is_asked_among_the_first_when_it_is_unburied(student, course):
    for _card in range(4):
        make_review_card(student, make_question(course))
    *others, last = asked(student)
    bury_card(learner=student, question_id=last, now=NOON)
    assert asked(student) == others

    unbury_card(learner=student, question_id=last, now=NOON)
    unbury_card(learner=student, question_id=last, now=NOON)

    assert last in asked(student)[:2]
    assert set(asked(student)) == {*others, last}


def test_a_new_card_that_was_buried_is_asked_today_when_it_is_unburied(student, question):
    make_card(student, question)
    bury_card(learner=student, question_id=question.pk, now=NOON)

    unbury_card(learner=student, question_id=question.pk, now=NOON)

    assert asked(student) == [question.pk]


@pytest.mark.parametrize("fields", [{"suspended": True}, {"due_at": TOMORROW}])
def test_unburying_brings_back_neither_what_is_set_aside_nor_what_is_not_due(
    student, question, fields
):
    make_review_card(student, question, **fields)
    bury_card(learner=student, question_id=question.pk, now=NOON)

    unbury_card(learner=student, question_id=question.pk, now=NOON)

    assert asked(student) == []


def test_a_card_there_is_not_cannot_be_shelved(student, owner, question):
    make_card(owner, question)
    mine = {"learner": student, "question_id": question.pk}

    for shelve in (
        lambda: suspend_card(**mine),
        lambda: bury_card(**mine, now=NOON),
        lambda: unsuspend_card(**mine, now=NOON),
    ):
        with pytest.raises(CardNotFound):
            shelve()
