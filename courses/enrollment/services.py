"""Joining and leaving courses, and the site."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.accounts.services import erase_people
from courses.common.errors import DomainError, NotFound
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, Section
from courses.enrollment.signals import enrolled, left

OPEN_SECTION = "Open section"


class RoleNeedsSection(DomainError):
    """Students and assistants belong to a section; the other roles to none."""

    code = "role_needs_section"
    status = 422
    message = _("Students and assistants join a section of the course; other roles do not.")


class CourseNotOpen(DomainError):
    """Only those whom its owner enrols take part in a closed course."""

    code = "course_not_open"
    status = 403
    message = _("This course is not open. Ask its teacher to enrol you.")


class LastOwner(DomainError):
    """A course is never left without an owner."""

    code = "last_owner"
    status = 409
    message = _("You are the only owner of this course. Name another owner first.")


class LastAdministrator(DomainError):
    """The site is never left without an administrator."""

    code = "last_administrator"
    status = 409
    message = _("You are the only administrator of this site. Name another one first.")


def enrol(
    user: User, course: Course, role: str, section: Section | None = None, *, now: datetime
) -> Enrollment:
    """Give `user` the role in `course` (students and assistants: in `section`).

    Safe to repeat: there is one enrolment per section, and one course-wide; a second call
    changes its role, and one that had ended begins again. Raises RoleNeedsSection when
    role and section do not go together or the section is of another course, LastOwner
    when the course's only owner would become something else.
    """
    fits = (section is not None) == (role in roles.SECTION_ROLES)
    if role not in roles.MEMBERS or not fits:
        raise RoleNeedsSection
    if section is not None and section.course_id != course.pk:
        raise RoleNeedsSection
    with transaction.atomic():
        if section is None and role != roles.OWNER:
            _keep_an_owner(course, without=user)
        # get_or_create survives losing a race: the constraint decides, then it reads
        enrollment, begins = Enrollment.objects.get_or_create(
            user=user,
            course=course,
            section=section,
            defaults={"role": role, "created_at": now},
        )
        if not begins:
            # Of two calls at once only one finds it ended, so the news goes out once.
            ended = Enrollment.objects.filter(pk=enrollment.pk, ended_at__isnull=False)
            begins = bool(ended.update(ended_at=None))
            Enrollment.objects.filter(pk=enrollment.pk).exclude(role=role).update(role=role)
            enrollment.refresh_from_db(fields=["role", "ended_at"])
        if begins:
            enrolled.send(Enrollment, enrollment=enrollment, now=now)
    return enrollment


def join_course(user: User, course: Course, *, now: datetime) -> Enrollment:
    """Enrol `user` as a student of an open, published course, in its open section.

    Safe to repeat; whoever already takes part in any role stays as they are.
    Raises NotFound for a course that is not published, CourseNotOpen for a closed one.
    """
    present = Enrollment.objects.current().filter(user=user, course=course).first()
    if present is not None:
        return present
    if course.status != Course.Status.PUBLISHED:
        raise NotFound
    if course.access != Course.Access.OPEN:
        raise CourseNotOpen
    with transaction.atomic():
        section, _made = Section.objects.get_or_create(course=course, name=OPEN_SECTION)
        return enrol(user, course, roles.STUDENT, section, now=now)


def leave(user: User, course: Course, *, now: datetime) -> None:
    """End all that `user` is in `course`. What they learned stays with them.

    Raises LastOwner if the course would be left without an owner.
    """
    with transaction.atomic():
        lock_person(user.pk)  # before enrolments: planners read those while they hold it
        _keep_an_owner(course, without=user)
        for enrollment in Enrollment.objects.filter(user=user, course=course, ended_at=None):
            enrollment.ended_at = now
            enrollment.save(update_fields=["ended_at"])
            left.send(Enrollment, enrollment=enrollment, now=now)


def close_account(user: User, *, now: datetime) -> None:
    """Erase `user` at their own wish, with all that is theirs.

    What they wrote for courses stays with the courses, without their name. Raises LastOwner
    or LastAdministrator, and erases nothing, if somebody has to take their place first.
    """
    with transaction.atomic():
        _keep_an_administrator(without=user)
        lock_person(user.pk)
        for course in Course.objects.filter(enrollments__in=_owned(user)).order_by("id"):
            _keep_an_owner(course, without=user)
        erase_people([user], now=now)


def _owned(user: User) -> QuerySet[Enrollment]:
    return Enrollment.objects.of(user).filter(role=roles.OWNER)


def _keep_an_administrator(*, without: User) -> None:
    """Raise LastAdministrator if `without` is the only one; locks them all in one order."""
    administrators = list(
        User.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True)
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    if administrators and all(one.pk == without.pk for one in administrators):
        raise LastAdministrator


def _keep_an_owner(course: Course, *, without: User) -> None:
    """Raise LastOwner if `without` is the only owner of the course.

    Locks the owners in one order, so that two who leave at once do not both succeed.
    """
    owners = list(
        Enrollment.objects.current()
        .filter(course=course, role=roles.OWNER)
        .order_by("id")
        .select_for_update(of=("self",), no_key=True)
    )
    if owners and all(owner.user_id == without.pk for owner in owners):
        raise LastOwner
