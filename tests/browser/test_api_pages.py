"""The pages about the API in a browser: the reference draws under our CSP, tokens are made."""

import re

import pytest
from django.test import Client

from tests.factories.accounts import make_user


def sign_in(page, live_server, user) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@pytest.mark.usefixtures("transactional_db")
def test_the_reference_draws_without_help_from_elsewhere(page, console, live_server):
    page.goto(f"{live_server.url}/api/v1/reference/")

    page.get_by_text("/api/v1/reviews/answer").first.wait_for()
    assert console.complaints == []


@pytest.mark.usefixtures("transactional_db")
def test_a_token_is_made_shown_once_and_revoked(page, console, live_server):
    sign_in(page, live_server, make_user())
    page.goto(f"{live_server.url}/api/v1/your-tokens/")
    page.get_by_label("Name").fill("My script")
    page.get_by_role("button", name="Make it").click()

    key = page.get_by_role("status").get_by_text(re.compile("^qs_"))
    assert key.is_visible()
    page.reload()  # the browser asks to send the form again; a fresh visit shows no key
    page.goto(f"{live_server.url}/api/v1/your-tokens/")
    assert page.get_by_text(re.compile("^qs_")).count() == 0
    page.get_by_role("button", name="Revoke My script").first.click()
    page.get_by_text("The token was revoked").wait_for()
    assert console.complaints == []
