"""Which courses exist for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.accounts.models import User
from courses.common.errors import NotFound, PermissionRefused
from courses.enrollment.models import Course
from courses.enrollment.selectors import course_for, require
from tests.factories.enrollment import make_course


@pytest.fixture
def shelf(course: Course, other_course: Course) -> dict[str, Course]:
    return {
        "own": course,
        "other": other_course,
        "open": make_course("open", access=Course.Access.OPEN),
        "open_draft": make_course(
            "open-draft", access=Course.Access.OPEN, status=Course.Status.DRAFT
        ),
        "open_archived": make_course(
            "open-archived", access=Course.Access.OPEN, status=Course.Status.ARCHIVED
        ),
    }


SEES = {
    "student": {"own", "open"},
    "assistant": {"own", "open"},
    "owner": {"own", "open"},
    "other_teacher": {"other", "open"},
    "other_student": {"other", "open"},
    "former_student": {"open"},
    "suspended": {"open"},
    "administrator": {"own", "other", "open", "open_draft", "open_archived"},
}


@pytest.mark.parametrize("actor", SEES)
def test_visible_courses(actor: str, people: dict[str, User], shelf: dict[str, Course]):
    visible = set(Course.objects.visible_to(people[actor]))

    assert {name for name, course in shelf.items() if course in visible} == SEES[actor]


def test_strangers_see_open_published_courses(shelf: dict[str, Course]):
    assert list(Course.objects.visible_to(AnonymousUser())) == [shelf["open"]]


@pytest.mark.parametrize(
    ("actor", "sees"), [("student", False), ("assistant", False), ("editor", True), ("owner", True)]
)
def test_drafts_are_seen_by_their_authors(
    actor: str, sees: bool, people: dict[str, User], course: Course
):
    course.status = Course.Status.DRAFT
    course.save()

    assert Course.objects.visible_to(people[actor]).filter(pk=course.pk).exists() is sees


STUDIES = {
    "student": ["own"], "assistant": ["own"], "owner": ["own"], "other_teacher": ["other"],
    "former_student": [], "suspended": [], "administrator": [],
}  # fmt: skip


@pytest.mark.parametrize("actor", STUDIES)
def test_studied_courses(actor: str, people: dict[str, User], shelf: dict[str, Course]):
    studied = set(Course.objects.studied_by(people[actor]))

    assert [name for name, course in shelf.items() if course in studied] == STUDIES[actor]


def test_course_for_hides_what_the_asker_may_not_know(
    student: User, course: Course, other_course: Course, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert course_for(student, course.slug) == course
    for slug in (other_course.slug, "no-such-course"):
        with pytest.raises(NotFound):
            course_for(student, slug)


def test_require_tells_a_member_no_and_a_stranger_nothing(
    student: User, other_teacher: User, course: Course
):
    require(student, "course.study", course)
    with pytest.raises(PermissionRefused):
        require(student, "course.edit", course)
    with pytest.raises(NotFound):
        require(other_teacher, "course.edit", course)
