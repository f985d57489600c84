"""States of pages and errors: axe finds nothing, nothing spills, nothing complains."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import make_review_card

LESSON = "/courses/harbour/lessons/pier/"
LOOKS = [("phone", "light"), ("phone", "dark"), ("desktop", "light"), ("desktop", "dark")]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def learner(taught):
    user = make_user("learner@example.org", display_name="A learner with quite a long name indeed")
    enrol_as(user, taught.course)
    for question in taught.questions.values():
        make_review_card(user, question)
    return user


def faults_of(page, path: str) -> list[str]:
    """Return what is wrong with the page that is shown now."""
    found = []
    for violation in Axe().run(page).response["violations"]:
        places = [node["target"][0] for node in violation["nodes"]][:3]
        found.append(f"{path}: {violation['id']} at {places}")
    if page.evaluate(WIDER):
        found.append(f"{path}: wider than the window")
    found += [f"{path}: {complaint}" for complaint in page.console.complaints]
    page.console.complaints.clear()
    return found


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_states_of_an_answer(new_page, learner, size, scheme):
    page = new_page(size=size, scheme=scheme, user=learner)
    page.goto(LESSON)
    page.fill("#q-asked-numeric input[name=value]", "7")
    page.click("#q-asked-numeric button:has-text('Check')")
    page.wait_for_selector("#q-asked-numeric [data-feedback]")
    faults = faults_of(page, "answered in the lesson")
    page.goto("/review/")
    page.locator(".option").first.click()
    page.locator(".thumb button").click()
    page.wait_for_selector("[data-card] .feedback")
    faults += faults_of(page, "answered on the review page")
    page.keyboard.press("?")
    faults += faults_of(page, "the list of keys")

    assert faults == []


def test_errors_are_pages_too(new_page, transactional_db):
    page = new_page(size="phone")
    page.goto("/no/such/page/")
    page.console.complaints.clear()  # the 404 itself

    assert faults_of(page, "404") == []
    assert "There is nothing here" in page.locator("h1").inner_text()
