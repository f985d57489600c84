"""The next card: what is asked first, what never, and that it is found by seeking."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from courses.assessment.models import Question
from courses.assessment.presenting import forget_claim_notes
from courses.common.ids import new_id
from courses.enrollment.models import Course
from courses.enrollment.services import leave
from courses.flashcards.domain.queue import day_position, step_position
from courses.flashcards.models import Card, DayPlan
from courses.flashcards.rows import Statement, card_statement, queue_statement
from courses.flashcards.selectors import done_today, next_card, next_cards, today
from courses.flashcards.selectors.previews import days_label, minutes_label
from courses.flashcards.selectors.queue import seconds_per_card, study_day
from courses.flashcards.services import ensure_day_plans, serve_cards, undo_last_review
from tests.factories.assessment import make_question
from tests.factories.content import make_claim
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import NOON, answer, make_card, make_review_card

pytestmark = pytest.mark.django_db


def due(learner, course, count=1, **fields):
    questions = [make_question(course) for _ in range(count)]
    for number, question in enumerate(questions):
        make_review_card(learner, question, stability=9.0 + number, **fields)
    return questions


def ids(queue):
    return [card.question_id for card in queue.cards]


# --- Order --------------------------------------------------------------------------------


def test_cards_come_in_the_plans_order(student, course):
    questions = due(student, course, 3)

    queue = serve_cards(learner=student, now=NOON, limit=2)

    assert ids(queue) == [question.pk for question in questions[:2]]
    assert queue.remaining == 3


def test_a_card_whose_step_is_over_comes_first(student, course):
    due(student, course, 2)
    stepping = make_question(course)
    make_card(student, stepping)
    ensure_day_plans(learner=student, now=NOON)
    answer(student, stepping, at=NOON)

    before = next_card(student, NOON + timedelta(minutes=9))
    after = next_card(student, NOON + timedelta(minutes=10))

    assert before is not None
    assert after is not None
    assert before.question_id != stepping.pk
    assert after.question_id == stepping.pk


def test_with_nothing_else_to_do_a_step_is_asked_early(student, course):
    (question,) = due(student, course)
    serve_cards(learner=student, now=NOON)
    answer(student, question, right=False)

    queue = serve_cards(learner=student, now=NOON, after_answer=True)

    assert ids(queue) == [question.pk]


def test_when_all_is_done_nothing_is_asked(student, course):
    (question,) = due(student, course)
    answer(student, question)

    queue = serve_cards(learner=student, now=NOON)

    assert (queue.cards, queue.remaining, queue.next_at) == ([], 0, None)


def test_what_the_page_holds_is_excluded(student, course):
    first, second = due(student, course, 2)
    ensure_day_plans(learner=student, now=NOON)

    queue = serve_cards(learner=student, now=NOON, exclude=[first.pk], after_answer=True)

    assert ids(queue) == [second.pk]


def test_one_course_at_a_time(student, course):
    other = make_course()
    enrol_as(student, other)
    due(student, course, 2)
    (theirs,) = due(student, other)

    queue = serve_cards(learner=student, now=NOON, limit=9, course=other)

    assert ids(queue) == [theirs.pk]
    assert queue.remaining == 1


def test_what_yesterday_left_is_not_asked_without_a_plan_for_today(student, course):
    due(student, course, 2)
    ensure_day_plans(learner=student, now=NOON - timedelta(days=1))

    assert next_card(student, NOON) is None
    assert next_cards(student, NOON).remaining == 0


# --- Without a worker ---------------------------------------------------------------------


def test_the_plan_is_made_inline_when_no_worker_has_made_it(student, course):
    due(student, course, 2)

    queue = serve_cards(learner=student, now=NOON)

    assert len(queue.cards) == 2
    assert DayPlan.objects.get().day == study_day(student, NOON)


def test_a_session_across_the_rollover_goes_on_with_the_new_day(student, course):
    late = NOON + timedelta(hours=15, minutes=59)  # 03:59 in Tokyo
    first, second = due(student, course, 2)
    student.reviews_per_day = 1
    serve_cards(learner=student, now=late)
    answer(student, first, at=late)

    queue = serve_cards(learner=student, now=late + timedelta(minutes=2), after_answer=True)

    assert ids(queue) == [second.pk]


# --- Never --------------------------------------------------------------------------------


def archive_question(student, question):
    Question.objects.filter(pk=question.pk).update(status=Question.Status.ARCHIVED)


def unpublish_question(student, question):
    Question.objects.filter(pk=question.pk).update(status=Question.Status.DRAFT)


def archive_course(student, question):
    Course.objects.update(status=Course.Status.ARCHIVED)


def end_enrolment(student, question):
    student.enrollments.update(ended_at=NOON)


@pytest.mark.parametrize(
    "change", [archive_question, unpublish_question, archive_course, end_enrolment]
)
def test_what_is_no_longer_asked_drops_out_of_the_queue(student, course, change):
    (question,) = due(student, course)
    ensure_day_plans(learner=student, now=NOON)

    change(student, question)

    assert next_card(student, NOON) is None
    assert serve_cards(learner=student, now=NOON).remaining == 0


def test_nobody_is_asked_anothers_cards(student, owner, course):
    due(owner, course)
    ensure_day_plans(learner=owner, now=NOON)

    assert serve_cards(learner=student, now=NOON).cards == []


def test_what_is_shown_gives_no_answer_away(student, course):
    question = make_question(course)
    make_review_card(student, question)

    shown = serve_cards(learner=student, now=NOON).cards[0]

    assert "correct" not in str(shown.question)
    assert "1868" not in str(shown.question)
    assert shown.preview == {}


def test_options_stay_in_place_on_reload_and_move_with_the_repetition(student, course):
    question = make_question(course)
    make_review_card(student, question)

    def order():
        card = serve_cards(learner=student, now=NOON).cards[0]
        return [option["id"] for option in card.question["body"]["options"]]

    orders = set()
    for reps in range(20):
        Card.objects.update(reps=reps)
        assert order() == order()
        orders.add(tuple(order()))
    assert len(orders) > 1


# --- Self-rated ---------------------------------------------------------------------------


def test_a_self_rated_card_says_how_long_each_rating_keeps_it_away(student, course):
    question = make_question(course, "flashcard")
    make_card(student, question, queue_position=day_position(study_day(student, NOON)))

    preview = next_card(student, NOON).preview

    assert preview["1"] == "1 min"
    assert preview["2"] == "6 min"
    assert preview["3"] == "10 min"
    assert preview["4"].endswith("days")


def test_the_preview_is_what_then_happens(student, course):
    question = make_question(course, "flashcard")
    make_review_card(student, question)
    preview = serve_cards(learner=student, now=NOON).cards[0].preview

    outcome = answer(student, question, raw_answer={"rating": 3})

    assert preview["3"] == days_label(outcome.interval_days)


@pytest.mark.parametrize(
    ("days", "label"), [(1, "1 day"), (59, "59 days"), (61, "2 months"), (800, "2 years")]
)
def test_waits_in_words(days, label):
    with override("en"):
        assert days_label(days) == label
        assert minutes_label(timedelta(seconds=20)) == "1 min"


# --- Today --------------------------------------------------------------------------------


def test_today_counts_what_is_left_and_what_is_done(student, course):
    questions = due(student, course, 3)
    fresh = make_question(course)
    make_card(student, fresh)
    ensure_day_plans(learner=student, now=NOON)
    answer(student, questions[0])

    day = today(student, NOON)

    assert (day.due, day.new, day.done) == (2, 1, 1)
    assert day.cards == 3
    assert day.seconds == (2 + 2.5) * 12
    assert day.minutes == 1


@pytest.mark.parametrize(
    "change", [archive_question, unpublish_question, archive_course, end_enrolment]
)
def test_what_is_no_longer_asked_is_not_counted(student, course, change):
    (question,) = due(student, course)
    ensure_day_plans(learner=student, now=NOON)

    change(student, question)

    assert today(student, NOON).cards == 0


def test_leaving_a_course_takes_its_cards_out_of_the_queue(student, course):
    other = make_course()
    enrol_as(student, other)
    due(student, course, 2)
    (kept,) = due(student, other)
    ensure_day_plans(learner=student, now=NOON)

    leave(student, course, now=NOON)

    queue = serve_cards(learner=student, now=NOON, limit=9)
    assert (ids(queue), queue.remaining) == ([kept.pk], 1)


def test_what_is_undone_is_not_done(student, course):
    (question,) = due(student, course)
    answer(student, question)
    undo_last_review(learner=student, undo_id=new_id(), now=NOON + timedelta(seconds=5))

    assert done_today(student, NOON + timedelta(seconds=5)) == 0


def test_a_day_with_nothing_to_do_takes_no_minutes(student):
    assert today(student, NOON).minutes == 0


def test_todays_numbers_cost_few_queries(student, course, django_assert_max_num_queries):
    due(student, course, 3)
    ensure_day_plans(learner=student, now=NOON)

    with django_assert_max_num_queries(4):
        today(student, NOON)


# --- Seeking ------------------------------------------------------------------------------


def test_the_next_card_costs_two_queries(student, course, django_assert_num_queries):
    due(student, course, 3)
    serve_cards(learner=student, now=NOON)

    with django_assert_num_queries(2):
        serve_cards(learner=student, now=NOON, after_answer=True)


def test_what_stands_behind_cards_is_read_at_once(student, course, django_assert_num_queries):
    for _card in range(5):
        question = make_question(course, "flashcard", claims=[make_claim(course)])
        make_review_card(student, question, due_at=NOON - timedelta(days=1))
    serve_cards(learner=student, now=NOON, limit=5)
    forget_claim_notes()

    # the cards and how many are left; their claims
    with django_assert_num_queries(3):
        served = serve_cards(learner=student, now=NOON, after_answer=True, limit=5)

    assert all(card.question["claims"] for card in served.cards)
    assert len(served.cards) == 5


def explained(statement: Statement) -> str:
    """Return how the database would run the statement, one step a line."""
    sql, parameters = statement
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            return "\n".join(row[3] for row in cursor.fetchall())
        # Tables as tiny as a test's are read whole and sorted for nothing.
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


def seeks(plan: str) -> tuple[bool, bool]:
    """Return whether the plan seeks in the queue's index, and whether it sorts."""
    if connection.vendor == "sqlite":
        return (
            "SEARCH c USING INDEX card_queue (learner_id=?" in plan,
            "TEMP B-TREE FOR ORDER BY" in plan,
        )
    return "using card_queue on flashcards_card" in plan, "Sort" in plan


def statements(student) -> dict[str, Statement]:
    place, day = step_position(NOON), day_position(study_day(student, NOON))
    return {
        "answering": card_statement(student.pk, new_id()),
        "ready": queue_statement(student.pk, up_to=place, beyond=day, limit=2),
        "stepping": queue_statement(student.pk, up_to=place, beyond=None, limit=1),
    }


@pytest.mark.parametrize("name", ["ready", "stepping"])
def test_the_next_card_is_a_seek_in_its_index(student, course, name):
    due(student, course, 2)
    ensure_day_plans(learner=student, now=NOON)

    seeking, sorting = seeks(explained(statements(student)[name]))

    assert seeking
    assert not sorting


def test_the_card_of_an_answer_is_a_seek_by_its_key(student, course):
    plan = explained(statements(student)["answering"])

    assert "SCAN" not in plan.replace("Index Scan", "")
    assert "Seq Scan" not in plan


def test_a_queue_that_begins_with_much_that_is_gone_goes_on_behind_it(student, course):
    questions = due(student, course, 45)
    ensure_day_plans(learner=student, now=NOON)
    gone = [question.pk for question in questions[:40]]
    Question.objects.filter(pk__in=gone).update(status=Question.Status.ARCHIVED)

    queue = serve_cards(learner=student, now=NOON, after_answer=True)

    assert ids(queue) == [question.pk for question in questions[40:42]]
    assert queue.remaining == 5


@pytest.mark.parametrize("name", ["ready", "answering"])
def test_whether_the_course_is_studied_is_read_from_the_learners_own_enrolments(student, name):
    """Not from the members of the course, who may be thousands."""
    plan = explained(statements(student)[name])

    assert "enrollment_course_role" not in plan


def test_a_frantic_session_does_not_shorten_the_estimate(student, course):
    for question in due(student, course, 6):
        answer(student, question, duration_ms=400)

    assert seconds_per_card(student) == 8
