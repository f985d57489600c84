"""Answers in lessons and attempts: each once, only where they may be given."""

from datetime import timedelta
from typing import Any

import pytest

from courses.accounts.models import User
from courses.assessment.errors import AlreadyAnswered, AnswerRefused, AttemptAlreadySubmitted
from courses.assessment.models import Question, Quiz, Response
from courses.assessment.services import (
    AnswerOutcome,
    answer_in_attempt,
    save_question,
    start_attempt,
    submit_attempt,
)
from courses.assessment.signals import response_recorded
from courses.common.errors import KeyReused, NotFound, PermissionRefused
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.enrollment.models import Course
from tests.factories.assessment import (
    ASKED_AT,
    PAYLOADS,
    RIGHT,
    WRONG,
    answer_lesson,
    make_question,
    make_quiz,
)
from tests.factories.content import make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return make_lesson(course)


@pytest.fixture
def question(course: Course, lesson: Lesson) -> Question:
    return make_question(course, lesson=lesson)


@pytest.fixture
def quiz(course: Course, question: Question) -> Quiz:
    return make_quiz(course, [question, make_question(course, "numeric")])


@pytest.fixture
def news(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []

    def listen(**kwargs: Any) -> None:
        heard.append(kwargs)

    response_recorded.connect(listen)
    request.addfinalizer(lambda: response_recorded.disconnect(listen))
    return heard


def answer_attempt(learner: User, quiz: Quiz, question: Question, **fields: Any) -> AnswerOutcome:
    values: dict[str, Any] = {
        "response_id": new_id(),
        "raw_answer": RIGHT["single_choice"],
        "answered_at": ASKED_AT,
        "now": ASKED_AT,
    }
    if "attempt_id" not in fields:
        values["attempt_id"] = start_attempt(learner=learner, quiz_id=quiz.pk, now=ASKED_AT).pk
    return answer_in_attempt(learner=learner, question_id=question.pk, **(values | fields))


# --- In a lesson ---------------------------------------------------------------------------


# An open answer awaits a person, who marks it later.
@pytest.mark.parametrize("name", sorted(set(PAYLOADS) - {"open_answer"}))
def test_an_answer_is_marked_and_recorded(
    course: Course, lesson: Lesson, student: User, name: str
) -> None:
    question = make_question(course, name)

    outcome = answer_lesson(student, lesson, question, RIGHT[name], duration_ms=4200)

    response = Response.objects.get()
    assert (outcome.mark.verdict, outcome.replayed) == ("right", False)
    assert (response.learner, response.lesson, response.attempt) == (student, lesson, None)
    assert (response.question, response.version) == (question, question.current)
    assert (response.credit, response.duration_ms) == (1.0, 4200)
    assert response.answered_at == response.received_at == ASKED_AT


def test_the_same_id_with_the_same_answer_is_replayed(
    lesson: Lesson, question: Question, student: User, news: list[dict[str, Any]]
) -> None:
    response_id = new_id()
    first = answer_lesson(student, lesson, question, response_id=response_id)

    second = answer_lesson(
        student,
        lesson,
        question,
        response_id=response_id,
        answered_at=ASKED_AT + timedelta(minutes=1),
        now=ASKED_AT + timedelta(minutes=2),
    )

    assert second.replayed
    assert second.mark == first.mark
    assert second.response.received_at == ASKED_AT
    assert (Response.objects.count(), len(news)) == (1, 1)


def test_a_replay_is_answered_even_when_the_question_is_gone(
    lesson: Lesson, question: Question, student: User
) -> None:
    response_id = new_id()
    first = answer_lesson(student, lesson, question, response_id=response_id)
    Question.objects.update(status=Question.Status.ARCHIVED)
    student.enrollments.update(ended_at=ASKED_AT)

    second = answer_lesson(student, lesson, question, response_id=response_id)

    assert (second.replayed, second.mark) == (True, first.mark)


@pytest.mark.parametrize("other", ["answer", "question", "lesson"])
def test_the_same_id_with_another_request_is_refused(
    course: Course, lesson: Lesson, question: Question, student: User, other: str
) -> None:
    response_id = new_id()
    answer_lesson(student, lesson, question, response_id=response_id)

    with pytest.raises(KeyReused):
        answer_lesson(
            student,
            make_lesson(course) if other == "lesson" else lesson,
            make_question(course) if other == "question" else question,
            WRONG["single_choice"] if other == "answer" else None,
            response_id=response_id,
        )

    assert Response.objects.count() == 1


def test_two_learners_may_use_the_same_id(
    lesson: Lesson, question: Question, student: User, owner: User
) -> None:
    response_id = new_id()

    outcomes = [
        answer_lesson(learner, lesson, question, response_id=response_id)
        for learner in (student, owner)
    ]

    assert [outcome.replayed for outcome in outcomes] == [False, False]


def test_the_news_carries_response_version_and_mark(
    lesson: Lesson, question: Question, student: User, news: list[dict[str, Any]]
) -> None:
    outcome = answer_lesson(student, lesson, question)

    (told,) = news
    assert (told["response"], told["version"]) == (outcome.response, question.current)
    assert (told["mark"], told["place"], told["now"]) == (outcome.mark, "lesson", ASKED_AT)


def test_a_receiver_that_fails_takes_the_response_with_it(
    lesson: Lesson, question: Question, student: User, request: pytest.FixtureRequest
) -> None:
    def fail(**_kwargs: Any) -> None:
        raise RuntimeError

    response_recorded.connect(fail)
    request.addfinalizer(lambda: response_recorded.disconnect(fail))

    with pytest.raises(RuntimeError):
        answer_lesson(student, lesson, question)

    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Tokyo", "answer_not_an_object"),
        ({"option": "00000000"}, "option_unknown"),
        ({"option": None, "extra": 1}, "answer_unknown_key"),
        ({"option": "x" * 60_000}, "answer_unreadable"),
    ],
)
def test_what_is_no_answer_is_refused_and_not_recorded(
    lesson: Lesson, question: Question, student: User, raw: object, reason: str
) -> None:
    with pytest.raises(AnswerRefused) as caught:
        answer_lesson(student, lesson, question, raw)

    assert caught.value.details == {"reason": reason}
    assert not Response.objects.exists()


def test_a_deeply_nested_answer_is_refused(
    lesson: Lesson, question: Question, student: User
) -> None:
    nested: list[Any] = []
    for _ in range(5000):
        nested = [nested]

    with pytest.raises(AnswerRefused):
        answer_lesson(student, lesson, question, {"option": nested})


def test_nothing_is_answered_after_it_arrived(
    lesson: Lesson, question: Question, student: User
) -> None:
    outcome = answer_lesson(
        student, lesson, question, answered_at=ASKED_AT + timedelta(hours=3), duration_ms=10**12
    )

    assert outcome.response.answered_at == ASKED_AT
    assert outcome.response.duration_ms == 24 * 60 * 60 * 1000


def test_an_answer_is_marked_by_the_version_that_was_shown(
    course: Course, lesson: Lesson, question: Question, student: User
) -> None:
    shown = question.current
    assert shown is not None
    options = [{"text": "Tokyo"}, {"text": "Kyoto", "correct": True}]
    save_question(
        course=course, slug=question.slug, type_name="single_choice", stem="Once?",
        payload={"options": options}, now=ASKED_AT,
    )  # fmt: skip

    old = answer_lesson(student, lesson, question, version_id=shown.pk)
    new = answer_lesson(student, lesson, question, RIGHT["single_choice"])

    assert (old.mark.credit, new.mark.credit) == (1.0, 0.0)


def test_the_version_of_another_question_is_not_found(
    course: Course, lesson: Lesson, question: Question, student: User
) -> None:
    other = make_question(course)

    with pytest.raises(NotFound):
        answer_lesson(student, lesson, question, version_id=other.current_id)


@pytest.mark.parametrize("model", [Question, Lesson])
@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_is_not_published_cannot_be_answered(
    lesson: Lesson, question: Question, student: User, model: type, status: str
) -> None:
    model.objects.update(status=status)  # type: ignore[attr-defined] # one of two models

    with pytest.raises(NotFound):
        answer_lesson(student, lesson, question)


def test_a_question_of_another_course_is_not_found_in_a_lesson(
    lesson: Lesson, other_course: Course, student: User
) -> None:
    with pytest.raises(NotFound):
        answer_lesson(student, lesson, make_question(other_course))


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("student", None),
        ("assistant", None),
        ("owner", None),
        ("administrator", None),
        ("stranger", NotFound),
        ("other_student", NotFound),
        ("other_teacher", NotFound),
        ("former_student", NotFound),
        ("suspended", NotFound),
    ],
)
def test_who_may_answer(
    lesson: Lesson,
    question: Question,
    who: str,
    refusal: type[Exception] | None,
    request: pytest.FixtureRequest,
) -> None:
    person = request.getfixturevalue(who)
    if refusal is None:
        assert answer_lesson(person, lesson, question).mark.credit == 1.0
        return

    with pytest.raises(refusal):
        answer_lesson(person, lesson, question)


def test_readers_of_an_open_course_are_told_to_join(
    course: Course, lesson: Lesson, question: Question, stranger: User
) -> None:
    Course.objects.filter(pk=course.pk).update(access=Course.Access.OPEN)

    with pytest.raises(PermissionRefused):
        answer_lesson(stranger, lesson, question)


def test_answering_takes_few_queries(
    lesson: Lesson, question: Question, student: User, django_assert_max_num_queries: Any
) -> None:
    answer_lesson(student, lesson, question)

    # Replay, question, permission, savepoint, insert, release; receivers' come on top.
    receivers = response_recorded.receivers
    response_recorded.receivers = []
    response_recorded.sender_receivers_cache.clear()
    try:
        with django_assert_max_num_queries(6):
            answer_lesson(student, lesson, question)
    finally:
        response_recorded.receivers = receivers
        response_recorded.sender_receivers_cache.clear()


# --- In an attempt -------------------------------------------------------------------------


def test_a_question_is_answered_in_an_attempt(
    quiz: Quiz, question: Question, student: User, news: list[dict[str, Any]]
) -> None:
    outcome = answer_attempt(student, quiz, question)

    assert outcome.response.attempt in quiz.attempts.all()
    assert outcome.response.lesson is None
    assert (outcome.mark.credit, news[0]["place"]) == (1.0, "quiz")


def test_a_repeated_answer_in_an_attempt_is_replayed(
    quiz: Quiz, question: Question, student: User
) -> None:
    response_id = new_id()

    outcomes = [answer_attempt(student, quiz, question, response_id=response_id) for _ in range(2)]

    assert [outcome.replayed for outcome in outcomes] == [False, True]


def test_a_second_answer_under_another_id_is_refused(
    quiz: Quiz, question: Question, student: User
) -> None:
    answer_attempt(student, quiz, question, raw_answer=WRONG["single_choice"])

    with pytest.raises(AlreadyAnswered):
        answer_attempt(student, quiz, question)

    assert Response.objects.get().credit == 0.0


def test_a_submitted_attempt_takes_no_more_answers(
    quiz: Quiz, question: Question, student: User
) -> None:
    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)
    submit_attempt(learner=student, attempt_id=attempt.pk, now=ASKED_AT)

    with pytest.raises(AttemptAlreadySubmitted):
        answer_attempt(student, quiz, question, attempt_id=attempt.pk)


def test_a_repeat_is_replayed_after_the_submission(
    quiz: Quiz, question: Question, student: User
) -> None:
    response_id = new_id()
    first = answer_attempt(student, quiz, question, response_id=response_id)
    attempt_id = first.response.attempt_id
    assert attempt_id is not None
    submit_attempt(learner=student, attempt_id=attempt_id, now=ASKED_AT)

    second = answer_attempt(student, quiz, question, response_id=response_id, attempt_id=attempt_id)

    assert second.replayed


def test_an_attempt_keeps_the_version_it_began_with(
    course: Course, quiz: Quiz, question: Question, student: User
) -> None:
    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)
    options = [{"text": "Tokyo"}, {"text": "Kyoto", "correct": True}]
    save_question(
        course=course, slug=question.slug, type_name="single_choice", stem="Once?",
        payload={"options": options}, now=ASKED_AT,
    )  # fmt: skip

    outcome = answer_attempt(student, quiz, question, attempt_id=attempt.pk)

    assert (outcome.version, outcome.mark.credit) == (question.current, 1.0)


def test_a_question_outside_the_quiz_is_not_found(
    course: Course, quiz: Quiz, student: User
) -> None:
    with pytest.raises(NotFound):
        answer_attempt(student, quiz, make_question(course))


def test_the_attempt_of_another_is_not_found(
    quiz: Quiz, question: Question, student: User, owner: User, administrator: User
) -> None:
    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)

    for other in (owner, administrator):
        with pytest.raises(NotFound):
            answer_attempt(other, quiz, question, attempt_id=attempt.pk)
        with pytest.raises(NotFound):
            submit_attempt(learner=other, attempt_id=attempt.pk, now=ASKED_AT)


def test_an_archived_quiz_takes_no_more_answers(
    quiz: Quiz, question: Question, student: User
) -> None:
    attempt = start_attempt(learner=student, quiz_id=quiz.pk, now=ASKED_AT)
    Quiz.objects.update(status=Quiz.Status.ARCHIVED)

    with pytest.raises(NotFound):
        answer_attempt(student, quiz, question, attempt_id=attempt.pk)
