"""The page of the timeline: what it draws, lists, refuses and costs."""

import re

import pytest

from tests.factories.content import make_claim, make_topic
from tests.factories.enrollment import make_course

PAGE = "/courses/harbour/timeline/"


@pytest.fixture
def dated(taught):
    """Claims from 1945 to 2024 beside the three of the course, which are of January 2023."""
    course = taught.course
    make_topic(course, "support", title="What was given", position=2)
    make_claim(course, "TL-901", statement="They held back.", date="1945/2022", topic="support")
    make_claim(course, "TL-902", statement="They argue it was late.", date="2024", kind="argument")
    make_claim(
        course, "TL-903", statement="We go on.", date="2024-11-07", kind="position",
        attributed="the harbour master", topic="support",
    )  # fmt: skip
    make_claim(course, "TL-904", statement="Never dated.", date="")
    return course


def page_of(client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def drawn(page: str) -> list[str]:
    return _known(re.findall(r'data-mark="([^"]+)"', page))


def listed(page: str) -> list[str]:
    return _known(re.findall(r'data-entry="([^"]+)"', page))


def _known(keys: list[str]) -> list[str]:
    """Leave out the claims that the harbour's questions rest on, whose keys are just counted."""
    return [key for key in keys if key.startswith(("TL-", "TT-00"))]


def test_everything_with_a_date_is_listed_in_order(client, dated):
    page = page_of(client)

    assert listed(page) == ["TL-901", "TT-001", "TT-002", "TT-003", "TL-902", "TL-903"]
    assert "Never dated." not in page


def test_an_entry_tells_when_who_from_where_and_where_it_is_taught(client, dated):
    page = page_of(client)
    shown = page[page.index('id="TL-903"') :]

    for words in (
        "7 November 2024",
        'Position: <span lang="en">the harbour master',
        "We go on.",
        "Commentary S1",
    ):
        assert words in shown
    assert 'href="/courses/harbour/claims/TL-903/"' in shown
    assert "The pier &amp; the lamp" in page[page.index('id="TT-001"') : page.index('id="TT-002"')]


def test_arguments_and_positions_are_called_so_in_the_drawing(client, dated):
    page = page_of(client)

    assert 'class="mark is-argument' in page
    assert "<title>Argument: They argue it was late. (2024)</title>" in page
    assert "<title>Position: We go on. (7 November 2024)</title>" in page


def test_the_span_narrows_the_drawing_and_not_the_list(client, dated):
    page = page_of(client, "?span=2024")

    assert set(drawn(page)) == {"TL-902", "TL-903"}
    assert len(listed(page)) == 6


def test_topics_and_kinds_narrow_both(client, dated):
    page = page_of(client, "?topic=support&kind=position&span=1945/2024")

    assert drawn(page) == listed(page) == ["TL-903"]
    assert 'value="support" id="topic-support" checked' in page


def test_zoom_and_spans_keep_what_was_chosen(client, dated):
    page = page_of(client, "?topic=support&span=2024")

    assert 'href="?topic=support&amp;span=2024-04/2024-09#picture" data-view="closer"' in page
    assert 'href="?topic=support&amp;span=1945/2024#picture"' in page


def test_an_entry_that_is_asked_for_is_in_the_drawing(client, dated):
    page = page_of(client, "?at=TL-901&span=2024")

    assert "TL-901" in drawn(page)
    assert 'data-here="TL-901"' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?topic=nothing", "names something that this timeline does not have"),
        ("?topic=nothing&topic=neither", "names 2 things that this timeline does not have"),
        ("?kind=rumour", "names something that this timeline does not have"),
        ("?span=soon", "names no span of this timeline"),
        ("?span=1000", "names no span of this timeline"),
        ("?at=TL-904", "That entry is not among those that are shown."),
        ("?at=%F0&span=%F0", "names no span of this timeline"),
    ],
)
def test_what_it_does_not_know_it_says_and_shows_the_rest(client, dated, query, words):
    page = page_of(client, query)

    assert words in page
    assert len(listed(page)) == 6


def test_nothing_of_what_was_chosen_says_so(client, dated):
    assert "Nothing of what you chose is dated to 1945–1999." in page_of(
        client, "?kind=argument&span=1945/1999"
    )
    assert "Nothing has all that you chose." in page_of(client, "?kind=argument&topic=support")


def test_a_course_without_dates_says_so(client, db):
    make_course("undated", access="open")

    page = client.get("/courses/undated/timeline/").content.decode()

    assert "No claim of this course has a date yet" in page


def test_what_authors_write_stays_text(client, dated):
    evil = "</title><script>alert(1)</script>\"'<b>"
    make_claim(dated, "TL-905", statement=evil, date="2024-11-08", attributed=evil, kind="position")
    make_topic(dated, "evil", title=evil, position=3)
    make_claim(dated, "TL-906", statement="Plain.", date="2024-11-09", topic="evil")

    page = page_of(client, '?topic="><script>alert(2)</script>&at=<b>')

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert page.count("<b>") == 0


@pytest.mark.parametrize("query", ["", "?topic=support&span=2024&at=TL-903"])
def test_the_page_takes_few_queries_however_many_entries(
    client, dated, query, django_assert_num_queries
):
    for number in range(30):
        make_claim(dated, f"TL-{number + 910}", date="2024-11", topic=f"topic-{number % 7}")

    # course, claims, lessons, topics, notes
    with django_assert_num_queries(5):
        client.get(PAGE + query)


def test_a_claim_leads_to_its_place_on_the_timeline(client, dated):
    page = client.get("/courses/harbour/claims/TL-903/").content.decode()
    assert 'href="/courses/harbour/timeline/?at=TL-903#TL-903"' in page

    undated = client.get("/courses/harbour/claims/TL-904/").content.decode()
    assert "/timeline/" not in undated


def test_the_course_leads_to_both(client, dated):
    page = client.get("/courses/harbour/").content.decode()

    assert f'href="{PAGE}"' in page
    assert 'href="/courses/harbour/glossary/"' in page
