"""Signs the demo people of a running site in, and says where its main pages are.

Runs as `python -m tests.tour.people [--language ja]` in the environment of that site and prints one
JSON object. What the pages need and nobody has done yet, an attempt that is begun and one that
is handed in, is done here, through the services.
"""

import argparse
import json
import random
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

LESSON, CLAIM, QUESTIONS_ANSWERED = "aid-to-ukraine", "JR-025", 3


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", default="en")
    language = parser.parse_args().language
    django.setup()
    student, teacher = (_person(email, language) for email in _addresses())
    _put_first(student)
    cookies = {"student": _session(student), "teacher": _session(teacher)}
    sys.stdout.write(json.dumps({"cookies": cookies, "pages": _pages(student)}) + "\n")


def _addresses() -> tuple[str, str]:
    from courses.enrollment.demo import STUDENT_EMAIL, TEACHER_EMAIL

    return STUDENT_EMAIL, TEACHER_EMAIL


def _person(email: str, language: str) -> Any:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(email=email, is_demo=True)
    user.language, user.time_zone = language, "Asia/Tokyo"
    user.save(update_fields=["language", "time_zone"])
    return user


def _session(user: Any) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def _put_first(student: Any) -> None:
    """Have the student's reviews begin with a choice, always the same, which shows most."""
    from courses.common import clock
    from courses.flashcards.models import Card
    from courses.flashcards.services import ensure_day_plans

    ensure_day_plans(learner=student, now=clock.now())
    queued = Card.objects.filter(learner=student, queue_position__isnull=False, suspended=False)
    first = queued.order_by("queue_position").first()
    choices = queued.filter(question__current__type="single_choice")
    chosen = choices.order_by("question__slug").first()
    if first is None or chosen is None or chosen.question_id == first.question_id:
        return
    own = Card.objects.filter(learner=student)
    own.filter(question_id=first.question_id).update(queue_position=None)
    own.filter(question_id=chosen.question_id).update(queue_position=first.queue_position)
    own.filter(question_id=first.question_id).update(queue_position=chosen.queue_position)


def _pages(student: Any) -> dict[str, str]:
    """Return the paths of the main pages by their names; those that do not exist are left out."""
    from django.urls import NoReverseMatch, reverse

    from courses.flashcards.models import Card

    slug = "japan-russia-policy"
    begun, handed_in = _attempts(student)
    card = Card.objects.filter(learner=student, suspended=False).order_by("-reps", "question_id")[0]
    routes: dict[str, tuple[str, list[Any]]] = {
        "start": ("web:start", []),
        "course": ("web:course", [slug]),
        "lesson": ("web:lesson", [slug, LESSON]),
        "claim": ("web:claim", [slug, CLAIM]),
        "review": ("web:review", []),
        "quiz": ("web:attempt", [begun]),
        "results": ("web:results", [handed_in]),
        "progress": ("web:progress", []),
        "card": ("web:card", [card.question_id]),
        "glossary": ("web:glossary", [slug]),
        "timeline": ("web:timeline", [slug]),
        "class": ("web:class", [slug]),
        "sign-in": ("account_login", []),
    }
    pages = {}
    for name, (route, arguments) in routes.items():
        try:
            pages[name] = reverse(route, args=arguments)
        except NoReverseMatch:
            continue
    return pages


def _attempts(student: Any) -> tuple[Any, Any]:
    """Return an attempt of the student that is under way, and one that is handed in."""
    from courses.assessment.models import Attempt, Quiz
    from courses.assessment.services import start_attempt, submit_attempt
    from courses.common import clock

    first, second = Quiz.objects.filter(course__slug="japan-russia-policy").order_by(
        "position", "id"
    )[:2]
    mine = Attempt.objects.filter(learner=student)
    begun = mine.filter(quiz=first, submitted_at=None).first()
    if begun is None:
        begun = start_attempt(learner=student, quiz_id=first.pk, now=clock.now())
        _answer(student, begun, most=QUESTIONS_ANSWERED)
    handed_in = mine.filter(quiz=second, submitted_at__isnull=False).order_by("id").last()
    if handed_in is None:
        handed_in = start_attempt(learner=student, quiz_id=second.pk, now=clock.now())
        _answer(student, handed_in, most=None)
        submit_attempt(learner=student, attempt_id=handed_in.pk, now=clock.now())
    return begun.pk, handed_in.pk


def _answer(student: Any, attempt: Any, *, most: int | None) -> None:
    """Answer the first `most` questions; the die that chooses always falls alike."""
    from courses.assessment.services import answer_in_attempt
    from courses.assessment.versions import get_version
    from courses.common import clock
    from courses.common.ids import new_id

    rng = random.Random("tour")
    answered = {str(one) for one in attempt.responses.values_list("version_id", flat=True)}
    for version_id in attempt.order[:most]:
        if str(version_id) in answered:
            continue
        version, now = get_version(UUID(str(version_id))), clock.now()
        answer_in_attempt(
            learner=student,
            response_id=new_id(),
            attempt_id=attempt.pk,
            question_id=version.question_id,
            raw_answer=_some_answer(version, rng),
            answered_at=now - timedelta(seconds=1),
            duration_ms=9000,
            now=now,
        )


def _some_answer(version: Any, rng: random.Random) -> dict[str, Any]:
    """Return an answer: to a choice any, in figures and words a wrong one, else the right one."""
    from courses.assessment.domain.types import get_type
    from courses.assessment.presenting import question_view

    asked = question_view(version, seed=0)
    typed = {"numeric": {"value": "5"}, "short_text": {"text": "Japan"}}
    if asked["type"] == "single_choice":
        return {"option": rng.choice(asked["body"]["options"])["id"]}
    return typed.get(asked["type"]) or get_type(version.type).right_answer(version.payload)


if __name__ == "__main__":
    main()
