"""A course worth calling the API about, and callers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from courses.accounts.models import User
from courses.api.models import Scope
from courses.api.tokens import create_token
from courses.assessment.models import Question
from courses.common import clock
from courses.common.ids import new_id
from courses.enrollment.models import Course
from courses.flashcards.domain.queue import day_position
from courses.flashcards.selectors.queue import study_day
from tests.factories.assessment import make_question
from tests.factories.flashcards import make_card

MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_throttles() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class Caller:
    """Calls the API as a page does (`client.force_login`) or, with `key`, as a program."""

    def __init__(self, user: User | None = None, *, key: str = "", **client: Any) -> None:
        self.client = Client(**client)
        if user is not None and not key:
            self.client.force_login(user)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers | headers)

    def post(self, path: str, body: Any = None, key: object = None, **headers: str) -> Any:
        if key is not None:
            headers["Idempotency-Key"] = str(key)
        return self.client.post(
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers=self.headers | headers,
        )

    def delete(self, path: str) -> Any:
        return self.client.delete(f"/api/v1/{path}", headers=self.headers)


@pytest.fixture
def page(student: User) -> Caller:
    """The student, with a session."""
    return Caller(student)


@pytest.fixture
def stranger_caller(db: None) -> Caller:
    return Caller()


def token_for(user: User, *scopes: str) -> str:
    return create_token(
        user=user,
        name="a program",
        scopes=scopes or tuple(Scope.values),
        expires_at=None,
        now=MADE_AT,
    )[1]


@pytest.fixture
def program(student: User) -> Caller:
    """A program of the student, with a token for everything."""
    return Caller(key=token_for(student))


@pytest.fixture
def question(course: Course) -> Question:
    return make_question(course, "single_choice")


@pytest.fixture
def card(student: User, question: Question):
    """A new card that is up now."""
    return make_card(student, question, queue_position=place_today(student))


def place_today(learner: User, rank: int = 0) -> int:
    """Return a place in the learner's plan of today."""
    return day_position(study_day(learner, clock.now()), rank)


def answer_body(asked: Question, answer: Any, **more: Any) -> dict[str, Any]:
    """Return the body of an answer given a moment ago."""
    now = clock.now()
    return {
        "question": str(asked.pk),
        "answer": answer,
        "served_at": (now - timedelta(seconds=30)).isoformat(),
        "answered_at": now.isoformat(),
        "duration_ms": 4000,
    } | more


def fresh_key() -> str:
    return str(new_id())
