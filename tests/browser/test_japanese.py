"""Japanese in a browser: its font arrives, its lines have air, nothing slants or spills."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from courses.accounts.models import User
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import make_review_card
from tests.factories.harbour import make_harbour

LESSON = "/courses/harbour/lessons/pier/"
VISITED = [
    *("/", "/courses/harbour/", LESSON, "/courses/harbour/claims/TT-002/"),
    *("/courses/harbour/quizzes/practice/", "/account/login/", "/account/signup/", "/nothing/"),
    "/account/password/reset/",
]
STUDIED = [
    *("/", LESSON, "/review/", "/progress/", "/progress/cards/", "/preferences/", "/jobs/"),
    *("/courses/harbour/timeline/", "/courses/harbour/glossary/", "/account/email/"),
    *("/account/password/change/", "/account/logout/", "/account/delete/", "/api/v1/your-tokens/"),
]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
STYLE = """(selector) => {
  const style = getComputedStyle(document.querySelector(selector));
  const { lineHeight, fontSize, fontStyle, lineBreak } = style;
  return { leading: parseFloat(lineHeight) / parseFloat(fontSize), fontStyle, lineBreak };
}"""


@pytest.fixture
def learner(transactional_db) -> User:
    taught = make_harbour()
    user = make_user("learner@example.org", display_name="青木 愛子", language="ja")
    enrol_as(user, taught.course)
    for question in taught.questions.values():
        make_review_card(user, question)
    return user


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_no_page_spills_in_japanese(new_page, learner, size):
    visitor = new_page(size=size, locale="ja-JP")
    reader = new_page(size=size, user=learner)
    wide = [
        path
        for page, paths in ((visitor, VISITED), (reader, STUDIED))
        for path in paths
        if page.goto(path) and page.evaluate(WIDER)
    ]

    assert wide == []


def test_the_pages_are_sound_in_japanese(new_page, learner):
    page = new_page(size="phone", user=learner)
    faults = []
    for path in ("/", LESSON, "/review/", "/preferences/"):
        page.goto(path)
        found = Axe().run(page).response["violations"]
        faults += [f"{path}: {each['id']} at {each['nodes'][0]['target']}" for each in found]

    assert faults + page.console.complaints == []


def test_japanese_is_set_by_its_own_rules_and_english_keeps_its_own(new_page, learner):
    page = new_page(user=learner)
    page.goto(LESSON)
    page.evaluate("() => document.fonts.ready")
    page.evaluate(
        "() => { const p = document.createElement('p'); p.id = 'said'; p.lang = 'ja';"
        " p.innerHTML = '<em>強調</em>'; document.querySelector('main').append(p); }"
    )

    ours, emphasis = page.evaluate(STYLE, "body"), page.evaluate(STYLE, "#said em")
    theirs = page.evaluate(STYLE, "[lang=en].prose, .prose")

    assert ours["leading"] >= 1.65
    assert ours["lineBreak"] == "strict"
    assert emphasis["fontStyle"] == "normal"
    assert theirs["lineBreak"] == "auto"
    assert page.evaluate("() => document.fonts.check('16px \"Noto Sans JP\"', '復習')")


def test_an_english_page_fetches_no_japanese_font_but_the_language_s_own_name(new_page, learner):
    page = new_page()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))

    page.goto("/courses/harbour/")
    page.evaluate("() => document.fonts.ready")

    assert [name for name in fetched if "jp" in name] in ([], ["noto-sans-jp-name.woff2"])


def test_the_menu_of_languages_changes_the_page_one_is_on(new_page, learner):
    page = new_page(locale="en-GB")
    page.goto("/courses/harbour/")

    page.click("button[name=language][value=ja]")
    page.wait_for_selector("html[lang=ja]")

    assert page.url.endswith("/courses/harbour/")
