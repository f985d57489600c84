"""The outlook: what will be known on a later day, and what studying today adds to it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.common.ids import new_id
from courses.flashcards.domain.fsrs6 import Fsrs6, Memory
from courses.flashcards.domain.outlook import expected_score, gain_of_learning, gain_of_review
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import ReviewLog
from courses.flashcards.selectors import outlook, review_calendar
from courses.flashcards.services import undo_last_review
from tests.factories.assessment import make_question
from tests.factories.content import make_lesson
from tests.factories.flashcards import NOON, answer, make_review_card

model = Fsrs6()
TODAY = date(2026, 11, 20)


# --- Domain -------------------------------------------------------------------------------


def test_questions_not_met_count_as_not_known():
    score = expected_score([1.0, 0.5], questions=4)

    assert score.expected == pytest.approx(0.375)
    # sqrt(0.5 * 0.5) * 1.2816 / 4
    assert score.low == pytest.approx(0.375 - 0.1602, abs=1e-4)
    assert score.high == pytest.approx(0.5)


@pytest.mark.parametrize(("recalls", "questions"), [([], 0), ([0.5, 0.5], 1)])
def test_there_are_as_many_questions_as_recalls(recalls, questions):
    with pytest.raises(ValueError, match="questions"):
        expected_score(recalls, questions=questions)


@given(
    stability=st.floats(0.01, 1000),
    difficulty=st.floats(1, 10),
    elapsed=st.integers(0, 400),
    ahead=st.integers(0, 400),
)
def test_a_review_never_costs_recall_and_never_adds_more_than_was_missing(
    stability, difficulty, elapsed, ahead
):
    gain = gain_of_review(
        Memory(stability, difficulty), elapsed_days=elapsed, ahead_days=ahead, model=model
    )

    untouched = model.retrievability(elapsed + ahead, stability)
    assert 0 <= gain <= 1 - untouched + 1e-9


def test_what_is_nearly_forgotten_gains_more_than_what_was_just_seen():
    faded = gain_of_review(Memory(5.0, 5.0), elapsed_days=20, ahead_days=30, model=model)
    fresh = gain_of_review(Memory(5.0, 5.0), elapsed_days=0, ahead_days=30, model=model)

    assert faded > fresh


def test_a_question_learned_today_is_known_less_later():
    assert gain_of_learning(ahead_days=1, model=model) > gain_of_learning(
        ahead_days=60, model=model
    )


# --- Selectors ------------------------------------------------------------------------------


@pytest.fixture
def lessons(course):
    return [make_lesson(course, slug, title=slug.title()) for slug in ("islands", "gas")]


def test_the_lesson_that_adds_most_is_named(student, course, lessons):
    for lesson, stability in ((lessons[0], 400.0), (lessons[1], 2.0)):
        question = make_question(course, lesson=lesson)
        make_review_card(student, question, stability=stability)

    found = outlook(student, course, NOON, seconds_per_card=12.0)

    assert (found.best.slug, found.best.title) == ("gas", "Gas")
    assert found.best.questions == 1
    assert (found.met, found.questions, found.is_exam) == (2, 2, False)
    assert found.day == TODAY + timedelta(weeks=4)


def test_of_lessons_not_begun_only_the_next_is_advised(student, course, lessons):
    make_review_card(student, make_question(course), stability=30_000.0)
    make_question(course, lesson=lessons[0])
    for _ in range(5):
        make_question(course, lesson=lessons[1])

    found = outlook(student, course, NOON, seconds_per_card=12.0)

    assert found.best.slug == lessons[0].slug
    assert found.of_met.expected > 6 * found.score.expected


def test_a_lesson_counts_as_far_as_the_minutes_reach(student, course, lessons):
    student.minutes_per_day = 1
    for _ in range(9):
        make_review_card(student, make_question(course, lesson=lessons[0]), stability=2.0)

    assert outlook(student, course, NOON, seconds_per_card=12.0).best.questions == 5


def test_there_is_no_outlook_before_a_card_is_learned(student, course):
    question = make_question(course)
    assert outlook(student, course, NOON, seconds_per_card=12.0) is None

    make_review_card(student, question, state=State.LEARNING)

    assert outlook(student, course, NOON, seconds_per_card=12.0) is None


def test_what_is_known_for_long_needs_no_advice(student, course, lessons):
    question = make_question(course, lesson=lessons[0])
    make_review_card(student, question, stability=30_000.0)

    assert outlook(student, course, NOON, seconds_per_card=12.0).best is None


def test_the_outlook_takes_three_queries(student, course, lessons, django_assert_num_queries):
    for _ in range(5):
        make_review_card(student, make_question(course, lesson=lessons[0]))

    with django_assert_num_queries(3):
        outlook(student, course, NOON, seconds_per_card=12.0)


def test_the_calendar_counts_answers_that_stand(student, course):
    questions = [make_question(course) for _ in range(3)]
    for question in questions:
        make_review_card(student, question, queue_position=1)
    answer(student, questions[0], at=NOON - timedelta(days=3))
    for question in questions[1:]:
        answer(student, question, at=NOON)
    undo_last_review(learner=student, undo_id=new_id(), now=NOON + timedelta(minutes=1))

    days = review_calendar(student, NOON)

    assert {day.day: day.answers for day in days if day.answers} == {
        TODAY: 1,
        TODAY - timedelta(days=3): 1,
    }
    assert ReviewLog.objects.filter(learner=student).count() == 4


def test_the_calendar_begins_on_the_first_day_of_the_week(student):
    monday = review_calendar(student, NOON)
    sunday = review_calendar(student, NOON, first_weekday=6)

    assert monday[0].day.weekday() == 0
    assert sunday[0].day.weekday() == 6
    assert monday[-1].day == sunday[-1].day == TODAY
    assert len(monday) == 11 * 7 + 5
