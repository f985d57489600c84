"""Preferences, suspension, and the end of an account."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.accounts.services import (
    PreferencesInvalid,
    erase_people,
    reinstate,
    save_preferences,
    suspend,
)
from courses.accounts.signals import person_erasing, preferences_changed
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def changes():
    heard: list[frozenset[str]] = []

    def listen(sender: type, changed: frozenset[str], **_rest: object) -> None:
        heard.append(changed)

    preferences_changed.connect(listen)
    yield heard
    preferences_changed.disconnect(listen)


@pytest.mark.parametrize(
    ("choice", "news"),
    [
        ({"time_zone": "Europe/Moscow"}, {"time_zone"}),
        ({"rollover_hour": 5, "minutes_per_day": 20}, {"rollover_hour", "minutes_per_day"}),
        ({"reminder_hour": 8}, {"reminder_hour"}),
    ],
)
def test_moving_the_day_is_told(choice: dict, news: set[str], changes: list):
    user = make_user()

    save_preferences(user, now=NOW, **choice)

    kept = User.objects.get()
    assert {name: getattr(kept, name) for name in choice} == choice
    assert changes == [news]


@pytest.mark.parametrize("choice", [{"minutes_per_day": 30}, {"time_zone": "Asia/Tokyo"}, {}])
def test_what_moves_nothing_is_not_told(choice: dict, changes: list):
    save_preferences(make_user(), now=NOW, **choice)

    assert changes == []


@pytest.mark.parametrize(
    "choice",
    [
        {"time_zone": "Mars/Olympus"},
        {"rollover_hour": 24},
        {"rollover_hour": -1},
        {"language": "xx"},
        {"minutes_per_day": 0},
        {"reviews_per_day": 10**9},
        {"display_name": "a\x00b"},
        {"rollover_hour": "noon"},
    ],
)
def test_a_value_out_of_range_saves_nothing(choice: dict, changes: list):
    user = make_user()

    with pytest.raises(PreferencesInvalid) as caught:
        save_preferences(user, now=NOW, new_per_day=7, **choice)

    assert set(caught.value.details["errors"]) == set(choice)
    assert User.objects.get().new_per_day == 10
    assert changes == []


def test_other_fields_are_not_preferences():
    with pytest.raises(TypeError):
        save_preferences(make_user(), now=NOW, is_staff=True)


def test_suspension_ends_sessions_and_reinstatement_does_not_revive_them(client: Client):
    user = make_user()
    client.force_login(user)
    assert client.get("/administration/").status_code == 302
    page = "/account/email/"
    assert client.get(page).status_code == 200

    suspend(user, now=NOW)
    assert client.get(page).status_code == 302
    client.force_login(user)
    reinstate(user)
    user.refresh_from_db()
    stale = Client()
    stale.force_login(user)
    suspend(user, now=NOW)
    reinstate(user)

    assert stale.get(page).status_code == 302


def test_an_erase_tells_and_leaves_no_row_of_the_person(client: Client):
    heard: list[User] = []

    def listen(sender: type, user: User, **_rest: object) -> None:
        heard.append(User.objects.get(pk=user.pk))

    user, other = make_user(), make_user()
    client.force_login(user)
    person_erasing.connect(listen)
    try:
        erase_people([user], now=NOW)
    finally:
        person_erasing.disconnect(listen)

    assert len(heard) == 1
    assert list(User.objects.all()) == [other]
    assert not client.session.exists(client.session.session_key)


def test_addresses_are_one_whatever_their_case():
    make_user("aiko@example.org")

    assert User.objects.get_by_natural_key("AIKO@Example.ORG").email == "aiko@example.org"
    with pytest.raises(Exception, match=r"(?i)unique"):
        User.objects.create(email="Aiko@example.org")
