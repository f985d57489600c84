"""Other rules for one learner: granted, seen, withdrawn; open attempts follow at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.models import Accommodation, Attempt, Quiz
from courses.common.ids import new_id
from courses.enrollment.domain import roles
from tests.factories.accounts import make_user
from tests.factories.assessment import make_attempt, make_quiz
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON
from tests.factories.harbour import Taught

PAGE = "/courses/harbour/quizzes/exam/people/"
CLOSES = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def quiz(taught: Taught) -> Quiz:
    rules = QuizSettings(
        kind="graded", closes_at=CLOSES, time_limit_seconds=1800, attempts_allowed=1
    )
    return make_quiz(taught.course, [taught.questions["numeric"]], slug="exam", settings=rules)


@pytest.fixture
def assistant(taught: Taught) -> User:
    user = make_user("assistant@example.org", time_zone="Asia/Tokyo")
    enrol_as(user, taught.course, roles.ASSISTANT)
    return user


@pytest.fixture
def at_desk(client: Client, assistant: User) -> Client:
    client.force_login(assistant)
    return client


def grant(person: object, **changed: object) -> dict[str, object]:
    blank = {"time_factor": "", "extra_attempts": "", "opens_at": "", "closes_at": ""}
    return {"person": person, "scope": "quiz"} | blank | changed


@pytest.mark.parametrize("role", [roles.STUDENT, roles.REVIEWER, roles.EDITOR])
def test_only_who_teaches_learners_grants(client, taught, quiz, learner, role):
    user = make_user()
    enrol_as(user, taught.course, role)
    client.force_login(user)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, grant(learner.pk, time_factor="2")).status_code == 403
    assert not Accommodation.objects.exists()


def test_everybody_who_takes_part_is_listed(at_desk, quiz, learner, taught):
    make_user("gone@example.org", display_name="Gone")

    page = at_desk.get(PAGE).content.decode()

    assert "Aiko O&#x27;Neil 🦉 Ольга &lt;b&gt;" in page
    assert "Assistant" in page
    assert "closes 1 December 2026, 15:00" in page  # in Tokyo
    assert "Gone" not in page


def test_granted_time_and_dates_move_an_open_attempt(at_desk, quiz, learner):
    attempt = make_attempt(learner, quiz, started_at=NOON, deadline_at=NOON + timedelta(minutes=30))
    form = at_desk.get(f"{PAGE}?person={learner.pk}").content.decode()
    assert "Other rules for" in form

    reply = at_desk.post(
        PAGE,
        grant(learner.pk, time_factor="1.5", extra_attempts="2", closes_at="2026-12-02T09:30"),
        follow=True,
    )

    page = reply.content.decode()
    assert "Granted to Aiko O&#x27;Neil" in page
    found = Accommodation.objects.get()
    assert (found.quiz, found.learner, found.time_factor, found.extra_attempts) == (
        quiz, learner, 1.5, 2,
    )  # fmt: skip
    assert found.closes_at == datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
    assert Attempt.objects.get(pk=attempt.pk).deadline_at == NOON + timedelta(minutes=45)
    assert "1.5 times as long" in page
    assert "2 further attempts" in page
    assert "closes 2 December 2026, 09:30" in page
    assert "for everybody else it would end" in page


def test_what_is_granted_for_all_quizzes_stands_apart(at_desk, quiz, learner):
    at_desk.post(PAGE, grant(learner.pk, scope="course", time_factor="2"))
    at_desk.post(PAGE, grant(learner.pk, time_factor="1.25"))

    assert set(Accommodation.objects.values_list("quiz__slug", "time_factor")) == {
        (None, 2.0), ("exam", 1.25),
    }  # fmt: skip
    page = at_desk.get(f"{PAGE}?person={learner.pk}&scope=course").content.decode()
    assert 'name="time_factor" value="2.0"' in page
    page = at_desk.get(f"{PAGE}?person={learner.pk}").content.decode()
    assert 'name="time_factor" value="1.25"' in page


def test_sent_twice_it_is_granted_once_and_withdrawn_once(at_desk, quiz, learner):
    for _time in range(2):
        assert at_desk.post(PAGE, grant(learner.pk, time_factor="2")).status_code == 302
    found = Accommodation.objects.get()

    for _time in range(2):
        reply = at_desk.post(PAGE, {"withdraw": found.pk}, follow=True)
        assert "Withdrawn" in reply.content.decode()
    assert not Accommodation.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "Grant at least one thing, or leave it."),
        ({"extra_attempts": "0"}, "Grant at least one thing, or leave it."),
        ({"time_factor": "0.5"}, "greater than or equal to 1"),
        ({"time_factor": "11"}, "less than or equal to 10"),
        ({"time_factor": "nan"}, "Enter a number."),
        ({"extra_attempts": "51"}, "less than or equal to 50"),
        ({"closes_at": "soon"}, "Choose a day and a time."),
        (
            {"opens_at": "2026-12-02T09:30", "closes_at": "2026-12-02T09:00"},
            "A quiz closes after it opens.",
        ),
        ({"scope": "world", "time_factor": "2"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(at_desk, quiz, learner, changed, told):
    page = at_desk.post(PAGE, grant(learner.pk, **changed)).content.decode()

    assert told in page
    assert "Nothing was granted yet." in page
    for value in changed.values():
        assert value in page or value == "world"
    assert not Accommodation.objects.exists()


def test_a_stranger_is_granted_nothing(at_desk, quiz):
    stranger = make_user()

    assert at_desk.post(PAGE, grant(stranger.pk, time_factor="2")).status_code == 404
    assert at_desk.get(f"{PAGE}?person={stranger.pk}").status_code == 404
    assert at_desk.get(f"{PAGE}?person=nobody").status_code == 404
    assert at_desk.post(PAGE, grant("nobody", time_factor="2")).status_code == 400
    assert at_desk.post(PAGE, {"withdraw": new_id()}).status_code == 302
    assert at_desk.post(PAGE, {"withdraw": "x"}).status_code == 400


def test_what_another_course_granted_is_not_withdrawn_here(at_desk, quiz, learner):
    from tests.factories.enrollment import make_course

    other = make_course("elsewhere")
    granted = Accommodation.objects.create(course=other, learner=learner, time_factor=2)

    at_desk.post(PAGE, {"withdraw": granted.pk})

    assert Accommodation.objects.filter(pk=granted.pk).exists()


def test_the_page_takes_few_queries_however_many_take_part(
    at_desk, quiz, taught, django_assert_max_num_queries
):
    for _number in range(20):
        person = make_user()
        enrol_as(person, taught.course)
        Accommodation.objects.create(course=taught.course, learner=person, time_factor=2)
        make_attempt(person, quiz)

    with django_assert_max_num_queries(9):
        at_desk.get(PAGE)


def test_the_quiz_leads_here(at_desk, quiz):
    page = at_desk.get("/courses/harbour/quizzes/exam/").content.decode()

    assert f'href="{PAGE}"' in page
    assert "/edit/" not in page  # an assistant edits no quizzes
