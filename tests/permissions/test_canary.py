"""No correct answer leaves before its question is answered, on any page, reply or cookie.

A course is made whose keys and explanations carry canaries; a student (and a stranger)
follows every link and calls every endpoint, and must not meet one.
"""

import base64
import re
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.types import get_type
from courses.assessment.models import Attempt, Question, Quiz
from courses.assessment.services import answer_in_attempt, start_attempt, submit_attempt
from courses.common import clock, outbox
from courses.common.ids import new_id
from courses.enrollment.models import Course
from courses.flashcards.demo.answers import likely_answers
from courses.flashcards.domain.queue import day_position
from courses.flashcards.selectors.queue import study_day
from tests.factories.accounts import make_user
from tests.factories.assessment import make_question, make_quiz
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import make_card

# None of them can come about in a random id, or hardly.
WORD = "canarybird"
NUMBER = "7318264905"
DATE = "1876-04-1"
PAYLOADS: dict[str, dict[str, Any]] = {
    "single_choice": {
        "options": [
            {"text": "One", "correct": True, "feedback": f"{WORD} of the right option"},
            {"text": "Two", "feedback": f"{WORD} of a wrong option"},
        ]
    },
    "multiple_response": {
        "options": [
            {"text": "One", "correct": True, "feedback": f"{WORD} of the right option"},
            {"text": "Two", "correct": True},
            {"text": "Three", "feedback": f"{WORD} of a wrong option"},
        ]
    },
    "true_false": {
        "truth": True,
        "reasons": [
            {"text": "One", "correct": True, "feedback": f"{WORD} of the right reason"},
            {"text": "Two", "feedback": f"{WORD} of a wrong reason"},
        ],
    },
    "numeric": {"value": float(NUMBER), "tolerance": {"absolute": 1}, "unit": "JPY"},
    "short_text": {"answers": [f"{WORD} primary", f"{WORD} alias"]},
    "cloze": {
        "text": "It was {what} in {year}.",
        "gaps": [
            {"name": "what", "answers": [f"{WORD} gap", f"{WORD} other gap"]},
            {"name": "year", "answers": ["1901"], "options": ["1900", "1901"]},
        ],
    },
    "ordering": {
        "items": [
            {"text": "First", "date": f"{DATE}1"},
            {"text": "Second", "date": f"{DATE}2"},
            {"text": "Third", "date": f"{DATE}3"},
        ]
    },
    # Nothing of these is hidden but what belongs to what, under keys that are canaries.
    "matching": {
        "pairs": [{"prompt": "One", "match": "I"}, {"prompt": "Two", "match": "II"}],
        "spare": ["III"],
    },
    "categorise": {
        "categories": ["Odd", "Even"],
        "items": [
            {"text": "One", "category": "Odd", "feedback": f"{WORD} of an item"},
            {"text": "Two", "category": "Even"},
        ],
    },
    "date": {"date": f"{DATE}4"},
    "hotspot": {
        "map": "northeast-asia",
        "places": [
            {"text": "North", "at": [142.7, 51.0], "feedback": f"{WORD} of a wrong place"},
            {"text": "South", "at": [139.7, 35.7], "correct": True},
        ],
    },
    "highlight": {
        "passage": [
            {"text": "One is odd.", "feedback": f"{WORD} of a right sentence"},
            {"text": "Two is odd.", "flawed": True},
        ],
        "correction": f"{WORD} is even.",
    },
    "open_answer": {
        "rubric": [
            {
                "criterion": "It counts",
                "levels": [
                    {"text": f"{WORD} of no use", "credit": 0},
                    {"text": f"{WORD} of use", "credit": 3},
                ],
            }
        ],
        "model_answer": f"A {WORD} in full.",
    },
    "evidence": {
        "statement": "One is odd.",
        "items": [{"text": "One", "stance": "silent", "feedback": f"{WORD} of evidence"}],
    },
}
CANARIES = [
    WORD,
    NUMBER,
    DATE,
    "April 1876",
    base64.b64encode(WORD.encode()).decode()[:12],
    '"correct"',
    '"truth":',
    # Where the description of the API has a field of this name, it opens an object.
    '"answers":[',
    '"answers": [',
    '"pairs":',
    '"match":',
    '"spare":',
    '"category":',
    '"stance":',
    '"flawed"',
    '"levels"',
]
MOST_PAGES = 250
HOUR = timedelta(hours=1)


@pytest.fixture
def course(db: None) -> Course:
    course = make_course("canaries", access=Course.Access.OPEN)
    body = "\n\n".join(f"Some prose.\n\n::: question asked-{name}\n:::" for name in _slugs())
    lesson = make_lesson(course, "lesson", body=body)
    questions = [
        make_question(
            course,
            name,
            slug=f"asked-{name.replace('_', '-')}",
            lesson=lesson,
            stem="What is it?",
            payload=payload,
            explanation=f"Because of the {WORD}.",
        )
        for name, payload in PAYLOADS.items()
    ]
    make_quiz(course, questions, slug="quiz", lesson=lesson)
    return course


@pytest.fixture
def learner(course: Course) -> User:
    learner = make_user("learner@example.org")
    enrol_as(learner, course)
    place = day_position(study_day(learner, clock.now()))
    for rank, question in enumerate(course.questions.order_by("position", "id")):
        make_card(learner, question, queue_position=place + rank)
    return learner


def _slugs() -> list[str]:
    return [name.replace("_", "-") for name in PAYLOADS]


def crawl(client: Client, start: list[str]) -> dict[str, Any]:
    """Follow every link on the site from `start`; return the answers by path."""
    seen: dict[str, Any] = {}
    ahead = list(start)
    while ahead and len(seen) < MOST_PAGES:
        path = ahead.pop(0).partition("#")[0]
        if path in seen or not path.startswith("/") or path.startswith(("//", "/static/")):
            continue
        response = client.get(path)
        if response.streaming:
            response.content = b"".join(response.streaming_content)
        seen[path] = response
        if "html" in response.headers.get("Content-Type", ""):
            ahead += re.findall(r'(?:href|src|action)="([^"]*)"', response.content.decode())
        elif response.status_code in (301, 302):
            ahead.append(response.url)
    return seen


def meets(response: Any) -> list[str]:
    """Return the canaries in an answer: body, headers, cookies."""
    said = response.content.decode("utf-8", "replace")
    said += "".join(f"{name}: {value}\n" for name, value in response.headers.items())
    said += str(response.cookies)
    return [canary for canary in CANARIES if canary in said]


def endpoints(course: Course, quiz_id: object) -> list[str]:
    base = f"/api/v1/courses/{course.slug}"
    return [
        "/api/v1/courses", base, f"{base}/lessons", f"{base}/lessons/lesson", f"{base}/claims",
        f"{base}/quizzes", "/api/v1/me", "/api/v1/plans", "/api/v1/reviews/next?limit=10",
        f"/api/v1/reviews/next?limit=10&course={course.slug}",
    ]  # fmt: skip


def test_a_student_meets_no_answer_before_answering(client: Client, learner: User, course: Course):
    client.force_login(learner)
    # Its card is turned without a round trip, as those are that one rates oneself.
    learner.cards.filter(question__slug="asked-open-answer").delete()
    quiz = course.quizzes.get()
    attempt = client.post(f"/api/v1/quizzes/{quiz.pk}/attempts")
    started = attempt.json()["id"]
    start = ["/", "/review/", "/progress/", f"/attempts/{started}/", *endpoints(course, quiz.pk)]
    start += [f"/api/v1/attempts/{started}", f"/api/v1/attempts/{started}/result"]

    seen = crawl(client, start)

    assert f"/courses/{course.slug}/lessons/lesson/" in seen
    assert f"/courses/{course.slug}/quizzes/quiz/" in seen
    assert {path: meets(answer) for path, answer in seen.items() if meets(answer)} == {}
    assert meets(attempt) == []
    assert [path for path, answer in seen.items() if answer.status_code >= 500] == []


def test_a_stranger_meets_no_answer(client: Client, learner: User, course: Course):
    seen = crawl(client, ["/", *endpoints(course, course.quizzes.get().pk)])

    assert f"/courses/{course.slug}/lessons/lesson/" in seen
    assert {path: meets(answer) for path, answer in seen.items() if meets(answer)} == {}


# --- A graded quiz, whose answers are closed -------------------------------------------------
def graded(course: Course, **settings: Any) -> Quiz:
    rules = QuizSettings(kind="graded", hint_cost=0.1, closes_at=clock.now() + HOUR, **settings)
    questions = course.questions.order_by("position", "id")
    return make_quiz(
        course, list(questions), slug="exam", title="Exam", settings=rules, now=clock.now()
    )


def everywhere(client: Client, course: Course, quiz: Quiz, attempt: Attempt) -> dict[str, Any]:
    """Look at every page and reply there is, with everything about the attempt at the quiz."""
    base = f"/api/v1/attempts/{attempt.pk}"
    start = ["/", "/review/", "/progress/", "/progress/cards/", *endpoints(course, quiz.pk)]
    start += [f"/courses/{course.slug}/quizzes/{quiz.slug}/", f"/attempts/{attempt.pk}/"]
    start += [f"/attempts/{attempt.pk}/?hand-in=1", f"/attempts/{attempt.pk}/results/"]
    start += [base, f"{base}/result"]
    for question in course.questions.all():
        start.append(f"/attempts/{attempt.pk}/?question={question.pk}")
        start.append(f"/attempts/{attempt.pk}/?answered={question.pk}")
        start.append(f"/progress/cards/{question.pk}/")
    return crawl(client, start)


def told_by(seen: dict[str, Any]) -> dict[str, list[str]]:
    return {path: meets(answer) for path, answer in seen.items() if meets(answer)}


@pytest.mark.parametrize("answered_before", [False, True])
def test_a_graded_quiz_keeps_its_answers_until_it_is_closed(
    client: Client, learner: User, course: Course, moved_clock: Any, answered_before: bool
):
    client.force_login(learner)
    practice = course.quizzes.get()
    if answered_before:  # in practice, in a lesson, as a card: what was seen is closed again
        _answer_practice(learner, practice)
    quiz = graded(course)
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=clock.now())
    before = everywhere(client, course, quiz, attempt)
    replies = []
    for question in course.questions.select_related("current"):
        assert question.current is not None
        # What is saved is told to its giver: it would be met for the key of its question.
        named_alike = question.current.type in ("true_false", "matching")
        answer = {} if named_alike else _wrong_answer(question)
        sent = {"question": str(question.pk), "answer": answer}
        for path in ("saved", "answers"):
            body = sent | {"answered_at": clock.now().isoformat()}
            replies.append(_post(client, f"/api/v1/attempts/{attempt.pk}/{path}", body))
        body = sent | {"answer": _wrong_answer(question, reviewed=True)}
        body |= {"answered_at": clock.now().isoformat()}
        replies.append(_post(client, "/api/v1/reviews/answer", body))
    during = everywhere(client, course, quiz, attempt)
    replies.append(_post(client, f"/api/v1/attempts/{attempt.pk}/submit", {}))
    after = everywhere(client, course, quiz, attempt)

    assert (told_by(before), told_by(during), told_by(after)) == ({}, {}, {})
    assert [meets(reply) for reply in replies if meets(reply)] == []
    assert all(reply.status_code < 500 for reply in replies)
    # The control: once it is closed, all of it is told.
    moved_clock.move(hours=2)
    outbox.run_due("release_questions", now=clock.now())
    assert WORD in client.get(f"/attempts/{attempt.pk}/results/").content.decode()


def _post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(
        path, body, content_type="application/json", headers={"Idempotency-Key": str(new_id())}
    )


def _answer_practice(learner: User, quiz: Quiz) -> None:
    now = clock.now()
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=now)
    for question in Question.objects.filter(slots__quiz=quiz).select_related("current"):
        answer_in_attempt(
            learner=learner, response_id=new_id(), attempt_id=attempt.pk,
            question_id=question.pk, raw_answer=_wrong_answer(question), answered_at=now, now=now,
        )  # fmt: skip
    submit_attempt(learner=learner, attempt_id=attempt.pk, now=now)


def test_a_checked_answer_tells_what_may_be_told_during_the_attempt(
    client: Client, learner: User, course: Course
):
    client.force_login(learner)
    quiz = graded(course, review={"during": ["score"]})
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=clock.now())
    question = Question.objects.get(slug="asked-short-text")
    body = {
        "question": str(question.pk),
        "answer": {"text": "no"},
        "answered_at": clock.now().isoformat(),
    }
    headers = {"Idempotency-Key": str(new_id())}

    replies = [
        client.post(
            f"/api/v1/attempts/{attempt.pk}/answers",
            body,
            content_type="application/json",
            headers=headers,
        )
        for _twice in range(2)
    ]

    assert [reply.json()["verdict"] for reply in replies] == ["wrong", "wrong"]
    assert [meets(reply) for reply in replies] == [[], []]
    assert told_by(everywhere(client, course, quiz, attempt)) == {}


def test_what_was_answered_before_is_not_told_again_while_a_quiz_reserves_it(
    client: Client, learner: User, course: Course
):
    client.force_login(learner)
    question = Question.objects.get(slug="asked-short-text")
    body = {
        "question": str(question.pk),
        "answer": {"text": "no"},
        "answered_at": clock.now().isoformat(),
    }
    lesson = course.lessons.get()
    sent = [
        (path, {"Idempotency-Key": str(new_id())})
        for path in ("/api/v1/reviews/answer", f"/api/v1/lessons/{lesson.pk}/answers")
    ]

    def send() -> list[list[str]]:
        return [
            meets(client.post(path, body, content_type="application/json", headers=headers))
            for path, headers in sent
        ]

    assert all(send())  # the control: it is told the first time
    graded(course)

    assert send() == [[], []]


def test_a_first_try_tells_no_more_than_that_it_was_not_right(
    client: Client, learner: User, course: Course
):
    client.force_login(learner)
    quiz = graded(course, second_try_cost=0.2, review={"during": ["score", "answers"]})
    attempt = start_attempt(learner=learner, quiz_id=quiz.pk, now=clock.now())
    question = Question.objects.get(slug="asked-short-text")

    reply = _post(
        client,
        f"/api/v1/attempts/{attempt.pk}/answers",
        {
            "question": str(question.pk),
            "answer": {"text": "no"},
            "answered_at": clock.now().isoformat(),
        },
    )

    assert reply.json()["again"] is True
    assert meets(reply) == []
    assert told_by(everywhere(client, course, quiz, attempt)) == {}


def test_the_shared_cache_holds_no_answer(client: Client, learner: User, course: Course):
    client.force_login(learner)
    crawl(client, ["/", "/review/", *endpoints(course, course.quizzes.get().pk)])

    server = cache._cache.get_client(None, write=False)
    prefix = settings.CACHES["default"]["KEY_PREFIX"]
    held = {key: server.get(key) for key in server.scan_iter(f"{prefix}*")}
    read = {key: repr(cache._cache._serializer.loads(raw)) for key, raw in held.items() if raw}

    told = [key for key, value in read.items() if WORD in value or NUMBER in value]
    assert read
    assert told == []


@pytest.mark.parametrize("slug", _slugs())
def test_the_canary_is_met_once_the_question_is_answered(
    client: Client, learner: User, course: Course, slug: str
):
    """The control: the crawl above would have seen it."""
    client.force_login(learner)
    question = Question.objects.get(slug=f"asked-{slug}")
    answer = _wrong_answer(question, reviewed=True)

    reply = client.post(
        "/api/v1/reviews/answer",
        {"question": str(question.pk), "answer": answer, "answered_at": clock.now().isoformat()},
        content_type="application/json",
        headers={"Idempotency-Key": str(new_id())},
    )

    assert reply.status_code == 200
    assert WORD in reply.content.decode()


def _wrong_answer(question: Question, *, reviewed: bool = False) -> dict[str, Any]:
    version = question.current
    assert version is not None
    typed: dict[str, Any] = {  # without anything of the key
        "numeric": {"value": "1"},
        "short_text": {"text": "no"},
        "cloze": {"gaps": {"what": "no"}},
        "date": {"date": "1900-01-01"},
        "open_answer": {"rating": 1} if reviewed else {"text": "no"},
    }
    if version.type in typed:
        return typed[version.type]
    likely = likely_answers(version.type, version.payload, Random(1))
    kind = get_type(version.type)
    return next(one for one in likely if kind.mark(version.payload, one).credit < 1)


def test_a_guest_meets_the_key_of_what_they_answered_and_no_other(client: Client, course: Course):
    lesson = f"/courses/{course.slug}/lessons/lesson/"
    question = Question.objects.get(slug="asked-numeric")
    form = {"question": question.pk, "response": new_id(), "value": "1"}

    shown = client.post(f"{lesson}answer/", form, follow=True)
    later = crawl(client, ["/", lesson])

    told = shown.content.decode()
    assert "7,318,264,905" in told or NUMBER in told
    assert DATE not in told
    assert "of the right option" not in told
    assert "alias" not in told
    assert {path: meets(answer) for path, answer in later.items() if meets(answer)} == {}
