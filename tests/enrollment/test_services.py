"""Joining and leaving courses."""

from datetime import UTC, datetime

import pytest

from courses.accounts.models import User
from courses.common.errors import NotFound
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, Section
from courses.enrollment.selectors import roles_of
from courses.enrollment.services import (
    OPEN_SECTION,
    CourseNotOpen,
    LastOwner,
    RoleNeedsSection,
    enrol,
    join_course,
    leave,
)
from courses.enrollment.signals import enrolled
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as, make_course, make_section

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def news(request: pytest.FixtureRequest) -> list[Enrollment]:
    heard: list[Enrollment] = []

    def listen(sender: type, enrollment: Enrollment, now: datetime, **_rest: object) -> None:
        heard.append(enrollment)

    enrolled.connect(listen)
    request.addfinalizer(lambda: enrolled.disconnect(listen))
    return heard


@pytest.fixture
def open_course(db: None) -> Course:
    return make_course("open-course", access=Course.Access.OPEN)


def test_joining_an_open_course_makes_a_student_of_its_open_section(
    open_course: Course, stranger: User, news: list[Enrollment]
):
    enrollment = join_course(stranger, open_course, now=NOW)

    assert (enrollment.role, enrollment.section.name) == ("student", OPEN_SECTION)
    assert enrollment.created_at == NOW
    assert news == [enrollment]


def test_joining_twice_changes_nothing(open_course: Course, stranger: User, news: list[Enrollment]):
    first = join_course(stranger, open_course, now=NOW)
    second = join_course(stranger, open_course, now=NOW)

    assert first == second
    assert len(news) == Enrollment.objects.count() == Section.objects.count() == 1


def test_a_teacher_who_joins_stays_what_they_are(open_course: Course, stranger: User):
    owning = enrol_as(stranger, open_course, roles.OWNER)

    assert join_course(stranger, open_course, now=NOW) == owning


def test_a_closed_course_cannot_be_joined(course: Course, stranger: User):
    with pytest.raises(CourseNotOpen):
        join_course(stranger, course, now=NOW)


@pytest.mark.parametrize("status", [Course.Status.DRAFT, Course.Status.ARCHIVED])
def test_an_unpublished_course_cannot_be_joined(status: str, stranger: User):
    course = make_course(access=Course.Access.OPEN, status=status)

    with pytest.raises(NotFound):
        join_course(stranger, course, now=NOW)


def test_who_left_may_join_again_and_keeps_one_enrolment(
    open_course: Course, stranger: User, news: list[Enrollment]
):
    join_course(stranger, open_course, now=NOW)
    leave(stranger, open_course, now=NOW)
    assert roles_of(stranger, open_course) == set()

    join_course(stranger, open_course, now=NOW)

    assert roles_of(stranger, open_course) == {"student"}
    assert Enrollment.objects.count() == 1
    assert len(news) == 2


def test_enrolling_again_changes_the_role(course: Course, student: User, news: list[Enrollment]):
    again = enrol(student, course, roles.ASSISTANT, make_section(course), now=NOW)

    assert again.role == "assistant"
    assert roles_of(student, course) == {"assistant"}
    assert news == []


@pytest.mark.parametrize("role", ["student", "assistant", "teacher"])
def test_a_section_role_needs_a_section(role: str, course: Course, stranger: User):
    with pytest.raises(RoleNeedsSection):
        enrol(stranger, course, role, now=NOW)


def test_a_section_of_another_course_is_refused(
    course: Course, other_course: Course, stranger: User
):
    with pytest.raises(RoleNeedsSection):
        enrol(stranger, course, roles.STUDENT, make_section(other_course), now=NOW)


def test_the_last_owner_cannot_leave_or_step_down(course: Course, owner: User):
    with pytest.raises(LastOwner):
        leave(owner, course, now=NOW)
    with pytest.raises(LastOwner):
        enrol(owner, course, roles.EDITOR, now=NOW)

    enrol_as(make_user(), course, roles.OWNER)
    leave(owner, course, now=NOW)

    assert roles_of(owner, course) == set()


def test_an_owner_may_also_study_in_a_section(course: Course, owner: User):
    enrol_as(owner, course, roles.STUDENT)

    assert roles_of(owner, course) == {"owner", "student"}
