"""Reserving the questions of graded quizzes: asked nowhere else until their answers open.

`Question.reserved` is what every other place looks at, so that the hot paths compare no
dates. It is computed anew whenever a quiz, its pools or its dates change, and by a job at the
moment at which answers open.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from courses.assessment.models import Question, Quiz, QuizSlot
from courses.assessment.selectors.pools import pool_members
from courses.assessment.selectors.sittings import reserves_until
from courses.assessment.signals import questions_reserved
from courses.common import outbox
from courses.enrollment.models import Course

RELEASE = "release_questions"


def refresh_reservations(course: Course, *, now: datetime) -> None:
    """Make `reserved` of the course's questions what its graded quizzes ask for at `now`.

    Call it inside the transaction of its cause.
    """
    reserving = []
    for quiz in Quiz.objects.filter(
        course=course, kind=Quiz.Kind.GRADED, status=Quiz.Status.PUBLISHED
    ):
        until = reserves_until(quiz)
        if until is None or until > now:
            reserving.append(quiz.pk)
        if until is not None and until > now:
            slot = f"{quiz.pk}:{until.isoformat()}"
            payload = {"course": str(course.pk)}
            outbox.enqueue(RELEASE, slot, due_at=until, now=now, payload=payload)
    _write(course, _asked_by(course, reserving))


def refresh_pools(course: Course, *, now: datetime) -> None:
    """Look again at what is reserved, where a graded quiz draws from pools; one query if none."""
    pools = QuizSlot.objects.filter(
        quiz__course=course, quiz__kind=Quiz.Kind.GRADED, question__isnull=True
    )
    if pools.exists():
        refresh_reservations(course, now=now)


def _asked_by(course: Course, quiz_ids: Iterable[UUID]) -> set[UUID]:
    slots = list(QuizSlot.objects.filter(quiz__in=list(quiz_ids)))
    asked = {slot.question_id for slot in slots if slot.question_id is not None}
    for slot in slots:
        if slot.question_id is None:
            asked |= set(pool_members(course.pk, slot.draw_from, slot.draw_value))
    return asked


def _write(course: Course, wanted: set[UUID]) -> None:
    reserved = Question.objects.filter(course=course, reserved=True)
    before = set(reserved.values_list("pk", flat=True))
    if freed := before - wanted:
        Question.objects.filter(pk__in=freed).update(reserved=False)
    if fresh := wanted - before:
        Question.objects.filter(pk__in=fresh).update(reserved=True)
        questions_reserved.send(sender=Question, question_ids=frozenset(fresh))
