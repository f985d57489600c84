"""Items to be put into categories."""

from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS

ITEMS = [{"text": "A", "category": "x"}, {"text": "B", "category": "y"}]


def sorting(categories: object = ("x", "y"), items: object = ITEMS) -> dict[str, Any]:
    listed = list(categories) if isinstance(categories, tuple) else categories
    return {"categories": listed, "items": items}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"categories": "not_a_list", "items": "not_a_list"}),
        (sorting(("x",), [{"text": "A", "category": "x"}, {"text": "B", "category": "x"}]),
         {"categories": "wrong_count"}),
        (sorting(("x", "y", *"abcde")), {"categories": "wrong_count"}),
        (sorting(("x", "y", "X")), {"categories[2]": "duplicate"}),
        (sorting(("x", "y", 5)), {"categories[2]": "not_text"}),
        (sorting(("x", "y", "z" * 101)), {"categories[2]": "too_long"}),
        (sorting(items=ITEMS[:1]), {"items": "wrong_count"}),
        (sorting(items=[{"text": f"{n}", "category": "x"} for n in range(13)]),
         {"items": "wrong_count"}),
        (sorting(items=[*ITEMS, {"text": "a", "category": "x"}]), {"items[2].text": "duplicate"}),
        (sorting(items=[*ITEMS, {"text": "C", "category": "X"}]),
         {"items[2].category": "unknown_category"}),
        (sorting(items=[*ITEMS, {"text": "C"}]), {"items[2].category": "missing"}),
        (sorting(items=[*ITEMS, {"text": "C", "category": "x", "feedback": 3}]),
         {"items[2].feedback": "not_text"}),
        (sorting(items=[*ITEMS, {"text": "C", "category": "x", "date": "2022"}]),
         {"items[2].date": "unknown_key"}),
    ],
)  # fmt: skip
def test_categorise_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("categorise", payload) == expected


def test_categorise_takes_a_category_that_stays_empty() -> None:
    payload = sorting(("x", "y", "z"))

    assert get_type("categorise").validate(payload) == payload


def test_categories_keep_their_order_and_items_do_not() -> None:
    one = get_type("categorise")

    shown = [one.render(PAYLOADS["categorise"], seed=seed) for seed in range(40)]

    assert {tuple(one["text"] for one in each["categories"]) for each in shown} == {
        ("Island", "Strait", "Sea")
    }
    assert len({tuple(one["text"] for one in each["items"]) for each in shown}) > 5


@pytest.mark.parametrize(
    ("places", "credit", "verdict"),
    [
        # Four items, three categories: (right - wrong / 2) / 4.
        (["Island", "Island", "Strait", "Sea"], 1.0, "right"),
        (["Island", "Island", "Strait", "Strait"], 5 / 8, "nearly"),
        (["Island", "Island", "Strait", ""], 3 / 4, "nearly"),
        (["Island", "Island", "Island", "Island"], 1 / 4, "wrong"),
        (["Sea", "Sea", "Sea", "Island"], 0.0, "wrong"),
    ],
)
def test_categorise_is_corrected_for_guessing(
    places: list[str], credit: float, verdict: str
) -> None:
    one = get_type("categorise")
    payload = PAYLOADS["categorise"]
    items = [option_id(item["text"]) for item in payload["items"]]
    raw = {item: place and option_id(place) for item, place in zip(items, places, strict=True)}

    mark = one.mark(payload, one.parse(payload, {"places": raw}))

    assert (mark.credit, mark.verdict) == (pytest.approx(credit), verdict)


def test_categorise_tells_where_each_item_belongs_and_why() -> None:
    one = get_type("categorise")
    payload = PAYLOADS["categorise"]
    answer = {"places": {option_id("Etorofu"): option_id("Sea")}}

    mark = one.mark(payload, answer)
    line = one.solution(payload)["lines"][0]

    assert (mark.parts[0].reason, mark.parts[0].note) == ("wrong", "The largest of the four.")
    assert {part.reason for part in mark.parts[1:]} == {"left_out"}
    assert (line["part"], line["label"], line["text"]) == (
        option_id("Etorofu"), "Etorofu", "Island",
    )  # fmt: skip
    assert one.given(payload, answer) == {"lines": {option_id("Etorofu"): "Sea"}}


@pytest.mark.parametrize(
    "raw", ["Sea", [], {"00000000": option_id("Sea")}, {option_id("Etorofu"): "00000000"}]
)
def test_categorise_refuses_what_it_does_not_offer(raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        get_type("categorise").parse(PAYLOADS["categorise"], {"places": raw})


def test_readers_of_categories_read_each_once() -> None:
    assert [text for _, text in get_type("categorise").texts(sorting())] == ["x", "y", "A", "B"]
