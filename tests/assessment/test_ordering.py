"""Timelines put in order."""

from datetime import date
from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS


def items(*dates: object) -> dict[str, Any]:
    return {
        "items": [
            {"text": f"Item {n}"} | ({} if when is None else {"date": when})
            for n, when in enumerate(dates)
        ]
    }


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"items": "not_a_list"}),
        (items("2020", "2021"), {"items": "wrong_count"}),
        (items(*[None] * 13), {"items": "wrong_count"}),
        (items("2020", None, "2022"), {"items": "dates_missing"}),
        (items("2020", "2022", "2021"), {"items[2].date": "out_of_order"}),
        (items("2020", "2022", "2022-02-24"), {"items[2].date": "dates_overlap"}),
        (items("2020", "2020", "2020"), {"items": "nothing_to_order"}),
        (items("2020", "spring", "2022"), {"items[1].date": "not_a_date"}),
        (items("2020", "2021-02-30", "2022"), {"items[1].date": "not_a_date"}),
        ({"items": [{"text": "A"}, {"text": "B"}, {"text": "a"}]},
         {"items[2].text": "duplicate"}),
    ],
)  # fmt: skip
def test_ordering_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("ordering", payload) == expected


def test_ordering_takes_dates_as_yaml_reads_them() -> None:
    payload = items(2014, "2018-11", date(2022, 2, 24), "2022-03/2022-05")

    checked = get_type("ordering").validate(payload)

    assert [item["date"] for item in checked["items"]] == [
        "2014", "2018-11", "2022-02-24", "2022-03/2022-05",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "credit"),
    [
        # E = 29/12 is the mean length over the 24 orders of four: (L - E) / (4 - E).
        ("ABCD", 1.0),
        ("ABDC", 7 / 19),
        ("DABC", 7 / 19),
        ("BADC", 0.0),
        ("DCBA", 0.0),
        ("ABC", 7 / 19),
        ("A", 0.0),
        ("AAAABBBBCCCCDDDD", 1.0),
        ("ABABABAB", 0.0),
    ],
)
def test_ordering_credits_the_longest_common_subsequence(order: str, credit: float) -> None:
    one = get_type("ordering")
    payload = one.validate({"items": [{"text": letter} for letter in "ABCD"]})

    raw = {"order": [option_id(letter) for letter in order]}
    mark = one.mark(payload, one.parse(payload, raw))

    assert mark.credit == pytest.approx(credit)


@pytest.mark.parametrize("order", ["ABCD", "ACBD"])
def test_ordering_lets_equal_dates_come_either_way(order: str) -> None:
    dates = {"A": "2014", "B": "2018-11", "C": "2018-11", "D": "2022"}
    one = get_type("ordering")
    payload = one.validate({"items": [{"text": key, "date": dates[key]} for key in dates]})

    mark = one.mark(payload, {"order": [option_id(letter) for letter in order]})

    assert mark.credit == 1.0


@pytest.mark.parametrize("count", range(3, 13))
def test_ordering_shown_and_left_untouched_earns_exactly_nothing(count: int) -> None:
    one = get_type("ordering")
    payload = one.validate(items(*[None] * count))

    for seed in range(40):
        shown = [item["id"] for item in one.render(payload, seed=seed)["items"]]
        assert len(set(shown)) == count
        assert one.mark(payload, {"order": shown}).credit == 0.0


def test_ordering_says_which_items_are_out_of_order() -> None:
    one = get_type("ordering")
    payload = one.validate({"items": [{"text": letter} for letter in "ABCD"]})

    mark = one.mark(payload, {"order": [option_id(letter) for letter in "DAB"]})

    assert {part.part: part.reason for part in mark.parts} == {
        option_id("D"): "out_of_order",
        option_id("A"): "in_order",
        option_id("B"): "in_order",
        option_id("C"): "left_out",
    }


@pytest.mark.parametrize("raw", ["ABCD", [1, 2], [["x"]], ["00000000"], ["x"] * 25, {"x": "1"}])
def test_ordering_refuses_what_is_no_order_of_its_items(raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        get_type("ordering").parse(PAYLOADS["ordering"], {"order": raw})
