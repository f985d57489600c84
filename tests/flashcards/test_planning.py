"""The day's plan: what is on it, for whom, in what order, and once."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.assessment.models import Question
from courses.content.models import Lesson, Topic
from courses.enrollment.models import Course
from courses.flashcards.domain.queue import LOOKS_PER_NEW_CARD, day_position
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, DayPlan
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services import ensure_day_plans, make_day_plans, suspend_card
from tests.factories.assessment import make_question
from tests.factories.content import make_claim, make_lesson
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import NOON, answer, card_of, finish, make_card, make_review_card

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def plan(learner, now=NOON):
    return make_day_plans(learner=learner, now=now)


def queued(learner):
    """Return the ids of the questions in the learner's queue, in its order."""
    return list(Card.objects.queued(learner.pk).values_list("question_id", flat=True))


def due_questions(learner, course, count, **fields):
    questions = [make_question(course) for _ in range(count)]
    for number, question in enumerate(questions):
        # The later ones know the longest interval and lose least by waiting.
        make_review_card(learner, question, **({"stability": 9.0 + number} | fields))
    return questions


# --- Due ----------------------------------------------------------------------------------


def test_what_is_due_is_planned_by_predicted_loss(student, course):
    questions = due_questions(student, course, 3)

    (made,) = plan(student)

    assert queued(student) == [question.pk for question in questions]
    assert (made.day, made.due_count, made.new_count, made.postponed_count) == (TODAY, 3, 0, 0)
    assert made.seconds == 3 * 12


def test_what_falls_due_before_the_next_rollover_is_due_today(student, course):
    end_of_day = datetime(2026, 11, 20, 19, tzinfo=UTC)  # 04:00 in Tokyo
    tonight, tomorrow = make_question(course), make_question(course)
    make_review_card(student, tonight, due_at=end_of_day - timedelta(seconds=1))
    make_review_card(student, tomorrow, due_at=end_of_day)

    plan(student)

    assert queued(student) == [tonight.pk]


def test_suspended_cards_and_questions_no_longer_asked_are_left_out(student, course):
    kept, suspended, archived = due_questions(student, course, 3)
    suspend_card(learner=student, question_id=suspended.pk)
    Question.objects.filter(pk=archived.pk).update(status=Question.Status.ARCHIVED)

    plan(student)

    assert queued(student) == [kept.pk]


def test_other_learners_cards_are_left_out(student, owner, course):
    (question,) = due_questions(owner, course, 1)
    make_review_card(student, question)

    plan(student)

    assert queued(student) == [question.pk]
    assert queued(owner) == []


def test_siblings_of_a_claim_come_on_different_days(student, course):
    claim = make_claim(course)
    first, second = (make_question(course, claims=[claim]) for _ in range(2))
    for question in (first, second):
        make_review_card(student, question)

    (today,) = plan(student)
    on_today = queued(student)
    answer(student, Question.objects.get(pk=on_today[0]))
    plan(student, NOON + timedelta(days=1))

    assert len(on_today) == 1
    assert today.postponed_count == 1
    assert queued(student) == [({first.pk, second.pk} - set(on_today)).pop()]


def test_a_sibling_of_a_card_in_its_steps_waits_too(student, course):
    claim = make_claim(course)
    stepping, due = (make_question(course, claims=[claim]) for _ in range(2))
    make_card(student, stepping)
    answer(student, stepping, at=NOON - timedelta(minutes=5))
    make_review_card(student, due)

    plan(student)

    assert card_of(student, due).queue_position is None


def test_cards_in_steps_are_counted_and_keep_their_place(student, course):
    question = make_question(course)
    make_card(student, question)
    answer(student, question, at=NOON - timedelta(days=1))
    place = card_of(student, question).queue_position

    (made,) = plan(student)

    assert (made.due_count, made.seconds) == (1, 12)
    assert card_of(student, question).queue_position == place


# --- New ----------------------------------------------------------------------------------


@pytest.fixture
def lessons(course):
    """Two lessons of two questions each, the second lesson made first."""
    later, earlier = make_lesson(course, "later"), make_lesson(course, "earlier")
    Lesson.objects.filter(pk=later.pk).update(position=2)
    Lesson.objects.filter(pk=earlier.pk).update(position=1)
    return {
        lesson.slug: [
            make_question(course, slug=f"{lesson.slug}-{n}", lesson=lesson, position=n)
            for n in (1, 0)
        ]
        for lesson in (later, earlier)
    }


def test_new_cards_come_from_finished_lessons_in_lesson_order(student, course, lessons):
    for lesson in Lesson.objects.all():
        finish(student, lesson)

    (made,) = plan(student)

    slugs = list(
        Card.objects.queued(student.pk).values_list("question__slug", "state", "course_id")
    )
    assert slugs == [
        (slug, State.NEW, course.pk) for slug in ("earlier-0", "earlier-1", "later-0", "later-1")
    ]
    assert (made.due_count, made.new_count) == (0, 4)
    assert made.seconds == 4 * 12 * LOOKS_PER_NEW_CARD


def test_a_lesson_not_finished_introduces_nothing(student, lessons):
    (made,) = plan(student)

    assert made.new_count == 0
    assert not Card.objects.exists()


def test_the_limit_of_new_cards_holds_and_the_rest_comes_later(student, lessons):
    finish(student, Lesson.objects.get(slug="earlier"))
    student.new_per_day = 1

    plan(student)
    plan(student, NOON + timedelta(days=1))

    # The first was not answered, and so it is the new card of the second day as well.
    assert Card.objects.count() == 1
    assert len(queued(student)) == 1


def test_what_was_answered_already_is_not_introduced_again(student, lessons):
    finish(student, Lesson.objects.get(slug="earlier"))
    answered = lessons["earlier"][1]
    make_card(student, answered)
    answer(student, answered, at=NOON - timedelta(hours=1))

    (made,) = plan(student)

    assert made.new_count == 1


def test_a_suspended_new_card_is_not_introduced(student, lessons):
    finish(student, Lesson.objects.get(slug="earlier"))
    make_card(student, lessons["earlier"][0], suspended=True)

    (made,) = plan(student)

    assert made.new_count == 1


def test_due_cards_come_first(student, course, lessons):
    finish(student, Lesson.objects.get(slug="earlier"))
    (due,) = due_questions(student, course, 1)

    plan(student)

    assert queued(student)[0] == due.pk


# --- Limits -------------------------------------------------------------------------------


def test_the_limit_of_reviews_holds(student, course):
    due_questions(student, course, 5)
    student.reviews_per_day = 2

    (made,) = plan(student)

    assert (made.due_count, made.postponed_count) == (2, 3)
    assert len(queued(student)) == 2


def test_a_backlog_is_planned_to_the_minutes(student, course):
    due_questions(student, course, 12)
    student.minutes_per_day = 2

    (made,) = plan(student)

    assert (made.due_count, made.postponed_count, made.seconds) == (10, 2, 120)


def test_the_learners_own_pace_counts(student, course):
    question = make_question(course)
    make_card(student, question)
    for number in range(9):
        moment = NOON - timedelta(days=20, minutes=number)
        answer(student, question, at=moment, duration_ms=30_000)
    Card.objects.all().delete()
    due_questions(student, course, 12)
    student.minutes_per_day = 2

    (made,) = plan(student)

    assert (made.due_count, made.seconds) == (4, 120)


def test_the_minutes_are_shared_over_all_courses(student, course):
    second = make_course()
    enrol_as(student, second)
    for each in (course, second):
        due_questions(student, each, 8)
    student.minutes_per_day = 2

    plans = {made.course_id: made for made in plan(student)}

    assert len(queued(student)) == 10
    assert sum(made.due_count for made in plans.values()) == 10
    assert sum(made.postponed_count for made in plans.values()) == 6
    assert {made.due_count for made in plans.values()} == {5}


# --- Which courses ------------------------------------------------------------------------


def test_only_courses_that_the_learner_studies_are_planned(student, course, other_course):
    left = make_course()
    enrol_as(student, left)
    student.enrollments.filter(course=left).update(ended_at=NOON)
    draft = make_course(status=Course.Status.DRAFT)
    enrol_as(student, draft)

    assert [made.course_id for made in plan(student)] == [course.pk]


def test_nothing_is_planned_for_a_suspended_person(suspended):
    assert plan(suspended) == []


# --- Once ---------------------------------------------------------------------------------


def test_a_second_run_changes_nothing(student, course):
    due_questions(student, course, 3)
    plan(student)
    before = [list(Card.objects.values()), list(DayPlan.objects.values())]

    again = plan(student, NOON + timedelta(hours=3))

    assert again == []
    assert [list(Card.objects.values()), list(DayPlan.objects.values())] == before


def test_what_a_past_day_left_is_planned_anew(student, course):
    questions = due_questions(student, course, 3)
    plan(student, NOON - timedelta(days=2))
    left = set(queued(student))

    plan(student)

    assert left <= {question.pk for question in questions}
    assert set(queued(student)) == {question.pk for question in questions}
    assert min(Card.objects.values_list("queue_position", flat=True)) > day_position(TODAY)


def test_a_course_joined_during_the_day_is_planned_behind(student, course):
    (first,) = due_questions(student, course, 1)
    plan(student)
    second_course = make_course()
    enrol_as(student, second_course)
    (second,) = due_questions(student, second_course, 1)

    made = plan(student, NOON + timedelta(hours=1))

    assert [row.course_id for row in made] == [second_course.pk]
    assert queued(student) == [first.pk, second.pk]


def test_limits_hold_for_the_day_and_not_for_each_run(student, course):
    due_questions(student, course, 2)
    student.reviews_per_day = 3
    plan(student)
    second_course = make_course()
    enrol_as(student, second_course)
    due_questions(student, second_course, 5)

    (made,) = plan(student, NOON + timedelta(hours=1))

    assert (made.due_count, made.postponed_count) == (1, 4)


def test_ensure_plans_once_and_then_costs_one_query(student, course, django_assert_num_queries):
    assert ensure_day_plans(learner=student, now=NOON)

    with django_assert_num_queries(1):
        assert not ensure_day_plans(learner=student, now=NOON + timedelta(hours=1))


def test_a_zone_that_moves_back_keeps_the_day_that_is_planned(student, course):
    due_questions(student, course, 1)
    plan(student)
    student.time_zone = "Pacific/Honolulu"

    assert study_day(student, NOON) == TODAY - timedelta(days=1)
    assert plan(student) == []
    assert len(queued(student)) == 1


def test_planning_a_large_backlog_takes_a_fixed_number_of_queries(
    student, course, django_assert_max_num_queries
):
    Topic.objects.create(course=course, slug="t", title="T")
    due_questions(student, course, 60)

    with django_assert_max_num_queries(18):
        plan(student)
