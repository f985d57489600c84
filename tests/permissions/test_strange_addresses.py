"""Addresses that nobody wrote: whatever stands in a path or a query, no route falls over."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.permissions import world as worlds
from tests.permissions.matrix import rows
from tests.permissions.requests import path_of
from tests.permissions.test_matrix import expand, routes
from tests.permissions.world import World

# NUL, a line break, half a surrogate pair, not UTF-8, a way up, a picture, far too long.
STRANGE = ("%00", "a%0Ab", "%ED%A0%80", "%FF", "..%2F..", "%F0%9F%98%80", "x" * 2000)
NAMES = ("page", "page_size", "kind", "topic", "course", "exclude", "limit", "answered", "next",
         "email", "q", "o", "format")  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def _with_parameters(world: World) -> Iterator[str]:
    """Yield the path of each route that takes something from its address."""
    taking = {name for name, entry in routes() if re.search(r"[<(]", str(entry.pattern))}
    for row in expand(rows()):
        if row.method == "GET" and row.where in ("-", "own") and row.route in taking:
            yield path_of(world, row.route, row.where).partition("?")[0]


def _mangled(path: str) -> Iterator[str]:
    segments = path.split("/")
    for number, segment in enumerate(segments):
        if segment and number > 1:
            for strange in STRANGE:
                yield "/".join([*segments[:number], strange, *segments[number + 1 :]])


def _status(client: Client, path: str) -> int:
    cache.clear()
    with transaction.atomic():
        response = client.get(path)
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.parametrize("actor", ["student", "administrator"])
def test_strange_paths(world: World, actor: str):
    client = _client(world, actor)
    paths = {mangled for path in _with_parameters(world) for mangled in _mangled(path)}

    assert len(paths) > 100
    assert {path: status for path in sorted(paths) if (status := _status(client, path)) > 499} == {}


@pytest.mark.parametrize("actor", ["student", "administrator"])
def test_strange_queries(world: World, actor: str):
    client = _client(world, actor)
    wrong = {}
    for row in expand(rows()):
        if row.method != "GET" or row.where not in ("-", "own"):
            continue
        path = path_of(world, row.route, row.where)
        sign = "&" if "?" in path else "?"
        for strange in ("%00", "%FF", "-1", "9" * 40):
            asked = path + sign + "&".join(f"{name}={strange}" for name in NAMES)
            if (status := _status(client, asked)) > 499:
                wrong[asked] = status

    assert wrong == {}


@pytest.mark.parametrize(
    "path",
    [
        "/administration/common/job/?kind=%00",
        "/administration/enrollment/course/?status__exact=a%00b",
        "/progress/?%00",
        "/courses/a%00b/",
    ],
)
def test_a_nul_in_an_address_is_a_bad_request(world: World, path: str):
    assert _status(_client(world, "administrator"), path) == 400


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/", "text/plain; charset=utf-8"), ("/api/v1/me", "application/problem+json")],
)
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "theme"])
def test_a_nul_in_a_cookie_is_a_bad_request(path: str, content_type: str, name: str):
    reply = Client().get(path, headers={"Cookie": f'{name}="abcdefgh\\000ij"'})

    assert reply.status_code == 400
    assert reply.headers["Content-Type"] == content_type


def _client(world: World, actor: str) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[actor])
    return client
