"""The analysis of a quiz against an independent computation from the rows themselves."""

import statistics
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.accounts.models import User
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.statistics import Estimate
from courses.assessment.domain.types import get_type
from courses.assessment.models import Attempt, Question, Response
from courses.assessment.selectors import item_sums
from courses.assessment.selectors.item_analysis import quiz_analysis
from courses.assessment.selectors.lesson_analysis import lesson_analysis
from courses.common.ids import new_id
from courses.flashcards.selectors.item_analysis import review_analysis
from courses.flashcards.services import undo_last_review
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    ASKED_AT,
    PAYLOADS,
    RIGHT,
    WRONG,
    answer_lesson,
    make_attempt,
    make_question,
    make_quiz,
)
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, answer, make_card
from tests.factories.regrades import change_key, options_with_key

pytestmark = pytest.mark.django_db
TEXTS = ("Tokyo", "Kyoto", "Osaka")  # the first is the key


def people(count):
    made = [User(email=f"{new_id()}@example.org", display_name="One") for _ in range(count)]
    return User.objects.bulk_create(made)


def take(learner, quiz, questions, credits_given, **fields):
    """Store an attempt that asked these questions; a credit of None was left open."""
    versions = [str(question.current_id) for question in questions]
    values = {"submitted_at": ASKED_AT, "raw_score": 0.5, "order": versions}
    attempt = make_attempt(learner, quiz, **(values | fields))
    for question, credit in zip(questions, credits_given, strict=True):
        if credit is not None:
            respond(attempt, question, credit)
    return attempt


def respond(attempt, question, credit, **fields):
    text = TEXTS[0] if credit == 1 else TEXTS[1 + int(credit * 10) % 2]
    values = {
        "answer": {"option": option_id(text)}, "credit": credit, "counted": credit,
        "digest": "0" * 64, "answered_at": ASKED_AT, "received_at": ASKED_AT, "duration_ms": 5000,
    }  # fmt: skip
    return Response.objects.create(
        learner_id=attempt.learner_id, attempt=attempt, question=question,
        version_id=question.current_id, **(values | fields),
    )  # fmt: skip


def table(count, size, seed, credit_of=None, missing=0.1):
    """Return the credits of `count` people in `size` questions; the skilled get more right."""
    rng = Random(seed)
    rows = []
    for _ in range(count):
        skill = rng.random()
        row = []
        for _item in range(size):
            right = float(rng.random() < skill)
            credit = right if credit_of is None else credit_of(rng, right)
            row.append(None if rng.random() < missing else credit)
        rows.append(row)
    return rows


def fill(quiz, questions, rows):
    for learner, row in zip(people(len(rows)), rows, strict=True):
        take(learner, quiz, questions, row)


def independent(rows):
    """Return facility and discrimination of each column, and alpha, as textbooks compute them."""
    filled = [[one or 0.0 for one in row] for row in rows]
    k = len(filled[0])
    found = []
    for item in range(k):
        xs = [row[item] for row in filled]
        rests = [sum(row) - row[item] for row in filled]
        found.append((statistics.fmean(xs), statistics.correlation(xs, rests)))
    totals = [sum(row) for row in filled]
    within = sum(statistics.variance(column) for column in zip(*filled, strict=True))
    alpha = k / (k - 1) * (1 - within / statistics.variance(totals))
    return found, alpha, [total / k for total in totals]


def halved(rng, right):
    return right * rng.choice([0.4, 1])


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), size=st.integers(3, 6), partial=st.booleans())
def test_figures_agree_with_an_independent_computation(seed, size, partial, request):
    course = request.getfixturevalue("course")
    questions = [make_question(course) for _ in range(size)]
    quiz = make_quiz(course, questions)
    rows = table(60, size, seed, halved if partial else None)
    fill(quiz, questions, rows)
    items, alpha, scores = independent(rows)

    found = quiz_analysis(quiz)

    assert [one.question_id for one in found.items] == [one.pk for one in questions]
    for item, (facility, discrimination) in zip(found.items, items, strict=True):
        assert item.facility.value == pytest.approx(facility)
        assert item.discrimination.value == pytest.approx(discrimination)
        assert item.n == item.discrimination.n == 60
    assert found.attempts == 60
    assert found.shared == size
    assert found.mean.value == pytest.approx(statistics.fmean(scores))
    assert found.deviation.value == pytest.approx(statistics.stdev(scores))
    assert found.alpha.value == pytest.approx(alpha)
    assert found.standard_error.value == pytest.approx(
        statistics.stdev(scores) * (1 - alpha) ** 0.5
    )
    assert found.kr20.value == (None if partial else pytest.approx(alpha))


@pytest.mark.parametrize("seed", range(3))
def test_drawn_questions_count_for_those_who_were_asked(course, seed):
    questions = [make_question(course) for _ in range(6)]
    quiz = make_quiz(course, questions)
    rng, shared = Random(seed), questions[:3]
    asked_of, rows = [], table(80, 6, seed)
    for learner, row in zip(people(80), rows, strict=True):
        drawn = [0, 1, 2, *rng.sample([3, 4, 5], 2)]
        take(learner, quiz, [questions[one] for one in drawn], [row[one] for one in drawn])
        asked_of.append({one: row[one] or 0.0 for one in drawn})

    found = quiz_analysis(quiz)

    for place, item in enumerate(found.items):
        mine = [one for one in asked_of if place in one]
        rests = [statistics.fmean(value for key, value in one.items() if key != place)
                 for one in mine]  # fmt: skip
        xs = [one[place] for one in mine]
        assert item.n == len(mine)
        assert item.facility.value == pytest.approx(statistics.fmean(xs))
        assert item.discrimination.value == pytest.approx(statistics.correlation(xs, rests))
    _items, alpha, _scores = independent([row[:3] for row in rows])
    scores = [statistics.fmean(one.values()) for one in asked_of]
    assert found.shared == len(shared)
    assert found.alpha.value == pytest.approx(alpha)
    assert found.mean.value == pytest.approx(statistics.fmean(scores))
    assert found.deviation.value == pytest.approx(statistics.stdev(scores))


def test_too_few_answers_tell_nothing_but_their_number(course):
    questions = [make_question(course) for _ in range(3)]
    quiz = make_quiz(course, questions)
    empty = quiz_analysis(quiz)
    seen = {}
    for count in (9, 10, 29, 30, 49, 50):
        have = Attempt.objects.filter(quiz=quiz).count()
        fill(quiz, questions, table(count - have, 3, seed=count))
        found = quiz_analysis(quiz)
        first = found.items[0]
        seen[count] = tuple(
            one.value is not None for one in (first.facility, first.discrimination, found.alpha)
        )
        assert first.facility.n == found.alpha.n == count
    assert (empty.attempts, empty.items, empty.alpha) == (0, (), Estimate(None, 0))
    assert seen == {
        9: (False, False, False), 10: (True, False, False), 29: (True, False, False),
        30: (True, True, False), 49: (True, True, False), 50: (True, True, True),
    }  # fmt: skip


@pytest.fixture
def one(course):
    return make_question(course)


@pytest.fixture
def quiz(course, one):
    return make_quiz(course, [one, make_question(course)])


def test_only_first_attempts_that_are_finished_and_count(student, quiz, one):
    take(student, quiz, [one], [None], submitted_at=None, raw_score=None, number=1)
    take(student, quiz, [one], [1.0], preview=True, number=2)
    take(student, quiz, [one], [None], raw_score=None, number=3)  # waits to be marked
    take(student, quiz, [one], [1.0], number=4)
    take(student, quiz, [one], [0.0], number=5)

    first, every = quiz_analysis(quiz), quiz_analysis(quiz, first_only=False)

    assert (first.attempts, first.items[0].n) == (1, 1)
    assert (every.attempts, every.items[0].n) == (2, 2)


def test_options_are_counted_with_their_texts(quiz, one):
    for learner, credit in zip(people(20), [1.0] * 12 + [0.1] * 5 + [0.2] * 3, strict=True):
        take(learner, quiz, [one], [credit])
    nobody = people(5)
    for learner in nobody[:3]:
        take(learner, quiz, [one], [None])
    for learner in nobody[3:]:
        attempt = take(learner, quiz, [one], [None])
        respond(attempt, one, 0.0, answer={"option": None})

    (item,) = quiz_analysis(quiz).items

    found = {option.text: (option.count, option.correct) for option in item.options}
    assert found == {"Tokyo": (12, True), "Kyoto": (3, False), "Osaka": (5, False)}
    assert [option.share.value for option in item.options] == [12 / 25, 3 / 25, 5 / 25]
    assert item.unanswered == Estimate(5 / 25, 25)


def test_several_options_of_one_answer_count_each(course):
    question = make_question(course, "multiple_response")
    quiz = make_quiz(course, [question])
    for learner, texts in zip(people(3), (["Canada", "Italy"], ["Canada"], []), strict=True):
        attempt = take(learner, quiz, [question], [None])
        respond(attempt, question, 0.5, answer={"options": [option_id(one) for one in texts]})

    (item,) = quiz_analysis(quiz).items

    assert {one.text: one.count for one in item.options} == {
        "Canada": 2, "Italy": 1, "Spain": 0, "Norway": 0, "Poland": 0,
    }  # fmt: skip
    assert item.unanswered.n == 3


def test_true_and_false_are_options_beside_the_reasons(course):
    question = make_question(course, "true_false")
    quiz = make_quiz(course, [question])
    for learner, truth in zip(people(3), ("true", "false", "false"), strict=True):
        attempt = take(learner, quiz, [question], [None])
        reason = option_id("It never joined")
        respond(attempt, question, 0.5, answer={"truth": truth, "reason": reason})

    (item,) = quiz_analysis(quiz).items

    truths = {one.id: (one.count, one.correct) for one in item.options[:2]}
    assert truths == {"true": (1, False), "false": (2, True)}
    assert {one.text: one.count for one in item.options[2:]} == {
        "It joined in 1956": 0, "It never joined": 3, "It left in 1972": 0,
    }  # fmt: skip


def test_options_of_older_versions_are_told_too(quiz, one):
    for learner in people(2):
        take(learner, quiz, [one], [0.1])  # chose Osaka
    change_key(one, options_with_key("Nara", "Tokyo"))
    take(people(1)[0], quiz, [one], [1.0])

    (item,) = quiz_analysis(quiz).items

    assert item.n == 3
    assert [(option.text, option.correct, option.count) for option in item.options] == [
        ("Nara", True, 0), ("Tokyo", False, 1), ("Kyoto", False, 0), ("Osaka", False, 2),
    ]  # fmt: skip
    assert item.version.pk == Question.objects.get(pk=one.pk).current_id


def test_a_page_left_open_does_not_count_for_hours(quiz, one):
    for learner, duration in zip(people(10), [10_000] * 8 + [0, 9_000_000], strict=True):
        attempt = take(learner, quiz, [one], [None])
        respond(attempt, one, 1.0, duration_ms=duration)

    (item,) = quiz_analysis(quiz).items

    assert item.mean_seconds == Estimate(None, 9)
    take(people(1)[0], quiz, [one], [1.0])
    (item,) = quiz_analysis(quiz).items
    assert item.mean_seconds == Estimate(pytest.approx((8 * 10 + 600 + 5) / 10), 10)


def test_what_learners_rate_themselves_is_no_item(course, one):
    card = make_question(course, "flashcard")
    quiz = make_quiz(course, [card, one])
    attempt = take(people(1)[0], quiz, [card, one], [None, 1.0])
    respond(attempt, card, 1.0, answer={"rating": 3})

    assert [item.question_id for item in quiz_analysis(quiz).items] == [one.pk]


def test_a_wrong_key_shows_in_the_flags(course):
    questions = [make_question(course) for _ in range(4)]
    quiz = make_quiz(course, questions)
    rows = table(60, 4, seed=5, missing=0.0)
    fill(quiz, questions, [[1 - row[0], *row[1:]] for row in rows])

    items = quiz_analysis(quiz).items

    codes = {flag.code for flag in items[0].flags}
    assert {"negative_discrimination", "strong_choose_wrong"} <= codes
    assert "look at the key" in str(items[0].flags[0].message)
    assert not {"negative_discrimination"} & {flag.code for flag in items[1].flags}


def test_questions_all_or_nobody_gets_right_are_flagged(course):
    questions = [make_question(course) for _ in range(3)]
    quiz = make_quiz(course, questions)
    fill(quiz, questions, [[1.0, 0.0, float(n % 2)] for n in range(40)])

    easy, hard, _other = quiz_analysis(quiz).items

    assert "too_easy" in {flag.code for flag in easy.flags}
    assert "too_hard" in {flag.code for flag in hard.flags}
    assert "unchosen_option" in {flag.code for flag in easy.flags}
    assert easy.discrimination == Estimate(None, 40)


def test_the_number_of_queries_does_not_grow(course, django_assert_max_num_queries):
    questions = [make_question(course) for _ in range(6)]
    quiz = make_quiz(course, questions)
    fill(quiz, questions, table(12, 6, seed=1))
    quiz_analysis(quiz)  # which reads the versions into this process

    with django_assert_max_num_queries(4):
        quiz_analysis(quiz)


def test_types_with_options_are_known():
    assert set(item_sums.option_types()) == {
        "single_choice", "multiple_response", "true_false", "hotspot", "highlight",
        "matching", "categorise", "evidence",
    }  # fmt: skip


@pytest.mark.parametrize("name", item_sums.option_types())
def test_what_was_picked_is_counted_in_every_type_with_options(course, name):
    question = make_question(course, name)
    quiz = make_quiz(course, [question])
    for raw, learner in zip([RIGHT[name]] * 2 + [WRONG[name]], people(3), strict=True):
        attempt = take(learner, quiz, [question], [None])
        given = get_type(name).parse(PAYLOADS[name], raw)
        respond(attempt, question, 0.0, answer=given)

    (item,) = quiz_analysis(quiz).items

    counts = {option.id: option.count for option in item.options}
    assert {option.count for option in item.options if option.correct} <= {2, 3}
    assert set(counts.values()) >= {0, 2}
    assert sum(counts.values()) == 2 * len(picked(RIGHT[name])) + len(picked(WRONG[name]))


def picked(raw):
    """Return what an answer picks, part by part."""
    found = []
    for value in raw.values():
        values = value.values() if isinstance(value, dict) else value
        found += [values] if isinstance(values, str) else list(values)
    return found


# --- Outside of quizzes ---------------------------------------------------------------
def test_first_answers_in_lessons(student, owner, course):
    lesson = make_lesson(course, "first", body="::: question asked\n:::")
    question = make_question(course, slug="asked", lesson=lesson)
    others = [make_user() for _ in range(9)]
    for learner in (*others, student):
        enrol_as(learner, course)
        answer_lesson(learner, lesson, question, duration_ms=4000, answered_at=NOON, now=NOON)
    answer_lesson(owner, lesson, question, WRONG["single_choice"], answered_at=NOON, now=NOON)
    later = NOON + timedelta(minutes=1)
    answer_lesson(student, lesson, question, WRONG["single_choice"], answered_at=later, now=later)

    (first,) = lesson_analysis(course)
    (every,) = lesson_analysis(course, first_only=False)

    assert first.facility == Estimate(10 / 11, 11)
    assert every.facility == Estimate(10 / 12, 12)
    assert first.mean_seconds == Estimate(4.0, 10)
    assert first.discrimination.value is None
    assert [(one.text, one.count) for one in first.options] == [
        ("Tokyo", 10), ("Kyoto", 1), ("Osaka", 0),
    ]  # fmt: skip


def test_first_reviews_by_the_key_of_today(course):
    question = make_question(course)
    for _ in range(10):
        learner = make_user()
        enrol_as(learner, course)
        make_card(learner, question)
        answer(learner, question, right=False)
        undo_last_review(learner=learner, undo_id=new_id(), now=NOON + timedelta(minutes=1))
        answer(learner, question, at=NOON + timedelta(minutes=2))
        answer(learner, question, right=False, at=NOON + timedelta(minutes=9))
    change_key(question, options_with_key("Kyoto", "Tokyo", "Osaka"))

    (first,) = review_analysis(course)
    (every,) = review_analysis(course, first_only=False)

    assert first.facility == Estimate(0.0, 10)  # all said Tokyo first
    assert every.facility == Estimate(0.5, 20)
    assert {one.text: one.correct for one in first.options} == {
        "Kyoto": True, "Tokyo": False, "Osaka": False,
    }  # fmt: skip


def test_types_without_options_keep_the_credit_they_earned(course):
    question = make_question(course, "short_text")
    for _ in range(10):
        learner = make_user()
        enrol_as(learner, course)
        make_card(learner, question)
        answer(learner, question, raw_answer=RIGHT["short_text"])

    (item,) = review_analysis(course)

    assert (item.facility.value, item.options) == (1.0, ())
