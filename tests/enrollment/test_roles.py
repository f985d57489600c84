"""The role table, against expectations written by hand."""

import pytest

from courses.accounts.models import User
from courses.enrollment.domain import roles
from courses.enrollment.models import Course
from courses.enrollment.selectors import may, permissions_of, roles_of

# Who may do what in a published, closed course they belong to.
EXPECTED = {
    "student": {"course.read", "course.study"},
    "assistant": {
        "course.read", "course.study", "question.preview", "learners.see", "learners.mark",
        "learners.accommodate",
    },
    "reviewer": {
        "course.read", "course.study", "lesson.preview", "question.preview", "course.review",
    },
    "editor": {
        "course.read", "course.study", "lesson.preview", "question.preview", "course.review",
        "course.edit", "course.export",
    },
    "owner": {
        "course.read", "course.study", "lesson.preview", "question.preview", "course.review",
        "course.edit", "course.export", "course.publish", "course.manage", "learners.see",
        "learners.mark", "learners.accommodate", "grades.change",
    },
    "administrator": set(roles.PERMISSIONS),
    "other_student": set(),
    "other_teacher": set(),
    "former_student": set(),
    "suspended": set(),
}  # fmt: skip


@pytest.mark.parametrize("actor", EXPECTED)
def test_a_closed_course_allows_what_the_table_says(
    actor: str, people: dict[str, User], course: Course
):
    granted = {name for name in roles.PERMISSIONS if may(people[actor], name, course)}

    assert granted == EXPECTED[actor]
    assert permissions_of(people[actor], course) == EXPECTED[actor]
    assert {p for p in roles.PERMISSIONS if people[actor].has_perm(p, course)} == EXPECTED[actor]


@pytest.mark.parametrize("actor", ["student", "assistant"])
def test_a_draft_is_closed_to_its_students(actor: str, people: dict[str, User], course: Course):
    course.status = Course.Status.DRAFT
    course.access = Course.Access.OPEN
    course.save()

    assert permissions_of(people[actor], course) == set()


@pytest.mark.parametrize("actor", ["reviewer", "editor", "owner", "administrator"])
def test_a_draft_is_open_to_its_authors(actor: str, people: dict[str, User], course: Course):
    course.status = Course.Status.DRAFT
    course.save()

    assert permissions_of(people[actor], course) == EXPECTED[actor]


def test_an_archived_course_is_read_but_not_studied(student: User, course: Course):
    course.status = Course.Status.ARCHIVED
    course.save()

    assert permissions_of(student, course) == {"course.read"}


@pytest.mark.parametrize("actor", ["other_student", "former_student", "suspended"])
def test_an_open_course_may_be_read_by_anybody(actor: str, people: dict[str, User], course: Course):
    course.access = Course.Access.OPEN
    course.save()

    assert permissions_of(people[actor], course) == {"course.read"}


def test_an_unknown_permission_fails_loudly(administrator: User, student: User, course: Course):
    for user in (administrator, student):
        with pytest.raises(KeyError):
            may(user, "course.raed", course)


def test_one_query_decides(
    student: User, course: Course, administrator: User, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert may(student, "course.study", course)
    with django_assert_num_queries(1):
        assert roles_of(student, course) == {"student"}
    with django_assert_num_queries(0):
        assert may(administrator, "course.manage", course)


def test_permissions_without_a_course_are_an_administrators(owner: User, administrator: User):
    assert not owner.has_perm("course.edit")
    assert not may(owner, "course.edit", None)
    assert may(administrator, "course.edit", None)
