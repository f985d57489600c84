"""A student's day in a real browser: read, answer, practise, review, take back."""

import re
from zoneinfo import ZoneInfo

import pytest

from courses.assessment.models import Response
from courses.flashcards.models import Card, ReviewLog
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import RIGHT
from tests.factories.flashcards import make_review_card
from tests.factories.harbour import TYPES

LESSON = "/courses/harbour/lessons/pier/"
NOTHING_WAITS = "!Object.keys(localStorage).some(key => key.startsWith('quizsite.outbox.'))"
TYPED = {"numeric": "5.5", "short_text": "Fumio Kishida"}


@pytest.fixture
def cards(learner, taught):
    return [
        make_review_card(learner, taught.questions[name], queue_position=number)
        for number, name in enumerate(TYPES)
    ]


def until(page, expression: str, *, tries: int = 200) -> None:
    """Wait until the expression holds. `wait_for_function` polls by eval, which our CSP bars."""
    for _try in range(tries):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"It never came about that {expression}")


def type_on(page) -> str:
    """Return the type of the card that the review page asks."""
    for name, selector in (
        ("flashcard", ".card-back"),
        ("single_choice", ".option"),
        ("ordering", ".ordering"),
        ("numeric", "input[name=value]"),
        ("short_text", "input[name=text]"),
    ):
        if page.locator(f"[data-card] {selector}").count():
            return name
    raise AssertionError(page.locator("[data-card]").inner_text())


def answer_by_keys(page) -> str:
    """Answer the card in hand with nothing but the keyboard, and go on."""
    name = type_on(page)
    keyboard = page.keyboard
    if name == "flashcard":
        keyboard.press(" ")
        page.wait_for_selector(".ratings")
        keyboard.press("3")
        return name
    if name == "single_choice":
        keyboard.press("1")
    elif name in TYPED:
        keyboard.type(TYPED[name])
    else:
        page.locator(".ordering button:not(:disabled)").first.focus()
        keyboard.press("Alt+ArrowDown")
        page.locator("[data-card]").focus()
    keyboard.press("Enter")
    page.wait_for_selector("[data-card] .feedback")
    page.wait_for_timeout(250)  # a second press at once would count as a double press
    keyboard.press("Enter")
    return name


def test_sign_in_by_the_form(page, learner):
    page.goto("/account/login/")
    page.fill("input[name=login]", learner.email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_selector("text=Nothing is due")
    assert page.locator(".nav-person").inner_text() == "Aiko O'Neil 🦉"
    assert page.console.complaints == []


def test_a_question_is_answered_in_place(new_page, learner, taught):
    page = new_page(user=learner)
    page.goto(LESSON)
    place = page.locator("#q-asked-numeric")

    place.locator("input[name=value]").fill("5.5")
    page.keyboard.press("Enter")
    place.locator("[data-feedback]").wait_for()

    assert page.url.endswith(LESSON)
    assert "Right" in place.locator(".verdict").inner_text()
    assert "Why numeric." in place.inner_text()
    assert page.evaluate("document.activeElement.hasAttribute('data-feedback')")
    assert Response.objects.filter(learner=learner).count() == 1
    assert page.console.complaints == []


@pytest.mark.parametrize("limited", [True, False])
def test_an_answer_that_is_too_long_is_told_apart_from_a_line_that_is_down(
    new_page, learner, taught, limited
):
    page = new_page(user=learner)
    page.goto(LESSON)
    place = page.locator("#q-asked-short-text")
    field = place.locator("input[name=text]")
    if not limited:
        field.evaluate("e => e.removeAttribute('maxlength')")
    field.evaluate("e => { e.value = 'x'.repeat(10_000_000); }")

    place.locator("button:has-text('Check')").click()
    line = place.locator("[data-line-state]")
    line.wait_for()

    assert "too long" in line.inner_text()
    assert field.evaluate("e => e.value.length") == 10_000_000
    assert place.locator("button:has-text('Check')").is_enabled()
    assert not Response.objects.exists()


def test_the_way_back_of_a_note_never_stands_on_a_line_of_its_own(new_page, learner, taught):
    page = new_page(user=learner)
    page.goto(LESSON)
    alone = """() => [...document.querySelectorAll('.endnotes .meta')].filter((line) => {
        const back = line.querySelector('.back');
        if (!back) return false;
        const words = document.createRange();
        words.setStart(line, 0);
        words.setEndBefore(back);
        const last = [...words.getClientRects()].filter((one) => one.width > 4).at(-1);
        return last.bottom < back.getBoundingClientRect().top + 4;
    }).length"""

    for width in range(320, 1300, 20):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(alone) == 0, width


def test_after_checking_the_question_and_the_own_choice_stay_in_sight(new_page, learner, taught):
    page = new_page(size="phone", user=learner)
    page.goto(LESSON)
    place = page.locator("#q-asked-single-choice")
    place.locator("legend").evaluate("e => e.scrollIntoView({ block: 'start' })")

    place.locator(".option").nth(1).tap()
    place.locator("button:has-text('Check')").tap()
    place.locator("[data-feedback]").wait_for()

    tops = "e => [e.getBoundingClientRect().top, window.innerHeight]"
    for part in ("legend", ".option:has(input:checked)", ".verdict"):
        top, height = place.locator(part).evaluate(tops)
        assert -2 <= top < height - 40, part


def test_a_timeline_is_put_in_order_by_keyboard(new_page, learner, taught):
    page = new_page(user=learner)
    page.goto(LESSON)
    place = page.locator("#q-asked-ordering")
    wanted = RIGHT["ordering"]["order"]

    for target, name in enumerate(wanted):
        item = place.locator(f"[data-item='{name}']")
        item.locator("button:not(:disabled)").first.focus()
        for _step in range(len(wanted)):
            order = place.locator("[data-item]").evaluate_all("e => e.map(x => x.dataset.item)")
            if order.index(name) == target:
                break
            page.keyboard.press("Alt+ArrowUp")
    place.locator("button:has-text('Check')").press("Enter")
    place.locator("[data-feedback]").wait_for()

    assert "Right" in place.locator(".verdict").inner_text()


def test_a_quiz_by_digits_and_enter(new_page, learner, taught):
    page = new_page(size="phone", scheme="dark", user=learner)
    page.goto("/courses/harbour/quizzes/practice/")
    page.click("main form button")
    page.wait_for_url("**/attempts/**", wait_until="load")
    for _number in range(5):
        form = page.locator("form.question")
        form.wait_for()
        name = form.get_attribute("data-question")
        if name == "single_choice":
            page.keyboard.press("2")
        elif name in TYPED:
            form.locator("input.input").fill(TYPED[name])
        elif name == "flashcard":
            form.locator("summary").click()
            page.keyboard.press("3")
        if name != "flashcard":
            form.locator("button:not([type=button])").last.press("Enter")
        page.locator("#attempt [data-feedback]").wait_for()
        page.keyboard.press("Enter")

    page.wait_for_url("**/results/")
    assert re.search(r"\d+%", page.locator(".score").inner_text())
    assert page.console.complaints == []


def test_reviewing_by_keyboard_alone(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/")
    page.locator("a:text-is('Begin')").press("Enter")
    page.wait_for_url("**/review/", wait_until="load")

    names = [answer_by_keys(page) for _card in cards]

    assert sorted(names) == sorted(TYPES)
    page.wait_for_selector("[data-count]:has-text('5 done')")
    page.wait_for_timeout(300)
    assert ReviewLog.objects.filter(learner=learner, kind="answer").count() == 5
    assert page.console.complaints == []


def test_an_order_is_put_right_in_the_words_of_the_lesson(new_page, learner, taught):
    make_review_card(learner, taught.questions["ordering"])
    page = new_page(user=learner)
    page.goto("/review/")
    page.locator("form.question button").last.click()

    page.wait_for_selector("[data-card] .feedback")
    order = page.locator(".solution-order").inner_text()
    assert "(March 2014)" in order
    assert "Not where you put it" in order


def test_times_are_those_of_the_place_where_one_studies(new_page, learner, taught):
    learner.time_zone = "Asia/Tokyo"
    learner.save()
    make_review_card(learner, taught.questions["numeric"])
    page = new_page(user=learner)
    page.goto("/review/")
    page.fill("input[name=value]", "7")
    page.keyboard.press("Enter")
    page.wait_for_selector(".when-next")

    told = page.locator(".when-next").inner_text()

    due = Card.objects.get(learner=learner).due_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert told == f"Comes back today, {due:%H:%M}."


def test_the_last_answer_is_taken_back_by_z(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/review/")
    stem = page.locator(".question-stem").inner_text()
    answer_by_keys(page)
    until(page, f"document.querySelector('.question-stem').innerText !== {stem!r}")

    page.keyboard.press("Escape")
    page.keyboard.press("z")

    page.wait_for_selector("text=Taken back.")
    assert page.locator(".question-stem").inner_text() == stem
    assert ReviewLog.objects.filter(learner=learner, kind="undo").count() == 1


def test_cards_are_put_off_and_set_aside_by_keys(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/review/")
    page.locator("[data-card]").focus()

    page.keyboard.press("-")
    page.wait_for_selector("text=This card comes back tomorrow.")
    page.locator("[data-card]").focus()
    page.keyboard.press("!")
    page.wait_for_selector("[data-line]:has-text('The card is set aside.')")

    assert "3 left" in page.locator("[data-count]").inner_text()
    assert Card.objects.filter(learner=learner, suspended=True).count() == 1
    assert page.console.complaints == []


def test_a_card_is_set_aside_by_its_button(new_page, learner, cards):
    page = new_page(size="phone", user=learner)
    page.goto("/review/")
    page.wait_for_selector("[data-card] form")

    page.locator("[data-more] summary").tap()
    page.locator("[data-more] button").last.tap()

    page.wait_for_selector("[data-line]:has-text('The card is set aside.')")
    assert Card.objects.filter(learner=learner, suspended=True).count() == 1


def test_question_mark_lists_the_keys(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/review/")

    page.keyboard.press("?")

    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()


def test_answers_wait_while_the_line_is_down(new_page, learner, cards):
    page = new_page(size="phone", user=learner)
    page.goto("/review/")
    page.wait_for_selector("[data-card] form")
    page.context.set_offline(True)

    page.locator(".option").first.tap()
    page.locator(".thumb button").tap()

    page.wait_for_selector("text=One answer is kept on this device")
    page.wait_for_timeout(250)
    page.locator(".thumb button").tap()
    assert ReviewLog.objects.filter(learner=learner).count() == 0
    page.context.set_offline(False)
    page.wait_for_selector("text=Everything is sent.")
    late = page.locator("[data-late]")
    late.locator("summary").wait_for()
    assert re.match("One answer sent: 1 (not )?right", late.inner_text())
    late.locator("summary").tap()
    assert late.locator(".feedback").is_visible()
    assert ReviewLog.objects.filter(learner=learner).count() == 1


def test_an_answer_outlives_the_tab(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/review/")
    page.wait_for_selector("[data-card] form")
    page.context.set_offline(True)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=One answer is kept on this device")

    page.context.set_offline(False)
    again = page.context.new_page()
    page.close()
    again.goto("/review/")

    until(again, NOTHING_WAITS)
    assert ReviewLog.objects.filter(learner=learner).count() == 1


def test_tabs_that_answer_at_once_lose_nothing(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/review/")
    page.context.set_offline(True)

    waiting = page.evaluate(
        """async () => {
            const { Outbox } = await import(document.querySelector("link[href*=outbox]").href);
            const made = () => new Outbox({ learner: "somebody", api: "/", onState() {} });
            const [here, there] = [made(), made()];
            const { setItem } = Storage.prototype;
            Storage.prototype.setItem = function (...args) {
                Storage.prototype.setItem = setItem;
                there.add({ id: "2" }); // between what `here` reads and what it writes
                setItem.apply(this, args);
            };
            here.add({ id: "1" });
            return here.waiting.map((review) => review.id);
        }"""
    )

    assert waiting == ["1", "2"]


def test_the_next_card_is_there_before_the_finger_is_up(new_page, learner, cards):
    page = new_page(user=learner)
    page.goto("/review/")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-card] .feedback")

    page.context.set_offline(True)
    page.wait_for_timeout(250)
    page.keyboard.press("Enter")

    page.wait_for_selector("[data-card] form:not(:has(.feedback))", timeout=500)


def test_reading_and_reviewing_work_without_scripts(new_page, learner, taught, cards):
    page = new_page(size="phone", user=learner, java_script_enabled=False)
    page.goto(LESSON)
    page.locator("#q-asked-numeric input[name=value]").fill("7")
    page.locator("#q-asked-numeric button:has-text('Check')").click()
    assert "Not right" in page.locator("#q-asked-numeric .verdict").inner_text()

    page.goto("/review/")
    page.locator(".option").first.click()
    page.locator("form.question button").last.click()

    page.locator("[data-card] .feedback").wait_for()
    page.locator("text=Next card").click()
    page.locator("form.question").wait_for()
