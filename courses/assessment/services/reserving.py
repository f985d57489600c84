"""Reserving the questions of graded quizzes: asked nowhere else until their answers open.

`Question.reserved` is what every other place looks at, so that the hot paths compare no
dates. It is computed anew whenever a quiz, its pools or its dates change, and by a job at the
moment at which answers open.
"""

from datetime import datetime
from uuid import UUID

from courses.assessment.models import Question, Quiz, QuizSlot
from courses.assessment.selectors.reservations import (
    asked_by,
    asked_in_open_attempts,
    reserving_quizzes,
)
from courses.assessment.selectors.sittings import reserves_until
from courses.assessment.signals import questions_reserved
from courses.common import outbox
from courses.enrollment.models import Course

RELEASE = "release_questions"


def refresh_reservations(course: Course, *, now: datetime, anew: Quiz | None = None) -> None:
    """Make `reserved` of the course's questions what its graded quizzes ask for at `now`.

    `anew` is a quiz that begins to reserve, or asks for more: whoever was shown the answers of
    its questions elsewhere is asked them no more. Call it inside the transaction of its cause,
    with the course locked before anything else of it (`lock_course`).
    """
    lock_course(course)
    reserving = reserving_quizzes(course.pk, now=now)
    for quiz in reserving:
        until = reserves_until(quiz)
        if until is not None:
            slot = f"{quiz.pk}:{until.isoformat()}"
            payload = {"course": str(course.pk)}
            outbox.enqueue(RELEASE, slot, due_at=until, now=now, payload=payload)
    wanted = asked_by(course.pk, [quiz.pk for quiz in reserving])
    fresh = asked_by(course.pk, [anew.pk]) & wanted if anew is not None else set()
    _write(course, wanted | asked_in_open_attempts(course.pk), fresh)


def lock_course(course: Course) -> None:
    """Have others who change what the course reserves wait until the end of the transaction."""
    Course.objects.select_for_update(no_key=True).only("pk").get(pk=course.pk)


def refresh_pools(course: Course, *, now: datetime) -> None:
    """Look again at what is reserved, where a graded quiz draws from pools; one query if none."""
    pools = QuizSlot.objects.filter(
        quiz__course=course, quiz__kind=Quiz.Kind.GRADED, question__isnull=True
    )
    if pools.exists():
        refresh_reservations(course, now=now)


def _write(course: Course, wanted: set[UUID], fresh: set[UUID]) -> None:
    reserved = Question.objects.filter(course=course, reserved=True)
    before = set(reserved.values_list("pk", flat=True))
    if freed := before - wanted:
        Question.objects.filter(pk__in=freed).update(reserved=False)
    if added := wanted - before:
        Question.objects.filter(pk__in=added).update(reserved=True)
    if closed := added | fresh:
        questions_reserved.send(sender=Question, question_ids=frozenset(closed))
