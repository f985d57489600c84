"""The page of the glossary: what stands in it, how it is found and what it costs."""

import re

import pytest

from courses.content.domain.drafts import TermDraft
from courses.web.glossary_page import collation_key, language_of
from tests.factories.content import make_lesson, make_terms
from tests.factories.enrollment import make_course

PAGE = "/courses/harbour/glossary/"


def term(slug: str, name: str, **fields) -> TermDraft:
    defaults = {"kind": "term", "definition": f"What {slug} means.", "common": True}
    return TermDraft(slug=slug, term=name, **(defaults | fields))


@pytest.fixture
def explained(taught):
    make_terms(
        taught.course,
        term("zebra", "zebra crossing"),
        term("eclair", "Éclair", aliases=("pastry",)),
        term("ann", "Ann O'Neil", kind="person", common=False, definition="She lit it [TT-002]."),
        term("east", "East Asia", kind="place"),
        term(
            "meti", "Ministry of Economy", short="METI", native="経済産業省", kind="institution",
            more="It is said to be powerful [TT-001].",
        ),
    )  # fmt: skip
    make_lesson(taught.course, "words", title="Of words", body="The [ministry](glossary:meti).")
    return taught.course


def page_of(client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def entries(page: str) -> list[str]:
    return re.findall(r'class="entry" id="([^"]+)"', page)


def test_entries_stand_in_the_order_of_a_dictionary(client, explained):
    page = page_of(client)

    assert entries(page) == ["ann", "east", "eclair", "meti", "zebra"]
    assert re.findall(r'href="#letter-(\w)"', page) == ["a", "e", "m", "z"]


def test_an_entry_tells_its_names_what_it_rests_on_and_who_uses_it(client, explained):
    page = page_of(client)
    shown = page[page.index('id="meti"') : page.index('id="zebra"')]

    assert '<span class="native" lang="ja">経済産業省</span>' in shown
    for words in ("METI", "Institution", "Common knowledge, and beyond it:", "27 January 2023"):
        assert words in shown
    assert 'href="/courses/harbour/claims/TT-001/"' in shown
    assert '<a lang="en" href="/courses/harbour/lessons/words/">Of words</a>' in shown


def test_what_is_not_common_knowledge_does_not_say_so(client, explained):
    page = page_of(client)
    shown = page[page.index('id="ann"') : page.index('id="east"')]

    assert "Common knowledge" not in shown
    assert 'href="/courses/harbour/claims/TT-002/"' in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=eclair", ["eclair"]),
        ("?q=ÉCL", ["eclair"]),
        ("?q=PASTRY", ["eclair"]),
        ("?q=meti", ["meti"]),
        ("?q=経済", ["meti"]),
        ("?q=o'neil", ["ann"]),
        ("?q=asia+east", ["east"]),
        ("?q=+", ["ann", "east", "eclair", "meti", "zebra"]),
        ("?kind=person", ["ann"]),
        ("?kind=place&q=east", ["east"]),
        ("?q=nothing", []),
        ("?q=...", []),
    ],
)
def test_entries_are_found_without_a_script(client, explained, query, found):
    assert entries(page_of(client, query)) == found


def test_nothing_found_says_so(client, explained):
    page = page_of(client, "?q=xyzzy<script>")

    assert "No entry has that in its name." in page
    assert "<script>" not in page.split("</head>")[1].split('<script type="module"')[0]


def test_an_unknown_kind_is_told_and_all_are_shown(client, explained):
    page = page_of(client, "?kind=animal")

    assert "The glossary has no such kind of entry." in page
    assert len(entries(page)) == 5


def test_a_course_without_words_says_so(client, db):
    make_course("wordless", access="open")

    page = client.get("/courses/wordless/glossary/").content.decode()

    assert "This course explains no words yet." in page


def test_what_authors_write_stays_text(client, taught):
    evil = "<script>alert(1)</script>\"'"
    make_terms(
        taught.course,
        term("evil", evil, short=evil[:60], native=evil, aliases=(evil,), definition=evil),
    )

    page = page_of(client)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_takes_few_queries_however_many_entries(
    client, explained, django_assert_num_queries
):
    # course, entries, their claims' names, the claims, the lessons
    with django_assert_num_queries(5):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("text", "key"), [("Éclair", "eclair"), ("O'Neil", "oneil"), ("ＡＢＮ24", "abn24"), ("…", "")]
)
def test_words_are_collated_without_case_accents_and_signs(text, key):
    assert collation_key(text) == key


@pytest.mark.parametrize(("native", "language"), [("岸田文雄", "ja"), ("Владимир Путин", "ru")])
def test_native_names_are_marked_by_their_letters(native, language):
    assert language_of(native) == language
