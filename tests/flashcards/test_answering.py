"""Answering a card: what is written down, once, and what is refused."""

from datetime import datetime, timedelta, timezone

import pytest

from courses.assessment.errors import AnswerRefused
from courses.assessment.models import Question
from courses.common.errors import KeyReused
from courses.common.ids import new_id
from courses.common.moments import EARLIEST
from courses.enrollment.models import Course
from courses.flashcards.domain.scheduling import State
from courses.flashcards.errors import CardNotFound, NotStudying, QuestionNotAvailable
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.services import serve_cards, suspend_card
from courses.flashcards.services.ledger import LONGEST_DURATION_MS
from tests.factories.assessment import PAYLOADS, RIGHT, WRONG, make_question
from tests.factories.flashcards import NOON, answer, card_of, make_card, make_review_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(course):
    return make_question(course)


@pytest.fixture
def card(student, question):
    return make_card(student, question, queue_position=1)


def test_a_right_answer_to_a_new_card_moves_it_to_the_second_step(student, question, card):
    outcome = answer(student, question)

    stored = card_of(student, question)
    assert (outcome.rating, outcome.verdict, outcome.credit) == (3, "right", 1.0)
    assert (stored.state, stored.step, stored.reps) == (State.LEARNING, 1, 1)
    assert stored.due_at == outcome.due_at == NOON + timedelta(minutes=10)
    assert stored.stability == pytest.approx(2.3065)


def test_a_wrong_answer_is_again_and_comes_back_in_a_minute(student, question, card):
    outcome = answer(student, question, right=False)

    assert (outcome.rating, outcome.verdict) == (1, "wrong")
    assert card_of(student, question).due_at == NOON + timedelta(minutes=1)


def test_the_second_step_leads_to_a_review_in_days_at_the_rollover(student, question, card):
    answer(student, question)

    outcome = answer(student, question, at=NOON + timedelta(minutes=10))

    stored = card_of(student, question)
    assert stored.state == State.REVIEW
    assert outcome.interval_days >= 1
    # 04:00 in Tokyo is 19:00 UTC of the day before.
    assert (stored.due_at.hour, stored.due_at.minute) == (19, 0)
    assert stored.queue_position is None


def test_a_card_was_never_served_before_there_were_cards(student, question, card):
    served_at = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    answer(student, question, served_at=served_at)

    assert ReviewLog.objects.get().served_at == EARLIEST


def test_a_lapse_goes_to_relearning_and_is_counted(student, question):
    make_review_card(student, question)

    answer(student, question, right=False)

    stored = card_of(student, question)
    assert (stored.state, stored.lapses) == (State.RELEARNING, 1)
    assert stored.due_at == NOON + timedelta(minutes=10)
    assert stored.stability < 9.0


def test_the_entry_keeps_what_was_answered_and_what_was_chosen(student, question, card):
    outcome = answer(student, question)

    entry = ReviewLog.objects.get(learner=student, id=outcome.id)
    assert (entry.kind, entry.place, entry.rating) == ("answer", "review", 3)
    assert entry.answer == RIGHT["single_choice"]
    assert entry.version_id == question.current_id
    assert entry.local_day == (NOON + timedelta(hours=9)).date()
    assert (entry.due_at, entry.interval_days) == (outcome.due_at, outcome.interval_days)


def test_a_self_rated_card_takes_the_learners_own_rating(student, course):
    question = make_question(course, "flashcard")
    make_card(student, question)

    outcome = answer(student, question, raw_answer={"rating": 4})

    assert outcome.rating == 4
    assert ReviewLog.objects.get(id=outcome.id).self_rated
    assert card_of(student, question).state == State.REVIEW


@pytest.mark.parametrize(
    ("flags", "rating"),
    [
        ({"retried": True}, 2),
        ({"certain": True, "duration_ms": 2_000}, 4),
        ({"certain": True, "duration_ms": 20_000}, 3),
        ({"found_easy": True}, 4),
    ],
)
def test_what_the_learner_says_of_a_right_answer_counts(student, question, card, flags, rating):
    assert answer(student, question, **flags).rating == rating


# --- Once ---------------------------------------------------------------------------------


def test_the_same_id_twice_is_one_review_with_the_same_outcome(student, question, card):
    review_id = new_id()
    first = answer(student, question, review_id=review_id)

    second = answer(student, question, review_id=review_id, at=NOON + timedelta(hours=2))

    assert second.replayed
    assert not first.replayed
    assert (second.rating, second.credit, second.due_at, second.interval_days) == (
        first.rating,
        first.credit,
        first.due_at,
        first.interval_days,
    )
    assert second.feedback == first.feedback
    assert ReviewLog.objects.count() == 1
    assert card_of(student, question).reps == 1


def test_the_same_id_with_another_answer_is_refused(student, question, card):
    review_id = new_id()
    answer(student, question, review_id=review_id)

    with pytest.raises(KeyReused):
        answer(student, question, review_id=review_id, raw_answer=WRONG["single_choice"])

    assert card_of(student, question).reps == 1


def test_the_same_id_for_another_question_is_refused(student, course, question, card):
    other = make_question(course)
    make_card(student, other)
    review_id = new_id()
    answer(student, question, review_id=review_id)

    with pytest.raises(KeyReused):
        answer(student, other, review_id=review_id)

    assert card_of(student, other).reps == 0


def test_two_learners_may_use_the_same_id(student, owner, question, card):
    make_card(owner, question)
    review_id = new_id()
    answer(student, question, review_id=review_id)

    assert not answer(owner, question, review_id=review_id).replayed


def test_a_replay_is_answered_though_the_enrolment_has_ended(student, question, card):
    review_id = new_id()
    answer(student, question, review_id=review_id)
    student.enrollments.update(ended_at=NOON)

    assert answer(student, question, review_id=review_id).replayed


# --- Refused ------------------------------------------------------------------------------


def test_without_a_card_there_is_nothing_to_answer(student, question):
    with pytest.raises(CardNotFound):
        answer(student, question)


def test_another_learners_card_is_not_mine(student, other_student, question, card):
    with pytest.raises(CardNotFound):
        answer(other_student, question)


def test_an_ended_enrolment_does_not_answer(former_student, question):
    make_card(former_student, question)

    with pytest.raises(NotStudying):
        answer(former_student, question)


def test_a_suspended_person_does_not_answer(suspended, question):
    make_card(suspended, question)

    with pytest.raises(NotStudying):
        answer(suspended, question)


@pytest.mark.parametrize("status", [Question.Status.DRAFT, Question.Status.ARCHIVED])
def test_a_question_that_is_not_published_is_not_answered(student, question, card, status):
    Question.objects.update(status=status)

    with pytest.raises(QuestionNotAvailable):
        answer(student, question)


def test_a_course_that_is_archived_is_not_answered(student, question, card):
    Course.objects.update(status=Course.Status.ARCHIVED)

    with pytest.raises(QuestionNotAvailable):
        answer(student, question)


@pytest.mark.parametrize("raw", [None, [], {"option": "nothere1"}, {"rating": 9}, "yes"])
def test_what_is_no_answer_is_refused_and_leaves_nothing(student, question, card, raw):
    with pytest.raises(AnswerRefused):
        answer(student, question, raw_answer=raw)

    assert not ReviewLog.objects.exists()


def test_a_version_of_another_question_is_refused(student, course, question, card):
    other = make_question(course)

    with pytest.raises(QuestionNotAvailable):
        answer(student, question, version_id=other.current_id)


def test_an_earlier_version_that_was_shown_is_the_one_marked(student, course, question, card):
    shown = question.current_id
    options = [*PAYLOADS["single_choice"]["options"][:2], {"text": "Nara"}]
    make_question(course, slug=question.slug, payload={"options": options}, change="answer")

    outcome = answer(student, question, version_id=shown)

    assert ReviewLog.objects.get(id=outcome.id).version_id == shown


def test_a_suspended_card_still_takes_what_an_offline_phone_answered(student, question, card):
    suspend_card(learner=student, question_id=question.pk)

    answer(student, question)

    stored = card_of(student, question)
    assert stored.reps == 1
    assert stored.queue_position is None


# --- Time ---------------------------------------------------------------------------------


def test_answered_at_is_bounded_by_serving_and_receiving(student, question, card):
    served, received = NOON - timedelta(minutes=5), NOON

    early = answer(student, question, served_at=served, answered_at=served - timedelta(days=9))
    late = answer(student, question, served_at=served, answered_at=received + timedelta(days=9))

    assert ReviewLog.objects.get(id=early.id).answered_at == served
    assert ReviewLog.objects.get(id=late.id).answered_at == received


def test_served_at_is_not_in_the_future(student, question, card):
    outcome = answer(student, question, served_at=NOON + timedelta(days=2))

    entry = ReviewLog.objects.get(id=outcome.id)
    assert entry.served_at == entry.answered_at == NOON


@pytest.mark.parametrize(("sent", "stored"), [(-5, 0), (10**9, LONGEST_DURATION_MS)])
def test_the_duration_is_bounded(student, question, card, sent, stored):
    outcome = answer(student, question, duration_ms=sent)

    assert ReviewLog.objects.get(id=outcome.id).duration_ms == stored


def test_a_late_arrival_folds_the_card_as_if_it_had_come_in_time(student, owner, course, question):
    moments = [NOON, NOON + timedelta(minutes=10), NOON + timedelta(days=4)]
    for person in (student, owner):
        make_card(person, question)
    for moment in moments:
        answer(student, question, at=moment)

    for moment in (moments[0], moments[2], moments[1]):
        answer(owner, question, at=moment, now=NOON + timedelta(days=5), served_at=None)

    in_time, late = card_of(student, question), card_of(owner, question)
    for name in ("state", "step", "stability", "difficulty", "last_review_at", "reps", "lapses"):
        assert getattr(late, name) == getattr(in_time, name), name


def test_an_answer_ten_hours_later_across_the_rollover_counts_as_one_day(student, question):
    make_review_card(student, question)
    evening = NOON + timedelta(hours=11)  # 23:00 in Tokyo
    answer(student, question, at=evening)
    before = card_of(student, question).stability

    answer(student, question, at=evening + timedelta(hours=10))

    assert card_of(student, question).last_review_day == (evening + timedelta(days=1)).date()
    assert card_of(student, question).stability != before


def test_received_at_rises_along_a_card_even_when_clocks_disagree(student, question, card):
    answer(student, question, now=NOON + timedelta(seconds=5))
    answer(student, question, now=NOON)

    received = list(ReviewLog.objects.order_by("received_at").values_list("received_at", flat=True))
    assert received[0] < received[1] == Card.objects.get().received_at


# --- Queries ------------------------------------------------------------------------------


def test_an_answer_costs_three_statements(student, question, card, django_assert_num_queries):
    answer(student, question)

    with django_assert_num_queries(5):  # and the savepoint, as this test is in a transaction
        answer(student, question, at=NOON + timedelta(minutes=10))


def test_what_a_person_marks_is_turned_and_rated_by_oneself(student, course):
    essay = make_question(course, "open_answer")
    make_review_card(student, essay)

    [shown] = serve_cards(learner=student, now=NOON).cards
    outcome = answer(student, essay, raw_answer={"rating": 3})
    again = answer(student, essay, raw_answer={"rating": 3}, review_id=outcome.id)

    assert shown.question["self_rated"]
    assert "It changed, <em>because</em> of two things." in shown.question["body"]["back_html"]
    assert "Gives reasons: Two" in shown.question["body"]["back_html"]
    assert "form_html" not in shown.question
    assert (outcome.rating, outcome.verdict) == (3, "right")
    assert again.replayed
    assert again.feedback == outcome.feedback
    entry = ReviewLog.objects.get(learner=student)
    assert (entry.self_rated, entry.answer, entry.version_id) == (
        True, {"rating": 3}, essay.current_id,
    )  # fmt: skip


def test_a_text_is_no_answer_to_what_one_rates_oneself(student, course):
    essay = make_question(course, "open_answer")
    make_review_card(student, essay)

    with pytest.raises(AnswerRefused):
        answer(student, essay)

    assert not ReviewLog.objects.exists()
