"""Logs say what happened, one event a line, and no secret."""

import json
import logging
from types import SimpleNamespace

import pytest
import structlog
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from courses.common import logs
from courses.common.middleware import RequestLogMiddleware


@pytest.fixture
def configured(capsys):
    """Logs as in production, and back to the tests' own afterwards."""
    logs.configure(level="INFO", json=True)
    yield
    logs.configure(level=settings.LOG_LEVEL, json=not settings.DEVELOPMENT)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("redis://:hunter2@host:6379/0 is gone", "redis://***@host:6379/0 is gone"),
        ("postgres://user:hunter2@db/quizsite", "postgres://***@db/quizsite"),
        ("Authorization: Bearer hunter2hunter2", "Authorization: ***"),
        ("got 'Bearer hunter2hunter2'", "got 'Bearer ***'"),
        ("password=hunter2 given", "password=*** given"),
        ("{'csrf_token': 'hunter2'}", "{'csrf_token': '***'}"),
        ("Not Found: /reset/?key=hunter2&x=1", "Not Found: /reset/?***"),
        ("/account/password/reset/key/3a-hunter2/", "/account/password/reset/key/***"),
        ("No /account/confirm-email/MQ:1:hunter2/", "No /account/confirm-email/***"),
        ("GET '/reminders/stop/a:1:hunter2/' 200", "GET '/reminders/stop/***' 200"),
        ("/account/password/reset/key/done/", "/account/password/reset/key/done/"),
        ("what is due? a=b", "what is due? a=b"),
        ("12:30 all is well", "12:30 all is well"),
    ],
)
def test_secrets_in_texts_are_censored(text, kept):
    censored = logs.censor_text(text)

    assert "hunter2" not in censored
    if not text.startswith("Authorization"):
        assert censored == kept


@pytest.mark.parametrize(
    "name",
    ["password", "new_password1", "token", "SECRET_KEY", "client_secret", "Authorization",
     "cookie", "sessionid", "csrfmiddlewaretoken", "api_key", "key", "idempotency-key"],
)  # fmt: skip
def test_values_under_secret_names_are_censored(name):
    event = logs.censor(None, "info", {"event": "x", name: "hunter2", "deep": {name: ["hunter2"]}})

    assert "hunter2" not in json.dumps(event)


def test_an_event_is_one_line_of_json(configured, capsys):
    structlog.get_logger("courses.test").info("card\nanswered", rating=3, password="hunter2")
    logging.getLogger("library").warning("hello %s", "world")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[0]["event"] == "card\nanswered"
    assert lines[0]["rating"] == 3
    assert lines[0]["password"] == "***"
    assert (lines[1]["event"], lines[1]["logger"]) == ("hello world", "library")


def test_a_traceback_stays_in_its_line(configured, capsys):
    try:
        raise RuntimeError("password=hunter2")
    except RuntimeError:
        structlog.get_logger("courses.test").exception("failed")

    (line,) = capsys.readouterr().err.splitlines()
    assert "RuntimeError" in json.loads(line)["exception"]
    assert "hunter2" not in line


def answer(request, status=200, user=None):
    def view(request):
        if user is not None:
            request._cached_user = user
        return HttpResponse(status=status)

    with structlog.testing.capture_logs() as lines:
        response = RequestLogMiddleware(view)(request)
    return response, lines


def test_a_request_is_logged_with_its_path_and_never_its_query():
    request = RequestFactory().get("/courses/japan/", {"token": "hunter2"})

    response, lines = answer(request, user=SimpleNamespace(pk="0198"))

    assert len(lines) == 1
    assert lines[0]["path"] == "/courses/japan/"
    assert (lines[0]["method"], lines[0]["status"], lines[0]["user"]) == ("GET", 200, "0198")
    assert "hunter2" not in str(lines)
    assert len(response["X-Request-ID"]) == 36


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0198c0de-0000-7000-8000-000000000000", True), ("a\nb", False), ("x" * 65, False), ("", 0)],
)
def test_only_a_sane_request_id_is_taken_over(given, kept):
    request = RequestFactory().get("/", headers={"X-Request-ID": given})

    response, _ = answer(request)

    assert (response["X-Request-ID"] == given) is bool(kept)


def test_probes_are_logged_only_when_they_fail():
    _, quiet = answer(RequestFactory().get("/readyz"))
    _, loud = answer(RequestFactory().get("/readyz"), status=503)

    assert quiet == []
    assert loud[0]["log_level"] == "error"


def test_in_development_a_line_is_for_people(configured, capsys):
    logs.configure(level="INFO", json=False)
    log = structlog.get_logger("request")

    log.info("request", method="GET", path="/x/", status=200, ms=3.1, request_id="1", user=None)
    log.warning("job_put_off", kind="remind", error="no route")

    lines = capsys.readouterr().err.splitlines()
    assert lines[0][9:] == "info     GET /x/ 200 in 3.1 ms user=None"
    assert lines[1][9:] == "warning  job_put_off error='no route' kind=remind"
