"""Matching."""

from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS


def pairs(*both: tuple[object, object], **more: object) -> dict[str, Any]:
    return {"pairs": [{"prompt": prompt, "match": match} for prompt, match in both]} | more


TWO = (("A", "x"), ("B", "y"))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"pairs": "not_a_list"}),
        (pairs(("A", "x"), spare=["y"]), {"pairs": "wrong_count"}),
        (pairs(*((f"{n}", f"x{n}") for n in range(11))), {"pairs": "wrong_count"}),
        (pairs(("A", "x"), ("a ", "y")), {"pairs[1].prompt": "duplicate"}),
        (pairs(("A", "x"), ("B", "X")), {"pairs[1].match": "written_otherwise"}),
        (pairs(("A", "x"), ("B", "x")), {"pairs": "nothing_to_choose"}),
        (pairs(("A", "x"), ("B", None)), {"pairs[1].match": "missing"}),
        (pairs(("A", "x"), (2022, "y")), {"pairs[1].prompt": "not_text"}),
        (pairs(("A", "x"), ("B", "y" * 201)), {"pairs[1].match": "too_long"}),
        ({"pairs": [{"prompt": "A", "match": "x"}, "B"]},
         {"pairs[1]": "not_a_mapping", "pairs[1].prompt": "missing", "pairs[1].match": "missing"}),
        ({"pairs": [{"prompt": "A", "match": "x", "note": "n"}, {"prompt": "B", "match": "y"}]},
         {"pairs[0].note": "unknown_key"}),
        (pairs(*TWO, spare="z"), {"spare": "not_a_list"}),
        (pairs(*TWO, spare=["Y"]), {"spare[0]": "is_a_match"}),
        (pairs(*TWO, spare=["z", "Z"]), {"spare[1]": "duplicate"}),
        (pairs(*TWO, spare=[f"z{n}" for n in range(7)]), {"spare": "wrong_count"}),
    ],
)  # fmt: skip
def test_matching_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("matching", payload) == expected


def test_matching_lets_matches_repeat_if_there_is_something_to_choose() -> None:
    one = get_type("matching")

    payload = one.validate(pairs(("A", "x"), ("B", "x"), spare=["y"]))

    assert len(one.render(payload, seed=1)["options"]) == 2
    assert one.validate(pairs(*TWO, spare=[])) == pairs(*TWO)


def test_matching_shows_every_match_once_with_the_spare_ones() -> None:
    one = get_type("matching")
    payload = one.validate(pairs(("A", "x"), ("B", "y"), ("C", "x"), spare=["z"]))

    shown = one.render(payload, seed=1)

    assert [prompt["text"] for prompt in shown["prompts"]] == ["A", "B", "C"]
    assert sorted(option["text"] for option in shown["options"]) == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("chosen", "credit", "verdict"),
    [
        # Three prompts, four choices: (right - wrong / 3) / 3.
        ({"Japan": "Tokyo", "Russia": "Moscow", "Canada": "Ottawa"}, 1.0, "right"),
        ({"Japan": "Tokyo", "Russia": "Moscow", "Canada": "Kyoto"}, 5 / 9, "nearly"),
        ({"Japan": "Tokyo", "Russia": "Moscow"}, 2 / 3, "nearly"),
        ({"Japan": "Tokyo", "Russia": "Ottawa", "Canada": "Moscow"}, 1 / 9, "wrong"),
        ({"Japan": "Tokyo", "Russia": "Tokyo", "Canada": "Tokyo"}, 1 / 9, "wrong"),
        ({"Japan": "Kyoto", "Russia": "Kyoto", "Canada": "Kyoto"}, 0.0, "wrong"),
    ],
)
def test_matching_is_corrected_for_guessing(
    chosen: dict[str, str], credit: float, verdict: str
) -> None:
    one = get_type("matching")
    payload = PAYLOADS["matching"]
    raw = {option_id(prompt): option_id(match) for prompt, match in chosen.items()}

    mark = one.mark(payload, one.parse(payload, {"pairs": raw}))

    assert (mark.credit, mark.verdict) == (pytest.approx(credit), verdict)


def test_matching_says_of_every_prompt_what_was_right() -> None:
    one = get_type("matching")
    answer = {"pairs": {option_id("Japan"): option_id("Tokyo"),
                        option_id("Russia"): option_id("Kyoto")}}  # fmt: skip

    mark = one.mark(PAYLOADS["matching"], answer)

    assert [(part.part, part.reason) for part in mark.parts] == [
        (option_id("Japan"), "right"),
        (option_id("Russia"), "wrong"),
        (option_id("Canada"), "left_out"),
    ]
    assert one.given(PAYLOADS["matching"], answer) == {
        "lines": {option_id("Japan"): "Tokyo", option_id("Russia"): "Kyoto"}
    }
    assert [(line["label"], line["text"]) for line in one.solution(PAYLOADS["matching"])["lines"]][
        :2
    ] == [("Japan", "Tokyo"), ("Russia", "Moscow")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("Tokyo", "not_by_part"),
        ([option_id("Tokyo")], "not_by_part"),
        ({"00000000": option_id("Tokyo")}, "option_unknown"),
        ({"00000000": ""}, "option_unknown"),
        ({option_id("Japan"): "00000000"}, "option_unknown"),
        ({option_id("Japan"): ["x"]}, "option_unknown"),
        ({option_id("Japan"): 3}, "option_unknown"),
    ],
)
def test_matching_refuses_what_it_does_not_offer(raw: object, code: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        get_type("matching").parse(PAYLOADS["matching"], {"pairs": raw})

    assert caught.value.code == code


def test_matching_sets_aside_what_was_left_open() -> None:
    one = get_type("matching")
    raw = {
        option_id("Japan"): option_id("Tokyo"),
        option_id("Russia"): "",
        option_id("Canada"): None,
    }

    assert one.parse(PAYLOADS["matching"], {"pairs": raw}) == {
        "pairs": {option_id("Japan"): option_id("Tokyo")}
    }


@pytest.mark.parametrize("stored", [None, [], "x", {"00000000": "x"}, {option_id("Japan"): ["x"]}])
def test_matching_marks_whatever_was_stored(stored: object) -> None:
    mark = get_type("matching").mark(PAYLOADS["matching"], {"pairs": stored})

    assert (mark.credit, mark.parts[0].reason) == (0.0, "unanswered")


def test_readers_of_a_matching_read_each_match_once() -> None:
    payload = pairs(("A", "x"), ("B", "x"), ("x", "y"), spare=["z"])

    assert [text for _, text in get_type("matching").texts(payload)] == [
        "A", "x", "B", "x", "y", "z",
    ]  # fmt: skip
