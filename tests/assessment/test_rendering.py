"""Nothing that is shown before the answer gives it away."""

import json
from typing import Any

import pytest

from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.factories.assessment import PAYLOADS

CANARIES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "single_choice": (
        {
            "options": [
                {"text": "One", "correct": True, "feedback": "canary-right"},
                {"text": "Two", "feedback": "canary-wrong"},
            ]
        },
        ["canary", "correct", "feedback", "true"],
    ),
    "multiple_response": (
        {
            "options": [
                {"text": "One", "correct": True, "feedback": "canary-right"},
                {"text": "Two", "feedback": "canary-wrong"},
            ]
        },
        ["canary", "correct", "feedback"],
    ),
    "true_false": (
        {
            "truth": False,
            "reasons": [
                {"text": "One", "correct": True, "feedback": "canary-right"},
                {"text": "Two", "feedback": "canary-wrong"},
            ],
        },
        ["canary", "correct", "feedback", '"truth"', "false, "],
    ),
    "numeric": (
        {"value": 98765.5, "tolerance": {"absolute": 0.125}, "unit": "kt"},
        ["98765", "0.125", "tolerance", "value"],
    ),
    "short_text": (
        {"answers": ["canary", "canaria"], "max_edits": 4},
        ["canar", "answers", "edits", "4"],
    ),
    "cloze": (
        {
            "text": "It was {what}, in {year}.",
            "gaps": [
                {"name": "what", "answers": ["canary", "canaria"], "max_edits": 4},
                {"name": "year", "answers": ["1901"], "options": ["1900", "1901"]},
            ],
        },
        ["canar", "answers", "edits", ": 4"],
    ),
    "ordering": (
        {
            "items": [
                {"text": "One", "date": "2014-03"},
                {"text": "Two", "date": "2018-11"},
                {"text": "Three", "date": "2022"},
            ]
        },
        ["2014", "2018", "2022", "date", "rank"],
    ),
    "matching": (
        {"pairs": [{"prompt": "One", "match": "I"}, {"prompt": "Two", "match": "II"}]},
        ["pairs", "match"],
    ),
    "categorise": (
        {
            "categories": ["Odd", "Even"],
            "items": [
                {"text": "One", "category": "Odd", "feedback": "canary"},
                {"text": "Two", "category": "Even"},
            ],
        },
        ["canary", '"category"', "feedback"],
    ),
    "date": ({"date": "1901-02-03"}, ["1901", "02", "03"]),
    "hotspot": (
        {
            "map": "northeast-asia",
            "places": [
                {"text": "One", "at": [139.7, 35.7], "correct": True, "feedback": "canary"},
                {"text": "Two", "at": [131.9, 43.1], "feedback": "canary"},
            ],
        },
        ["canary", "correct", "feedback"],
    ),
    "highlight": (
        {
            "passage": [{"text": "One", "flawed": True}, {"text": "Two", "feedback": "canary"}],
            "correction": "canary",
        },
        ["canary", "flawed", "correction", "feedback"],
    ),
    "open_answer": (
        {
            "rubric": [
                {
                    "criterion": "Reasons",
                    "levels": [{"text": "canary", "credit": 0}, {"text": "canaria", "credit": 7}],
                }
            ],
            "model_answer": "canary",
        },
        ["canar", "levels", "credit", "7"],
    ),
    "evidence": (
        {"statement": "It is so.", "items": [{"text": "One", "stance": "silent"}]},
        ['"stance"'],
    ),
}


@pytest.mark.parametrize("name", sorted(CANARIES))
def test_what_is_rendered_holds_no_trace_of_the_key(name: str) -> None:
    payload, canaries = CANARIES[name]

    views = [get_type(name).render(payload, seed=seed) for seed in range(20)]
    rendered = json.dumps(views, default=str)

    assert not [canary for canary in canaries if canary in rendered]


@pytest.mark.parametrize("name", ["single_choice", "multiple_response", "ordering"])
def test_the_order_depends_on_the_seed_and_not_on_the_author(name: str) -> None:
    (field,) = get_type(name).payload_keys
    payload = PAYLOADS[name]
    turned = {field: payload[field][::-1]}
    one = get_type(name)

    orders = {json.dumps(one.render(payload, seed=seed)) for seed in range(40)}

    assert len(orders) > 2
    assert one.render(payload, seed=3) == one.render(payload, seed=3)
    if name != "ordering":
        assert one.render(payload, seed=3) == one.render(turned, seed=3)


def test_every_place_is_as_likely_for_the_key() -> None:
    key = option_id("Tokyo")
    places = [0, 0, 0]

    for seed in range(900):
        options = get_type("single_choice").render(PAYLOADS["single_choice"], seed=seed)["options"]
        places[[option["id"] for option in options].index(key)] += 1

    # A third of 900 each, four standard deviations (57) allowed.
    assert all(243 <= count <= 357 for count in places)


@pytest.mark.parametrize(
    ("name", "authored", "shown"),
    [
        ("true_false", "reasons", "reasons"),
        ("categorise", "items", "items"),
        ("evidence", "items", "items"),
        ("matching", "pairs", "options"),
        ("hotspot", "places", "places"),
    ],
)
def test_the_order_in_which_an_author_lists_things_is_not_shown(
    name: str, authored: str, shown: str
) -> None:
    payload = PAYLOADS[name]
    turned = payload | {authored: payload[authored][::-1]}
    one = get_type(name)

    orders = {str(one.render(payload, seed=seed)[shown]) for seed in range(40)}

    assert len(orders) > 2
    assert one.render(payload, seed=3)[shown] == one.render(turned, seed=3)[shown]
