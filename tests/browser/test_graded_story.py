"""A graded quiz of every type, by keyboard alone; two tabs; a line that is cut; a deadline."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.models import Attempt, Quiz, Response, SavedAnswer
from courses.common import clock, outbox
from courses.enrollment.models import Course
from tests.browser.test_every_page import faults_of
from tests.browser.walking import press, stop
from tests.factories.accounts import make_user
from tests.factories.assessment import PAYLOADS, RIGHT, make_question, make_quiz
from tests.factories.enrollment import enrol_as, make_course

TYPES = [name for name in type_names() if not get_type(name).self_rated]
AT_MOST = 60


@pytest.fixture
def course(transactional_db: None) -> Course:
    return make_course("harbour", title="The harbour", access=Course.Access.OPEN)


@pytest.fixture
def student(course: Course) -> User:
    user = make_user("learner@example.org", display_name="Aiko O'Neil 🦉 Ольга")
    enrol_as(user, course)
    return user


def graded(course: Course, types: list[str], **settings: Any) -> Quiz:
    questions = [
        make_question(course, name, slug=f"asked-{name.replace('_', '-')}", stem=f"About {name}?")
        for name in types
    ]
    return make_quiz(
        course, questions, slug="exam", title="Exam",
        settings=QuizSettings(kind="graded", **settings), now=clock.now(),
    )  # fmt: skip


# --- What a keyboard can do -----------------------------------------------------------
def active(page: Any, what: str) -> Any:
    return page.evaluate(f"document.activeElement.{what}")


def tab_to(page: Any, name: str) -> None:
    """Press Tab until a field of this name has the focus; every stop must be seen."""
    for _step in range(AT_MOST):
        if active(page, "name") == name:
            return
        page.keyboard.press("Tab")
        stop(page)
    raise AssertionError(f"The keyboard does not come to {name}.")


def pick(page: Any, name: str, value: str) -> None:
    """Choose one of a group of radio buttons with the arrow keys."""
    tab_to(page, name)
    page.keyboard.press("Space")
    for _step in range(AT_MOST):
        if active(page, "value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no {value}.")


def choose(page: Any, name: str, value: str) -> None:
    """Choose an entry of a list with the arrow keys."""
    tab_to(page, name)
    for _step in range(AT_MOST):
        if active(page, "value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no {value}.")


def write(page: Any, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)


def tick(page: Any, name: str, values: list[str]) -> None:
    tab_to(page, name)
    for _step in range(AT_MOST):
        if active(page, "name") != name:
            return
        if active(page, "value") in values:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")


def put_in_order(page: Any, order: list[str]) -> None:
    """Move items up with Alt and the arrow keys until they stand as they should."""
    ids = "[...document.querySelectorAll('[data-ordering] > li')].map((item) => item.dataset.item)"
    for place, wanted in enumerate(order):
        for _step in range(page.evaluate(ids).index(wanted) - place):
            press(page, f"[data-item='{wanted}'] button", key="Alt+ArrowUp")
    assert page.evaluate(ids) == order


def answer(page: Any, type_name: str) -> None:
    """Give the right answer to the question on the page, by keyboard."""
    for key, value in RIGHT[type_name].items():
        if key == "order":
            put_in_order(page, value)
        elif isinstance(value, list):
            tick(page, f"{key}[]", value)
        elif isinstance(value, str):
            _give(page, key, value)
        else:
            for part, entry in value.items():
                _give(page, f"{key}[{part}]", entry)


def _give(page: Any, name: str, value: str) -> None:
    tag, kind = page.evaluate(
        "(name) => (({ tagName, type }) => [tagName, type])(document.getElementsByName(name)[0])",
        name,
    )
    if kind == "radio":
        pick(page, name, value)
    elif tag == "SELECT":
        choose(page, name, value)
    else:
        write(page, name, value)


UNNAMED = """
() => [...document.querySelectorAll("main :is(input, select, textarea, button, a)")]
  .filter((control) => control.offsetParent)
  .filter((control) => {
    const by = (control.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
    const labels = [...(control.labels || [])].map((label) => label.textContent);
    const told = [control.getAttribute("aria-label"), control.textContent, ...labels,
      ...by.map((id) => document.getElementById(id)?.textContent)];
    return !told.some((text) => text && text.trim());
  })
  .map((control) => control.outerHTML.slice(0, 120))
"""


# --- The story --------------------------------------------------------------------------
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_quiz_of_all_types_by_keyboard(new_page: Any, course: Course, student: User, size: str):
    graded(course, TYPES)
    page = new_page(size=size, user=student)
    page.goto("/courses/harbour/quizzes/exam/")
    press(page, ".begin button")
    faults: list[str] = []

    for number, type_name in enumerate(TYPES, start=1):
        page.wait_for_selector(f"text=Question {number} of {len(TYPES)}")
        page.wait_for_selector(f"text=About {type_name}?")
        assert page.evaluate(UNNAMED) == [], type_name
        faults += faults_of(page, type_name)
        answer(page, type_name)
        page.wait_for_selector("[data-save-state]:has-text('Saved at')", timeout=4000)
        tab_to(page, "then")
        page.keyboard.press("Enter")
    page.wait_for_selector(".hand-in")
    faults += faults_of(page, "handing in")
    press(page, "[data-hand-in] button")
    page.wait_for_url("**/results/")
    faults += faults_of(page, "results")

    assert faults == []
    marked = Response.objects.exclude(version__type="open_answer")
    assert {response.version.type: response.credit for response in marked} == {
        name: 1.0 for name in TYPES if name != "open_answer"
    }
    assert Response.objects.get(version__type="open_answer").credit is None
    assert "yet to be marked by your teacher" in page.inner_text("main")
    assert page.console.complaints == []


def test_a_card_in_a_quiz_is_turned_and_rated_by_keyboard(
    new_page: Any, course: Course, student: User
):
    card = make_question(course, "flashcard", slug="card", stem="About flashcard?")
    make_quiz(course, [card], slug="exam", title="Exam", now=clock.now())
    page = new_page(size="phone", user=student)
    page.goto("/courses/harbour/quizzes/exam/")
    press(page, ".begin button")
    page.wait_for_selector("text=About flashcard?")

    assert page.evaluate(UNNAMED) == []
    assert faults_of(page, "flashcard") == []
    press(page, "summary")
    press(page, "button[name=rating][value='3']")
    page.wait_for_selector("[data-next]")

    assert Response.objects.get().answer == {"rating": 3}
    assert page.console.complaints == []


def wait_until(page: Any, holds: Callable[[], bool]) -> None:
    for _try in range(80):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not come about within eight seconds.")


def lose_the_reply(route: Any) -> None:
    """Let a request through, and nothing come back."""
    route.fetch()
    route.abort()


def begin(page: Any) -> None:
    page.goto("/courses/harbour/quizzes/exam/")
    page.click(".begin button")
    page.wait_for_selector("text=Question 1 of")
    page.wait_for_load_state("load")


def test_a_change_is_saved_within_two_seconds_and_says_so(
    new_page: Any, course: Course, student: User
):
    graded(course, ["single_choice", "numeric"])
    page = new_page(user=student)
    begin(page)

    page.locator(".option").nth(1).click()
    page.wait_for_selector("[data-save-state]:has-text('Saved at')", timeout=2000)

    assert SavedAnswer.objects.get().revision == 1
    page.wait_for_selector("#quiz-nav a.is-saved[aria-current]")
    assert page.locator(".quiz-counts li").all_inner_texts() == ["1 Answered", "1 Open"]


def test_looking_at_a_question_answers_nothing(new_page: Any, course: Course, student: User):
    graded(course, TYPES)
    page = new_page(user=student)
    begin(page)

    for number in range(len(TYPES)):
        page.locator(".quiz-nav a").nth(number).click()
        page.wait_for_selector(f"text=Question {number + 1} of")
    page.wait_for_timeout(1500)

    assert not SavedAnswer.objects.exists()


def test_an_order_is_found_again_as_it_was_left(new_page: Any, course: Course, student: User):
    graded(course, ["ordering"])
    page = new_page(user=student)
    begin(page)
    page.locator("button[data-down]").first.click()
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    order = page.locator(".ordering .item-text").all_inner_texts()

    page.reload()

    assert page.locator(".ordering .item-text").all_inner_texts() == order


def test_a_reload_another_tab_and_another_device_go_on_where_it_stands(
    new_page: Any, course: Course, student: User
):
    graded(course, ["short_text"])
    page, phone = new_page(user=student), new_page(size="phone", user=student)
    begin(page)
    page.fill("input[name=text]", "Fumio")
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")

    begin(phone)
    page.reload()

    assert phone.input_value("input[name=text]") == "Fumio"
    assert page.input_value("input[name=text]") == "Fumio"
    assert Attempt.objects.count() == 1


def test_two_tabs_do_not_overwrite_each_other(new_page: Any, course: Course, student: User):
    graded(course, ["short_text"])
    page = new_page(user=student)
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("input[name=text]", "Fumio Kishida")
    other.wait_for_selector("[data-save-state]:has-text('Saved at')")

    page.fill("input[name=text]", "Abe")
    page.wait_for_selector("text=changed in another tab")

    assert page.input_value("input[name=text]") == "Fumio Kishida"
    page.fill("input[name=text]", "Kishida")
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    assert SavedAnswer.objects.get().answer == {"text": "Kishida"}


def test_what_cannot_be_read_is_told_while_it_can_be_mended(
    new_page: Any, course: Course, student: User
):
    graded(course, ["numeric", "single_choice"])
    page = new_page(user=student)
    begin(page)

    page.fill("input[name=value]", "many")
    page.wait_for_selector("[data-problem]:not([hidden])")
    page.click("text=Hand in")
    page.wait_for_selector("text=One answer cannot be read")
    page.click(".hand-in li a")
    page.wait_for_selector("[data-problem]:not([hidden])")
    page.fill("input[name=value]", "5.5")
    page.wait_for_selector("[data-problem]", state="hidden")

    assert SavedAnswer.objects.get().answer == {"value": "5.5"}


def test_what_another_tab_replaced_can_be_put_back(new_page: Any, course: Course, student: User):
    graded(course, ["short_text"])
    page = new_page(user=student)
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("input[name=text]", "Fumio Kishida")
    other.wait_for_selector("[data-save-state]:has-text('Saved at')")
    page.fill("input[name=text]", "Abe")
    page.wait_for_selector("text=changed in another tab")

    page.click("text=Put mine back")

    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    assert page.input_value("input[name=text]") == "Abe"
    assert not page.is_visible("text=Put mine back")
    assert SavedAnswer.objects.get().answer == {"text": "Abe"}


@pytest.mark.parametrize("reloaded", [False, True])
def test_a_save_whose_reply_is_lost_is_no_other_tab(
    new_page: Any, course: Course, student: User, reloaded: bool
):
    graded(course, ["short_text"])
    page = new_page(user=student)
    begin(page)

    page.route("**/saved", lose_the_reply)
    page.fill("input[name=text]", "Fumio")
    page.wait_for_selector("text=Your answer is kept on this device")
    page.fill("input[name=text]", "Fumio Kishida")
    page.console.complaints.clear()
    page.unroute("**/saved")
    if reloaded:
        page.reload()

    wait_until(page, lambda: SavedAnswer.objects.get().revision == 2)
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    assert page.input_value("input[name=text]") == "Fumio Kishida"
    assert SavedAnswer.objects.get().answer == {"text": "Fumio Kishida"}
    assert page.console.complaints == []


def test_a_page_from_before_the_last_save_shows_it(new_page: Any, course: Course, student: User):
    graded(course, ["short_text"])
    page = new_page(user=student)
    begin(page)
    before = page.context.request.get(page.url).text()
    page.fill("input[name=text]", "Fumio Kishida")
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")

    # As when it is loaded anew while a save is on its way, and is the faster of the two.
    page.route(page.url, lambda route: route.fulfill(body=before, content_type="text/html"))
    page.reload()
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    kept = page.input_value("input[name=text]")
    page.fill("input[name=text]", "Abe")

    wait_until(page, lambda: SavedAnswer.objects.get().revision == 2)
    assert kept == "Fumio Kishida"
    assert SavedAnswer.objects.get().answer == {"text": "Abe"}


def test_going_on_after_a_lost_reply_keeps_the_answer(new_page: Any, course: Course, student: User):
    graded(course, ["short_text", "numeric"])
    page = new_page(user=student)
    begin(page)

    page.route("**/saved", lose_the_reply, times=1)
    page.fill("input[name=text]", "Fumio Kishida")
    page.wait_for_selector("text=Your answer is kept on this device")

    page.click("text=Next question")

    page.wait_for_selector("text=Question 2 of")
    assert SavedAnswer.objects.get().answer == {"text": "Fumio Kishida"}


def test_a_line_that_is_cut_loses_nothing(new_page: Any, course: Course, student: User):
    graded(course, ["short_text"])
    page = new_page(user=student)
    begin(page)
    page.context.set_offline(True)
    page.fill("input[name=text]", "Fumio Kishida")
    page.wait_for_selector("text=Your answer is kept on this device")
    page.console.complaints.clear()

    page.context.set_offline(False)
    page.reload()

    page.wait_for_selector("[data-save-state]:has-text('Saved at')", timeout=8000)
    assert page.input_value("input[name=text]") == "Fumio Kishida"
    assert SavedAnswer.objects.get().answer == {"text": "Fumio Kishida"}


def test_the_deadline_passes_with_the_browser_closed(
    new_page: Any, course: Course, student: User, moved_clock: Any
):
    graded(course, ["short_text", "numeric"], time_limit_seconds=600)
    page = new_page(user=student)
    begin(page)
    page.fill("input[name=text]", "Fumio Kishida")
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    page.close()

    moved_clock.move(minutes=11)
    outbox.run_due("close_attempt", now=clock.now())

    attempt = Attempt.objects.get()
    assert (attempt.ended_by, attempt.score) == ("deadline", 0.5)
    later = new_page(user=student)
    later.goto(f"/attempts/{attempt.pk}/")
    later.wait_for_url("**/results/")
    assert "The time was up" in later.inner_text("main")


def test_the_clock_hands_in_when_the_time_is_up(new_page: Any, course: Course, student: User):
    graded(course, ["short_text"], time_limit_seconds=600)
    page = new_page(user=student)
    begin(page)
    page.fill("input[name=text]", "Fumio Kishida")
    Attempt.objects.update(deadline_at=clock.now() + timedelta(seconds=4))
    page.reload()
    assert page.locator("[data-clock]").inner_text().startswith("0:0")

    page.wait_for_url("**/results/", timeout=15_000)

    assert Response.objects.get().credit == 1.0
    assert Attempt.objects.get().submitted_at is not None


def test_nothing_of_a_graded_quiz_tells_its_answers(new_page: Any, course: Course, student: User):
    graded(course, ["single_choice"])
    page = new_page(user=student)
    begin(page)
    page.locator(".option").first.click()
    page.wait_for_selector("[data-save-state]:has-text('Saved at')")
    page.goto(f"{page.url.partition('?')[0]}?hand-in=1")
    page.click("[data-hand-in] button")
    page.wait_for_url("**/results/")

    text = page.content()

    assert "Your results" in text
    for hidden in (
        "Because it",
        "Right answer",
        PAYLOADS["single_choice"]["options"][0]["feedback"],
    ):
        assert hidden not in text
