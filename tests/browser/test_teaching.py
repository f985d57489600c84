"""The forms for teachers with their scripts: the linter reads along, rows move, nothing is lost."""

import pytest
from playwright.sync_api import expect

from courses.accounts.models import User
from courses.assessment.models import Question, Quiz
from courses.enrollment.domain import roles
from tests.browser.looking import in_two_guises
from tests.factories.accounts import make_user
from tests.factories.assessment import make_question
from tests.factories.enrollment import enrol_as

QUESTION = "/courses/harbour/questions/asked-single-choice/"
QUIZ = "/courses/harbour/quizzes/practice/edit/"


@pytest.fixture
def teacher(taught) -> User:
    user = make_user("teacher@example.org", display_name="Edith O'Hara")
    enrol_as(user, taught.course, roles.OWNER)
    return user


def test_the_linter_reads_along(new_page, teacher):
    page = new_page(user=teacher)
    page.goto(QUESTION)
    findings = page.locator("[data-findings]")
    expect(findings).to_have_attribute("aria-live", "polite")

    page.fill("[name=stem]", "Which is not so, O'Neil 🦉 東京?")
    expect(findings).to_contain_text("A negation that may be overlooked")
    expect(page.locator("[data-preview] legend")).to_have_text("Which is not so, O’Neil 🦉 東京?")
    expect(page.locator("[data-concluded]")).to_contain_text("it changes the answer")
    assert in_two_guises(page) == []
    page.fill("[name=payload]", "options:\n  - text: a\n  - text: b\n    correct: perhaps")
    expect(findings).to_contain_text("Line 4")
    expect(page.locator("[data-preview]")).to_contain_text("as soon as it has no mistakes")
    assert in_two_guises(page) == []

    assert Question.objects.get(slug="asked-single-choice").versions.count() == 1


def test_claims_are_picked_from_their_list(new_page, teacher):
    page = new_page(user=teacher)
    page.goto(QUESTION)
    page.click("summary:has-text('The claims of this course')")
    page.fill("#claims-search", "tt-002")
    expect(page.locator("[data-claims] li:visible")).to_have_count(1)

    page.get_by_role("button", name="Add: TT-002").click()

    expect(page.locator("[name=claims]")).to_have_value("TT-100, TT-002")
    expect(page.locator("[data-chosen-claims]")).to_contain_text("Statement of TT-002.")
    page.get_by_role("button", name="Take out: TT-002").click()
    expect(page.locator("[name=claims]")).to_have_value("TT-100")


def test_what_is_too_long_stays_in_the_form(new_page, teacher):
    page = new_page(user=teacher)
    page.goto(QUESTION)
    page.set_default_timeout(60_000)  # a browser takes its time to lay out so much
    page.evaluate("document.querySelector('[name=explanation]').value = 'a word, '.repeat(300_000)")

    page.click("button:has-text('Save')")

    expect(page.locator("[data-line-state]")).to_contain_text("This is more than can be sent.")
    assert page.evaluate("document.querySelector('[name=explanation]').value.length") == 2_400_000
    page.fill("[name=explanation]", "Short.")
    page.click("button:has-text('Save')")
    expect(page.locator(".messages")).to_contain_text("Saved as version 2")


def test_a_line_that_is_down_is_told(new_page, teacher):
    page = new_page(user=teacher)
    page.goto(QUESTION)
    page.context.set_offline(True)
    page.fill("[name=explanation]", "Typed in a tunnel.")
    expect(page.locator("[data-line-state]")).to_contain_text("The line is down")
    page.context.set_offline(False)
    page.fill("[name=explanation]", "Typed behind it.")
    expect(page.locator("[data-line-state]")).to_be_hidden()


def test_rows_move_by_buttons_and_keys_and_are_saved_so(new_page, teacher):
    page = new_page(user=teacher, size="phone")
    page.goto(QUIZ)
    rows = page.locator("[data-slots] > li:visible")
    expect(rows).to_have_count(5)
    live = page.locator("[data-slots-live]")

    rows.nth(0).get_by_role("button", name="Move down").click()
    expect(live).to_have_text("Question of type single_choice? is now number 2 of 5.")
    page.keyboard.press("Alt+ArrowDown")
    expect(live).to_contain_text("is now number 3 of 5")
    rows.nth(0).get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(4)
    expect(live).to_contain_text("is removed")
    page.click("button:has-text('Add a draw from a pool')")
    rows.nth(4).locator("[name$=-draw]").fill("2")
    rows.nth(4).locator("[name$=-pool]").select_option("lesson:railway")
    assert in_two_guises(page) == []
    page.click("button:has-text('Save the quiz')")

    expect(page.locator(".messages")).to_contain_text("Saved")
    slots = Quiz.objects.get(slug="practice").slots.order_by("position")
    assert list(slots.values_list("question__slug", "draw_count")) == [
        ("asked-short-text", None), ("asked-single-choice", None), ("asked-ordering", None),
        ("asked-flashcard", None), (None, 2),
    ]  # fmt: skip


def test_a_question_is_found_by_words_in_a_long_list(new_page, teacher, taught):
    for number in range(13):
        make_question(taught.course, slug=f"mast-{number}", stem=f"How high is mast {number}?")
    page = new_page(user=teacher, size="phone")
    page.goto(QUIZ)
    page.click("button:has-text('Add a question')")
    row = page.locator("[data-slots] > li:visible").last
    find, chosen = row.get_by_role("searchbox"), row.locator("select[name$=-question]")

    find.fill("mast 11")
    expect(page.locator("[data-slots-live]")).to_have_text("Questions found: 1")
    assert in_two_guises(page) == []
    find.press("Enter")
    expect(chosen).to_be_focused()
    chosen.select_option("mast-11")
    find.fill("nothing of the kind")
    expect(chosen).to_have_value("mast-11")
    find.fill("")
    assert chosen.locator("option").count() > 13
    page.click("button:has-text('Save the quiz')")

    expect(page.locator(".messages")).to_contain_text("Saved")
    last = Quiz.objects.get(slug="practice").slots.order_by("position").last()
    assert last is not None
    assert last.question.slug == "mast-11"


def test_the_forms_work_without_a_script(new_page, teacher):
    page = new_page(user=teacher, java_script_enabled=False)
    page.goto(QUESTION)
    page.fill("[name=stem]", "Which is not so?")
    page.click("button:has-text('Check')")
    assert "A negation that may be overlooked" in page.locator("[data-findings]").inner_text()
    page.click("button:has-text('Save')")
    assert "Saved as version 2" in page.locator(".messages").inner_text()

    page.goto(QUIZ)
    spare = page.locator("[data-slots] > li").nth(7)
    spare.locator("[name$=-draw]").fill("3")
    spare.locator("[name$=-pool]").select_option("lesson:pier")
    page.locator("[data-slots] > li").nth(0).locator("[name$=-DELETE]").check()
    page.click("button:has-text('Save the quiz')")
    assert "Saved" in page.locator(".messages").inner_text()
    slots = Quiz.objects.get(slug="practice").slots.order_by("position")
    assert [slot.draw_count for slot in slots] == [None, None, None, None, 3]


def test_a_mistake_has_the_focus(new_page, teacher):
    page = new_page(user=teacher)
    page.goto(QUIZ)
    page.fill("[name=attempts]", "0")
    page.click("button:has-text('Save the quiz')")

    expect(page.locator("[name=attempts]")).to_be_focused()
    assert page.locator("[name=attempts]").get_attribute("aria-invalid") == "true"
    assert in_two_guises(page) == []
