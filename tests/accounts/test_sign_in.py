"""Signing up, in and out: what allauth is set to do here."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as RedisConnectionError

from courses.accounts.models import User
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SIGNUP = {"display_name": "Aiko  Tanaka", "email": "Aiko@Example.org", "password1": PASSWORD}


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_up_keeps_name_zone_and_address_in_lower_case(client: Client):
    response = client.post(reverse("account_signup"), SIGNUP | {"time_zone": "Europe/Moscow"})

    user = User.objects.get()
    assert response.status_code == 302
    assert (user.email, user.display_name) == ("aiko@example.org", "Aiko Tanaka")
    assert user.time_zone == "Europe/Moscow"
    assert not signed_in(client)


def test_a_strange_zone_does_not_stop_a_sign_up(client: Client, settings):
    client.post(reverse("account_signup"), SIGNUP | {"time_zone": "Mars/Olympus"})

    assert User.objects.get().time_zone == settings.LEARNER_TIME_ZONE


def test_an_address_must_be_confirmed_before_signing_in(client: Client):
    client.post(reverse("account_signup"), SIGNUP)
    sign_in(client, "aiko@example.org")
    assert not signed_in(client)
    link = re.search(r"/account/confirm-email/\S+", mail.outbox[0].body).group()

    client.post(link)
    sign_in(client, "AIKO@example.ORG")

    assert signed_in(client)


@pytest.mark.parametrize("name", ["\u202eoga", "a\x1bb", "   "])
def test_a_name_of_control_characters_is_refused(client: Client, name: str):
    response = client.post(reverse("account_signup"), SIGNUP | {"display_name": name})

    assert response.context["form"].errors["display_name"]
    assert not User.objects.exists()


def test_sign_up_says_the_same_for_a_known_address(client: Client):
    make_user("aiko@example.org")
    known = client.post(reverse("account_signup"), SIGNUP)
    unknown = client.post(reverse("account_signup"), SIGNUP | {"email": "new@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 2


def test_sign_up_with_an_address_kept_in_another_case_is_no_crash(client: Client):
    user = make_user()
    User.objects.filter(pk=user.pk).update(email="Aiko@Example.ORG")

    known = client.post(reverse("account_signup"), SIGNUP)

    assert known.url == reverse("account_email_verification_sent")
    assert len(mail.outbox) == 1
    assert User.objects.count() == 1


def test_password_reset_says_the_same_for_an_unknown_address(client: Client):
    make_user("aiko@example.org")
    known = client.post(reverse("account_reset_password"), {"email": "aiko@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_suspended_person_cannot_sign_in(client: Client, suspended: User):
    sign_in(client, suspended.email)

    assert not signed_in(client)


def test_failed_attempts_are_limited_by_account(client: Client):
    make_user("aiko@example.org")
    for attempt in range(6):
        sign_in(client, "aiko@example.org", "wrong", REMOTE_ADDR=f"192.0.2.{attempt}")

    response = sign_in(client, "aiko@example.org", REMOTE_ADDR="192.0.2.99")

    assert not signed_in(client)
    assert response.status_code in (200, 429)


@pytest.mark.parametrize(("trusted", "limited"), [(0, True), (1, False)])
def test_forwarded_headers_count_only_as_far_as_trusted(
    client: Client, settings, trusted: int, limited: bool
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    for attempt in range(31):
        response = sign_in(
            client,
            f"nobody{attempt}@example.org",
            "wrong",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{attempt}",
        )

    assert (response.status_code == 429) is limited


def test_a_request_around_the_proxies_is_no_error(client: Client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    response = sign_in(client, "nobody@example.org", HTTP_X_FORWARDED_FOR="198.51.100.1")

    assert response.status_code == 200


@pytest.fixture
def cache_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise RedisConnectionError("Connection refused")

    for name in ("add", "get", "set", "delete"):
        monkeypatch.setattr(type(cache._connections["default"]), name, refuse)


@pytest.mark.usefixtures("cache_gone")
@pytest.mark.parametrize("route", ["account_login", "account_signup", "account_reset_password"])
def test_without_the_cache_the_doors_refuse_with_a_sentence(client: Client, route: str):
    make_user("aiko@example.org")
    fields = SIGNUP | {"login": "aiko@example.org", "password": PASSWORD}

    response = client.post(reverse(route), fields)

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "try again in a minute" in response.content.decode()
    assert not signed_in(client)
    assert User.objects.count() == 1


def test_the_administration_uses_the_limited_sign_in(client: Client):
    response = client.get("/administration/login/?next=/administration/")

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("error", [ConnectionRefusedError(), SMTPServerDisconnected()])
def test_without_a_mail_server_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise error

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    response = client.post(reverse("account_signup"), SIGNUP, follow=True)

    assert response.status_code == 200
    assert "could not be sent" in response.content.decode()
    assert User.objects.filter(email="aiko@example.org").exists()


def test_demo_people_are_turned_away_in_production_with_a_sentence(client: Client, settings):
    user = make_user("demo@example.org", is_demo=True)
    settings.DEVELOPMENT = False

    response = sign_in(client, user.email)

    assert not signed_in(client)
    page = client.get(response.url).content.decode()
    assert "This is a demo account." in page


def test_sessions_of_demo_people_end_where_production_begins(client: Client, settings):
    user = make_user("demo@example.org", is_demo=True)
    sign_in(client, user.email)
    assert signed_in(client)
    assert client.get("/account/email/").status_code == 200

    settings.DEVELOPMENT = False

    assert client.get("/account/email/").status_code == 302


def test_other_people_sign_in_in_production(client: Client, settings):
    user = make_user("aiko@example.org")
    settings.DEVELOPMENT = False

    sign_in(client, user.email)

    assert signed_in(client)
