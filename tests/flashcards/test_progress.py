"""What the learner sees of their memory: recall by topic, and the days ahead."""

from datetime import date, timedelta

import pytest

from courses.assessment.models import Question
from courses.enrollment.models import Section
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.scheduling import State
from courses.flashcards.selectors import forecast, recall_by_topic
from tests.factories.assessment import make_question
from tests.factories.content import make_topic
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import NOON, make_card, make_review_card

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
model = Fsrs6()


# --- Recall -------------------------------------------------------------------------------


@pytest.fixture
def topics(course):
    return [make_topic(course, slug, position=n) for n, slug in enumerate(("islands", "gas"))]


def test_recall_is_the_mean_over_reviewed_cards(student, course, topics):
    for stability in (5.0, 50.0):
        question = make_question(course, topic=topics[0])
        make_review_card(student, question, stability=stability, last_review_day=date(2026, 11, 10))
    make_card(student, make_question(course, topic=topics[0]))

    islands, gas = recall_by_topic(student, course, NOON)

    expected = (model.retrievability(10, 5.0) + model.retrievability(10, 50.0)) / 2
    assert (islands.topic, islands.cards, islands.questions) == ("islands", 2, 3)
    assert islands.now == pytest.approx(expected)
    assert islands.at_exam is None
    assert (gas.cards, gas.questions, gas.now) == (0, 0, 0.0)


def test_recall_at_the_courses_exam(student, course, topics):
    course.exam_date = date(2026, 12, 20)
    question = make_question(course, topic=topics[0])
    make_review_card(student, question, stability=20.0, last_review_day=TODAY)

    (islands, _gas) = recall_by_topic(student, course, NOON)

    assert islands.now == 1.0
    assert islands.at_exam == pytest.approx(model.retrievability(30, 20.0))


def test_the_sections_exam_goes_before_the_courses(student, course, topics):
    course.exam_date = date(2026, 12, 20)
    Section.objects.update(exam_date=date(2026, 11, 30))
    question = make_question(course, topic=topics[0])
    make_review_card(student, question, stability=20.0, last_review_day=TODAY)

    (islands, _gas) = recall_by_topic(student, course, NOON)

    assert islands.at_exam == pytest.approx(model.retrievability(10, 20.0))


def test_an_exam_that_is_over_is_none(student, course, topics):
    course.exam_date = TODAY - timedelta(days=1)
    make_review_card(student, make_question(course, topic=topics[0]))

    assert recall_by_topic(student, course, NOON)[0].at_exam is None


def test_questions_without_a_topic_come_last(student, course, topics):
    make_review_card(student, make_question(course))

    rows = recall_by_topic(student, course, NOON)

    assert [row.topic for row in rows] == ["islands", "gas", None]
    assert rows[-1].cards == 1


def test_what_others_recall_and_what_is_archived_does_not_count(student, owner, course, topics):
    question = make_question(course, topic=topics[0])
    make_review_card(owner, question)
    archived = make_question(course, topic=topics[0])
    make_review_card(student, archived)
    Question.objects.filter(pk=archived.pk).update(status=Question.Status.ARCHIVED)

    (islands, _gas) = recall_by_topic(student, course, NOON)

    assert (islands.cards, islands.questions) == (0, 1)


def test_recall_takes_a_fixed_number_of_queries(student, course, topics, django_assert_num_queries):
    for _ in range(8):
        make_review_card(student, make_question(course, topic=topics[0]))

    with django_assert_num_queries(4):
        recall_by_topic(student, course, NOON)


# --- Forecast -----------------------------------------------------------------------------


def test_the_forecast_counts_by_local_day_and_today_holds_the_overdue(student, course):
    rollover = NOON + timedelta(hours=16)  # 04:00 in Tokyo
    for due_at in (
        NOON - timedelta(days=40),
        NOON,
        rollover - timedelta(seconds=1),
        rollover,
        rollover + timedelta(days=12),
        rollover + timedelta(days=13),
    ):
        make_review_card(student, make_question(course), due_at=due_at)

    days = forecast(student, NOON)

    assert [day.day for day in days] == [TODAY + timedelta(days=n) for n in range(14)]
    assert [day.cards for day in days] == [3, 1, *[0] * 11, 1]


def test_suspended_and_new_cards_are_not_forecast(student, course):
    make_review_card(student, make_question(course), suspended=True)
    make_card(student, make_question(course))

    assert sum(day.cards for day in forecast(student, NOON)) == 0


def test_the_forecast_of_one_course(student, course):
    other = make_course()
    enrol_as(student, other)
    for each in (course, course, other):
        make_review_card(student, make_question(each))

    assert forecast(student, NOON, days=1, course=other)[0].cards == 1
    assert forecast(student, NOON, days=1)[0].cards == 3


def test_the_forecast_is_one_query(student, course, django_assert_num_queries):
    make_review_card(student, make_question(course))

    with django_assert_num_queries(1):
        forecast(student, NOON)


def test_cards_in_their_steps_are_counted_but_not_averaged(student, course, topics):
    for state in (State.REVIEW, State.LEARNING, State.RELEARNING):
        question = make_question(course, topic=topics[0])
        make_review_card(student, question, state=state, stability=5.0)

    (islands, _gas) = recall_by_topic(student, course, NOON)

    assert (islands.cards, islands.learning, islands.learned) == (3, 2, 1)
    assert 0 < islands.now < 1
