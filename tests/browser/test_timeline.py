"""The timeline and the glossary as they are used: by keyboard, by pointer, without a script."""

import pytest

from courses.content.domain.drafts import TermDraft
from tests.browser.test_every_page import LOOKS, faults_of
from tests.browser.test_student import until
from tests.factories.content import make_claim, make_terms, make_topic
from tests.factories.harbour import make_harbour

PAGE = "/courses/harbour/timeline/"
GLOSSARY = "/courses/harbour/glossary/"
FOCUSED = "document.activeElement.dataset.mark"
OVERLAPS = """() => {
    const texts = [...document.querySelectorAll("[data-drawing] .words")];
    const boxes = texts.map((text) => text.getBoundingClientRect());
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 4 < b.bottom - 4
        && b.top + 4 < a.bottom - 4;
    const found = [];
    boxes.forEach((a, i) => boxes.forEach((b, j) => {
        if (i < j && meet(a, b)) found.push(texts[i].textContent + " | " + texts[j].textContent);
    }));
    const edge = document.querySelector("[data-drawing]").getBoundingClientRect();
    boxes.forEach((box, i) => {
        const out = box.left < edge.left - 1 || box.right > edge.right + 1;
        if (out) found.push(texts[i].textContent);
    });
    return found;
}"""


@pytest.fixture
def dated(transactional_db):
    taught = make_harbour()
    course = taught.course
    make_topic(course, "support", title="What was given, to whom, and what was said", position=2)
    long = "Whatever WAS said and done in {}, it was told at length by the masters of harbours."
    for number, (day, kind) in enumerate(
        [
            ("1945/2022", "background"), ("1989", "event"), ("2022/2024", "event"),
            ("2024", "argument"), ("2024-06", "event"), ("2024-11", "position"),
            ("2024-11-07", "argument"), ("2024-11-07", "event"), ("2024-11-18", "position"),
        ]
    ):  # fmt: skip
        make_claim(
            course, f"TL-{number:03d}", statement=long.format(day), date=day, kind=kind,
            topic="support", attributed="the master" if kind == "position" else "",
        )  # fmt: skip
    make_terms(
        course,
        TermDraft("eclair", "Éclair", "term", "A cake.", common=True, native="エクレア"),
        TermDraft("pier", "pier", "place", "A way out to sea [TT-001].", more="Long [TT-002]."),
    )
    return taught


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_nothing_is_wrong_with_them(new_page, dated, size, scheme):
    page = new_page(size=size, scheme=scheme)
    faults = []
    for path in (PAGE, f"{PAGE}?span=2024&topic=support&at=TL-006", GLOSSARY, f"{GLOSSARY}#pier"):
        page.goto(path)
        faults += faults_of(page, path)

    assert faults == []


@pytest.mark.parametrize("span", ["1945/2024", "2022/2024", "2024", "2024-11"])
def test_words_do_not_overlap_as_they_are_really_set(new_page, dated, span):
    page = new_page()
    page.goto(f"{PAGE}?span={span}")

    assert page.evaluate(OVERLAPS) == []


def test_the_drawing_is_one_stop_and_arrows_walk_in_time(new_page, dated):
    page = new_page()
    page.goto(PAGE)
    assert page.locator("[data-mark][tabindex='0']").count() == 1

    page.locator("[data-mark][tabindex='0']").focus()
    page.keyboard.press("Home")
    until(page, f"{FOCUSED} == 'TL-000'")
    page.keyboard.press("ArrowRight")
    until(page, f"{FOCUSED} == 'TL-001'")
    page.keyboard.press("End")
    until(page, f"{FOCUSED} == 'TL-008'")
    page.keyboard.press("ArrowLeft")
    until(page, f"['TL-006', 'TL-007'].includes({FOCUSED})")

    assert page.locator("[data-mark][tabindex='0']").count() == 1
    assert page.console.complaints == []


def test_the_focused_entry_says_what_it_is_and_where_it_comes_from(new_page, dated):
    page = new_page()
    page.goto(PAGE)

    page.locator("[data-mark='TL-008']").focus()
    detail = page.locator("[data-detail]")
    assert detail.get_attribute("aria-live") == "polite"
    for words in ("18 November 2024", "Position: the master", "Commentary S1", "as of"):
        assert words in detail.inner_text()

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.pathname").endswith("/claims/TL-008/")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "TL-008"


def test_plus_and_minus_zoom_about_the_focused_entry(new_page, dated):
    page = new_page()
    page.goto(PAGE)
    page.locator("[data-mark='TL-006']").focus()

    page.keyboard.press("+")
    until(page, "location.search.includes('span=')")
    closer = page.url
    until(page, f"{FOCUSED} == 'TL-006'")
    page.keyboard.press("-")
    until(page, f"location.href != '{closer}'")
    until(page, f"{FOCUSED} == 'TL-006'")


def test_buttons_zoom_and_keep_the_focus(new_page, dated):
    page = new_page()
    page.goto(PAGE)

    page.locator("[data-view='closer']").click()
    until(page, "location.search.includes('span=')")

    assert page.evaluate("document.activeElement.dataset.view") == "closer"
    assert "entries drawn" in page.locator("[data-said]").inner_text()


def test_the_wheel_scrolls_the_page_and_zooms_with_control_only(new_page, dated):
    page = new_page()
    page.goto(PAGE)
    page.locator("[data-drawing]").hover(position={"x": 300, "y": 10})

    page.mouse.wheel(0, 200)
    until(page, "scrollY > 100")
    assert "span=" not in page.url


def test_a_topic_is_chosen_without_loading_the_page_and_stays_in_the_address(new_page, dated):
    page = new_page()
    page.goto(PAGE)
    page.evaluate("document.documentElement.dataset.same = 'yes'")

    page.locator(".chronicle-topics summary").click()
    page.locator("#topic-sanctions").check()
    until(page, "location.search.includes('topic=sanctions')")
    until(page, "!document.querySelector('[data-entry^=TL]')")
    assert page.evaluate("document.documentElement.dataset.same") == "yes"

    shared = new_page()
    shared.goto(page.url)
    assert shared.locator("[data-entry^='TL']").count() == 0
    assert shared.locator("#topic-sanctions").is_checked()


def test_a_line_that_is_down_is_told_and_the_drawing_stays(new_page, dated):
    page = new_page()
    page.goto(PAGE)
    page.context.set_offline(True)

    page.locator("[data-view='closer']").click()
    until(page, "document.querySelector('[data-said]').textContent.includes('line is down')")

    assert page.locator("[data-mark]").count() > 5


def test_a_claim_leads_to_its_mark(new_page, dated):
    page = new_page()
    page.goto("/courses/harbour/claims/TL-001/")

    page.get_by_role("link", name="On the timeline").click()
    until(page, f"{FOCUSED} == 'TL-001'")

    assert "1989" in page.locator("[data-detail]").inner_text()


def test_without_a_script_links_and_the_form_do_it_all(new_page, dated):
    page = new_page(java_script_enabled=False)
    page.goto(f"{PAGE}?span=2024-11")

    page.locator("[data-view='wider']").click()
    assert "span=2024-10" in page.url
    page.get_by_label("Arguments").check()
    page.locator("[data-show]").click()
    assert "kind=argument" in page.url
    assert "span=" in page.url
    page.locator("[data-mark='TL-006']").click()
    assert page.url.endswith("#TL-006")
    page.goto(f"{GLOSSARY}?q=ECL")
    assert page.locator(".entry").count() == 1


def test_on_a_phone_the_list_is_the_timeline(new_page, dated):
    page = new_page(size="phone")
    page.goto(PAGE)

    assert not page.locator("[data-drawing]").is_visible()
    assert page.locator("#TL-006 .glyph").is_visible()


def test_on_paper_there_is_the_list(new_page, dated):
    page = new_page()
    page.goto(PAGE)
    page.emulate_media(media="print")

    assert not page.locator("[data-drawing]").is_visible()
    assert page.locator("#TL-000").is_visible()


def test_the_glossary_narrows_while_one_types(new_page, dated):
    page = new_page()
    page.goto(GLOSSARY)

    page.get_by_label("Find a word").fill("écl")
    assert page.locator(".entry:visible").count() == 1
    assert page.locator("[data-found]").inner_text() == "1 entry"
    page.get_by_label("Find a word").fill("nothing")
    assert "No entry has that" in page.locator("[data-found]").inner_text()
    page.get_by_label("Find a word").fill("")
    assert page.locator(".entry:visible").count() == 2
    assert page.console.complaints == []
