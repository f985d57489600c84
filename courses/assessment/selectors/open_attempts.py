"""An attempt as every answer and autosave needs it: with quiz, course and rights, in one query."""

from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from courses.accounts.models import User
from courses.assessment.models import Attempt, Quiz
from courses.common.errors import NotFound, PermissionRefused
from courses.common.prepared import Prepared
from courses.enrollment.models import Course
from courses.enrollment.selectors import allowed_with

_ATTEMPT = [field.attname for field in Attempt._meta.concrete_fields]
_QUIZ = [field.attname for field in Quiz._meta.concrete_fields]
_COURSE = ["id", "slug", "language", "status", "access"]


def attempt_of(*, learner: User, attempt_id: UUID) -> Attempt:
    """Return the learner's own attempt, with its quiz and course; one prepared query.

    For who may go on with it now: it is of a published quiz of a course that they study, or
    a preview by who may see questions. Raises NotFound, PermissionRefused.
    """
    rows = _ROWS(attempt_id, learner.pk)
    if not rows:
        raise NotFound
    attempt = _made(rows[0])
    if attempt.quiz.status != Quiz.Status.PUBLISHED and not attempt.preview:
        raise NotFound
    held = frozenset(row[-1] for row in rows if row[-1])
    course = attempt.quiz.course
    needed = "question.preview" if attempt.preview else "course.study"
    if not allowed_with(held, needed, learner, course):
        readable = allowed_with(held, "course.read", learner, course)
        raise PermissionRefused if readable else NotFound
    return attempt


def _rows(attempt_id: UUID, learner_id: UUID) -> QuerySet[Attempt, tuple[object, ...]]:
    current = Q(
        quiz__course__enrollments__user_id=learner_id,
        quiz__course__enrollments__ended_at=None,
    )
    return (
        Attempt.objects.filter(pk=attempt_id, learner_id=learner_id)
        .alias(held=FilteredRelation("quiz__course__enrollments", condition=current))
        .order_by()
        .values_list(
            *_ATTEMPT,
            *(f"quiz__{name}" for name in _QUIZ),
            *(f"quiz__course__{name}" for name in _COURSE),
            "held__role",
        )
    )


_ROWS = Prepared(_rows)


def _made(row: tuple[object, ...]) -> Attempt:
    a, q = len(_ATTEMPT), len(_ATTEMPT) + len(_QUIZ)
    attempt = Attempt.from_db("default", _ATTEMPT, row[:a])
    attempt.quiz = Quiz.from_db("default", _QUIZ, row[a:q])
    attempt.quiz.course = Course.from_db("default", _COURSE, row[q:-1])
    return attempt
