"""Without the shared cache learners read and answer on; only the doors that count refuse."""

from typing import Any

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisConnectionError

from tests.permissions import world as worlds
from tests.permissions.matrix import rows
from tests.permissions.test_matrix import ask, expand, session_of
from tests.permissions.world import World

# What counts attempts refuses with a sentence: 503.
DOORS = {
    "account_login", "account_signup", "account_reset_password", "account_reauthenticate",
    "account_reset_password_from_key", "account_change_password", "account_email",
    "account_set_password", "web:delete-account",
}  # fmt: skip


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.DEVELOPMENT = False
    return worlds.build()


def _cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise RedisConnectionError("Connection refused")

    client = type(cache._connections["default"])
    for name in ("add", "get", "get_many", "set", "set_many", "incr", "delete", "touch", "has_key"):
        monkeypatch.setattr(client, name, refuse, raising=False)
    monkeypatch.setattr(client, "clear", lambda self: None)


@pytest.mark.parametrize("actor", ["student", "owner"])
def test_learners_and_teachers_go_on(world: World, monkeypatch: pytest.MonkeyPatch, actor: str):
    session = session_of(world, actor)
    _cut_off(monkeypatch)
    wrong = []
    for row in expand(rows()):
        if row.route == "readyz":
            continue  # says that something is missing, as it should
        got = ask(world, row, actor, session)
        refused = row.route in DOORS and got == "503"
        if got != row.expected[actor] and not refused:
            wrong.append(f"{row}: expected {row.expected[actor]}, got {got}")

    assert not wrong, "\n".join(wrong)


def test_strangers_read_pages_and_nobody_is_crashed_at(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    _cut_off(monkeypatch)
    answers = {}
    for row in expand(rows()):
        if row.route.startswith(("web:", "account_")):
            answers[str(row)] = ask(world, row, "anonymous", None)

    assert answers["GET web:lesson (open)"] == "200"
    assert answers["POST account_login (-)"] == "503"
    assert {name for name, got in answers.items() if got == "500"} == set()
