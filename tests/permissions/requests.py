"""How each route of the matrix is asked: its path, and what a POST carries."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from courses.assessment.services.editing import place_of_question
from courses.common import clock
from courses.common.ids import new_id
from courses.flashcards.services import stop_token
from courses.web.quiz_editing import digest_of, rows_of
from tests.factories.assessment import RIGHT
from tests.permissions.world import Place, World, ids_of

ANSWER = RIGHT["single_choice"]


def place_of(world: World, where: str) -> Place:
    """Return the course that `where` speaks of; drafts are the own course's."""
    return world.places["own" if where in ("-", "draft") else where]


def path_of(world: World, route: str, where: str) -> str:
    """Return the path of a route, about the things of `where`."""
    place = place_of(world, where)
    lesson = place.draft if where == "draft" else place.lesson
    attempt = place.attempt.pk if place.attempt else new_id()
    token = place.token.pk if place.token else new_id()
    person = place.student.pk if place.student else new_id()
    slug = place.course.slug
    kwargs: dict[str, dict[str, Any]] = {
        "web:course": {"slug": slug},
        "web:join": {"slug": slug},
        "web:leave": {"slug": slug},
        "web:lesson": {"slug": slug, "lesson_slug": lesson.slug},
        "web:lesson-answer": {"slug": slug, "lesson_slug": lesson.slug},
        "web:lesson-finish": {"slug": slug, "lesson_slug": lesson.slug},
        "web:class": {"slug": slug},
        "web:class-student": {"slug": slug, "person_id": person},
        "web:timeline": {"slug": slug},
        "web:glossary": {"slug": slug},
        "web:claim": {"slug": slug, "key": "JR-001"},
        "web:media": {"slug": slug, "name": "map.svg"},
        "web:quiz": {"slug": slug, "quiz_slug": place.quiz.slug},
        "web:quiz-preview": {"slug": slug, "quiz_slug": place.quiz.slug},
        "web:lesson-figures": {"slug": slug},
        "web:quiz-figures": {"slug": slug, "quiz_slug": place.quiz.slug},
        "web:quiz-grades": {"slug": slug, "quiz_slug": place.quiz.slug},
        "web:attempt-seen": {
            "slug": slug,
            "quiz_slug": place.quiz.slug,
            "attempt_id": place.submitted.pk if place.submitted else new_id(),
        },
        "web:regrades": {"slug": slug},
        "web:regrade-new": {"slug": slug},
        "web:regrade": {"slug": slug, "regrade_id": place.regrade},
        "web:regrade-apply": {"slug": slug, "regrade_id": place.regrade},
        "web:regrade-undo": {"slug": slug, "regrade_id": place.applied_regrade},
        "web:marking": {"slug": slug},
        "web:marking-answer": {
            "slug": slug,
            "learner_id": place.student.pk if place.student else new_id(),
            "response_id": place.essay.id if place.essay else new_id(),
        },
        "web:questions": {"slug": slug},
        "web:question-new": {"slug": slug},
        "web:question-check": {"slug": slug},
        "web:question": {"slug": slug, "question_slug": place.question.slug},
        "web:quiz-new": {"slug": slug},
        "web:quiz-edit": {"slug": slug, "quiz_slug": place.quiz.slug},
        "web:quiz-people": {"slug": slug, "quiz_slug": place.quiz.slug},
        "web:attempt": {"attempt_id": attempt},
        "web:attempt-hint": {"attempt_id": attempt},
        "web:results": {"attempt_id": attempt},
        "web:card": {"question_id": place.question.pk},
        "web:stop-reminders": {"token": stop_token(world.people["student"])},
        "api:course": {"slug": slug},
        "api:lessons": {"slug": slug},
        "api:lesson": {"slug": slug, "lesson": lesson.slug},
        "api:claims": {"slug": slug},
        "api:claim": {"slug": slug, "key": "JR-001"},
        "api:quizzes": {"slug": slug},
        "api:lesson-answer": {"lesson_id": lesson.pk},
        "api:attempt-start": {"quiz_id": place.quiz.pk},
        "api:attempt": {"attempt_id": attempt},
        "api:attempt-answer": {"attempt_id": attempt},
        "api:attempt-save": {"attempt_id": attempt},
        "api:attempt-next": {"attempt_id": attempt},
        "api:attempt-hint": {"attempt_id": attempt},
        "api:attempt-submit": {"attempt_id": attempt},
        "api:attempt-result": {"attempt_id": attempt},
        "api:token": {"token_id": token},
        "api:token-revoke": {"token_id": token},
        "api:unknown": {"path": "nothing/of/this/name"},
        "account_confirm_email": {"key": "no-such-key"},
        "account_reset_password_from_key": {"uidb36": "0", "key": "no-such-key"},
        "admin:app_list": {"app_label": "accounts"},
        "admin:view_on_site": {"content_type_id": 1, "object_id": "0"},
        "admin:auth_user_password_change": {"id": world.people["student"].pk},
    }
    if route.endswith(("_change", "_delete", "_history")) and route.startswith("admin:"):
        model = route.removeprefix("admin:").rpartition("_")[0]
        if model in ids_of(world):
            return reverse(route, args=[ids_of(world)[model]])
    if route == "web:regrade-new":
        return f"{reverse(route, args=[slug])}?question={place.question.pk}"
    return reverse(route, kwargs=kwargs.get(route)) + QUERIES.get(route, "")


# An autocomplete is asked for by a field of another model's form.
QUERIES = {
    "admin:autocomplete": "?app_label=enrollment&model_name=enrollment&field_name=user",
}


def body_of(world: World, route: str, where: str) -> Any:
    """Return what a POST carries so that it succeeds for whoever may send it."""
    place = place_of(world, where)
    make: Callable[[Place], Any] | None = BODIES.get(route)
    return make(place) if make else None


def _form_answer(place: Place) -> dict[str, Any]:
    return {"question": place.question.pk, "response": new_id(), **ANSWER}


def _json_answer(place: Place) -> dict[str, Any]:
    return {
        "question": str(place.question.pk),
        "answer": ANSWER,
        "answered_at": clock.now().isoformat(),
    }


def _named(place: Place) -> dict[str, Any]:
    return {"question": str(place.question.pk)}


def _preferences(place: Place) -> dict[str, Any]:
    return {
        "display_name": "A name",
        "language": "en",
        "time_zone": "Asia/Tokyo",
        "rollover_hour": 4,
        "minutes_per_day": 15,
        "new_per_day": 10,
        "reviews_per_day": 200,
        "reminder_hour": "",
    }


def _question(place: Place) -> dict[str, Any]:
    """Return what the form of a question sends, for a new one and for the one that is there."""
    return {
        "type": "single_choice",
        "slug": "written-here",
        "stem": "Which of the two?",
        "payload": "options:\n  - text: One\n    correct: true\n  - text: The other\n",
        "status": "draft",
        "version": 1,
        "place": place_of_question(place.question),
        "silenced-TOTAL_FORMS": 0,
        "silenced-INITIAL_FORMS": 0,
    }


def _quiz(place: Place) -> dict[str, Any]:
    return {
        "slug": "set-up-here",
        "title": "A quiz",
        "status": "draft",
        "kind": "practice",
        "grading": "best",
        "navigation": "free",
        "seen": digest_of(place.quiz, rows_of(place.quiz)),
        "slots-TOTAL_FORMS": 0,
        "slots-INITIAL_FORMS": 0,
    }


def _granted(place: Place) -> dict[str, Any]:
    person = place.student.pk if place.student else new_id()
    return {"person": person, "scope": "quiz", "time_factor": "1.5"}


BODIES: dict[str, Callable[[Place], Any]] = {
    "web:delete-account": lambda place: {"password": "not the right one", "sure": "on"},
    "web:appearance": lambda place: {"theme": "dark"},
    "web:language": lambda place: {"language": "en"},
    "web:lesson-answer": _form_answer,
    "web:question-new": lambda place: _question(place) | {"version": 0, "place": ""},
    "web:question-check": _question,
    "web:question": _question,
    "web:quiz-new": lambda place: _quiz(place) | {"seen": ""},
    "web:quiz-edit": _quiz,
    "web:quiz-people": _granted,
    "web:attempt": _form_answer,
    "web:regrade-new": _named,
    "web:marking-answer": lambda place: {"level-0": 1, "level-1": 1},
    "web:attempt-hint": lambda place: _named(place) | {"number": 1},
    "web:review": _form_answer,
    "web:review-bury": _named,
    "web:review-suspend": _named,
    "web:review-unsuspend": _named,
    "web:preferences": _preferences,
    "api:review-answer": _json_answer,
    "api:review-batch": lambda place: {"answers": []},
    "api:review-bury": _named,
    "api:review-unbury": _named,
    "api:review-suspend": _named,
    "api:review-unsuspend": _named,
    "api:lesson-answer": _json_answer,
    "api:attempt-answer": _json_answer,
    "api:attempt-save": lambda place: _named(place) | {"answer": ANSWER},
    "api:attempt-next": lambda place: {"number": 1},
    "api:attempt-hint": _named,
    "api:token-list": lambda place: {"name": "a program", "scopes": ["read"]},
    "api:tokens": lambda place: {"name": "a program", "scopes": ["read"], "days": 30},
}
