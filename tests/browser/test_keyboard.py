"""Every story with nothing but the keyboard: Tab, Enter, Space, arrows and letters.

At each stop the focus is drawn and not covered; after an action it stands where the news is.
"""

import re

import pytest
from django.core import mail

from courses.assessment.models import Response
from courses.flashcards.models import ReviewLog
from tests.browser.demo import COURSE, Demo, make_demo
from tests.browser.test_student import LESSON, until
from tests.browser.walking import focused, press, stop, walk_through, walk_to
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import make_attempt
from tests.factories.flashcards import make_review_card
from tests.factories.harbour import TYPES


@pytest.fixture
def demo(transactional_db) -> Demo:
    return make_demo()


def arrive(page, path: str) -> None:
    page.wait_for_url(f"**{path}", wait_until="load")


def test_the_first_stop_leads_past_the_masthead(page, taught):
    page.goto(LESSON)

    page.keyboard.press("Tab")
    assert focused(page, ".skip")
    stop(page)
    page.keyboard.press("Enter")

    until(page, "document.activeElement.id === 'main'")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_a_visitor_reads_answers_and_signs_up(page, taught):
    page.goto("/")
    press(page, "main a.button-main")
    arrive(page, LESSON)
    press(page, "#q-asked-single-choice input", " ")
    press(page, "#q-asked-single-choice .question-actions button")
    page.locator("#q-asked-single-choice [data-feedback]").wait_for()
    assert focused(page, "#q-asked-single-choice [data-feedback]")
    walk_to(page, "#q-asked-numeric input[name=value]")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.locator("#q-asked-numeric [data-feedback]").wait_for()
    assert focused(page, "#q-asked-numeric [data-feedback]")

    walk_to(page, "[data-guest-line] a[href*=signup]", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/signup/**", wait_until="load")
    for name, text in (("display_name", "Aiko"), ("email", "aiko@example.org")):
        walk_to(page, f"input[name={name}]")
        page.keyboard.type(text)
    walk_to(page, "input[name=password1]")
    page.keyboard.type(PASSWORD)
    press(page, "main form.form button.button-main")
    arrive(page, "/account/confirm-email/")
    page.goto(re.search(r"/account/confirm-email/\S+", mail.outbox[0].body).group())
    press(page, "main button.button-main")
    page.wait_for_selector("text=from this browser")

    assert Response.objects.filter(learner__email="aiko@example.org").count() == 2


def answer_the_card(page) -> str:
    """Answer the card in hand by walking to its controls; return its type."""
    page.wait_for_timeout(250)  # a key at once would count as meant for the card before
    place = page.locator("[data-card]")
    if place.locator(".option").count():
        press(page, "[data-card] input[type=radio]", " ")
        name = "single_choice"
    elif place.locator(".ordering").count():
        press(page, "[data-card] [data-down]:not(:disabled)")
        assert page.evaluate("Boolean(document.activeElement.closest('.ordering'))")
        name = "ordering"
    elif place.locator("input.input").count():
        if not focused(page, "[data-card] input.input"):
            walk_to(page, "[data-card] input.input")
        page.keyboard.type("12")
        name = place.locator("input.input").get_attribute("name")
    else:
        press(page, "[data-card] .thumb button")
        page.wait_for_selector("[data-card] .ratings")
        page.wait_for_timeout(250)
        press(page, "[data-card] .rating:nth-child(3)")
        return "flashcard"
    press(page, "[data-card] .thumb button")
    page.wait_for_selector("[data-card] .feedback")
    assert focused(page, "[data-card] .feedback")
    page.wait_for_timeout(250)
    press(page, "[data-card] .thumb button")
    return name


def test_a_student_reviews_every_type_and_takes_one_back(new_page, learner, taught):
    for number, name in enumerate(TYPES):
        make_review_card(learner, taught.questions[name], queue_position=number)
    page = new_page(user=learner)
    page.goto("/")
    press(page, "main a.button-main")
    arrive(page, "/review/")
    page.wait_for_selector("[data-card] .thumb")

    answered = []
    for number, _name in enumerate(TYPES, start=1):
        answered.append(answer_the_card(page))
        page.wait_for_selector(f"[data-count]:has-text('{number} done')")
    assert sorted(answered) == ["flashcard", "ordering", "single_choice", "text", "value"]

    press(page, "[data-undo] button")
    page.wait_for_selector("text=Taken back.")
    assert page.evaluate("Boolean(document.activeElement.closest('[data-card]'))")
    assert ReviewLog.objects.filter(learner=learner, kind="undo").count() == 1
    assert page.console.complaints == []


def test_at_the_end_of_the_session_the_focus_is_on_the_end(new_page, learner, taught):
    make_review_card(learner, taught.questions["flashcard"])
    page = new_page(user=learner)
    page.goto("/review/")
    page.wait_for_selector("[data-card] .thumb")

    answer_the_card(page)

    page.wait_for_selector(".end-title")
    assert focused(page, ".end-title")
    press(page, ".end a.button-main")


def test_the_list_of_keys_holds_the_focus_and_gives_it_back(new_page, learner, taught):
    make_review_card(learner, taught.questions["single_choice"])
    page = new_page(user=learner)
    page.goto("/review/")
    page.wait_for_selector("[data-card] .thumb")

    press(page, "[data-show-keys]")
    assert page.locator("dialog[open]").count() == 1
    assert page.evaluate("Boolean(document.activeElement.closest('dialog'))")
    page.keyboard.press("Escape")

    assert focused(page, "[data-show-keys]")


def test_a_student_takes_a_quiz_and_reads_the_results(new_page, learner, taught):
    page = new_page(user=learner)
    page.goto("/courses/harbour/quizzes/practice/")
    press(page, "main form button")
    page.wait_for_url("**/attempts/**", wait_until="load")
    for number in range(1, 6):
        page.wait_for_selector(f"text=Question {number} of 5")
        kind = page.locator("form.question").get_attribute("data-question")
        if kind == "single_choice":
            walk_to(page, "form.question input[type=radio]")
            page.keyboard.press(" ")
        elif kind in ("numeric", "short_text"):
            if not focused(page, "form.question input.input"):
                walk_to(page, "form.question input.input")
            page.keyboard.type("12")
        elif kind == "ordering":
            press(page, "form.question [data-down]:not(:disabled)")
        else:
            if not focused(page, "form.question summary"):
                walk_to(page, "form.question summary")
            page.keyboard.press("Enter")
            press(page, "form.question .rating[value='3']")
        if kind != "flashcard":
            press(page, "form.question .question-actions button")
        page.wait_for_selector("#attempt [data-feedback]")
        assert focused(page, "#attempt [data-feedback]")
        press(page, "#attempt [data-next]")
    page.wait_for_url("**/results/", wait_until="load")

    assert len(walk_through(page)) > 10


def test_handing_in_early_asks_first(new_page, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    page = new_page(user=learner)
    page.goto(f"/attempts/{attempt.pk}/")

    press(page, ".quiz-foot a")
    page.wait_for_selector(".hand-in")
    assert focused(page, ".hand-in")
    press(page, ".hand-in form button")

    page.wait_for_url("**/results/")


def test_items_are_put_in_order_by_buttons(new_page, learner, taught):
    page = new_page(size="phone", user=learner)
    page.goto(LESSON)
    items = page.locator("#q-asked-ordering [data-item]")
    before = items.evaluate_all("all => all.map((each) => each.dataset.item)")

    press(page, "#q-asked-ordering [data-down]:not(:disabled)")

    after = items.evaluate_all("all => all.map((each) => each.dataset.item)")
    assert after == [before[1], before[0], *before[2:]]
    live = page.locator("#q-asked-ordering [data-ordering-live]").inner_text()
    assert "number 2 of 4" in live
    assert page.locator("[draggable=true]").count() == 0


def test_preferences_language_and_appearance(new_page, learner, taught):
    page = new_page(user=learner)
    page.goto("/preferences/")
    walk_to(page, "input[name=minutes_per_day]")
    page.keyboard.press("Control+a")
    page.keyboard.type("2000")
    press(page, "main form button.button-main")
    page.wait_for_selector("main [role=alert]")
    page.wait_for_load_state()
    assert focused(page, "main [role=alert], main [aria-invalid=true]")

    press(page, "button[name=theme][value=dark]")
    page.wait_for_selector("html[data-theme=dark]")
    press(page, "button[name=language][value=ja]")
    page.wait_for_selector("html[lang=ja]")


def test_the_pages_of_a_teacher_and_of_who_looks_things_up(new_page, demo):
    people = demo.people
    page = new_page(user=people["teacher@quizsite.example"])
    page.goto(f"{COURSE}class/")
    press(page, ".students thead a[href*='sort=name']")
    page.wait_for_url("**sort=name**", wait_until="load")
    press(page, ".students tbody th a")
    page.wait_for_url(f"**{COURSE}class/*-*/", wait_until="load")
    walk_through(page)

    student = new_page(user=people["student@quizsite.example"])
    for path in demo.pages["student@quizsite.example"].values():
        student.goto(path)
        assert walk_through(student)
    for path in (f"{COURSE}timeline/", f"{COURSE}glossary/"):
        student.goto(path)
        assert walk_through(student)
