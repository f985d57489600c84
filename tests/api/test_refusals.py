"""Whatever is wrong is answered with a problem, never with a crash."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator
from redis.exceptions import ConnectionError as RedisConnectionError

from courses.accounts.models import User
from courses.api.parsers import parse_json, too_deep
from courses.enrollment.models import Course
from tests.api.conftest import Caller, fresh_key, token_for
from tests.support.growth import LINEAR, growth

ANSWER_PATH = "/api/v1/reviews/answer"


def raw(caller: Caller, body: bytes, content_type: str = "application/json") -> Any:
    return caller.client.post(
        ANSWER_PATH, body, content_type=content_type, headers={"Idempotency-Key": fresh_key()}
    )


def check_problem(reply: Any, status: int, code: str | None = None) -> dict[str, Any]:
    assert reply.status_code == status, reply.content
    assert reply.headers["Content-Type"] == "application/problem+json"
    problem = reply.json()
    assert set(problem) - {"errors"} == {"type", "title", "status", "detail", "code"}
    assert problem["status"] == status
    assert problem["detail"]
    if code:
        assert problem["code"] == code
    return problem


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json_invalid"),
        (b"\xff\xfe", "json_invalid"),
        (b'{"a": NaN}', "json_invalid"),
        (b"[Infinity]", "json_invalid"),
        (b"[-Infinity]", "json_invalid"),
        (b"[1e999]", "json_invalid"),
        (b"[" + b"9" * 5000 + b"]", "json_invalid"),
        (b'{"a": "\\u0000"}', "json_characters"),
        (b'{"a\\u0000": 1}', "json_characters"),
        (b'{"a": ["\\ud800"]}', "json_characters"),
        (b"[" * 51 + b"]" * 51, "json_too_deep"),
        (b"[" * 30000, "json_too_deep"),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "json_too_deep"),
    ],
)
def test_hostile_json_is_a_bad_request(page: Caller, body: bytes, code: str):
    check_problem(raw(page, body), 400, code)


def test_depth_is_counted_outside_of_strings_only():
    assert parse_json(b"[" * 50 + b"]" * 50)
    assert parse_json(json.dumps({"text": "[" * 500}).encode())
    assert parse_json(json.dumps([[]] * 500).encode())
    assert not too_deep(json.dumps({"text": '\\"[[' * 200}).encode())
    assert too_deep(b'["' + b"[" * 100 + b'",' + b"[" * 60)


@pytest.mark.parametrize("piece", [b'\\"', b'"\\', b"\\\\", b'"x', b'"'])
def test_depth_is_counted_in_a_time_that_grows_with_the_length(piece: bytes):
    def count(length: int) -> bool:
        return too_deep(b"[" * 51 + b'"' + piece * (length // len(piece)))

    assert growth(count, 16 * 1024) < LINEAR


def test_pairs_of_surrogates_are_characters():
    assert parse_json(b'"\\ud83d\\ude00"') == "\U0001f600"


def test_a_large_body_is_refused_unread(page: Caller):
    check_problem(raw(page, b'"' + b"x" * 70_000 + b'"'), 413, "request_too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/xml"])
def test_other_formats_are_not_read(page: Caller, kind: str):
    check_problem(raw(page, b"a=b", kind), 415)


def test_signing_in_is_asked_for(stranger_caller: Caller):
    for path in ("me", "plans", "reviews/next", "tokens"):
        reply = stranger_caller.get(path)

        check_problem(reply, 401, "not_authenticated")
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_other_methods_are_refused(page: Caller):
    check_problem(page.client.delete("/api/v1/me"), 405)
    check_problem(page.client.options("/api/v1/me"), 405)


@pytest.mark.parametrize(
    "path", ["nothing", "courses/", "reviews/answer/", "me/x/y", "a\x00b", "a\nb"]
)
def test_unknown_paths_are_problems_too(page: Caller, path: str):
    check_problem(page.get(path), 404, "not_found")
    check_problem(page.post(path, {}), 404, "not_found")


@pytest.mark.parametrize("page_number", ["0", "-1", "x", "99999999999999999999", "\x00"])
def test_pages_that_are_not_there(page: Caller, course: Course, page_number: str):
    check_problem(page.get(f"courses/{course.slug}/claims", {"page": page_number}), 404)


def test_a_page_with_a_session_must_show_that_it_is_ours(student: User):
    forged = Caller(student, enforce_csrf_checks=True)

    check_problem(forged.post("reviews/undo", key=fresh_key()), 403)


def test_a_crash_is_a_problem_that_is_reported(student: User, monkeypatch: pytest.MonkeyPatch):
    def crash(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("courses.api.views.person.today", crash)
    caller = Caller(student, raise_request_exception=False)

    reply = caller.get("me")

    problem = check_problem(reply, 500, "server_error")
    assert "secret" not in json.dumps(problem)
    with pytest.raises(RuntimeError):
        Caller(student).get("me")


def test_strangers_are_throttled_by_address(stranger_caller: Caller, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 3
    replies = [stranger_caller.get("courses") for _call in range(4)]

    assert [reply.status_code for reply in replies[:3]] == [200] * 3
    check_problem(replies[3], 429, "throttled")
    assert 1 <= int(replies[3].headers["Retry-After"]) <= 61


def test_forwarded_addresses_do_not_help(stranger_caller: Caller, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 3
    for number in range(3):
        stranger_caller.get("courses", **{"X-Forwarded-For": f"192.0.2.{number}"})

    check_problem(stranger_caller.get("courses", **{"X-Forwarded-For": "192.0.2.9"}), 429)


def test_keys_are_not_tried_for_free(db: None, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 3
    guesser = Caller(key="qs_wrong")
    replies = [guesser.get("me") for _call in range(4)]

    for reply in replies[:3]:
        check_problem(reply, 401, "token_invalid")
    check_problem(replies[3], 429, "throttled")


def test_a_token_is_not_held_up_by_wrong_ones_of_its_address(student: User, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 1
    guesser = Caller(key="qs_wrong")
    for _call in range(3):
        guesser.get("me")

    assert Caller(key=token_for(student)).get("me").status_code == 200


def test_the_document_is_throttled_like_any_call(stranger_caller: Caller, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 1
    assert stranger_caller.get("schema/").status_code == 200

    check_problem(stranger_caller.get("schema/"), 429, "throttled")


@pytest.mark.parametrize("wanted", ["", "?format=json", "?lang=nonsense", "?version=7"])
def test_the_document_is_made_once(
    stranger_caller: Caller, monkeypatch: pytest.MonkeyPatch, wanted: str
):
    first = stranger_caller.get(f"schema/{wanted}")
    monkeypatch.delattr(SchemaGenerator, "get_schema")

    again = stranger_caller.get(f"schema/{wanted}")

    assert again.content == first.content
    assert b"3.1.0" in again.content
    assert b"/reviews/answer" in again.content


def test_each_token_is_throttled_for_itself_and_sessions_are_not(student: User, settings):
    settings.API_TOKEN_PER_MINUTE = settings.API_ANONYMOUS_PER_MINUTE = 1
    first, second = Caller(key=token_for(student)), Caller(key=token_for(student))
    first.get("me")

    check_problem(first.get("me"), 429)
    assert second.get("me").status_code == 200
    session = Caller(student)
    assert {session.get("me").status_code for _call in range(5)} == {200}


@pytest.mark.usefixtures("course")
def test_without_the_cache_strangers_wait_and_answers_go_on(
    student: User, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise RedisConnectionError("Connection refused")

    token = token_for(student)
    for name in ("add", "incr"):
        monkeypatch.setattr(type(cache._connections["default"]), name, refuse)

    reply = Caller().get("courses")
    check_problem(reply, 503, "unavailable")
    assert reply.headers["Retry-After"]
    assert Caller(key=token).get("me").status_code == 200
    assert Caller(student).get("me").status_code == 200
