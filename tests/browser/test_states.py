"""States of pages: each type of question before and after every verdict, forms refused, notices."""

from typing import Any

import pytest

from courses.flashcards.models import ReviewLog
from tests.browser.looking import PHONE, in_two_guises, probe
from tests.browser.test_student import LESSON, NOTHING_WAITS, until
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.assessment import RIGHT, WRONG, form_fields
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import make_review_card
from tests.factories.harbour import make_harbour

# Two of three gaps, and three of four things where they belong.
NEARLY: dict[str, dict[str, Any]] = {
    "cloze": {"gaps": RIGHT["cloze"]["gaps"] | {"who": "Perrault"}},
    "categorise": {
        "places": RIGHT["categorise"]["places"] | WRONG["categorise"]["places"],
    },
}
# A date is picked here, and an empty answer is not sent.
PICKED = WRONG | {"date": {"date": {"year": "2014", "month": "2", "day": "24"}}}
ROUNDS = {
    "right": RIGHT,
    "wrong": {name: raw for name, raw in PICKED.items() if name != "open_answer"},
    "nearly": NEARLY,
}
# What tells a verdict in forced colours: the word and the shape beside it.
TOLD = """(all) => all.map((each) => {
    const shape = each.querySelector("svg").getBoundingClientRect();
    return each.innerText.trim().length > 3 && shape.width >= 16;
})"""


@pytest.fixture
def learner(taught):
    user = make_user("learner@example.org", display_name="A learner with quite a long name indeed")
    enrol_as(user, taught.course)
    return user


@pytest.fixture
def every_type(transactional_db):
    """The harbour's course with all the types that there are."""
    return make_harbour(tuple(RIGHT))


def fill(place, raw: dict[str, Any]) -> None:
    """Answer the question in `place` with what a form would send, by its own controls."""
    if "order" in raw:
        _put_in_order(place, raw["order"])
    elif "rating" in raw:
        place.locator("summary").click()
    else:
        for field, value in form_fields(raw).items():
            for each in value if isinstance(value, list) else [value]:
                _give(place.locator(f"[name='{field}']"), each)


def _put_in_order(place, order: list[str]) -> None:
    for wanted, name in enumerate(order):
        up = place.locator(f"[data-item='{name}'] [data-up]")
        names = place.locator("[data-item]").evaluate_all("e => e.map(x => x.dataset.item)")
        for _step in range(names.index(name) - wanted):
            up.click()


def _give(controls, value: str) -> None:
    """Give a value by the controls of one name: buttons, a list or a field."""
    kind = controls.first.evaluate("each => each.type")
    if kind in ("radio", "checkbox"):
        controls.and_(controls.page.locator(f"[value='{value}']")).check()
    elif kind == "select-one":
        controls.select_option(value)
    else:
        controls.fill(value)


def answer(page, slug: str, raw: dict[str, Any]) -> None:
    place = page.locator(f"#q-asked-{slug.replace('_', '-')}")
    again = place.locator("a[data-swap]")
    if again.count():
        again.click()
        place.locator("form.question").wait_for()
    fill(place, raw)
    if "rating" in raw:
        place.locator(f".rating[value='{raw['rating']}']").click()
    else:
        place.locator(".question-actions button").click()
    place.locator("[data-feedback]").wait_for()


@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "learner"])
def test_each_type_in_a_lesson_with_every_verdict(new_page, every_type, settings, signed_in):
    settings.GUEST_ANSWERS_PER_MINUTE = 1000
    learner = make_user("learner@example.org")
    enrol_as(learner, every_type.course)
    page = new_page(user=learner if signed_in else None)
    page.set_viewport_size(PHONE)
    page.goto(LESSON)
    faults = in_two_guises(page)
    for verdict, answers in ROUNDS.items():
        for name, raw in answers.items():
            answer(page, name, raw)
        told = page.locator(f".feedback.verdict-{verdict} .verdict")
        # Who rated a card "again" is not told "wrong", and what a person marks is not told yet.
        assert told.count() >= len(answers.keys() - {"flashcard", "open_answer"})
        faults += [f"{verdict}: {fault}" for fault in in_two_guises(page)]
        page.emulate_media(forced_colors="active")
        assert all(told.evaluate_all(TOLD))
        faults += [f"{verdict}, forced colours: {each}" for each in probe(page, "drawn")]
        page.emulate_media(forced_colors="none")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", RIGHT)
def test_each_type_on_the_review_page(new_page, every_type, name):
    learner = make_user("learner@example.org")
    enrol_as(learner, every_type.course)
    make_review_card(learner, every_type.questions[name])
    page = new_page(user=learner, size="phone")
    page.goto("/review/")
    card = page.locator("[data-card]")
    card.locator(".thumb button").wait_for()
    page.locator("[data-more] summary").click()
    faults = in_two_guises(page)
    page.locator("[data-more] summary").click()
    page.wait_for_timeout(250)
    marked = card.locator(".question-stem").evaluate("each => each.closest('[lang]').lang")
    assert marked == "en"
    if name in ("flashcard", "open_answer"):  # nobody marks what is only reviewed
        card.locator(".thumb button").click()
        card.locator(".ratings").wait_for()
        faults += in_two_guises(page)
        card.locator(".rating").nth(2).click()
        until(page, NOTHING_WAITS)
        assert ReviewLog.objects.get().rating == 3
    else:
        if name != "ordering":
            fill(card, PICKED[name])
        card.locator(".thumb button").click()
        card.locator(".feedback").wait_for()
        faults += in_two_guises(page)
        live = page.locator("[data-live]").inner_text()
        assert live == card.locator(".verdict").inner_text()

    assert not faults, "\n".join(faults)


def test_notices_of_the_review_page(new_page, learner, taught):
    for number, name in enumerate(("single_choice", "flashcard")):
        make_review_card(learner, taught.questions[name], queue_position=number)
    page = new_page(user=learner, size="phone")
    page.goto("/review/")
    page.locator("[data-card] .thumb button").wait_for()
    page.wait_for_timeout(250)
    page.keyboard.press("?")
    faults = [f"keys: {fault}" for fault in in_two_guises(page)]
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.locator(".option").first.click()
    page.locator("[data-card] .thumb button").click()
    page.wait_for_selector("text=One answer is kept on this device")
    page.console.complaints.clear()  # the line is down: that is meant
    faults += [f"offline: {fault}" for fault in in_two_guises(page) if "ERR_" not in fault]
    page.context.set_offline(False)
    page.wait_for_selector("text=Everything is sent.")
    page.console.complaints.clear()
    faults += [f"sent late: {fault}" for fault in in_two_guises(page) if "ERR_" not in fault]

    assert not faults, "\n".join(faults)


REFUSED: dict[str, dict[str, str]] = {
    "/account/login/": {"login": "nobody@example.org", "password": PASSWORD},
    "/account/signup/": {"email": "no address", "password1": "short"},
    "/account/password/reset/": {"email": "no address"},
    "/preferences/": {"minutes_per_day": "2000", "display_name": ""},
    "/account/password/change/": {"oldpassword": "wrong", "password1": "a", "password2": "b"},
}


def test_forms_that_are_refused_say_so_at_the_field(new_page, learner):
    visitor, reader = new_page(size="phone"), new_page(size="phone", user=learner)
    faults, silent = [], []
    for path, values in REFUSED.items():
        page = visitor if path in list(REFUSED)[:3] else reader
        page.goto(path)
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        for name, value in values.items():
            if page.locator(f"main [name={name}]").count():
                page.fill(f"main [name={name}]", value)
        with page.expect_navigation():
            page.locator("main form button:not([type=button])").first.click()
        faults += [f"{path}: {fault}" for fault in in_two_guises(page)]
        told = page.locator("main [aria-invalid=true], main [role=alert]").count()
        silent += [] if told else [path]

    assert not faults, "\n".join(faults)
    assert silent == []


def test_a_message_is_announced_and_well_set(new_page, learner, taught):
    page = new_page(user=learner)
    page.goto("/preferences/")
    with page.expect_navigation():
        page.locator("main form button.button-main").click()

    assert page.locator("[role=status] > .messages").count() == 1
    assert in_two_guises(page) == []
