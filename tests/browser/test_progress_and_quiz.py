"""My progress with a real history, and a quiz that loses nothing, in a real browser."""

from datetime import timedelta

import pytest

from courses.assessment.models import Response
from courses.common import clock
from tests.browser.test_every_page import faults_of
from tests.browser.test_student import until
from tests.factories.assessment import RIGHT, WRONG, answer_lesson, make_attempt

LOOKS = [("phone", "dark"), ("desktop", "light")]


@pytest.fixture
def remembered(learner, taught):
    """Three questions answered again and again over three weeks, one of them mostly wrong."""
    begin = clock.now() - timedelta(days=20)
    for name in ("numeric", "short_text", "single_choice"):
        for turn, days in enumerate((0, 0, 0, 1, 5, 12)):
            at = begin + timedelta(days=days, minutes=15 * turn)
            raw = (WRONG if name == "numeric" and turn % 2 else RIGHT)[name]
            answer_lesson(
                learner, taught.lesson, taught.questions[name], raw, answered_at=at, now=at
            )


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_progress_and_its_cards(new_page, learner, taught, remembered, size, scheme):
    page = new_page(size=size, scheme=scheme, user=learner)
    faults = []
    card = f"/progress/cards/{taught.questions['numeric'].pk}/"
    for path in ("/progress/", "/progress/cards/", card):
        page.goto(path)
        for details in page.locator("details").all():
            details.locator("summary").click()
        faults += faults_of(page, path)

    assert faults == []
    assert page.locator(".curve .mark").count() == 6


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_states_of_a_quiz(new_page, learner, taught, size, scheme):
    attempt = make_attempt(learner, taught.quiz)
    page = new_page(size=size, scheme=scheme, user=learner)
    page.goto(f"/attempts/{attempt.pk}/")
    page.locator(".option").first.click()
    faults = faults_of(page, "chosen")
    page.click("button:has-text('Check')")
    page.wait_for_selector("[data-feedback]")
    faults += faults_of(page, "answered")
    page.click("text=Hand in")
    page.wait_for_selector(".hand-in")
    faults += faults_of(page, "handing in")
    page.click("text=Hand in all the same")
    page.wait_for_url("**/results/")
    faults += faults_of(page, "results")

    assert faults == []


def test_what_is_not_checked_yet_survives_leaving(new_page, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    page = new_page(size="phone", user=learner)
    path = f"/attempts/{attempt.pk}/"
    page.goto(path)
    page.locator(".option").nth(1).click()
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    ordering = f"{path}?question={taught.questions['ordering'].pk}"
    page.goto(ordering)
    page.locator("button[data-down]").first.click()
    moved = page.locator(".ordering .item-text").all_inner_texts()
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")

    page.goto("/")
    page.goto(path)
    chosen = page.locator(".option input").nth(1).is_checked()
    page.goto(ordering)

    assert chosen
    assert page.locator(".ordering .item-text").all_inner_texts() == moved
    assert Response.objects.count() == 0
    assert page.console.complaints == []


def test_a_draft_goes_once_it_is_an_answer(new_page, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    page = new_page(user=learner)
    page.goto(f"/attempts/{attempt.pk}/")
    page.keyboard.press("2")
    drafts = "Object.keys(localStorage).filter(key => key.startsWith('quizsite.draft.')).length"
    assert page.evaluate(drafts) == 1

    page.keyboard.press("Enter")
    page.wait_for_selector("[data-feedback]")

    until(page, f"{drafts} === 0")
    assert Response.objects.count() == 1


def test_the_list_of_questions_swaps_in_place(new_page, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    page = new_page(user=learner)
    page.goto(f"/attempts/{attempt.pk}/")

    page.locator(".quiz-nav a").nth(2).press("Enter")

    page.wait_for_selector("text=Question 3 of 5")
    assert page.evaluate("document.activeElement.name") == "text"


def test_the_printer_gets_every_explanation(new_page, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    page = new_page(user=learner)
    page.goto(f"/attempts/{attempt.pk}/")
    page.locator("form [data-options] input").nth(0).check()
    page.click("button:has-text('Check')")
    page.wait_for_selector("[data-feedback]")
    page.goto(f"/attempts/{attempt.pk}/?hand-in=1")
    page.click("text=Hand in all the same")
    page.wait_for_url("**/results/", wait_until="load")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator("details:not([open])").count() == 0
