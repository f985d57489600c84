"""The page of a claim: what is stated, with its numbers, names and earlier wordings."""

import pytest

from courses.web.claim_facts import figures_of
from tests.factories.content import SAVED_AT, make_claim

PAGE = "/courses/harbour/claims/TT-900/"


@pytest.mark.parametrize(
    ("figure", "number", "unit"),
    [
        ({"value": 8000, "unit": "vehicles", "what": "sent"}, "8,000", "vehicles"),
        ({"value": 2000, "unit": "people", "what": "met", "approx": True}, "about 2,000", "people"),
        ({"value": 5.5, "unit": "billion dollars", "what": "promised"}, "5.5", "billion dollars"),
        ({"value": 1978, "unit": "year", "what": "first asked"}, "1978", ""),
    ],
)  # fmt: skip
def test_figures_are_written_for_reading(figure, number, unit):
    [shown] = figures_of([figure])

    assert (shown.number, shown.unit, shown.what) == (number, unit, figure["what"])


def test_an_argument_is_called_one(client, taught):
    make_claim(taught.course, "TT-900", kind="argument")

    assert "It is not an established fact." in client.get(PAGE).content.decode()


def test_a_position_is_called_by_whose_it_is(client, taught):
    make_claim(taught.course, "TT-900", kind="position", attributed="the harbour master")

    page = client.get(PAGE).content.decode()

    assert 'This is a position: that of <span lang="en">the harbour master' in page
    assert "established fact" not in page


def test_figures_people_and_the_quotation_stand_on_the_page(client, taught):
    make_claim(
        taught.course,
        "TT-900",
        kind="quotation",
        quote="A light is a promise",
        people=["Ann O'Neil"],
        figures=[{"value": 1038, "unit": "ships", "what": "seen in 1875"}],
    )

    page = client.get(PAGE).content.decode()

    for words in ("A light is a promise", "Ann O&#x27;Neil", "<b>1,038</b> ships", "seen in 1875"):
        assert words in page


def test_what_it_said_before_is_told(client, taught):
    make_claim(taught.course, "TT-900", statement="It was lit in May.")
    make_claim(taught.course, "TT-900", statement="It was lit in March.")

    page = client.get(PAGE).content.decode()

    assert '<h1 class="claim-statement" lang="en">It was lit in March.</h1>' in page
    earlier = page[page.index("What it said before") :]
    assert "It was lit in May." in earlier
    assert f"since {SAVED_AT.day} November 2026" in earlier


def test_the_page_takes_few_queries(client, taught, django_assert_num_queries):
    make_claim(taught.course, "TT-900", people=["Ann O'Neil"])

    # course, claim, its lessons, its revisions, its names
    with django_assert_num_queries(5):
        client.get(PAGE)
