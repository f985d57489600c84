"""Attempts: one open at a time, handed in once, and what their learner sees."""

from datetime import timedelta
from typing import Any

import pytest

from courses.accounts.models import User
from courses.assessment.errors import QuizEmpty
from courses.assessment.models import Attempt, Question, Quiz
from courses.assessment.selectors import attempt_page, quiz_for, quiz_overviews
from courses.assessment.services import answer_in_attempt, start_attempt, submit_attempt
from courses.assessment.signals import attempt_submitted
from courses.common.errors import NotFound, PermissionRefused
from courses.common.ids import new_id
from courses.enrollment.models import Course
from tests.factories.assessment import (
    ASKED_AT,
    RIGHT,
    WRONG,
    make_question,
    make_quiz,
)
from tests.factories.content import make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(course: Course) -> list[Question]:
    return [make_question(course, name) for name in ("single_choice", "numeric", "flashcard")]


@pytest.fixture
def quiz(course: Course, questions: list[Question]) -> Quiz:
    return make_quiz(course, questions, "check")


@pytest.fixture
def attempt(quiz: Quiz, student: User) -> Attempt:
    return start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)


def answer(attempt: Attempt, question: Question, raw_answer: object) -> None:
    answer_in_attempt(
        learner=attempt.learner,
        response_id=new_id(),
        attempt_id=attempt.pk,
        question_id=question.pk,
        raw_answer=raw_answer,
        answered_at=ASKED_AT,
        now=ASKED_AT,
    )


def test_an_attempt_fixes_versions_and_their_order(
    attempt: Attempt, questions: list[Question]
) -> None:
    assert attempt.order == [str(question.current_id) for question in questions]
    assert (attempt.number, attempt.submitted_at) == (1, None)
    assert 0 <= attempt.seed < 2**31


def test_a_second_start_continues_the_open_attempt(
    attempt: Attempt, quiz: Quiz, student: User
) -> None:
    again = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT + timedelta(hours=1))

    assert (again, Attempt.objects.count()) == (attempt, 1)


def test_after_the_submission_a_start_opens_another(
    attempt: Attempt, quiz: Quiz, student: User
) -> None:
    submit_attempt(learner=student, attempt_id=attempt.pk, now=ASKED_AT)

    again = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)

    assert again.number == 2


def test_an_attempt_asks_published_questions_only(
    quiz: Quiz, questions: list[Question], student: User
) -> None:
    Question.objects.filter(pk=questions[0].pk).update(status=Question.Status.ARCHIVED)

    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)

    assert attempt.order == [str(question.current_id) for question in questions[1:]]


def test_an_empty_quiz_cannot_be_started(course: Course, student: User) -> None:
    with pytest.raises(QuizEmpty):
        start_attempt(learner=student, quiz_id=make_quiz(course, []).pk, now=ASKED_AT)


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_a_quiz_that_is_not_published_cannot_be_started(
    quiz: Quiz, student: User, status: str
) -> None:
    Quiz.objects.update(status=status)

    with pytest.raises(NotFound):
        start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)


@pytest.mark.parametrize("who", ["stranger", "other_student", "former_student", "suspended"])
def test_who_does_not_study_the_course_may_not_start(
    quiz: Quiz, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises((NotFound, PermissionRefused)):
        start_attempt(learner=request.getfixturevalue(who), quiz_id=quiz.pk, now=ASKED_AT)


def test_submitting_twice_is_submitting_once(
    attempt: Attempt, student: User, request: pytest.FixtureRequest
) -> None:
    heard: list[Any] = []

    def listen(attempt: Attempt, **_rest: object) -> None:
        heard.append(attempt)

    attempt_submitted.connect(listen)
    request.addfinalizer(lambda: attempt_submitted.disconnect(listen))

    first = submit_attempt(learner=student, attempt_id=attempt.pk, now=ASKED_AT)
    second = submit_attempt(
        learner=student, attempt_id=attempt.pk, now=ASKED_AT + timedelta(hours=1)
    )

    assert first.submitted_at == second.submitted_at == ASKED_AT
    assert heard == [attempt]


def test_an_attempt_that_was_begun_may_be_handed_in_from_an_archived_quiz(
    attempt: Attempt, student: User
) -> None:
    Quiz.objects.update(status=Quiz.Status.ARCHIVED)

    assert submit_attempt(learner=student, attempt_id=attempt.pk, now=ASKED_AT).submitted_at


# --- What the learner sees -----------------------------------------------------------------


def test_the_page_shows_what_was_answered_and_what_is_next(
    attempt: Attempt, questions: list[Question], student: User
) -> None:
    answer(attempt, questions[0], WRONG["single_choice"])

    page = attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT)

    assert [item.version for item in page.items] == [question.current for question in questions]
    assert [item.number for item in page.items] == [1, 2, 3]
    assert [item.response is not None for item in page.items] == [True, False, False]
    assert page.items[0].mark is not None
    assert page.items[0].mark.verdict == "wrong"
    assert (page.answered, page.remaining) == (1, 2)
    assert page.next_item == page.items[1]


def test_self_rated_questions_count_for_no_score(
    attempt: Attempt, questions: list[Question], student: User
) -> None:
    for question, name in zip(questions, ["single_choice", "numeric", "flashcard"], strict=True):
        answer(attempt, question, WRONG[name] if name == "numeric" else RIGHT[name])

    page = attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT)

    assert (page.earned, page.graded, page.score) == (1.0, 2, 0.5)
    assert page.next_item is None


def test_a_reload_shows_options_in_the_same_order(attempt: Attempt, student: User) -> None:
    seeds = [
        [
            item.seed
            for item in attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT).items
        ]
        for _ in range(2)
    ]

    assert seeds[0] == seeds[1]
    assert len(set(seeds[0])) == 3


def test_the_page_of_another_is_not_found(attempt: Attempt, owner: User) -> None:
    with pytest.raises(NotFound):
        attempt_page(learner=owner, attempt_id=attempt.pk, now=ASKED_AT)


def test_the_page_closes_with_the_course(attempt: Attempt, student: User) -> None:
    Quiz.objects.update(status=Quiz.Status.ARCHIVED)
    assert attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT).attempt == attempt
    student.enrollments.update(ended_at=ASKED_AT)

    with pytest.raises(NotFound):
        attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT)


def test_the_page_takes_five_queries(
    attempt: Attempt, student: User, django_assert_num_queries: Any
) -> None:
    attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT)

    with django_assert_num_queries(5):
        attempt_page(learner=student, attempt_id=attempt.pk, now=ASKED_AT)


def test_the_overview_tells_how_the_learner_stands(
    course: Course, quiz: Quiz, questions: list[Question], student: User
) -> None:
    for raw_answer in (RIGHT["single_choice"], WRONG["single_choice"]):
        attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)
        answer(attempt, questions[0], raw_answer)
        answer(attempt, questions[2], RIGHT["flashcard"])
        submit_attempt(learner=student, attempt_id=attempt.pk, now=ASKED_AT)
    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)

    (overview,) = quiz_overviews(course=course, user=student, now=ASKED_AT)

    assert (overview.quiz, overview.question_count, overview.attempts) == (quiz, 3, 2)
    assert (overview.best, overview.last, overview.open_attempt) == (0.5, 0.0, attempt)


def test_the_overview_of_a_visitor_has_no_attempts(
    course: Course, quiz: Quiz, attempt: Attempt, stranger: User
) -> None:
    (overview,) = quiz_overviews(course=course, user=stranger, now=ASKED_AT)

    assert (overview.attempts, overview.best, overview.open_attempt) == (0, None, None)


def test_the_overview_is_of_published_quizzes_and_of_one_lesson_if_asked(
    course: Course, quiz: Quiz, student: User
) -> None:
    lesson = make_lesson(course)
    here = make_quiz(course, lesson=lesson, position=1)
    make_quiz(course, status=Quiz.Status.ARCHIVED)

    def listed(**which: Any) -> list[Quiz]:
        found = quiz_overviews(course=course, user=student, now=ASKED_AT, **which)
        return [one.quiz for one in found]

    assert listed() == [quiz, here]
    assert listed(lesson=lesson) == [here]
    assert listed(quiz=quiz) == [quiz]


def test_the_overview_takes_as_many_queries_for_many_quizzes(
    course: Course, quiz: Quiz, attempt: Attempt, student: User, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        start_attempt(learner=student, quiz_id=make_quiz(course).pk, now=ASKED_AT)

    with django_assert_num_queries(4):
        quiz_overviews(course=course, user=student, now=ASKED_AT)


def test_drafts_are_for_those_who_may_preview(
    course: Course, quiz: Quiz, student: User, editor: User
) -> None:
    Quiz.objects.update(status=Quiz.Status.DRAFT)

    assert quiz_for(user=editor, course_slug=course.slug, quiz_slug="check") == quiz
    with pytest.raises(NotFound):
        quiz_for(user=student, course_slug=course.slug, quiz_slug="check")


def test_a_quiz_is_for_those_who_may_read_its_course(
    course: Course, quiz: Quiz, student: User, other_teacher: User
) -> None:
    assert quiz_for(user=student, course_slug=course.slug, quiz_slug="check") == quiz
    for slug, person in (("check", other_teacher), ("missing", student)):
        with pytest.raises(NotFound):
            quiz_for(user=person, course_slug=course.slug, quiz_slug=slug)
