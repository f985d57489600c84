"""The first minute in a real browser: read, answer, see why; then an account, and nothing lost."""

import re

import pytest
from django.core import mail

from courses.assessment.models import GuestEntry, Response
from courses.flashcards.models import Card
from tests.browser.test_every_page import faults_of
from tests.browser.test_student import LESSON, until
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.enrollment import enrol_as

KEPT = "from this browser"


@pytest.fixture
def phone(new_page):
    return new_page(size="phone")


def answer(page, value="5.5"):
    """Answer the numeric question in the prose; return its place."""
    place = page.locator("#q-asked-numeric")
    place.locator("input[name=value]").fill(value)
    place.locator("button:has-text('Check')").tap()
    place.locator("[data-feedback]").wait_for()
    return place


def sign_in(page, email):
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button.button-main").tap()


def test_a_visitor_answers_and_signs_up(phone, taught):
    page = phone
    page.goto(LESSON)
    place = answer(page)
    assert page.url.endswith(LESSON)
    assert "Right" in place.locator(".verdict").inner_text()
    assert "Why numeric." in place.inner_text()
    assert "Your answer is kept in this browser" in page.locator("#guest-end").inner_text()
    assert faults_of(page, "answered as a guest") == []

    place.locator("[data-guest-line] a").first.tap()
    page.wait_for_url("**/account/signup/**")
    assert "Your answer comes with you." in page.locator("[data-guest-comes]").inner_text()
    assert faults_of(page, "signing up with an answer") == []
    page.fill("input[name=display_name]", "Aiko")
    page.fill("input[name=email]", "aiko@example.org")
    page.fill("input[name=password1]", PASSWORD)
    page.locator("[data-show-password]").tap()
    assert page.locator("input[name=password1]").get_attribute("type") == "text"
    page.locator("main form.form button.button-main").tap()
    page.wait_for_url("**/account/confirm-email/")
    assert "the answer you gave here comes with you" in page.locator("main").inner_text()

    link = re.search(r"/account/confirm-email/\S+", mail.outbox[0].body).group()
    page.goto(link)
    page.locator("main button.button-main").tap()
    page.wait_for_selector(f"text=1 answer {KEPT}")

    assert Response.objects.get().learner.email == "aiko@example.org"
    assert Card.objects.count() == 1
    page.goto(LESSON)
    assert "Last time: Right" in page.locator("#q-asked-numeric").inner_text()
    assert page.console.complaints == []


def test_the_question_on_the_cover_is_answered_on_the_cover(phone, taught):
    page = phone
    page.goto("/")
    place = page.locator("section#q-asked-single-choice")

    place.locator(".option").first.tap()
    place.locator("button:has-text('Check')").tap()
    place.locator("[data-feedback]").wait_for()

    assert page.evaluate("location.pathname") == "/"
    assert place.locator("[data-guest-line]").count() == 1
    page.goto(LESSON)
    assert "Last time" in page.locator("#q-asked-single-choice").inner_text()


def test_a_visitor_who_has_an_account_signs_in_and_is_led_back(phone, taught):
    page, person = phone, make_user("aiko@example.org")
    page.goto(LESSON)
    answer(page, "7").locator("[data-guest-line] a").last.tap()
    page.wait_for_url("**/account/login/**")

    sign_in(page, person.email)

    page.wait_for_url(f"**{LESSON}#q-asked-numeric")
    assert f"1 answer {KEPT}" in page.locator(".messages").inner_text()
    assert "Last time: Not right" in page.locator("#q-asked-numeric").inner_text()
    assert Response.objects.get().learner == person
    assert page.console.complaints == []


def test_a_double_click_on_check_is_one_answer(new_page, taught):
    page = new_page()
    page.goto(LESSON)
    place = page.locator("#q-asked-numeric")
    place.locator("input[name=value]").fill("5.5")

    place.locator("button:has-text('Check')").dblclick()
    place.locator("[data-feedback]").wait_for()

    assert GuestEntry.objects.count() == 1


def test_without_scripts_it_is_the_same_minute(new_page, taught):
    page = new_page(size="phone", java_script_enabled=False)
    page.goto(LESSON)

    place = answer(page)

    assert page.url.endswith("#q-asked-numeric")
    assert "Right" in place.locator(".verdict").inner_text()
    place.locator("[data-guest-line]").wait_for()


def test_back_from_the_sign_up_the_answer_is_still_there(phone, taught):
    page = phone
    page.goto(LESSON)
    answer(page).locator("[data-guest-line] a").first.tap()
    page.wait_for_url("**/account/signup/**")

    page.go_back()

    place = page.locator("#q-asked-numeric")
    if not place.locator("[data-feedback]").count():  # no page from memory: the server tells
        assert "Last time: Right" in place.inner_text()
    page.locator("#q-asked-short-text input[name=text]").fill("Kishida Fumio")
    page.keyboard.press("Enter")
    page.locator("#q-asked-short-text [data-feedback]").wait_for()
    assert GuestEntry.objects.values("guest").distinct().count() == 1


def test_two_tabs_are_one_guest_and_then_one_learner(phone, taught):
    first, person = phone, make_user("aiko@example.org")
    first.goto(LESSON)
    second = first.context.new_page()
    second.goto(LESSON)
    answer(first)
    second.fill("#q-asked-short-text input[name=text]", "Kishida Fumio")
    second.keyboard.press("Enter")
    second.locator("#q-asked-short-text [data-feedback]").wait_for()
    assert GuestEntry.objects.values("guest").distinct().count() == 1

    first.goto("/account/login/")
    sign_in(first, person.email)
    first.wait_for_selector(f"text=2 answers {KEPT}")
    # The other tab still has the forms of a guest.
    place = second.locator("#q-asked-single-choice")
    place.locator(".option").first.tap()
    place.locator("button:has-text('Check')").tap()
    place.locator("[data-feedback]").wait_for()

    assert Response.objects.filter(learner=person).count() == 3
    assert not GuestEntry.objects.exists()


def test_a_tab_left_open_by_who_signed_out_answers_as_a_guest(new_page, taught):
    person = make_user("aiko@example.org")
    enrol_as(person, taught.course)
    page = new_page(size="phone", user=person)
    page.goto(LESSON)
    other = page.context.new_page()
    other.goto("/account/logout/")
    other.locator("main button").tap()
    other.wait_for_url("**/")

    answer(page)

    assert GuestEntry.objects.count() == 1
    assert not Response.objects.exists()


def test_too_many_answers_are_told_beneath_the_question(phone, taught, settings):
    settings.GUEST_ANSWERS_PER_MINUTE = 0
    page = phone
    page.goto(LESSON)
    answer(page)  # the first of a window is counted, and let through
    place = page.locator("#q-asked-short-text")

    place.locator("input[name=text]").fill("Kishida Fumio")
    place.locator("button:has-text('Check')").tap()

    place.locator("[role=alert]").wait_for()
    assert "Too many answers came from your network" in place.inner_text()
    assert place.locator("input[name=text]").input_value() == "Kishida Fumio"
    until(page, "document.querySelectorAll('#q-asked-short-text [data-feedback]').length === 0")
