"""Makes questions, quizzes and answers for the tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from courses.accounts.models import User
from courses.assessment.domain.shuffling import option_id
from courses.assessment.models import Attempt, Question, Quiz
from courses.assessment.services import AnswerOutcome, answer_in_lesson, save_question, save_quiz
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.enrollment.models import Course

_numbers = count(1)
ASKED_AT = datetime(2026, 11, 10, 9, tzinfo=UTC)

# A valid payload of every type, each with a right and a wrong raw answer.
PAYLOADS: dict[str, dict[str, Any]] = {
    "single_choice": {
        "options": [
            {"text": "Tokyo", "correct": True, "feedback": "Since 1868."},
            {"text": "Kyoto", "feedback": "Until 1868."},
            {"text": "Osaka"},
        ]
    },
    "numeric": {"value": 5.5, "tolerance": {"absolute": 0.1}, "unit": "billion USD"},
    "short_text": {"answers": ["Kishida Fumio", "Fumio Kishida", "岸田文雄"]},
    "ordering": {
        "items": [
            {"text": "The annexation of Crimea", "date": "2014-03"},
            {"text": "The Singapore summit", "date": "2018-11"},
            {"text": "The invasion", "date": "2022-02-24"},
            {"text": "The price cap", "date": "2022-12-05"},
        ]
    },
    "flashcard": {"back": "The *Kuril* islands"},
}
RIGHT: dict[str, dict[str, Any]] = {
    "single_choice": {"option": option_id("Tokyo")},
    "numeric": {"value": "5,5"},
    "short_text": {"text": "fumio kishida"},
    "ordering": {
        "order": [option_id(item["text"]) for item in PAYLOADS["ordering"]["items"]],
    },
    "flashcard": {"rating": 3},
}
WRONG: dict[str, dict[str, Any]] = {
    "single_choice": {"option": option_id("Kyoto")},
    "numeric": {"value": "7"},
    "short_text": {"text": "Abe Shinzo"},
    "ordering": {"order": RIGHT["ordering"]["order"][::-1]},
    "flashcard": {"rating": 1},
}


def make_question(
    course: Course, type_name: str = "single_choice", slug: str | None = None, **fields: Any
) -> Question:
    """Return a published question of that type, saved as an author would save it."""
    values: dict[str, Any] = {
        "stem": "What is *asked* here?",
        "payload": PAYLOADS.get(type_name, {}),
        "explanation": "Because it **is** so.",
        "now": ASKED_AT,
    }
    slug = slug or f"question-{next(_numbers)}"
    saved = save_question(course=course, slug=slug, type_name=type_name, **(values | fields))
    return saved.question


def make_quiz(
    course: Course,
    questions: Sequence[Question] | None = None,
    slug: str | None = None,
    **fields: Any,
) -> Quiz:
    """Return a published quiz of those questions, by default one single choice."""
    asked = [make_question(course)] if questions is None else questions
    slug = slug or f"quiz-{next(_numbers)}"
    fields.setdefault("title", slug.capitalize())
    return save_quiz(course=course, slug=slug, questions=asked, **fields).quiz


def make_attempt(learner: User, quiz: Quiz, **fields: Any) -> Attempt:
    """Return an open attempt with all questions of the quiz, whoever the learner is."""
    current = quiz.slots.order_by("position").values_list("question__current_id", flat=True)
    values: dict[str, Any] = {
        "number": quiz.attempts.filter(learner=learner).count() + 1,
        "seed": 7,
        "order": [str(version_id) for version_id in current],
        "started_at": ASKED_AT,
    }
    return Attempt.objects.create(learner=learner, quiz=quiz, **(values | fields))


def answer_lesson(
    learner: User, lesson: Lesson, question: Question, raw_answer: object = None, **fields: Any
) -> AnswerOutcome:
    """Answer a question in the prose, by default rightly; the learner must study the course."""
    assert question.current is not None
    values: dict[str, Any] = {
        "response_id": new_id(),
        "raw_answer": RIGHT[question.current.type] if raw_answer is None else raw_answer,
        "answered_at": ASKED_AT,
        "now": ASKED_AT,
    }
    return answer_in_lesson(
        learner=learner, lesson_id=lesson.pk, question_id=question.pk, **(values | fields)
    )
