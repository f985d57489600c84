"""What each item says about a claim."""

from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS

ICE, BOATS, COAL = (option_id(item["text"]) for item in PAYLOADS["evidence"]["items"])


def weighing(*items: object, statement: object = "It is so.") -> dict[str, Any]:
    return {"statement": statement, "items": list(items)}


ITEM = {"text": "A", "stance": "supports"}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"statement": "missing", "items": "not_a_list"}),
        (weighing(), {"items": "wrong_count"}),
        (weighing(*({"text": f"{n}", "stance": "silent"} for n in range(9))),
         {"items": "wrong_count"}),
        (weighing(ITEM, statement=" "), {"statement": "blank"}),
        (weighing(ITEM, statement="x" * 1001), {"statement": "too_long"}),
        (weighing(ITEM, ITEM), {"items[1].text": "duplicate"}),
        (weighing({"text": "A"}), {"items[0].stance": "missing"}),
        (weighing({"text": "A", "stance": "for"}), {"items[0].stance": "unknown_stance"}),
        (weighing({"text": "A", "stance": True}), {"items[0].stance": "not_text"}),
        (weighing("A"), {"items[0]": "not_a_mapping", "items[0].text": "missing",
                         "items[0].stance": "missing"}),
        (weighing(ITEM | {"weight": 1}), {"items[0].weight": "unknown_key"}),
    ],
)  # fmt: skip
def test_evidence_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("evidence", payload) == expected


def test_evidence_offers_the_same_three_stances_for_each_item() -> None:
    shown = get_type("evidence").render(PAYLOADS["evidence"], seed=1)

    assert shown["statement"] == "The harbour froze in that winter."
    assert {item["id"] for item in shown["items"]} == {ICE, BOATS, COAL}
    assert [(stance["id"], str(stance["text"])) for stance in shown["stances"]] == [
        ("supports", "Supports"),
        ("contradicts", "Contradicts"),
        ("silent", "Silent"),
    ]


@pytest.mark.parametrize(
    ("stances", "credit", "verdict"),
    [
        # Three items, three stances: (right - wrong / 2) / 3.
        ({ICE: "supports", BOATS: "contradicts", COAL: "silent"}, 1.0, "right"),
        ({ICE: "supports", BOATS: "contradicts"}, 2 / 3, "nearly"),
        ({ICE: "supports", BOATS: "contradicts", COAL: "supports"}, 1 / 2, "nearly"),
        ({ICE: "silent", BOATS: "silent", COAL: "silent"}, 0.0, "wrong"),
        ({ICE: "contradicts"}, 0.0, "wrong"),
    ],
)
def test_evidence_is_corrected_for_guessing(
    stances: dict[str, str], credit: float, verdict: str
) -> None:
    one = get_type("evidence")

    mark = one.mark(PAYLOADS["evidence"], one.parse(PAYLOADS["evidence"], {"stances": stances}))

    assert (mark.credit, mark.verdict) == (pytest.approx(credit), verdict)


def test_evidence_tells_what_each_item_says_and_why() -> None:
    one = get_type("evidence")
    answer = {"stances": {BOATS: "silent", ICE: "supports"}}

    mark = one.mark(PAYLOADS["evidence"], answer)

    assert [(part.part, part.reason, part.note) for part in mark.parts] == [
        (ICE, "right", None),
        (BOATS, "wrong", "All of them."),
        (COAL, "left_out", None),
    ]
    lines = one.solution(PAYLOADS["evidence"])["lines"]
    assert [str(line["text"]) for line in lines] == ["Supports", "Contradicts", "Silent"]
    given = one.given(PAYLOADS["evidence"], answer)["lines"]
    assert {part: str(text) for part, text in given.items()} == {ICE: "Supports", BOATS: "Silent"}


@pytest.mark.parametrize(
    "raw", ["silent", ["silent"], {"00000000": "silent"}, {ICE: "for"}, {ICE: True}]
)
def test_evidence_refuses_what_it_does_not_offer(raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        get_type("evidence").parse(PAYLOADS["evidence"], {"stances": raw})


def test_readers_of_evidence_do_not_read_the_codes_of_stances() -> None:
    assert [text for _, text in get_type("evidence").texts(weighing(ITEM))] == ["It is so.", "A"]
