"""What people are told by mail and on the pages about their account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.accounts.models import User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SIGNUP = {"display_name": "Aiko O'Brien", "email": "aiko@example.org", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_NAME = "Harbour's school"
    settings.ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Harbour's school] "


def sign_up(client: Client, **extra: str) -> str:
    """Sign up and return the confirmation's link."""
    client.post(reverse("account_signup"), SIGNUP | extra)
    return re.search(r"http://\S+/account/confirm-email/\S+", mail.outbox[-1].body).group()


def reset(client: Client, email: str) -> str:
    client.post(reverse("account_reset_password"), {"email": email})
    return mail.outbox[-1].body


def test_the_confirmation_is_in_our_words_and_names_the_site(client: Client):
    sign_up(client)

    sent = mail.outbox[0]
    assert sent.subject == "[Harbour's school] Please confirm your e-mail address"
    assert sent.body.startswith("Hello Aiko O'Brien,\n\nWelcome to Harbour's school.")
    assert "aiko@example.org" in sent.body
    assert sent.body.endswith("http://testserver/")


def test_a_mail_has_its_words_as_html_with_links(client: Client):
    link = sign_up(client)

    ((page, kind),) = mail.outbox[0].alternatives
    assert kind == "text/html"
    assert f'href="{link}"' in page
    assert "Aiko O&#x27;Brien" in page


def test_a_name_with_markup_is_only_text_in_the_html(client: Client):
    sign_up(client, display_name="<b>Aiko</b>")

    assert "<b>" not in mail.outbox[0].alternatives[0][0]


@pytest.mark.parametrize(
    ("email", "subject", "words"),
    [
        ("known@example.org", "Choose a new password", "The link works once."),
        ("nobody@example.org", "There is no account with this address", "create one here"),
    ],
)
def test_mails_after_a_forgotten_password(client: Client, email: str, subject: str, words: str):
    make_user("known@example.org")

    body = reset(client, email)

    assert mail.outbox[0].subject == f"[Harbour's school] {subject}"
    assert words in body
    assert "&#" not in body
    assert "localhost" not in body


def test_who_signs_up_again_is_told_how_to_get_in(client: Client):
    make_user("aiko@example.org")

    client.post(reverse("account_signup"), SIGNUP)

    assert mail.outbox[0].subject == "[Harbour's school] You have an account already"
    assert reverse("account_reset_password") in mail.outbox[0].body


def test_a_second_address_gets_its_own_words(client: Client):
    client.post(reverse("account_login"), {"login": make_user().email, "password": PASSWORD})

    client.post(reverse("account_email"), {"email": "two@example.org", "action_add": ""})

    assert "Somebody, probably you, gave the address two@example.org" in mail.outbox[0].body


def test_confirming_in_the_same_browser_goes_on_where_one_was_going(client: Client):
    link = sign_up(client, next="/courses/harbour/")

    response = client.post(link)

    assert response.url == "/courses/harbour/"
    assert "_auth_user_id" in client.session


def test_the_link_signs_nobody_in_elsewhere(client: Client):
    link = sign_up(client)
    elsewhere = Client()

    page = elsewhere.post(link, follow=True).content.decode()

    assert "_auth_user_id" not in elsewhere.session
    assert "aiko@example.org is confirmed." in page


def test_the_rules_of_passwords_are_told_once(client: Client):
    asked = client.get(reverse("account_signup")).content.decode()
    refused = client.post(reverse("account_signup"), SIGNUP | {"password1": "1234"})

    assert asked.count("easy to guess") == 1
    assert refused.content.decode().count("entirely numeric") == 1


def test_a_suspended_person_is_told_whom_to_ask(client: Client, suspended: User):
    page = client.post(
        reverse("account_login"), {"login": suspended.email, "password": PASSWORD}, follow=True
    ).content.decode()

    assert "This account is suspended" in page
    assert "Nothing was deleted" in page


def test_after_a_reset_one_is_led_to_the_sign_in(client: Client):
    make_user("known@example.org")
    link = re.search(r"http://\S+", reset(client, "known@example.org")).group()
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()

    fields = {"password1": "a long new one 77", "password2": "a long new one 77"}
    done = client.post(form.request["PATH_INFO"], fields, follow=True).content.decode()

    assert "Your password is changed" in done
    assert f'href="{reverse("account_login")}"' in done
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


FOREIGN = re.compile(
    r"Verify Your|finalize|contact us|Bad Token|Reset My|Remember Me|Successfully|Inactive"
    r"|\b[Ee]mail\b(?![-_\"'/=])|Sign In|Sign Out"
)


@pytest.mark.parametrize(
    "path",
    ["login/", "signup/", "confirm-email/", "confirm-email/bogus/", "inactive/",
     "password/reset/", "password/reset/done/", "password/reset/key/1-bogus/",
     "password/reset/key/done/", "email/", "password/change/", "logout/", "reauthenticate/"],
)  # fmt: skip
def test_no_page_speaks_in_words_that_are_not_ours(client: Client, path: str):
    if path in ("email/", "password/change/", "logout/", "reauthenticate/"):
        client.post(reverse("account_login"), {"login": make_user().email, "password": PASSWORD})

    page = client.get(f"/account/{path}", follow=True).content.decode()

    text = re.sub(r"<[^>]+>", " ", page)
    assert not FOREIGN.search(text), FOREIGN.search(text)
