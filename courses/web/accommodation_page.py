"""Who takes part in a course, what each is granted in a quiz, and how long open attempts last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from courses.accounts.models import User
from courses.assessment.models import Accommodation, Attempt, Quiz
from courses.assessment.selectors.sittings import rules_of
from courses.enrollment.models import Enrollment


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt that goes on: when it ends, and when it would for everybody else, if at all."""

    started_at: datetime
    ends_at: datetime | None
    otherwise: datetime | None

    @property
    def is_moved(self) -> bool:
        return self.ends_at != self.otherwise


@dataclass(slots=True)
class PersonRow:
    """One who takes part: what is granted here and in all quizzes, and what was made of it."""

    person: User
    roles: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    here: Accommodation | None = None
    everywhere: Accommodation | None = None
    attempts: int = 0
    open_attempt: OpenAttempt | None = None


def people_of(quiz: Quiz) -> list[PersonRow]:
    """Return who takes part in the course of a quiz, by name; three queries."""
    rows: dict[UUID, PersonRow] = {}
    current = Enrollment.objects.current().filter(course=quiz.course_id)
    for enrolment in current.select_related("user", "section").order_by("created_at", "id"):
        row = rows.setdefault(enrolment.user_id, PersonRow(enrolment.user))
        if enrolment.role != Enrollment.Role.STUDENT:
            row.roles.append(str(enrolment.get_role_display()))
        if enrolment.section:
            row.sections.append(enrolment.section.name)
    there = Q(quiz=quiz) | Q(quiz=None)
    for granted in Accommodation.objects.filter(there, course=quiz.course_id, learner__in=rows):
        if granted.quiz_id is None:
            rows[granted.learner_id].everywhere = granted
        else:
            rows[granted.learner_id].here = granted
    for attempt in Attempt.objects.filter(quiz=quiz, preview=False, learner__in=rows):
        row = rows[attempt.learner_id]
        row.attempts += 1
        if attempt.submitted_at is None:
            row.open_attempt = _open(quiz, attempt)
    return sorted(rows.values(), key=lambda row: (str(row.person).casefold(), row.person.pk))


def _open(quiz: Quiz, attempt: Attempt) -> OpenAttempt:
    usual = rules_of(quiz, ()).deadline(attempt.started_at)
    return OpenAttempt(attempt.started_at, attempt.deadline_at, usual)


def row_of(rows: Iterable[PersonRow], name: str) -> PersonRow | None:
    """Return the row of the person whose id an address names, None where there is none."""
    return next((row for row in rows if str(row.person.pk) == name), None)


def granted_first(rows: Sequence[PersonRow]) -> list[PersonRow]:
    """Return the rows with those first to whom something is granted."""
    return sorted(rows, key=lambda row: row.here is None and row.everywhere is None)
