"""Which questions graded quizzes keep for themselves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from courses.assessment.domain.types import self_rated_types
from courses.assessment.models import Attempt, Question, Quiz, QuizSlot
from courses.assessment.selectors.pools import asked_in_order
from courses.assessment.selectors.sittings import reserves_until
from courses.assessment.versions import get_versions


def reserving_quizzes(course_id: UUID, *, now: datetime) -> list[Quiz]:
    """Return the published graded quizzes of a course whose answers are closed at `now`."""
    graded = Quiz.objects.filter(
        course=course_id, kind=Quiz.Kind.GRADED, status=Quiz.Status.PUBLISHED
    )
    untils = [(quiz, reserves_until(quiz)) for quiz in graded.order_by("position", "id")]
    return [quiz for quiz, until in untils if until is None or until > now]


def asked_by(course_id: UUID, quiz_ids: Iterable[UUID]) -> set[UUID]:
    """Return the questions that these graded quizzes ask, or may draw: none one rates oneself."""
    slots = QuizSlot.objects.filter(quiz__in=list(quiz_ids))
    asked = Question.objects.filter(pk__in=asked_in_order(course_id, slots))
    graded = asked.exclude(current__type__in=self_rated_types()).order_by()
    return set(graded.values_list("pk", flat=True))


def asked_in_open_attempts(course_id: UUID) -> set[UUID]:
    """Return the questions of attempts at graded quizzes that still go on.

    They keep what they began with, whatever has become of their quiz since.
    """
    going_on = Attempt.objects.filter(
        quiz__course=course_id, quiz__kind=Quiz.Kind.GRADED, submitted_at=None, preview=False
    )
    orders = going_on.order_by().values_list("order", flat=True)
    names = {UUID(name) for order in orders for name in order}
    return {version.question_id for version in get_versions(names).values()}


def reserved_beside(quiz: Quiz, question_ids: Iterable[UUID], *, now: datetime) -> set[UUID]:
    """Return those of the questions that another graded quiz keeps closed at `now`."""
    others = [one.pk for one in reserving_quizzes(quiz.course_id, now=now) if one.pk != quiz.pk]
    return set(question_ids) & asked_by(quiz.course_id, others) if others else set()
