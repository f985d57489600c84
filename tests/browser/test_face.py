"""Pages as they are seen: in print, in forced colours, with a question on the cover."""

import pytest

from courses.web import lesson_page
from tests.browser.test_student import LESSON, until
from tests.factories.content import make_lesson
from tests.factories.harbour import make_harbour


@pytest.fixture
def taught(transactional_db):
    lesson_page.forget_pages()
    return make_harbour()


@pytest.fixture
def taught_in_parts(taught):
    long = "It stood there for years. " * 300
    make_lesson(taught.course, "pier", body=f"## First\n\n{long}\n\n## Last\n\n{long}")
    return taught


def test_a_visitor_answers_on_the_cover(new_page, taught):
    page = new_page()
    page.goto("/")
    place = page.locator("#q-asked-single-choice")

    place.locator(".option").first.click()
    place.locator("button").first.click()
    place.locator("[data-feedback]").wait_for()

    assert page.url.endswith("/")
    assert "Where this comes from" in place.inner_text()
    assert page.console.complaints == []


def test_the_contents_of_a_lesson_show_where_one_is(new_page, taught_in_parts):
    page = new_page()
    page.set_viewport_size({"width": 1400, "height": 700})
    page.goto(LESSON)

    page.locator("[data-sections] a").last.click()

    until(page, "document.querySelector('[data-sections] [aria-current]')?.textContent == 'Last'")
    assert page.locator("[data-sections] [aria-current]").count() == 1


def test_a_printed_lesson_has_questions_without_keys_and_no_interface(new_page, taught):
    page = new_page()
    page.goto(LESSON)
    place = page.locator("#q-asked-single-choice")
    place.locator(".option").first.click()
    place.locator("button").first.click()
    place.locator("[data-feedback]").wait_for()

    page.emulate_media(media="print")

    assert place.locator(".question-stem").is_visible()
    for hidden in (".masthead", ".colophon", "#end", ".sidenote", "[data-feedback]"):
        assert not page.locator(hidden).first.is_visible()
    assert not page.locator("button:visible, .option-note:visible").count()
    assert page.locator(".endnotes li").first.is_visible()


def test_forced_colours_keep_what_is_chosen_apart(new_page, taught):
    page = new_page()
    page.emulate_media(forced_colors="active")
    page.goto(LESSON)

    option = page.locator("#q-asked-single-choice .option").first
    option.click()

    assert option.evaluate("(each) => getComputedStyle(each).outlineStyle") == "solid"
