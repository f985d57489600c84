"""Mails are in the language of who gets them: subject, text and HTML."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses.accounts.models import User
from courses.flashcards.services import ensure_day_plans, reminder_for
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.assessment import make_question
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import NOON, make_review_card
from tests.translations.reading import english_in, faults_of

pytestmark = pytest.mark.django_db
SIGNUP = {"display_name": "青木 愛子", "email": "aiko@example.org", "password1": PASSWORD}


@pytest.fixture
def aiko() -> User:
    return make_user("aiko@example.org", display_name="青木 愛子", language="ja")


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "ja"})


def faults_of_mail(sent: Any) -> list[str]:
    """Return the English of a mail; its HTML part has to say that it is Japanese."""
    plain = re.sub(r"^>?\s*https?://\S+$", "", sent.body, flags=re.MULTILINE)
    faults = [f"English in a mail: {word}" for word in english_in(f"{sent.subject}\n{plain}")]
    pages = [page for page, kind in sent.alternatives if kind == "text/html"]
    return faults + [fault for page in pages for fault in faults_of(page)]


def assert_japanese() -> None:
    assert mail.outbox
    for sent in mail.outbox:
        assert faults_of_mail(sent) == [], sent.subject


def test_the_confirmation_of_a_new_account(client: Client):
    client.post(reverse("account_signup"), SIGNUP)

    assert_japanese()
    assert User.objects.get(email="aiko@example.org").language == "ja"


@pytest.mark.parametrize("email", ["aiko@example.org", "nobody@example.org"])
def test_a_forgotten_password(client: Client, aiko: User, email: str):
    client.post(reverse("account_reset_password"), {"email": email})

    assert_japanese()


def test_an_account_that_exists_already(client: Client, aiko: User):
    client.post(reverse("account_signup"), SIGNUP)

    assert_japanese()


def test_a_new_address_and_a_new_password(client: Client, aiko: User):
    client.force_login(aiko)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    new = "another-long-test-password-8"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert_japanese()


def test_a_reminder_is_in_the_learner_s_language_whatever_the_worker_s(aiko: User):
    course = make_course("harbour")
    enrol_as(aiko, course)
    User.objects.filter(pk=aiko.pk).update(reminder_hour=19)
    aiko.refresh_from_db()
    make_review_card(aiko, make_question(course))
    ensure_day_plans(learner=aiko, now=NOON)

    with translation.override("en"):
        reminder = reminder_for(aiko, NOON)

    assert reminder is not None
    assert faults_of_mail(reminder) == []
