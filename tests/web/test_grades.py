"""The table of a quiz's grades, its file, and an attempt as a teacher sees it."""

import csv
import io

import pytest

from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.shuffling import option_id
from courses.assessment.models import Quiz
from courses.assessment.selectors import quiz_overviews
from courses.assessment.services import answer_in_attempt, start_attempt, submit_attempt
from courses.assessment.services.saving import Draft, save_answer
from courses.common.ids import new_id
from courses.enrollment.domain import roles
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    ASKED_AT,
    PAYLOADS,
    RIGHT,
    WRONG,
    make_question,
    make_quiz,
)
from tests.factories.enrollment import enrol_as, make_course

pytestmark = pytest.mark.django_db
GRADES = "/courses/own/quizzes/test/grades/"


@pytest.fixture
def course():
    return make_course("own")


@pytest.fixture
def pupils(course):
    names = ("Aiko O'Neil <b>", "Ольга 🦉", "=SUM(A1)")
    made = [
        make_user(f"p{number}@example.org", display_name=name) for number, name in enumerate(names)
    ]
    for pupil in made:
        enrol_as(pupil, course)
    return made


@pytest.fixture
def at_desk(client, course):
    teacher = make_user("teacher@example.org")
    enrol_as(teacher, course, roles.ASSISTANT)
    client.force_login(teacher)
    return client


def graded(course, *type_names: str, **settings) -> Quiz:
    asked = [make_question(course, name) for name in type_names]
    return make_quiz(course, asked, slug="test", settings=QuizSettings(kind="graded", **settings))


def take(learner, quiz: Quiz, answers, *, hand_in: bool = True):
    """Answer the quiz's questions in their order, and hand in."""
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=ASKED_AT)
    questions = [slot.question for slot in quiz.slots.order_by("position")]
    for question, answer in zip(questions, answers, strict=False):
        save_answer(
            learner=learner, save_id=new_id(), attempt_id=attempt.pk, question_id=question.pk,
            draft=Draft(answer=answer, revision=0), now=ASKED_AT,
        )  # fmt: skip
    if hand_in:
        submit_attempt(learner=learner, attempt_id=attempt.pk, now=ASKED_AT)
    return attempt


def test_the_table_has_everybody_with_grade_and_attempts(at_desk, course, pupils):
    quiz = graded(course, "single_choice", "numeric", pass_mark=0.6, grading="best")
    right, wrong = RIGHT["single_choice"], WRONG["numeric"]
    first = take(pupils[0], quiz, [right, wrong])
    second = take(pupils[0], quiz, [right, RIGHT["numeric"]])
    take(pupils[1], quiz, [right], hand_in=False)

    page = at_desk.get(GRADES)

    rows = {row.learner: row for row in page.context["rows"]}
    text = page.content.decode()
    assert list(rows) == [pupils[2], pupils[0], pupils[1]]
    assert (rows[pupils[0]].grade, rows[pupils[0]].passed) == (1.0, True)
    assert [one.score for one in rows[pupils[0]].attempts] == [0.5, 1.0]
    assert (rows[pupils[1]].grade, rows[pupils[1]].handed_in) == (None, [])
    assert "Handed in: 1 of 3." in text
    assert "The mean grade is 100%." in text
    assert all(f"{GRADES}{one.pk}/" in text for one in (first, second))
    assert "Aiko O&#x27;Neil &lt;b&gt;" in text
    assert "open since" in text


@pytest.mark.parametrize(
    ("grading", "grade"), [("best", 1.0), ("first", 0.5), ("latest", 0.0), ("mean", 0.5)]
)
def test_the_grade_is_by_the_method_of_the_quiz(at_desk, course, pupils, grading, grade):
    quiz = graded(course, "single_choice", "numeric", grading=grading)
    good, bad = (
        [source[name] for name in ("single_choice", "numeric")] for source in (RIGHT, WRONG)
    )
    for answers in ([good[0], bad[1]], good, bad):
        take(pupils[0], quiz, answers)

    rows = at_desk.get(GRADES).context["rows"]

    assert [row.grade for row in rows if row.learner == pupils[0]] == [grade]


def test_previews_are_none_and_who_left_is_listed_still(at_desk, course, pupils):
    quiz = graded(course, "single_choice")
    take(pupils[0], quiz, [RIGHT["single_choice"]])
    pupils[0].enrollments.update(ended_at=ASKED_AT)
    quiz.attempts.create(
        learner=pupils[1], number=1, seed=1, order=[], started_at=ASKED_AT,
        submitted_at=ASKED_AT, score=0.0, preview=True,
    )  # fmt: skip

    rows = at_desk.get(GRADES).context["rows"]

    assert {row.learner: len(row.attempts) for row in rows} == {
        pupils[0]: 1, pupils[1]: 0, pupils[2]: 0,
    }  # fmt: skip


def test_what_waits_to_be_marked_has_no_grade_and_says_so(at_desk, course, pupils):
    quiz = graded(course, "open_answer")
    attempt = take(pupils[0], quiz, [RIGHT["open_answer"]])

    page = at_desk.get(GRADES)
    seen = at_desk.get(f"{GRADES}{attempt.pk}/").content.decode()

    assert [row.waiting for row in page.context["rows"] if row.learner == pupils[0]] == [1]
    assert "1 answer to mark" in page.content.decode()
    assert "1 answer to mark" in seen
    assert 'href="/courses/own/marking/"' in seen
    assert "For two reasons." in seen


def test_the_file_has_everybody_and_no_formula(at_desk, course, pupils):
    quiz = graded(course, "single_choice", "numeric", pass_mark=0.6)
    take(pupils[0], quiz, [RIGHT["single_choice"]])

    reply = at_desk.get(f"{GRADES}?format=csv")

    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert "attachment" in reply["Content-Disposition"]
    assert rows[1] == ["'=SUM(A1)", "", "", "0", "0", ""]
    assert rows[2] == ["Aiko O'Neil <b>", "50.00", "no", "1", "0", "2026-11-10T09:00:00+00:00"]
    assert len(rows) == 4


def test_an_attempt_is_told_in_full_before_its_student_may_know(at_desk, course, pupils):
    quiz = graded(course, "single_choice", review={"closed": ["score", "answers"]})
    attempt = take(pupils[0], quiz, [WRONG["single_choice"]])

    seen = at_desk.get(f"{GRADES}{attempt.pk}/").content.decode()
    at_desk.force_login(pupils[0])
    told = at_desk.get(f"/attempts/{attempt.pk}/results/").content.decode()

    assert "Not right" in seen
    assert "Because it <strong>is</strong> so." in seen
    assert "Not right" not in told
    assert "Because it <strong>is</strong> so." not in told


def test_no_attempt_is_shown_by_the_way_of_another_quiz_or_while_it_goes_on(
    at_desk, course, pupils
):
    quiz = graded(course, "single_choice")
    other = make_course("other")
    theirs = make_quiz(other)
    enrol_as(pupils[1], other)
    open_ = take(pupils[0], quiz, [], hand_in=False)
    foreign = start_attempt(learner=pupils[1], quiz_id=theirs.pk, now=ASKED_AT)
    submit_attempt(learner=pupils[1], attempt_id=foreign.pk, now=ASKED_AT)

    found = [at_desk.get(f"{GRADES}{one.pk}/").status_code for one in (open_, foreign)]

    assert found == [404, 404]


def test_the_table_costs_as_many_queries_for_many(
    at_desk, course, pupils, django_assert_max_num_queries
):
    quiz = graded(course, "single_choice")
    for pupil in pupils:
        take(pupil, quiz, [RIGHT["single_choice"]])
    at_desk.get(GRADES)

    with django_assert_max_num_queries(12):
        at_desk.get(GRADES)


def test_exactly_the_pass_mark_passes(at_desk, course, pupils):
    quiz = graded(course, *["single_choice"] * 19, pass_mark=0.2)
    take(pupils[0], quiz, [WRONG["single_choice"]])
    quiz.attempts.update(score=3.8 / 19, raw_score=3.8 / 19)
    assert quiz.attempts.get().score < 0.2

    rows = at_desk.get(GRADES).context["rows"]
    at_desk.force_login(pupils[0])
    told = at_desk.get(f"/attempts/{quiz.attempts.get().pk}/results/").content.decode()

    assert [row.passed for row in rows if row.learner == pupils[0]] == [True]
    assert "Passed: it takes 20%." in told


def test_nearly_right_is_told_what_is_right(at_desk, course, pupils):
    quiz = graded(course, "date", review={"submitted": ["score", "answers"]})
    attempt = take(pupils[0], quiz, [{"date": {"year": "2022", "month": "2", "day": "23"}}])

    at_desk.force_login(pupils[0])
    told = at_desk.get(f"/attempts/{attempt.pk}/results/").content.decode()

    assert ">Nearly</b>" in told
    assert "24 February 2022" in told


@pytest.mark.parametrize("closed", [True, False])
def test_what_was_left_open_is_told_once_answers_are(at_desk, course, pupils, closed):
    told_then = (
        {"submitted": ["score", "answers", "explanation"]} if closed else {"closed": ["score"]}
    )
    quiz = graded(course, "single_choice", "numeric", review=told_then)
    attempt = take(pupils[0], quiz, [RIGHT["single_choice"]])

    at_desk.force_login(pupils[0])
    told = at_desk.get(f"/attempts/{attempt.pk}/results/").content.decode()

    assert "Not answered" in told
    assert ("5.5" in told) == closed
    assert ("Because it <strong>is</strong> so." in told) == closed


def test_what_one_rates_oneself_is_no_question_of_a_graded_quiz(at_desk, course, pupils):
    quiz = graded(course, "single_choice", "flashcard")

    attempt = take(pupils[0], quiz, [RIGHT["single_choice"]])
    [overview] = quiz_overviews(course=course, user=pupils[0], now=ASKED_AT, quiz=quiz)

    assert overview.question_count == len(attempt.order) == 1
    reserved = course.questions.filter(reserved=True).values_list("current__type", flat=True)
    assert list(reserved) == ["single_choice"]


@pytest.mark.parametrize("type_name", [name for name in RIGHT if name != "flashcard"])
def test_ones_own_answer_is_seen_when_only_the_score_is_told(client, course, pupils, type_name):
    quiz = graded(course, type_name, review={"submitted": ["score"]})
    attempt = take(pupils[0], quiz, [RIGHT[type_name]])
    client.force_login(pupils[0])

    page = client.get(f"/attempts/{attempt.pk}/results/").content.decode()

    outcome = page[page.index('class="ledger outcomes"') :]
    assert "Your answer" in outcome
    assert "is-missed" not in outcome
    assert "is-key" not in outcome
    assert f"Why {type_name}." not in outcome


def test_an_order_is_seen_as_it_was_given(client, course, pupils):
    quiz = graded(course, "ordering", review={"submitted": ["score"]})
    given = WRONG["ordering"]["order"]
    attempt = take(pupils[0], quiz, [WRONG["ordering"]])
    client.force_login(pupils[0])

    page = client.get(f"/attempts/{attempt.pk}/results/").content.decode()

    texts = {option_id(item["text"]): item["text"] for item in PAYLOADS["ordering"]["items"]}
    shown = page[page.index("solution-order") :]
    places = [shown.index(texts[name]) for name in given]
    assert places == sorted(places)


@pytest.mark.parametrize("letter", ["a", "я", "\n"])
def test_the_longest_text_is_saved_and_handed_in(course, pupils, letter):
    quiz = graded(course, "open_answer")
    text = "б" + letter * 19_998 + "б"

    attempt = take(pupils[0], quiz, [{"text": text}])

    assert attempt.responses.get().answer["text"].strip() == text


def test_who_takes_no_second_try_pays_for_none(course, pupils):
    quiz = graded(course, "cloze", second_try_cost=0.3, review={"during": ["score"]})
    partly = {"gaps": RIGHT["cloze"]["gaps"] | {"who": "Perrault"}}
    attempt = start_attempt(learner=pupils[0], quiz_id=quiz.pk, now=ASKED_AT)

    answer_in_attempt(
        learner=pupils[0], response_id=new_id(), attempt_id=attempt.pk,
        question_id=quiz.slots.get().question_id, raw_answer=partly,
        answered_at=ASKED_AT, now=ASKED_AT,
    )  # fmt: skip
    submit_attempt(learner=pupils[0], attempt_id=attempt.pk, now=ASKED_AT)

    response = attempt.responses.get()
    assert (response.tries, response.first_answer) == (1, None)
    assert response.counted == response.credit == pytest.approx(2 / 3)
