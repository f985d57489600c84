"""What everybody's attempts at a quiz come to, for those who may see how learners stand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.scoring import final_score, passes
from courses.assessment.models import Attempt, Quiz, Response
from courses.assessment.selectors.marking_queue import by_hand_types
from courses.enrollment.models import Enrollment


@dataclass(frozen=True, slots=True)
class GradedAttempt:
    """An attempt in the table: `score` is in [0, 1], None without one.

    `waiting` counts its answers that a person has yet to mark; an open attempt has none.
    """

    id: UUID
    started_at: datetime
    submitted_at: datetime | None
    deadline_at: datetime | None
    score: float | None
    waiting: int


@dataclass
class GradeRow:
    """A learner's attempts at a quiz, the first one first; previews are none."""

    quiz: Quiz
    learner: User
    attempts: list[GradedAttempt] = field(default_factory=list)

    @cached_property
    def handed_in(self) -> list[GradedAttempt]:
        return [one for one in self.attempts if one.submitted_at is not None]

    @cached_property
    def grade(self) -> float | None:
        """What the attempts come to, in [0, 1], by the quiz's own method; None without a score."""
        return final_score([one.score for one in self.handed_in], self.quiz.grading)

    @property
    def waiting(self) -> int:
        """How many answers a person has yet to mark."""
        return sum(one.waiting for one in self.handed_in)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark is reached; None without one, or without a grade."""
        if self.quiz.pass_mark is None or self.grade is None:
            return None
        return passes(self.grade, self.quiz.pass_mark)


def grades_of(quiz: Quiz) -> list[GradeRow]:
    """Return the course's students and whoever else made an attempt, by name; three queries."""
    students = Enrollment.objects.current().filter(
        course=quiz.course_id, role=Enrollment.Role.STUDENT
    )
    rows: dict[UUID, GradeRow] = {}
    for enrolment in students.select_related("user").order_by():
        rows.setdefault(enrolment.user_id, GradeRow(quiz, enrolment.user))
    made = Attempt.objects.filter(quiz=quiz, preview=False).select_related("learner")
    waiting = _waiting(quiz)
    for one in made.order_by("number", "id"):
        row = rows.setdefault(one.learner_id, GradeRow(quiz, one.learner))
        row.attempts.append(_graded(one, waiting[one.pk]))
    return sorted(rows.values(), key=lambda row: (str(row.learner).casefold(), row.learner.pk))


def _waiting(quiz: Quiz) -> Counter[UUID | None]:
    """Return how many answers of an attempt a person has yet to mark, by attempt."""
    unmarked = Response.objects.filter(
        attempt__quiz=quiz, credit=None, version__type__in=by_hand_types()
    )
    return Counter(unmarked.order_by().values_list("attempt_id", flat=True))


def _graded(attempt: Attempt, waiting: int) -> GradedAttempt:
    return GradedAttempt(
        attempt.pk,
        attempt.started_at,
        attempt.submitted_at,
        attempt.deadline_at,
        attempt.score,
        waiting if attempt.submitted_at else 0,
    )
