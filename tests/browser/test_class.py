"""The class pages in a browser: no fault, nothing spills, sorted by a click."""

from datetime import timedelta

import pytest

from courses.common.clock import now
from courses.enrollment.demo import TEACHER_EMAIL, load_demo
from courses.enrollment.domain.roles import OWNER
from courses.flashcards.demo.loading import load_class
from courses.flashcards.demo.people import MEMBERS
from tests.browser.test_every_page import LOOKS, WIDER, faults_of
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as
from tests.factories.harbour import make_harbour

CLASS = "/courses/harbour/class/"


@pytest.fixture
def teacher(transactional_db):
    from courses.accounts.models import User

    course = make_harbour().course
    load_demo(course, now=now())
    load_class(course, now=now())
    return User.objects.get(email=TEACHER_EMAIL)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_class_and_a_student(new_page, teacher, size, scheme):
    page = new_page(size=size, scheme=scheme, user=teacher)
    page.goto(CLASS)
    faults = faults_of(page, CLASS)
    page.get_by_role("rowheader").get_by_role("link", name=MEMBERS[1].name).click()
    page.wait_for_url(f"**{CLASS}*-*/")
    faults += faults_of(page, "a student")

    assert faults == []
    assert page.locator("h1").inner_text() == MEMBERS[1].name


def test_the_table_is_sorted_by_a_click(new_page, teacher):
    page = new_page(user=teacher)
    page.goto(CLASS)

    page.locator(".students thead").get_by_role("link", name="Student").click()
    page.wait_for_url("**sort=name*")

    names = page.locator(".students tbody th > a").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert page.locator(".students th[aria-sort=ascending]").count() == 1


def test_text_four_times_as_large_fits(new_page, teacher):
    page = new_page(user=teacher, viewport={"width": 320, "height": 256})
    page.goto(CLASS)

    assert not page.evaluate(WIDER)


def test_an_empty_class(new_page, transactional_db):
    course = make_harbour().course
    owner = make_user("owner@example.org")
    enrol_as(owner, course, OWNER, now=now() - timedelta(days=1))
    page = new_page(size="phone", user=owner)
    page.goto(CLASS)

    assert faults_of(page, CLASS) == []
