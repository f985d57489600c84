"""Granting one learner other rules than everybody's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.accounts.models import User
from courses.assessment.models import Accommodation, Quiz
from courses.assessment.services.deadlines import refresh_deadlines
from courses.assessment.services.reserving import lock_course, refresh_reservations
from courses.common.errors import DomainError, NotFound
from courses.enrollment.models import Course, Enrollment
from courses.enrollment.selectors import require

LARGEST_FACTOR = 10.0
MOST_EXTRA = 50


class AccommodationInvalid(DomainError):
    """What is granted is out of bounds, or grants nothing."""

    code = "accommodation_invalid"
    status = 422
    message = _("Grant more time, other dates or further attempts, within sensible bounds.")


@dataclass(frozen=True, slots=True)
class Granted:
    """What is granted: a time factor in [1, 10], dates that replace the quiz's, attempts on top."""

    time_factor: float | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    extra_attempts: int | None = None

    def is_sound(self) -> bool:
        factor, extra = self.time_factor, self.extra_attempts
        if factor is not None and not 1 <= factor <= LARGEST_FACTOR:
            return False
        if extra is not None and not 0 <= extra <= MOST_EXTRA:
            return False
        return not (self.opens_at and self.closes_at and self.closes_at <= self.opens_at)


@transaction.atomic
def grant_accommodation(
    *,
    actor: User,
    course: Course,
    learner_id: UUID,
    quiz: Quiz | None,
    granted: Granted,
    now: datetime,
) -> Accommodation:
    """Grant a learner of the course what `granted` says, in one quiz or in all; replaces before.

    Open attempts get their new deadline at once. Raises PermissionRefused, NotFound for who
    takes no part in the course, AccommodationInvalid.
    """
    _refuse(actor, course, learner_id)
    taking_part = Enrollment.objects.current().filter(course=course, user_id=learner_id)
    if not taking_part.exists() or (quiz is not None and quiz.course_id != course.pk):
        raise NotFound
    if not granted.is_sound():
        raise AccommodationInvalid
    found, _created = Accommodation.objects.update_or_create(
        course=course,
        quiz=quiz,
        learner_id=learner_id,
        defaults={
            "time_factor": granted.time_factor,
            "opens_at": granted.opens_at,
            "closes_at": granted.closes_at,
            "extra_attempts": granted.extra_attempts,
        },
    )
    _carry_through(course, quiz, learner_id, now)
    return found


@transaction.atomic
def withdraw_accommodation(
    *, actor: User, course: Course, accommodation_id: UUID, now: datetime
) -> None:
    """Take back what was granted; twice is once. Raises PermissionRefused."""
    found = Accommodation.objects.filter(pk=accommodation_id, course=course).first()
    _refuse(actor, course, found.learner_id if found else None)
    if found is None:
        return
    quiz, learner_id = found.quiz, found.learner_id
    found.delete()
    _carry_through(course, quiz, learner_id, now)


def _refuse(actor: User, course: Course, learner_id: UUID | None) -> None:
    """Raise PermissionRefused for who may not do this, or not for themselves; lock the course."""
    require(actor, "learners.accommodate", course)
    if learner_id == actor.pk:
        require(actor, "grades.change", course)
    lock_course(course)


def _carry_through(course: Course, quiz: Quiz | None, learner_id: UUID, now: datetime) -> None:
    touched = (
        Quiz.objects.filter(course=course) if quiz is None else Quiz.objects.filter(pk=quiz.pk)
    )
    # Who begins an attempt just now waits, and begins by the new rules.
    for one in touched.select_for_update(no_key=True).order_by("pk"):
        refresh_deadlines(one, now=now, learner_id=learner_id)
    refresh_reservations(course, now=now)
