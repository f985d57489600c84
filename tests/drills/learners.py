"""Run on a served site's own data: makes learners with cards, and counts what was kept.

python -m tests.drills.learners make --learners 16 --questions 40 > learners.json
python -m tests.drills.learners count < acknowledged.json
"""

import argparse
import json
import sys
from collections import Counter
from itertools import cycle, islice
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - models need what comes before
from django.test import Client  # noqa: E402

from courses.common import clock  # noqa: E402
from courses.enrollment.domain import roles  # noqa: E402
from courses.enrollment.models import Course, Section  # noqa: E402
from courses.enrollment.services import enrol  # noqa: E402
from courses.flashcards.models import Card, ReviewLog  # noqa: E402
from courses.flashcards.services import verify_memory  # noqa: E402
from tests.factories.accounts import make_user  # noqa: E402
from tests.factories.assessment import RIGHT, WRONG, make_question  # noqa: E402
from tests.factories.flashcards import make_card  # noqa: E402


def make(learners: int, questions: int) -> dict[str, Any]:
    """Make a course, its questions of every type, and learners who each have all the cards."""
    course = Course.objects.create(
        slug="drill",
        title="A course to be killed in",
        access=Course.Access.OPEN,
        status=Course.Status.PUBLISHED,
    )
    section = Section.objects.create(course=course, name="Drill")
    asked = [make_question(course, kind) for kind in islice(cycle(RIGHT), questions)]
    people = []
    for number in range(learners):
        learner = make_user(email=f"drill-{number}@quizsite.example")
        enrol(learner, course, roles.STUDENT, section, now=clock.now())
        for question in asked:
            make_card(learner, question)
        browser = Client()
        browser.force_login(learner)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        people.append({"id": str(learner.pk), "session": session})
    return {
        "learners": people,
        "questions": [
            {"id": str(one.pk), "right": RIGHT[kind], "wrong": WRONG[kind]}
            for one, kind in zip(asked, map(_reviewed_as, cycle(RIGHT)), strict=False)
        ],
    }


def _reviewed_as(kind: str) -> str:
    """Return the type as which a question is reviewed: nobody marks what is only reviewed."""
    return "flashcard" if kind == "open_answer" else kind


def count(acknowledged: list[dict[str, str]]) -> dict[str, int]:
    """Compare what was acknowledged with what is in the log and on the cards."""
    kept = Counter(
        (str(learner), str(question), str(review))
        for learner, question, review in ReviewLog.objects.filter(
            kind=ReviewLog.Kind.ANSWER
        ).values_list("learner_id", "question_id", "id")
    )
    expected = Counter((one["learner"], one["question"], one["review"]) for one in acknowledged)
    reviews = Counter(review for _learner, _question, review in kept.elements())
    return {
        "acknowledged": len(acknowledged),
        "kept": kept.total(),
        "lost": (expected - kept).total(),
        "twice": sum(times - 1 for times in reviews.values()),
        "never_sent": len(set(kept) - set(expected)),
        "cards": Card.objects.count(),
        "cards_off_their_log": sum(1 for _ in verify_memory()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("--learners", type=int, default=16)
    making.add_argument("--questions", type=int, default=40)
    commands.add_parser("count")
    options = parser.parse_args()
    if options.command == "make":
        result: dict[str, Any] = make(options.learners, options.questions)
    else:
        result = dict(count(json.load(sys.stdin)))
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
