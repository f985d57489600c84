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
    "multiple_response": {
        "options": [
            {"text": "Canada", "correct": True, "feedback": "Since 1976."},
            {"text": "Italy", "correct": True},
            {"text": "Spain", "feedback": "It comes as a guest."},
            {"text": "Norway"},
            {"text": "Poland"},
        ]
    },
    "true_false": {
        "truth": False,
        "reasons": [
            {"text": "It joined in 1956", "correct": True},
            {"text": "It never joined", "feedback": "It did."},
            {"text": "It left in 1972"},
        ],
    },
    "numeric": {"value": 5.5, "tolerance": {"absolute": 0.1}, "unit": "billion USD"},
    "short_text": {"answers": ["Kishida Fumio", "Fumio Kishida", "岸田文雄"]},
    "cloze": {
        "text": "Japan opened to trade in {year}, after a treaty signed in {town} by {who}.",
        "gaps": [
            {"name": "year", "answers": ["1854"], "options": ["1848", "1854", "1868"]},
            {"name": "town", "answers": ["Kanagawa", "Yokohama"]},
            {"name": "who", "answers": ["Matthew Perry", "Perry"], "max_edits": 1},
        ],
    },
    "ordering": {
        "items": [
            {"text": "The annexation of Crimea", "date": "2014-03"},
            {"text": "The Singapore summit", "date": "2018-11"},
            {"text": "The invasion", "date": "2022-02-24"},
            {"text": "The price cap", "date": "2022-12-05"},
        ]
    },
    "matching": {
        "pairs": [
            {"prompt": "Japan", "match": "Tokyo"},
            {"prompt": "Russia", "match": "Moscow"},
            {"prompt": "Canada", "match": "Ottawa"},
        ],
        "spare": ["Kyoto"],
    },
    "categorise": {
        "categories": ["Island", "Strait", "Sea"],
        "items": [
            {"text": "Etorofu", "category": "Island", "feedback": "The largest of the four."},
            {"text": "Tsushima", "category": "Island"},
            {"text": "La Pérouse", "category": "Strait"},
            {"text": "Okhotsk", "category": "Sea"},
        ],
    },
    "date": {"date": "2022-02-24"},
    "hotspot": {
        "map": "northeast-asia",
        "places": [
            {"text": "On the mainland coast", "at": [131.9, 43.1], "correct": True},
            {"text": "In the far north-east", "at": [158.6, 53.0], "feedback": "Too far east."},
            {"text": "On a long island", "at": [142.7, 47.0]},
        ],
    },
    "evidence": {
        "statement": "The harbour froze in that winter.",
        "items": [
            {"text": "The log notes ice at the pier.", "stance": "supports"},
            {"text": "Boats left every day.", "stance": "contradicts", "feedback": "All of them."},
            {"text": "Coal was dear.", "stance": "silent"},
        ],
    },
    "highlight": {
        "passage": [
            {"text": "The pier was built in 1872.", "feedback": "It was."},
            {"text": "Its lamp burnt oil.", "flawed": True},
            {"text": "The railway came in 1889."},
        ],
        "correction": "Its lamp burnt gas.",
    },
    "open_answer": {
        "rubric": [
            {
                "criterion": "Names what changed",
                "levels": [{"text": "Nothing", "credit": 0}, {"text": "The change", "credit": 2}],
            },
            {
                "criterion": "Gives reasons",
                "levels": [
                    {"text": "No reason", "credit": 0},
                    {"text": "One", "credit": 1},
                    {"text": "Two", "credit": 2},
                ],
            },
        ],
        "model_answer": "It changed, *because* of two things.",
    },
    "flashcard": {"back": "The *Kuril* islands"},
}
RIGHT: dict[str, dict[str, Any]] = {
    "single_choice": {"option": option_id("Tokyo")},
    "multiple_response": {"options": [option_id("Italy"), option_id("Canada")]},
    "true_false": {"truth": "false", "reason": option_id("It joined in 1956")},
    "numeric": {"value": "5,5"},
    "short_text": {"text": "fumio kishida"},
    "cloze": {"gaps": {"year": "1854", "town": "yokohama", "who": "PERRY"}},
    "ordering": {
        "order": [option_id(item["text"]) for item in PAYLOADS["ordering"]["items"]],
    },
    "matching": {
        "pairs": {
            option_id(pair["prompt"]): option_id(pair["match"])
            for pair in PAYLOADS["matching"]["pairs"]
        }
    },
    "categorise": {
        "places": {
            option_id(item["text"]): option_id(item["category"])
            for item in PAYLOADS["categorise"]["items"]
        }
    },
    "evidence": {
        "stances": {
            option_id(item["text"]): item["stance"] for item in PAYLOADS["evidence"]["items"]
        }
    },
    "date": {"date": {"year": "2022", "month": "2", "day": "24"}},
    "hotspot": {"place": option_id("On the mainland coast")},
    "highlight": {"sentence": option_id("Its lamp burnt oil.")},
    # Nobody but a person says of a written answer how right it is.
    "open_answer": {"text": "It changed.\n\nFor two reasons."},
    "flashcard": {"rating": 3},
}
WRONG: dict[str, dict[str, Any]] = {
    "single_choice": {"option": option_id("Kyoto")},
    "multiple_response": {"options": [option_id("Spain")]},
    "true_false": {"truth": "true", "reason": option_id("It joined in 1956")},
    "numeric": {"value": "7"},
    "short_text": {"text": "Abe Shinzo"},
    "cloze": {"gaps": {"year": "1868", "town": "Osaka"}},
    "ordering": {"order": RIGHT["ordering"]["order"][::-1]},
    "matching": {"pairs": {option_id("Japan"): option_id("Kyoto")}},
    "categorise": {"places": {option_id("Okhotsk"): option_id("Island")}},
    "evidence": {"stances": {option_id("Coal was dear."): "supports"}},
    "date": {"date": "24 February 2014"},
    "hotspot": {"place": option_id("In the far north-east")},
    "highlight": {"sentence": option_id("The pier was built in 1872.")},
    "open_answer": {"text": "I do not remember."},
    "flashcard": {"rating": 1},
}


def form_fields(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as the fields that a form of its question sends."""
    fields: dict[str, Any] = {}
    for key, value in answer.items():
        if key == "order":
            value = {name: place for place, name in enumerate(value, start=1)}
        if isinstance(value, dict):
            fields |= {f"{key}[{part}]": entry for part, entry in value.items()}
        else:
            fields[f"{key}[]" if isinstance(value, list) else key] = value
    return fields


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
    fields.setdefault("now", ASKED_AT)
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
