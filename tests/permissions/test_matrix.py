"""Every route, asked by every kind of actor, against the matrix written by hand."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver

from courses.common.ids import new_id
from tests.permissions import world as worlds
from tests.permissions.matrix import Row, rows
from tests.permissions.requests import body_of, path_of
from tests.permissions.world import ACTORS, World

# Routes of Django's admin without a name: shortcuts to what has one, and its own 404.
NAMELESS = {"<path:object_id>/", r"(?P<url>.*)$"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Views of Django and allauth take what they do not expect as one of these, and refuse it there.
LENIENT = ("admin:", "account_", "administration-")


def routes(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every route of the site with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner)
        else:
            yield f"{namespace}{entry.name or ''}", entry


def named_routes() -> list[str]:
    found = []
    for name, entry in routes():
        if name.endswith(":"):
            assert str(entry.pattern).removeprefix("^") in NAMELESS, f"{entry} has no name"
        else:
            found.append(name)
    return found


def expand(table: list[Row]) -> list[Row]:
    """Return the rows with each star replaced by the models that have no row of their own."""
    own = {row.route for row in table}
    expanded = []
    for row in table:
        if "*" not in row.route:
            expanded.append(row)
            continue
        start, _star, end = row.route.partition("*")
        for name in named_routes():
            fits = name.startswith(start) and name.endswith(end)
            if fits and name not in own and name.count("_") >= 2:
                expanded.append(Row(name, row.method, row.where, row.expected))
    return expanded


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.DEVELOPMENT = False  # what only developers see, nobody sees
    return worlds.build()


@pytest.mark.parametrize("actor", ACTORS)
def test_everyone_gets_what_the_matrix_says(world: World, actor: str):
    session = session_of(world, actor)
    wrong = []
    for row in expand(rows()):
        got = ask(world, row, actor, session)
        if got != row.expected[actor]:
            wrong.append(f"{row}: expected {row.expected[actor]}, got {got}")

    assert not wrong, f"{actor}:\n" + "\n".join(wrong)


def test_every_route_has_a_row():
    with_row = {row.route for row in expand(rows())}

    assert set(named_routes()) - with_row == set()
    assert with_row - set(named_routes()) == set()


def test_every_row_reaches_its_route(world: World):
    """With the test above: no route that no test ever visits."""
    for row in expand(rows()):
        path = path_of(world, row.route, row.where).partition("?")[0]
        assert resolve(path).view_name == row.route


def test_other_methods_are_refused(world: World):
    """A method that has no row must not do anything, even for an administrator."""
    table = {(row.route, row.method) for row in rows()}
    session = session_of(world, "administrator")
    wrong = []
    for route in dict.fromkeys(row.route for row in rows()):
        if route.startswith(LENIENT):
            continue
        for method in METHODS:
            if (route, method) not in table:
                got = ask(world, Row(route, method, "-", {}), "administrator", session)
                if got not in ("405", "404"):
                    wrong.append(f"{method} {route}: {got}")

    assert not wrong, "\n".join(wrong)


def session_of(world: World, actor: str) -> str | None:
    """Return the key of a session that was opened before a suspension, if the actor has one."""
    if actor in ("anonymous", "client"):
        return None
    client = Client()
    user = world.people[actor]
    client.force_login(user)
    if actor == "suspended":
        type(user).objects.filter(pk=user.pk).update(is_active=False)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ask(world: World, row: Row, actor: str, session: str | None) -> str:
    """Return the cell that the site's answer is; whatever it did is rolled back."""
    cache.clear()
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    headers = {"Idempotency-Key": str(new_id())}
    if actor == "client":
        headers["Authorization"] = f"Bearer {world.client_key}"
    body = body_of(world, row.route, row.where)
    path = path_of(world, row.route, row.where)
    with transaction.atomic():
        if path.startswith("/api/") and "your-tokens" not in path:
            response = client.generic(
                row.method, path, _json(body), content_type="application/json", headers=headers
            )
        elif row.method == "POST":
            response = client.post(path, body or {}, headers=headers)
        else:
            response = client.generic(row.method, path, headers=headers)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return _cell(response)


def _cell(response: Any) -> str:
    if response.status_code == 302:
        doors = (reverse("account_login"), reverse("admin:login"))
        return "in" if response.url.startswith(doors) else "302"
    return str(response.status_code)


def _json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()
