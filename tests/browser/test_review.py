"""The review page when something goes wrong: the line, the tab, the session, the finger."""

import json

import pytest

from courses.flashcards.models import Card, ReviewLog
from tests.browser.test_student import NOTHING_WAITS, until
from tests.factories.flashcards import make_review_card
from tests.factories.harbour import TYPES

ANSWER = "**/api/v1/reviews/answer"


@pytest.fixture
def cards(learner, taught):
    """Five cards, one of each type; the first is a choice."""
    names = sorted(TYPES, key=lambda name: (name != "single_choice", name))
    return [
        make_review_card(learner, taught.questions[name], queue_position=number)
        for number, name in enumerate(names)
    ]


def opened(new_page, learner, **options):
    page = new_page(user=learner, **options)
    # Requests are intercepted from the start: a page that is open already may send one more
    # past a route that was set up just now.
    page.context.route("**/nothing-of-ours", lambda route: route.abort())
    page.goto("/review/")
    page.wait_for_selector("[data-card] .thumb")
    return page


def stem(page) -> str:
    return page.locator("[data-card] .question-stem").inner_text()


def choose_and_check(page) -> None:
    page.keyboard.press("1")
    page.keyboard.press("Enter")


def leave_card(page, shown: str) -> None:
    """Answer the card in hand, whatever it is; wait for what is `shown` then, and go on."""
    if page.locator(".option").count():
        page.keyboard.press("1")
    for selector in ("input[name=value]", "input[name=text]"):
        if page.locator(selector).count():
            page.fill(selector, "5")
    page.locator(".thumb .button-main").click()
    if page.locator(".ratings").count():
        page.wait_for_timeout(250)
        page.locator(".rating").nth(2).click()
        return
    page.wait_for_selector(shown)
    page.wait_for_timeout(250)  # a second tap at once would count as a double tap
    page.locator(".thumb .button-main").click()


def answers_of(learner) -> int:
    return ReviewLog.objects.filter(learner=learner, kind="answer").count()


def test_a_key_pressed_twice_checks_once_and_leaves_the_feedback_standing(new_page, learner, cards):
    page = opened(new_page, learner)
    asked = stem(page)

    page.keyboard.press("1")
    page.evaluate(
        """() => {
            const enter = () => document.querySelector("[data-card]").dispatchEvent(
                new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            new MutationObserver((_all, watcher) => {
                if (!document.querySelector("[data-card] .feedback")) return;
                watcher.disconnect();
                enter();
            }).observe(document.body, { childList: true, subtree: true });
            enter();
            enter();
        }"""
    )

    page.wait_for_selector("[data-card] .feedback")
    page.wait_for_timeout(300)
    assert stem(page) == asked
    assert answers_of(learner) == 1


def test_a_held_key_does_not_run_through_the_cards(new_page, learner, cards):
    page = opened(new_page, learner)
    page.keyboard.press("1")

    page.keyboard.down("Enter")
    page.wait_for_selector("[data-card] .feedback")
    page.wait_for_timeout(300)
    page.keyboard.down("Enter")  # what a held key sends is a repetition
    page.keyboard.up("Enter")

    assert page.locator("[data-card] .feedback").count() == 1


def test_several_answers_are_taken_back_one_after_the_other(new_page, learner, cards):
    page = opened(new_page, learner)
    first = stem(page)
    page.context.set_offline(True)
    for _card in range(2):
        leave_card(page, ".unchecked")

    for _answer in range(2):
        page.locator("[data-undo] button").click()

    assert stem(page) == first
    until(page, NOTHING_WAITS)
    assert answers_of(learner) == 0


def until_stem(page, told: str, *, shown: bool) -> None:
    """Wait until the card in hand asks what was `told`, or until it asks something else."""
    page.wait_for_function(
        "([told, shown]) => (document.querySelector('[data-card] .question-stem')"
        "?.innerText === told) === shown",
        arg=[told, shown],
    )


@pytest.mark.parametrize("key", ["-", "!"])
def test_the_last_thing_done_is_taken_back_first(new_page, learner, cards, key):
    page = opened(new_page, learner)
    answered = stem(page)
    leave_card(page, ".feedback")
    put_off = stem(page)
    page.keyboard.press("Escape")
    page.keyboard.press(key)
    until_stem(page, put_off, shown=False)

    page.keyboard.press("Escape")
    page.keyboard.press("z")

    until_stem(page, put_off, shown=True)
    assert answers_of(learner) == 1
    assert not Card.objects.filter(learner=learner, suspended=True).exists()
    assert not ReviewLog.objects.filter(learner=learner, kind="undo").exists()
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    until_stem(page, answered, shown=True)
    assert ReviewLog.objects.filter(learner=learner, kind="undo").count() == 1


def test_what_was_put_off_before_any_answer_is_taken_back(new_page, learner, cards):
    page = opened(new_page, learner)
    put_off = stem(page)
    assert page.locator("[data-undo] button").is_hidden()
    page.keyboard.press("-")
    until_stem(page, put_off, shown=False)

    page.locator("[data-undo] button").click()

    until_stem(page, put_off, shown=True)
    page.wait_for_selector("[data-count]:has-text('5 left')")


def test_offline_one_is_told_at_once_and_nothing_is_lost(new_page, learner, cards):
    page = opened(new_page, learner, size="phone")
    page.context.set_offline(True)
    page.wait_for_selector("[data-line].is-down:has-text('The line is down.')")

    page.locator(".option").first.tap()
    page.locator(".thumb button").tap()
    page.wait_for_selector(".unchecked:has-text('Kept on this device.')")
    page.context.set_offline(False)

    page.wait_for_selector("[data-card] .feedback")
    assert page.locator(".unchecked").count() == 0
    assert page.locator("[data-line]").inner_text() == "The line is back. Everything is sent."
    assert answers_of(learner) == 1


def test_a_reload_shows_the_same_card_with_what_was_typed(new_page, learner, taught):
    make_review_card(learner, taught.questions["short_text"])
    page = opened(new_page, learner)
    asked = stem(page)
    page.fill("input[name=text]", "Fumio Ki")

    page.reload()
    page.wait_for_selector("[data-card] .thumb")

    assert stem(page) == asked
    assert page.locator("input[name=text]").input_value() == "Fumio Ki"


def test_a_tab_closed_before_the_server_answers_loses_nothing(new_page, learner, cards):
    page = opened(new_page, learner)
    page.context.route(ANSWER, lambda route: route.abort())
    choose_and_check(page)
    page.wait_for_selector("text=One answer is kept on this device")
    page.context.unroute(ANSWER)

    again = page.context.new_page()
    page.close()
    again.goto("/review/")

    until(again, NOTHING_WAITS)
    assert answers_of(learner) == 1


def test_a_card_answered_in_one_tab_is_not_asked_in_the_other(new_page, learner, cards):
    page = opened(new_page, learner)
    other = page.context.new_page()
    other.goto("/review/")
    other.wait_for_selector("[data-card] .thumb")
    asked = stem(other)
    assert stem(page) == asked

    page.bring_to_front()
    choose_and_check(page)
    page.wait_for_selector("[data-card] .feedback")

    other.wait_for_selector("text=answered in another tab")
    assert stem(other) != asked
    assert answers_of(learner) == 1


def test_an_expired_session_keeps_the_answer_until_one_is_back(new_page, learner, cards):
    page = opened(new_page, learner)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    choose_and_check(page)

    page.wait_for_selector("text=You are signed out.")
    assert page.locator("[data-line] a").get_attribute("href").startswith("/account/login/")
    assert page.locator(".unchecked").count() == 1
    page.context.add_cookies(cookies)
    page.goto("/review/")
    until(page, NOTHING_WAITS)
    assert answers_of(learner) == 1


def test_a_server_in_trouble_is_not_called_a_line_that_is_down(new_page, learner, cards):
    page = opened(new_page, learner)
    page.context.route(ANSWER, lambda route: route.fulfill(status=503, body="busy"))

    choose_and_check(page)

    page.wait_for_selector("[data-line]:has-text('The server is in trouble. One answer is kept')")
    page.context.unroute(ANSWER)
    page.wait_for_selector("[data-card] .feedback")
    assert answers_of(learner) == 1


def test_after_midnight_is_tomorrow(new_page, learner, cards):
    page = opened(new_page, learner)

    def after_midnight(route):
        answer = route.fetch()
        body = answer.json()
        body["interval_days"] = 0
        body["due_at"] = page.evaluate(
            """() => {
                const day = new Date(Date.now() + 24 * 3600e3).toLocaleDateString("en-CA",
                    { timeZone: "Asia/Tokyo" });
                return `${day}T00:12:00+09:00`;
            }"""
        )
        route.fulfill(response=answer, body=json.dumps(body))

    learner.time_zone = "Asia/Tokyo"
    learner.save()
    page.reload()
    page.wait_for_selector("[data-card] .thumb")
    page.context.route(ANSWER, after_midnight)

    choose_and_check(page)

    page.wait_for_selector(".when-next")
    assert page.locator(".when-next").inner_text() == "Comes back tomorrow, 00:12."


def test_a_long_session_holds_no_more_cards_than_it_needs(new_page, learner, cards):
    page = opened(new_page, learner)
    sent = []
    page.on("request", lambda one: one.url.endswith("/answer") and sent.append(one.post_data_json))
    for _card in range(3):
        leave_card(page, ".feedback")
        page.wait_for_selector("[data-card] form:not(:has(.feedback))")

    assert max(len(one["held"]) + one["limit"] for one in sent) <= 3


def test_the_end_says_what_was_done_and_when_cards_come(new_page, learner, taught):
    make_review_card(learner, taught.questions["single_choice"])
    page = opened(new_page, learner)
    page.locator(".option", has_text="Tokyo").click()  # a wrong answer would be asked again
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-card] .feedback")
    Card.objects.filter(learner=learner).update(queue_position=None)
    page.wait_for_timeout(250)

    page.keyboard.press("Enter")

    page.wait_for_selector(".end", timeout=10_000)
    assert "answered" in page.locator(".end .summary-figures").inner_text()
    assert page.locator(".end .onward a").count() >= 1
    assert page.console.complaints == []


def test_a_verdict_that_comes_after_the_end_leaves_the_focus_where_it_is(new_page, learner, taught):
    make_review_card(learner, taught.questions["flashcard"])
    page = opened(new_page, learner)
    held = []
    page.route(ANSWER, lambda route: held.append(route))
    with page.expect_request(ANSWER):
        leave_card(page, ".feedback")
    page.wait_for_selector(".end-title:focus")
    page.keyboard.press("Tab")
    told = page.locator(".end").inner_text()

    held[0].continue_()

    until(page, NOTHING_WAITS)
    page.wait_for_function("(told) => document.querySelector('.end').innerText !== told", arg=told)
    assert page.evaluate("document.activeElement.matches('.end a.button-main')")


def test_nothing_due_leads_to_a_lesson(new_page, learner):
    page = new_page(user=learner)
    page.goto("/review/")

    assert page.locator(".end-title").inner_text() == "Nothing is due"
    assert "/lessons/" in page.locator(".onward .button-main").get_attribute("href")
