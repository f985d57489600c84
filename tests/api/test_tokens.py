"""Personal tokens: shown once, kept hashed, scoped, revocable, over in the end."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from courses.accounts.models import User
from courses.accounts.services import reinstate, suspend
from courses.api.models import PersonalToken, Scope
from courses.api.tokens import (
    LONGEST_DAYS,
    MOST_PER_PERSON,
    TokenInvalid,
    TooManyTokens,
    create_token,
    find_token,
    revoke_token,
)
from courses.common.errors import NotFound
from tests.api.conftest import Caller, fresh_key, token_for
from tests.factories.accounts import PASSWORD

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NEW_PASSWORD = "another-long-password-8"
SAME = {"name": "a program", "scopes": ["read"], "expires_at": None, "now": NOW}


def test_only_a_digest_is_kept(student: User):
    token, key = create_token(user=student, **SAME)

    assert re.fullmatch(r"qs_[\w-]{43}", key)
    assert key not in str(PersonalToken.objects.values().get())
    assert find_token(key, now=NOW) == token
    assert find_token(key + "x", now=NOW) is None


def test_a_token_speaks_for_its_person(student: User):
    reply = Caller(key=token_for(student)).get("me")

    assert reply.json()["email"] == student.email


def test_a_program_needs_no_csrf_token(student: User):
    caller = Caller(key=token_for(student), enforce_csrf_checks=True)

    assert caller.post("reviews/undo", key=fresh_key()).status_code == 409


@pytest.mark.parametrize("header", ["Bearer qs_nope", "bearer x", "Bearer ", "Bearer \xff"])
def test_a_bad_token_is_refused_even_beside_a_session(student: User, header: str):
    caller = Caller(student)
    caller.headers = {"Authorization": header}

    reply = caller.get("me")

    assert reply.status_code == 401
    assert reply.json()["code"] == "token_invalid"


@pytest.mark.parametrize(
    ("scopes", "path", "status"),
    [
        (["read"], "me", 200),
        (["read"], "courses", 200),
        (["read"], "reviews/next", 403),
        (["review"], "reviews/next", 200),
        (["review"], "me", 403),
        (["review"], "courses", 403),
        (["read", "review"], "tokens", 403),
    ],
)
def test_a_token_does_only_what_it_was_made_for(
    student: User, scopes: list[str], path: str, status: int
):
    assert Caller(key=token_for(student, *scopes)).get(path).status_code == status


def test_a_token_cannot_make_or_revoke_tokens(student: User):
    caller = Caller(key=token_for(student))
    token = PersonalToken.objects.get()

    assert caller.post("tokens", {"name": "x", "scopes": ["read"]}).status_code == 403
    assert caller.delete(f"tokens/{token.pk}").status_code == 403


def test_a_revoked_token_and_one_that_is_over_are_nothing(student: User):
    token, key = create_token(user=student, **SAME)
    _short, over = create_token(user=student, **SAME | {"expires_at": NOW + timedelta(days=1)})

    revoke_token(user=student, token_id=token.pk, now=NOW)
    revoke_token(user=student, token_id=token.pk, now=NOW)

    assert find_token(key, now=NOW) is None
    assert find_token(over, now=NOW)
    assert find_token(over, now=NOW + timedelta(days=1)) is None


def test_suspension_ends_tokens_for_good(student: User):
    key = token_for(student)
    suspend(student, now=NOW)
    assert Caller(key=key).get("me").status_code == 401

    reinstate(student)

    assert Caller(key=key).get("me").status_code == 401


def test_a_changed_password_ends_tokens(client: Client, student: User, stranger: User):
    key, other = token_for(student), token_for(stranger)
    client.post("/account/login/", {"login": student.email, "password": PASSWORD})

    new = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/account/password/change/", new)

    student.refresh_from_db()
    assert student.check_password(NEW_PASSWORD)
    assert Caller(key=key).get("me").status_code == 401
    assert Caller(key=other).get("me").status_code == 200
    assert "all of them are revoked" in client.get("/api/v1/your-tokens/").content.decode()


def test_a_password_reset_by_mail_ends_tokens(client: Client, student: User):
    key = token_for(student)
    client.post("/account/password/reset/", {"email": student.email})
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body).group()

    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    student.refresh_from_db()
    assert student.check_password(NEW_PASSWORD)
    assert Caller(key=key).get("me").status_code == 401


def test_a_password_given_by_an_administrator_ends_tokens(
    client: Client, student: User, administrator: User
):
    key = token_for(student)
    client.force_login(administrator)

    client.post(
        f"/administration/accounts/user/{student.pk}/password/",
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "set-password": "1",
         "usable_password": "true"},
    )  # fmt: skip

    student.refresh_from_db()
    assert student.check_password(NEW_PASSWORD)
    assert Caller(key=key).get("me").status_code == 401


def test_tokens_of_demo_people_end_where_production_begins(student: User, settings):
    key = token_for(student)
    User.objects.filter(pk=student.pk).update(is_demo=True)
    assert Caller(key=key).get("me").status_code == 200

    settings.DEVELOPMENT = False

    assert Caller(key=key).get("me").status_code == 401


def test_nobody_revokes_the_token_of_another(student: User, stranger: User):
    token, key = create_token(user=student, **SAME)

    with pytest.raises(NotFound):
        revoke_token(user=stranger, token_id=token.pk, now=NOW)
    assert Caller(stranger).delete(f"tokens/{token.pk}").status_code == 404
    assert find_token(key, now=NOW)


def test_use_is_noted_at_most_hourly(student: User):
    _token, key = create_token(user=student, **SAME)

    for minutes in (0, 30, 61):
        find_token(key, now=NOW + timedelta(minutes=minutes))
        if minutes == 30:
            assert PersonalToken.objects.get().last_used_at == NOW

    assert PersonalToken.objects.get().last_used_at == NOW + timedelta(minutes=61)


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"name": "x" * 101},
        {"scopes": []},
        {"scopes": ["read", "everything"]},
        {"expires_at": NOW},
        {"expires_at": NOW + timedelta(days=LONGEST_DAYS + 1)},
    ],
)
def test_what_a_token_needs(student: User, change: dict[str, object]):
    with pytest.raises(TokenInvalid):
        create_token(user=student, **SAME | change)


def test_tokens_in_force_are_limited(student: User):
    for _number in range(MOST_PER_PERSON):
        create_token(user=student, **SAME)

    with pytest.raises(TooManyTokens):
        create_token(user=student, **SAME)


def test_the_api_makes_lists_and_revokes(student: User):
    session = Caller(student)

    made = session.post("tokens", {"name": "a program", "scopes": ["read"]})
    listed = session.get("tokens")
    gone = session.delete(f"tokens/{made.json()['id']}")

    assert made.status_code == 201
    key = made.json()["key"]
    assert key not in listed.content.decode()
    assert gone.status_code == 204
    assert gone.content == b""
    assert Caller(key=key).get("me").status_code == 401


def test_the_page_shows_the_key_once(client: Client, student: User):
    client.force_login(student)
    page = "/api/v1/your-tokens/"

    made = client.post(page, {"name": "My script", "scopes": [Scope.READ], "days": 30})
    again = client.get(page)

    key = re.search(r"qs_[\w-]{43}", made.content.decode()).group()
    assert "no-store" in made.headers["Cache-Control"]
    assert key not in again.content.decode()
    assert "My script" in again.content.decode()
    token = PersonalToken.objects.get()
    client.post(f"{page}{token.pk}/revoke/")
    assert "You have no token." in client.get(page).content.decode()
    token.refresh_from_db()
    assert token.revoked_at


def test_the_page_says_what_is_wrong(client: Client, student: User):
    client.force_login(student)

    reply = client.post("/api/v1/your-tokens/", {"name": "", "scopes": ["all"], "days": 0})

    assert set(reply.context["form"].errors) == {"name", "scopes", "days"}
    assert not PersonalToken.objects.exists()
