"""The account's pages and the error pages by keyboard, at 320 pixels, and pressed twice."""

import pytest

from courses.accounts.models import User
from tests.browser.test_every_page import LOOKS, faults_of
from tests.factories.accounts import PASSWORD

ERRORS = ["/no/such/page/", "/courses/harbour/lessons/peir/", "/courses/harbour/class/"]
ACCOUNT = ["/preferences/", "/account/email/", "/account/password/change/", "/account/delete/",
           "/account/logout/", "/jobs/", "/api/v1/your-tokens/"]  # fmt: skip
NARROW = {"viewport": {"width": 320, "height": 640}}


def expected(fault: str) -> bool:
    """Browsers complain of every status of 400 and more."""
    return "Failed to load resource" not in fault


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_error_pages_are_pages(new_page, learner, size, scheme):
    page = new_page(size=size, scheme=scheme, user=learner)
    faults = []
    for path in ERRORS:
        page.goto(path)
        faults += [fault for fault in faults_of(page, path) if expected(fault)]

    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_spills_at_320_pixels(new_page, learner, scheme):
    page = new_page(user=learner, scheme=scheme, **NARROW)
    faults = []
    for path in [*ERRORS, *ACCOUNT]:
        page.goto(path)
        faults += [fault for fault in faults_of(page, path) if expected(fault)]

    assert faults == []


def test_the_first_field_that_is_wrong_has_the_focus(new_page, learner):
    page = new_page(user=learner)
    page.goto("/preferences/")
    page.fill("#id_minutes_per_day", "0")
    page.fill("#id_display_name", "Aiko the Second")
    page.click("text=Save preferences")

    page.wait_for_selector(".has-error")
    assert page.evaluate("document.activeElement.id") == "id_minutes_per_day"
    assert page.input_value("#id_display_name") == "Aiko the Second"


def test_an_account_is_deleted_by_keyboard_alone(new_page, learner):
    page = new_page(user=learner)
    page.goto("/account/delete/")
    page.focus("#id_password")
    page.keyboard.type(PASSWORD)
    for _stop in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_sure":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_selector("text=Your account is deleted")
    assert not User.objects.filter(pk=learner.pk).exists()


def test_a_form_pressed_twice_is_sent_once(new_page, learner):
    page = new_page(user=learner)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto("/api/v1/your-tokens/")
    page.fill("#id_name", "My program")
    page.locator("text=Make the token").dblclick(no_wait_after=True)

    page.wait_for_selector("text=This is your new token")
    assert len(sent) == 1
    assert learner.personal_tokens.count() == 1
