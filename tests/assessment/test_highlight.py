"""Passages with one sentence that is wrong."""

from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS, RIGHT, WRONG

FLAW = {"text": "A", "flawed": True}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"passage": "not_a_list"}),
        ({"passage": [FLAW]}, {"passage": "wrong_count"}),
        ({"passage": [{"text": "A"}, {"text": "B"}]}, {"passage": "no_key"}),
        ({"passage": [FLAW, {"text": "B", "flawed": True}]}, {"passage[1].flawed": "second_key"}),
        ({"passage": [FLAW, {"text": "B", "flawed": 1}]},
         {"passage[1].flawed": "not_true_or_false"}),
        ({"passage": [FLAW, {"text": "a "}]}, {"passage[1].text": "duplicate"}),
        ({"passage": [FLAW, {"text": ""}]}, {"passage[1].text": "blank"}),
        ({"passage": [FLAW, "B"]}, {"passage[1]": "not_a_mapping", "passage[1].text": "missing"}),
        ({"passage": [FLAW, {"text": "B", "correct": True}]},
         {"passage[1].correct": "unknown_key"}),
        ({"passage": [FLAW, {"text": "B", "feedback": "x" * 1001}]},
         {"passage[1].feedback": "too_long"}),
        ({"passage": [FLAW, {"text": "B"}], "correction": 5}, {"correction": "not_text"}),
        ({"passage": [FLAW, *({"text": f"{n}"} for n in range(12))]}, {"passage": "wrong_count"}),
    ],
)  # fmt: skip
def test_highlight_names_its_problems(payload: dict[str, Any], expected: dict[str, str]) -> None:
    assert problems_of("highlight", payload) == expected


def test_a_passage_is_never_shuffled() -> None:
    one = get_type("highlight")

    shown = {str(one.render(PAYLOADS["highlight"], seed=seed)) for seed in range(20)}

    assert len(shown) == 1
    assert [entry["text"] for entry in one.render(PAYLOADS["highlight"], seed=0)["sentences"]] == [
        entry["text"] for entry in PAYLOADS["highlight"]["passage"]
    ]


def test_who_finds_the_flaw_is_told_what_it_should_say() -> None:
    mark = get_type("highlight").mark(PAYLOADS["highlight"], RIGHT["highlight"])

    assert [(part.reason, part.note) for part in mark.parts] == [("right", "Its lamp burnt gas.")]


def test_the_authors_words_about_the_flaw_come_before_the_correction() -> None:
    payload = {"passage": [FLAW | {"feedback": "Look."}, {"text": "B"}], "correction": "C"}

    mark = get_type("highlight").mark(payload, {"sentence": option_id("A")})

    assert mark.parts[0].note == "Look."


def test_who_takes_a_right_sentence_for_the_flaw_hears_about_it() -> None:
    mark = get_type("highlight").mark(PAYLOADS["highlight"], WRONG["highlight"])

    assert [(part.reason, part.note) for part in mark.parts] == [("wrong_option", "It was.")]


@pytest.mark.parametrize(
    ("changes", "text"), [({}, "Its lamp burnt oil."), ({"correction": "Gas."}, "Gas.")]
)
def test_the_solution_is_the_correction_if_there_is_one(changes: dict[str, str], text: str) -> None:
    payload = {"passage": PAYLOADS["highlight"]["passage"]} | changes

    assert get_type("highlight").solution(payload) == {
        "text": text,
        "keys": [RIGHT["highlight"]["sentence"]],
    }


def test_highlight_tells_what_was_chosen() -> None:
    one = get_type("highlight")

    assert one.given(PAYLOADS["highlight"], WRONG["highlight"]) == {
        "text": "The pier was built in 1872."
    }
    assert one.given(PAYLOADS["highlight"], {"sentence": None}) == {}


def test_highlight_refuses_a_sentence_it_does_not_have() -> None:
    with pytest.raises(AnswerInvalid, match="has changed"):
        get_type("highlight").parse(PAYLOADS["highlight"], {"sentence": "00000000"})
