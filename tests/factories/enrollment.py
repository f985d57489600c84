"""Makes courses, sections and enrolments for the tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from courses.accounts.models import User
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, Section
from courses.enrollment.services import enrol

_numbers = count(1)
ENROLLED_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def make_course(slug: str | None = None, **fields: Any) -> Course:
    """Return a saved course: published and closed unless `fields` say otherwise."""
    slug = slug or f"course-{next(_numbers)}"
    fields.setdefault("title", slug.replace("-", " ").capitalize())
    fields.setdefault("status", Course.Status.PUBLISHED)
    fields.setdefault("access", Course.Access.CLOSED)
    return Course.objects.create(slug=slug, **fields)


def make_section(course: Course, name: str = "Class A") -> Section:
    """Return the section of that name, made if need be."""
    return Section.objects.get_or_create(course=course, name=name)[0]


def enrol_as(user: User, course: Course, role: str = roles.STUDENT, **fields: Any) -> Enrollment:
    """Enrol `user`; students and assistants go to the section "Class A"."""
    section = make_section(course) if role in roles.SECTION_ROLES else None
    return enrol(user, course, role, section, now=fields.pop("now", ENROLLED_AT), **fields)
