"""The demo people: made once, removed without a trace, refused in production."""

from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from courses.accounts.models import User
from courses.enrollment.demo import SECOND_COURSE
from courses.enrollment.models import Course
from courses.enrollment.selectors import roles_of
from courses.flashcards.models import Card, ReviewLog
from tests.factories.assessment import make_question
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import answer, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped() -> Course:
    return make_course("shipped")


def load() -> str:
    out = StringIO()
    call_command("load_demo", course="shipped", stdout=out)
    return out.getvalue()


def test_everyone_can_sign_in_with_what_was_printed(shipped: Course):
    lines = [line.split() for line in load().splitlines() if "@" in line]

    assert len(lines) == User.objects.filter(is_demo=True).count() == 5
    for line in lines:
        email, password = line[-2:]
        client = Client()
        client.post("/account/login/", {"login": email, "password": password})
        assert "_auth_user_id" in client.session, email


def test_roles(shipped: Course):
    load()

    held = {user.email.partition("@")[0]: roles_of(user, shipped) for user in User.objects.all()}
    assert held == {
        "student": {"student"},
        "assistant": {"assistant"},
        "teacher": {"owner"},
        "second-teacher": set(),
        "administrator": {"administrator"},
    }
    second = User.objects.get(email__startswith="second-teacher")
    assert roles_of(second, Course.objects.get(slug=SECOND_COURSE)) == {"owner"}


def test_a_second_run_says_nothing_and_keeps_passwords(shipped: Course):
    load()
    hashes = dict(User.objects.values_list("email", "password"))

    assert load() == ""
    assert dict(User.objects.values_list("email", "password")) == hashes


def test_passwords_are_kept_only_hashed(shipped: Course):
    printed = load()

    for user in User.objects.all():
        assert user.password not in printed
        assert user.has_usable_password()


def test_removal_leaves_everyone_else(shipped: Course, student: User, course: Course):
    load()

    call_command("remove_demo", stdout=StringIO())

    assert list(User.objects.all()) == [student]
    assert roles_of(student, course) == {"student"}
    assert set(Course.objects.values_list("slug", flat=True)) == {"shipped", course.slug}


def test_removal_takes_reviews_cards_and_sessions_along(shipped: Course, student: User):
    load()
    demo = User.objects.get(email="student@quizsite.example")
    enrol_as(student, shipped)
    question = make_question(shipped)
    for learner in (demo, student):
        make_card(learner, question)
        answer(learner, question)
    client = Client()
    client.force_login(demo)

    call_command("remove_demo", stdout=StringIO())

    assert [entry.learner for entry in ReviewLog.objects.all()] == [student]
    assert [card.learner for card in Card.objects.all()] == [student]
    assert not Session.objects.exists()


def test_a_second_teachers_course_that_somebody_uses_stays(shipped: Course, student: User):
    load()
    enrol_as(student, Course.objects.get(slug=SECOND_COURSE))

    call_command("remove_demo", stdout=StringIO())

    assert Course.objects.filter(slug=SECOND_COURSE).exists()


def test_refused_in_production(shipped: Course, settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="production"):
        load()
    assert not User.objects.exists()


def test_a_missing_course_is_said():
    with pytest.raises(CommandError, match="import_course"):
        load()
