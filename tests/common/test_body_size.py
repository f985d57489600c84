"""A body that is too large is refused with a page, and without a traceback in the log."""

import logging

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_body_too_large_is_refused_with_a_page(caplog: pytest.LogCaptureFixture):
    client = Client(enforce_csrf_checks=True)

    with caplog.at_level(logging.INFO):
        response = client.post("/account/login/", {"login": "x" * 10_000_000})

    assert response.status_code == 413
    page = response.content.decode()
    assert "That was too long" in page
    assert "shorten what you typed" in page
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.django_db
def test_the_refusal_is_in_the_readers_language():
    answer = Client().post(
        "/account/signup/", {"email": "x" * 10_000_000}, headers={"Accept-Language": "ja"}
    )

    assert answer.status_code == 413
    assert '<html lang="ja"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "strange", "-1", "9" * 5000])
def test_a_strange_length_is_no_crash(length: str):
    response = Client().get("/account/login/", CONTENT_LENGTH=length)

    assert response.status_code in (200, 413)
