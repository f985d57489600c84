"""The pages about the API in a browser: the reference is for everybody, tokens are made."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.accounts import make_user


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reference_can_be_read_by_everybody(new_page, size, scheme):
    page = new_page(size=size, scheme=scheme)
    page.goto("/api/v1/reference/")

    page.get_by_role("heading", name="POST /api/v1/reviews/answer").wait_for()
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], len(each["nodes"])) for each in violations] == []
    assert not page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert page.console.complaints == []


@pytest.mark.usefixtures("transactional_db")
def test_a_token_is_made_shown_once_and_revoked(new_page):
    page = new_page(user=make_user())
    page.goto("/api/v1/your-tokens/")
    page.get_by_label("Name").fill("My script")
    page.get_by_role("button", name="Make the token").click()

    shown = page.get_by_text(re.compile("^qs_"))
    shown.wait_for()
    page.goto("/api/v1/your-tokens/")
    assert page.get_by_text(re.compile("^qs_")).count() == 0
    page.get_by_role("button", name="Revoke My script").click()
    page.get_by_text("The token was revoked").wait_for()
    assert page.console.complaints == []
