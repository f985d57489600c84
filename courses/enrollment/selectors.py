"""Who belongs to a course in which role, and what that lets them do."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from courses.accounts.models import User
from courses.common.errors import NotFound, PermissionRefused
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, is_administrator

Person: TypeAlias = User | AnonymousUser


def roles_of(user: Person, course: Course) -> frozenset[str]:
    """Return the roles that `user` holds in `course` now; one query at most.

    Nobody holds a role while suspended or by an enrolment that has ended.
    Administrators hold `administrator` beside what they are enrolled as.
    """
    held = Enrollment.objects.of(user).filter(course_id=course.pk)
    found = frozenset(held.values_list("role", flat=True))
    return found | {roles.ADMINISTRATOR} if is_administrator(user) else found


def may(user: Person, permission: str, course: Course | None) -> bool:
    """Tell whether `user` may do `permission` in `course`; one query at most.

    Raises KeyError for a permission that the role table does not know.
    """
    roles.roles_with(permission)
    if is_administrator(user):
        return True
    if course is None:
        return False
    if _allowed(permission, frozenset(), course):
        return True
    return _allowed(permission, roles_of(user, course), course)


def allowed_with(held: frozenset[str], permission: str, user: User, course: Course) -> bool:
    """Tell whether `user`, whose roles in the course are known to be `held`, may do `permission`.

    For reads that fetch the roles along; no query.
    """
    return is_administrator(user) or _allowed(permission, held, course)


def permissions_of(user: Person, course: Course) -> frozenset[str]:
    """Return all that `user` may do in `course`, for pages that ask several times."""
    held = roles_of(user, course)
    return frozenset(name for name in roles.PERMISSIONS if _allowed(name, held, course))


def require(user: Person, permission: str, course: Course) -> None:
    """Raise unless `user` may do `permission` in `course`.

    NotFound for those who may not even know that the course exists, PermissionRefused
    for the others.
    """
    allowed = permissions_of(user, course)
    if permission in allowed:
        return
    roles.roles_with(permission)
    raise PermissionRefused if "course.read" in allowed else NotFound


def owned_alone(user: User) -> list[Course]:
    """Return the courses of which `user` is the only owner, by title."""
    owners = Enrollment.objects.current().filter(role=roles.OWNER)
    mine = owners.filter(user=user).values("course")
    shared = owners.exclude(user=user).values("course")
    return list(Course.objects.filter(pk__in=mine).exclude(pk__in=shared).order_by("title", "id"))


def course_for(user: Person, slug: str) -> Course:
    """Return the course with `slug`, in one query.

    Raises NotFound if there is none, or none that `user` may know of.
    """
    course = Course.objects.visible_to(user).filter(slug=slug).first()
    if course is None:
        raise NotFound
    return course


def _allowed(permission: str, held: frozenset[str], course: Course) -> bool:
    return roles.allows(
        permission,
        held,
        published=course.status == Course.Status.PUBLISHED,
        archived=course.status == Course.Status.ARCHIVED,
        open_=course.access == Course.Access.OPEN,
    )
