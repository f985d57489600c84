"""Taking back reviews: as if they had never been, and only so far."""

from datetime import timedelta

import pytest

from courses.common.errors import KeyReused
from courses.common.ids import new_id
from courses.flashcards.errors import NothingToUndo
from courses.flashcards.models import ReviewLog
from courses.flashcards.selectors import next_card
from courses.flashcards.services import suspend_card, undo_last_review, verify_memory
from courses.flashcards.services.undoing import UNDO_DEPTH
from tests.factories.assessment import answer_lesson, make_question
from tests.factories.content import make_lesson
from tests.factories.flashcards import NOON, answer, card_of, make_card

pytestmark = pytest.mark.django_db

FOLDED = (
    "state",
    "step",
    "stability",
    "difficulty",
    "last_review_at",
    "last_review_day",
    "due_at",
    "interval_days",
    "reps",
    "lapses",
)


@pytest.fixture
def question(course):
    question = make_question(course)
    return question


@pytest.fixture
def card(student, question):
    return make_card(student, question)


def undo(student, at=NOON + timedelta(minutes=1), undo_id=None):
    return undo_last_review(learner=student, undo_id=undo_id or new_id(), now=at)


def folded(card):
    return {name: getattr(card, name) for name in FOLDED}


def test_the_card_is_as_before_and_foremost_in_the_queue(student, course, question, card):
    other = make_question(course)
    make_card(student, other)
    answer(student, other, right=False, at=NOON - timedelta(minutes=30))
    answer(student, question, at=NOON - timedelta(minutes=20))
    before = folded(card_of(student, question))
    reviewed = answer(student, question)

    outcome = undo(student)

    assert (outcome.review_id, outcome.question_id) == (reviewed.id, question.pk)
    assert folded(card_of(student, question)) == before
    shown = next_card(student, NOON + timedelta(minutes=1))
    assert shown is not None
    assert shown.question_id == question.pk


def test_undoing_the_first_answer_makes_the_card_new_again(student, question, card):
    answer(student, question)

    undo(student)

    stored = card_of(student, question)
    assert (stored.state, stored.reps, stored.stability, stored.due_at) == (0, 0, None, None)


def test_the_log_keeps_both(student, question, card):
    reviewed = answer(student, question)

    undo(student)

    entries = ReviewLog.objects.order_by("received_at").values_list("kind", "target_id")
    assert list(entries) == [("answer", None), ("undo", reviewed.id)]


def test_the_same_undo_twice_is_one(student, question, card):
    answer(student, question)
    answer(student, question, at=NOON + timedelta(minutes=10))
    undo_id = new_id()
    first = undo(student, NOON + timedelta(minutes=11), undo_id)

    second = undo(student, NOON + timedelta(minutes=12), undo_id)

    assert second.replayed
    assert second.review_id == first.review_id
    assert card_of(student, question).reps == 1


def test_undo_after_undo_goes_further_back(student, question, card):
    first = answer(student, question)
    answer(student, question, at=NOON + timedelta(minutes=10))
    undo(student, NOON + timedelta(minutes=11))

    second = undo(student, NOON + timedelta(minutes=12))

    assert second.review_id == first.id
    with pytest.raises(NothingToUndo):
        undo(student, NOON + timedelta(minutes=13))


def test_an_answer_after_an_undo_counts_on_the_earlier_state(student, owner, question, card):
    make_card(owner, question)
    answer(student, question, right=False)
    undo(student)

    answer(student, question, at=NOON + timedelta(minutes=2))
    answer(owner, question, at=NOON + timedelta(minutes=2))

    mine, plain = folded(card_of(student, question)), folded(card_of(owner, question))
    assert mine == plain
    assert not list(verify_memory())


def test_an_id_that_stands_for_an_answer_is_no_undo(student, question, card):
    reviewed = answer(student, question)

    with pytest.raises(KeyReused):
        undo(student, undo_id=reviewed.id)


def test_nothing_of_yesterday_is_taken_back(student, question, card):
    answer(student, question)

    with pytest.raises(NothingToUndo):
        undo(student, NOON + timedelta(days=1))


def test_nothing_of_another_learner_is_taken_back(student, owner, question, card):
    answer(student, question)

    with pytest.raises(NothingToUndo):
        undo(owner)


def test_an_answer_in_a_lesson_is_not_taken_back(student, course):
    lesson = make_lesson(course)
    asked = make_question(course, lesson=lesson)
    lesson.current.body = f"::: question {asked.slug}\n:::"
    lesson.current.save()
    answer_lesson(student, lesson, asked, answered_at=NOON, now=NOON)

    with pytest.raises(NothingToUndo):
        undo(student)


def test_only_the_last_fifty_can_be_taken_back(student, question, card):
    for number in range(UNDO_DEPTH + 2):
        answer(student, question, at=NOON + timedelta(seconds=number))
    later = NOON + timedelta(minutes=5)
    for _ in range(UNDO_DEPTH):
        undo(student, later)

    with pytest.raises(NothingToUndo):
        undo(student, later)

    assert card_of(student, question).reps == 2


def test_a_suspended_card_stays_out_of_the_queue(student, question, card):
    answer(student, question)
    suspend_card(learner=student, question_id=question.pk)

    undo(student)

    assert card_of(student, question).queue_position is None
