"""After a regrade memory is what it would have been, had the new key marked from the start."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.shuffling import option_id
from courses.assessment.models import Response
from courses.assessment.services import answer_in_attempt, start_attempt
from courses.common.ids import id_from, new_id
from courses.flashcards import bulk_rows
from courses.flashcards.domain.queue import day_position
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.selectors.classroom import most_missed
from courses.flashcards.selectors.queue import done_today, next_cards, study_day
from courses.flashcards.services import (
    make_day_plans,
    suspend_card,
    undo_last_review,
    verify_memory,
)
from tests.factories.accounts import make_user
from tests.factories.assessment import RIGHT, WRONG, make_question, make_quiz
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, answer, card_of, make_card
from tests.factories.regrades import (
    LATER,
    carry_out,
    change_key,
    options_with_key,
    preview,
    take_back,
)

pytestmark = pytest.mark.django_db
KYOTO = options_with_key("Kyoto", "Tokyo", "Osaka")
TOKYO_GIVEN, KYOTO_GIVEN = RIGHT["single_choice"], WRONG["single_choice"]
OSAKA_GIVEN = {"option": option_id("Osaka")}
REMEMBERED = (
    "state", "step", "stability", "difficulty", "last_review_at", "last_review_day", "reps",
    "lapses",
)  # fmt: skip
SCHEDULED = (*REMEMBERED, "due_at", "interval_days", "queue_position", "suspended")


@pytest.fixture
def question(course):
    return make_question(course)


@pytest.fixture
def twin(course, question):
    """The same question, but for its key, which was Kyoto from the start."""
    return make_question(course, payload=KYOTO)


def memory(learner, question, fields=REMEMBERED):
    card = card_of(learner, question)
    return {name: getattr(card, name) for name in fields}


def review(learner, question, raw, at, **fields):
    answer(learner, question, raw_answer=raw, at=at, **fields)


def test_memory_is_that_of_who_was_marked_by_the_new_key(student, owner, question, twin):
    for asked in (question, twin):
        make_card(student, asked)
        for days, raw in enumerate([TOKYO_GIVEN, TOKYO_GIVEN, KYOTO_GIVEN, TOKYO_GIVEN]):
            review(student, asked, raw, NOON + timedelta(days=3 * days))
    before = memory(student, question)
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))

    assert memory(student, question) == memory(student, twin) != before
    assert regrade.outcome["apply"]["cards"]["reviews"] == 4
    assert list(verify_memory()) == []


def sit(learner, question, *tries, hints=0, seconds=20, confidence="", second_try=None):
    """Answer the question in a quiz, by the last of the tries; return the response."""
    rules = QuizSettings(second_try_cost=second_try, confidence=bool(confidence))
    quiz = make_quiz(question.course, [question], settings=rules)
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=NOON)
    for raw in tries:
        outcome = answer_in_attempt(
            learner=learner, response_id=new_id(), attempt_id=attempt.pk, question_id=question.pk,
            raw_answer=raw, answered_at=NOON, now=NOON, confidence=confidence,
            duration_ms=seconds * 1000,
        )  # fmt: skip
    Response.objects.filter(id=outcome.response.id).update(hints_used=hints)
    return outcome.response


@pytest.mark.parametrize(
    ("tries", "given", "rating"),
    [
        ([OSAKA_GIVEN, KYOTO_GIVEN], {"second_try": 0.2}, 2),
        ([KYOTO_GIVEN], {"hints": 1}, 2),
        ([KYOTO_GIVEN], {"confidence": "sure", "seconds": 2, "hints": 1}, 2),
        ([KYOTO_GIVEN], {"confidence": "sure", "seconds": 2}, 4),
        ([KYOTO_GIVEN], {"confidence": "unsure", "seconds": 2}, 3),
        ([KYOTO_GIVEN], {"confidence": "sure", "seconds": 20}, 3),
    ],
)
def test_help_and_certainty_of_an_answer_are_heeded(student, owner, question, tries, given, rating):
    response = sit(student, question, *tries, **given)
    change_key(question, KYOTO)

    carry_out(owner, preview(owner, question))

    entry = ReviewLog.objects.get(target_id=response.id)
    assert (entry.kind, entry.place, entry.rating) == ("correction", "quiz", rating)


def test_what_was_sure_and_turns_out_wrong_comes_first(student, owner, question, twin):
    sit(student, twin, OSAKA_GIVEN)
    sit(student, question, TOKYO_GIVEN, confidence="sure")
    before = card_of(student, question).queue_position
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))

    first = next_cards(student, LATER, limit=1).cards
    assert [card.question_id for card in first] == [question.pk]
    take_back(owner, regrade)
    assert card_of(student, question).queue_position == before


def test_what_was_sure_and_wrong_comes_first_again_once_it_is_undone(
    student, owner, question, twin
):
    sit(student, twin, OSAKA_GIVEN)
    sit(student, question, KYOTO_GIVEN, confidence="sure")
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))
    meanwhile = [card.question_id for card in next_cards(student, LATER, limit=1).cards]
    take_back(owner, regrade)

    first = next_cards(student, LATER + timedelta(hours=1), limit=1).cards
    assert meanwhile == [twin.pk]
    assert [card.question_id for card in first] == [question.pk]


def test_a_review_keeps_its_rating_where_its_credit_stays(student, owner, question):
    make_card(student, question)
    review(student, question, TOKYO_GIVEN, NOON, found_easy=True)
    review(student, question, TOKYO_GIVEN, NOON + timedelta(days=9), retried=True)
    before = memory(student, question, SCHEDULED)
    change_key(question, options_with_key("Tokyo", "Kyoto", "Nara"))

    carry_out(owner, preview(owner, question))

    assert memory(student, question, SCHEDULED) == before
    assert not ReviewLog.objects.filter(kind="correction").exists()


def test_a_key_that_changes_back_gives_back_the_very_ratings(student, owner, question):
    make_card(student, question)
    review(student, question, TOKYO_GIVEN, NOON, found_easy=True)
    before = memory(student, question)
    change_key(question, KYOTO)
    carry_out(owner, preview(owner, question))
    between = memory(student, question)
    change_key(question, options_with_key("Tokyo", "Kyoto", "Osaka"))

    carry_out(owner, preview(owner, question), now=LATER)

    assert memory(student, question) == before != between
    assert list(verify_memory()) == []


def test_self_rated_cards_never_change(student, owner, course):
    question = make_question(course, "flashcard")
    make_card(student, question)
    review(student, question, {"rating": 4}, NOON)
    before = memory(student, question, SCHEDULED)
    change_key(question, {"back": "Another back"})

    regrade = carry_out(owner, preview(owner, question))

    assert memory(student, question, SCHEDULED) == before
    assert regrade.outcome["apply"]["cards"]["reviews"] == 0


def test_what_was_taken_back_stays_taken_back(student, owner, question):
    make_card(student, question)
    review(student, question, KYOTO_GIVEN, NOON)
    review(student, question, TOKYO_GIVEN, NOON + timedelta(days=1))
    undo_last_review(
        learner=student, undo_id=new_id(), now=NOON + timedelta(days=1, minutes=1)
    )  # fmt: skip
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))

    assert regrade.outcome["apply"]["cards"]["reviews"] == 1
    assert card_of(student, question).reps == 1
    assert list(verify_memory()) == []


def test_figures_of_cards(student, owner, question):
    make_card(student, question)
    for days in (0, 1, 5):
        review(student, question, TOKYO_GIVEN, NOON + timedelta(days=days))
    before = card_of(student, question)
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))

    after, found = card_of(student, question), regrade.outcome["apply"]["cards"]
    assert (found["cards"], found["learners"], found["sooner"], found["later"]) == (1, 1, 1, 0)
    assert found["mean_stability"] == pytest.approx(after.stability - before.stability)
    assert regrade.preview["cards"] == found
    assert found["changes"] == [
        {
            "learner": str(student.pk),
            "question": str(question.pk),
            "before": before.stability,
            "after": after.stability,
            "due_before": before.due_at.isoformat(),
            "due_after": after.due_at.isoformat(),
        }
    ]


def test_a_card_on_todays_plan_keeps_its_place_while_it_is_due(student, owner, course):
    question = make_question(course, "short_text", payload={"answers": ["Tokyo"]})
    make_card(student, question)
    for minutes, text in ((0, "Edo"), (5, "Tokyo"), (30, "Tokyo")):
        review(student, question, {"text": text}, NOON + timedelta(minutes=minutes))
    make_day_plans(learner=student, now=LATER)
    before = card_of(student, question)
    change_key(question, {"answers": ["Tokyo", "Edo"]})

    carry_out(owner, preview(owner, question))

    card = card_of(student, question)
    assert before.queue_position > day_position(study_day(student, LATER)) - 1
    assert card.stability != before.stability
    assert (card.state, card.queue_position) == (State.REVIEW, before.queue_position)


def test_a_card_set_aside_stays_aside(student, owner, question):
    make_card(student, question)
    review(student, question, TOKYO_GIVEN, NOON)
    suspend_card(learner=student, question_id=question.pk)
    change_key(question, KYOTO)

    carry_out(owner, preview(owner, question))

    card = card_of(student, question)
    assert (card.suspended, card.queue_position) == (True, None)


def test_a_regrade_and_its_undoing_are_no_reviews_of_the_day(student, owner, question):
    make_card(student, question)
    review(student, question, TOKYO_GIVEN, LATER - timedelta(minutes=30))
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))
    during = done_today(student, LATER)
    take_back(owner, regrade)

    assert during == done_today(student, LATER) == 1


def test_taking_a_corrected_review_back_goes_to_the_schedule_before_it(student, owner, question):
    make_card(student, question)
    review(student, question, TOKYO_GIVEN, NOON)
    before = card_of(student, question).due_at
    review(student, question, TOKYO_GIVEN, LATER - timedelta(minutes=30))
    change_key(question, options_with_key("Kyoto", "Tokyo", "Osaka"))
    carry_out(owner, preview(owner, question))
    carried = card_of(student, question).due_at

    undo_last_review(learner=student, undo_id=new_id(), now=LATER + timedelta(minutes=1))

    assert carried != before
    assert card_of(student, question).reps == 1
    assert list(verify_memory()) == []


def test_what_a_wrong_key_called_missed_is_missed_no_more(student, owner, course, question):
    make_card(student, question)
    for minutes in range(5):
        review(student, question, KYOTO_GIVEN, NOON + timedelta(minutes=minutes))
    change_key(question, KYOTO)
    before = most_missed(course, among=[student.pk])

    regrade = carry_out(owner, preview(owner, question))
    during = most_missed(course, among=[student.pk])
    take_back(owner, regrade)

    assert [(one.question_id, one.wrong) for one in before] == [(question.pk, 5)]
    assert during == []
    assert most_missed(course, among=[student.pk]) == before


# --- Undoing --------------------------------------------------------------------------
def test_undoing_gives_back_memory_and_dates_to_the_bit(student, owner, question):
    make_card(student, question)
    for days in (0, 2, 9):
        review(student, question, TOKYO_GIVEN, NOON + timedelta(days=days))
    student.time_zone = "America/New_York"  # so that dates chosen anew would be others
    student.save()
    before = memory(student, question, SCHEDULED)
    change_key(question, KYOTO)
    regrade = carry_out(owner, preview(owner, question))
    during = memory(student, question, SCHEDULED)

    take_back(owner, regrade)

    assert memory(student, question, SCHEDULED) == before != during
    assert ReviewLog.objects.filter(kind="undo").count() == 3
    assert list(verify_memory()) == []


def test_an_answer_given_since_counts_when_a_regrade_is_undone(student, owner, question, twin):
    make_card(student, question)
    make_card(student, twin)
    review(student, question, TOKYO_GIVEN, NOON)
    review(student, twin, KYOTO_GIVEN, NOON)
    change_key(question, KYOTO)
    regrade = carry_out(owner, preview(owner, question))
    for asked in (question, twin):
        review(student, asked, KYOTO_GIVEN, LATER + timedelta(minutes=1))

    take_back(owner, regrade)

    assert memory(student, question) == memory(student, twin)
    assert list(verify_memory()) == []


def test_what_a_later_regrade_corrected_is_left(student, owner, question):
    make_card(student, question)
    review(student, question, TOKYO_GIVEN, NOON)
    change_key(question, KYOTO)
    first = carry_out(owner, preview(owner, question))
    change_key(question, options_with_key("Tokyo", "Kyoto"))
    carry_out(owner, preview(owner, question))
    before = memory(student, question, SCHEDULED)

    undone = take_back(owner, first)

    assert undone.outcome["undo"]["cards"]["left"] == 1
    assert memory(student, question, SCHEDULED) == before
    assert list(verify_memory()) == []


# --- Random histories -----------------------------------------------------------------
GIVEN = (TOKYO_GIVEN, KYOTO_GIVEN, OSAKA_GIVEN)


@given(seed=st.integers(0, 2**32), keys=st.lists(st.sampled_from("TKO"), min_size=1, max_size=3))
def test_whatever_was_answered_and_however_the_key_changed(seed, keys, request):
    """Regrades, one after the other, give the memory of the last key; undone, the first's."""
    course = request.getfixturevalue("course")
    owner = request.getfixturevalue("owner")
    rng = Random(seed)
    learner = make_user()
    enrol_as(learner, course)
    texts = {"T": "Tokyo", "K": "Kyoto", "O": "Osaka"}

    def payload(key):
        return options_with_key(texts[key], *(texts[one] for one in "TKO" if one != key))

    question = make_question(course, payload=payload("T"))
    twin = make_question(course, payload=payload(keys[-1]))
    make_card(learner, question)
    make_card(learner, twin)
    now = NOON
    for _ in range(rng.randint(1, 8)):
        now += timedelta(minutes=rng.choice([1, 11, 300, 1500, 2500]))
        if rng.random() < 0.15 and done_today(learner, now):
            continue
        late = now - timedelta(minutes=rng.choice([0, 0, 0, 400]))
        raw, seconds = rng.choice(GIVEN), rng.choice([2_000, 9_000])
        said = {name: rng.random() < 0.3 for name in ("certain", "retried", "found_easy")}
        for asked in (question, twin):
            review(learner, asked, raw, late, now=now, duration_ms=seconds, **said)
    before = memory(learner, question, SCHEDULED)
    made = []
    for key in keys:
        change_key(question, payload(key))
        made.append(carry_out(owner, preview(owner, question)))
        assert made[-1].outcome["apply"] == made[-1].preview

    assert memory(learner, question) == memory(learner, twin)
    assert list(verify_memory(learner_ids=[learner.pk])) == []
    for regrade in reversed(made):
        take_back(owner, regrade)
    assert memory(learner, question, SCHEDULED) == before
    assert list(verify_memory(learner_ids=[learner.pk])) == []


# --- Statements -----------------------------------------------------------------------
def test_ids_of_corrections_are_the_same_each_time_and_sort_by_when(question):
    first = id_from(NOON, question.pk, "correction")

    assert first == id_from(NOON, question.pk, "correction")
    assert first != id_from(NOON, question.pk, "undo")
    assert id_from(NOON, "z") < id_from(NOON + timedelta(seconds=1), "a")
    assert (first.version, first.variant) == (7, "specified in RFC 4122")


def test_the_statement_of_entries_names_all_columns_that_have_no_default():
    written = set(bulk_rows._ENTRY)
    columns = {field.column: field for field in ReviewLog._meta.concrete_fields if field.column}

    assert written <= set(columns)
    assert all(columns[name].null for name in set(columns) - written)


def test_columns_of_cards_are_those_of_the_model():
    assert set(bulk_rows._CARD_COLUMNS) <= {one.attname for one in Card._meta.concrete_fields}
