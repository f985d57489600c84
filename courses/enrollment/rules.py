"""The role table as django-rules predicates: `user.has_perm("course.read", course)`."""

from functools import partial

from rules.permissions import set_perm
from rules.predicates import predicate

from courses.enrollment.domain.roles import PERMISSIONS
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person, may


def _may(permission: str, user: Person, course: Course | None = None) -> bool:
    return may(user, permission, course)


for _permission in PERMISSIONS:
    # rules reads a predicate's arity from its signature, which partial keeps.
    set_perm(_permission, predicate(partial(_may, _permission), name=_permission))
