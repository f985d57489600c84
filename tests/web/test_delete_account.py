"""Deleting one's own account: what it takes, what goes, what stays, and who may not yet."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from courses.accounts.models import User
from courses.enrollment.domain import roles
from courses.enrollment.models import Enrollment
from courses.enrollment.selectors import owned_alone
from courses.enrollment.services import LastOwner, close_account
from courses.flashcards.models import Card, ReviewLog
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, answer, make_review_card

PATH = "/account/delete/"
MEANT = {"password": PASSWORD, "sure": "on"}


@pytest.fixture
def studied(learner, taught) -> User:
    question = next(iter(taught.questions.values()))
    make_review_card(learner, question)
    answer(learner, question)
    return learner


def test_the_page_says_what_goes_and_what_stays(signed_in, studied):
    page = signed_in.get(PATH).content.decode()

    assert "your 1 card and its history" in page
    assert "backups" in page
    assert "lessons and questions that you wrote" not in page
    assert PATH in signed_in.get("/preferences/").content.decode()


def test_all_that_was_theirs_goes(signed_in, studied):
    kept = studied.pk

    response = signed_in.post(PATH, MEANT, follow=True)

    assert "Your account is deleted" in response.content.decode()
    assert not User.objects.filter(pk=kept).exists()
    assert not EmailAddress.objects.filter(email="learner@example.org").exists()
    assert not Card.objects.exists()
    assert not ReviewLog.objects.exists()
    assert not Enrollment.objects.filter(user_id=kept).exists()
    assert "_auth_user_id" not in signed_in.session


def test_every_session_of_theirs_ends(signed_in, studied):
    elsewhere = Client()
    elsewhere.force_login(studied)
    before = Session.objects.count()

    signed_in.post(PATH, MEANT)

    assert before >= 2
    assert elsewhere.get("/preferences/").status_code == 302


def test_the_last_mail_says_so(signed_in, studied):
    signed_in.post(PATH, MEANT)

    (sent,) = mail.outbox
    assert sent.to == ["learner@example.org"]
    assert "Hello Aiko O'Neil" in sent.body
    assert "is deleted" in sent.body


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "not mine", "sure": "on"}, "This is not your password."),
        ({"password": PASSWORD}, "Tick this if you mean it."),
        ({}, "Tick this if you mean it."),
    ],
)
def test_without_password_and_tick_nothing_goes(signed_in, studied, fields, said):
    page = signed_in.post(PATH, fields).content.decode()

    assert said in page
    assert page.count("autofocus") == 1
    assert User.objects.filter(pk=studied.pk).exists()


def test_who_has_no_password_is_asked_for_none(signed_in, studied):
    studied.set_unusable_password()
    studied.save()
    signed_in.force_login(studied)

    page = signed_in.get(PATH).content.decode()
    signed_in.post(PATH, {"sure": "on"})

    assert 'name="password"' not in page
    assert not User.objects.filter(pk=studied.pk).exists()


def test_the_only_owner_names_another_first(client, taught):
    owner = make_user("owner@example.org")
    enrol_as(owner, taught.course, roles.OWNER)
    client.force_login(owner)

    page = client.get(PATH).content.decode()
    refused = client.post(PATH, MEANT)

    assert "You are the only owner of this course." in page
    assert "Delete my account" not in page
    assert refused.status_code == 409
    assert User.objects.filter(pk=owner.pk).exists()


def test_one_of_two_owners_may_go_and_what_they_wrote_stays(client, taught):
    first, second = make_user("one@example.org"), make_user("two@example.org")
    for owner in (first, second):
        enrol_as(owner, taught.course, roles.OWNER)
    taught.lesson.revisions.update(author=first)
    client.force_login(first)

    page = client.get(PATH).content.decode()
    client.post(PATH, MEANT)

    assert "the lessons and questions that you wrote" in page
    assert taught.lesson.revisions.get().author is None
    assert owned_alone(second) == [taught.course]


def test_of_two_owners_the_second_stays(taught):
    first, second = make_user("one@example.org"), make_user("two@example.org")
    for owner in (first, second):
        enrol_as(owner, taught.course, roles.OWNER)
    close_account(first, now=NOON)

    with pytest.raises(LastOwner):
        close_account(second, now=NOON)


@pytest.mark.django_db
def test_the_only_administrator_stays(client):
    administrator = make_user("admin@example.org", is_staff=True)
    client.force_login(administrator)

    assert client.post(PATH, MEANT).status_code == 409

    make_user("other@example.org", is_superuser=True)
    assert client.post(PATH, MEANT).status_code == 302


@pytest.mark.django_db
def test_guessing_the_password_is_slowed_down(client):
    client.force_login(make_user())
    wrong = {"password": "not mine", "sure": "on"}

    answers = [client.post(PATH, wrong) for _try in range(11)]

    assert answers[-1].status_code == 429
    assert User.objects.exists()
