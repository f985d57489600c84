"""True or false, and why."""

from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS

REASONS = [{"text": "A", "correct": True}, {"text": "B"}]
RIGHT_REASON, WRONG_REASON = option_id("It joined in 1956"), option_id("It never joined")


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"truth": "not_true_or_false"}),
        ({"truth": "true"}, {"truth": "not_true_or_false"}),
        ({"truth": 1}, {"truth": "not_true_or_false"}),
        ({"truth": True, "reasons": None}, {"reasons": "not_a_list"}),
        ({"truth": True, "reasons": REASONS[:1]}, {"reasons": "wrong_count"}),
        ({"truth": True, "reasons": [{"text": "A"}, {"text": "B"}]}, {"reasons": "no_key"}),
        ({"truth": True, "reasons": [*REASONS, {"text": "C", "correct": True}]},
         {"reasons[2].correct": "second_key"}),
        ({"truth": True, "reasons": [*REASONS, {"text": "b"}]}, {"reasons[2].text": "duplicate"}),
        ({"truth": True, "reasons": [*REASONS, {"text": "C", "why": "no"}]},
         {"reasons[2].why": "unknown_key"}),
        ({"truth": True, "reasons": REASONS + [{"text": f"{n}"} for n in range(5)]},
         {"reasons": "wrong_count"}),
    ],
)  # fmt: skip
def test_true_false_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("true_false", payload) == expected


def test_true_false_takes_no_reasons_for_an_empty_list() -> None:
    assert get_type("true_false").validate({"truth": False, "reasons": []}) == {"truth": False}


@pytest.mark.parametrize(
    ("raw", "credit", "verdict", "reasons"),
    [
        ({"truth": "false", "reason": RIGHT_REASON}, 1.0, "right", ["right", "right"]),
        ({"truth": False, "reason": RIGHT_REASON}, 1.0, "right", ["right", "right"]),
        ({"truth": "false", "reason": WRONG_REASON}, 1 / 3, "wrong", ["right", "wrong_reason"]),
        ({"truth": "false"}, 1 / 3, "wrong", ["right", "left_out"]),
        ({"truth": "true", "reason": RIGHT_REASON}, 0.0, "wrong", ["wrong_truth", "right"]),
        ({"truth": True}, 0.0, "wrong", ["wrong_truth", "left_out"]),
        ({"reason": RIGHT_REASON}, 0.0, "wrong", ["left_out", "right"]),
    ],
)
def test_true_false_does_not_take_a_toss_of_a_coin_for_knowledge(
    raw: dict[str, Any], credit: float, verdict: str, reasons: list[str]
) -> None:
    one = get_type("true_false")

    mark = one.mark(PAYLOADS["true_false"], one.parse(PAYLOADS["true_false"], raw))

    assert (mark.credit, mark.verdict) == (pytest.approx(credit), verdict)
    assert [part.reason for part in mark.parts] == reasons
    assert [part.part for part in mark.parts] == ["truth", "reason"]


@pytest.mark.parametrize(("truth", "credit"), [("true", 1.0), ("false", 0.0)])
def test_true_false_without_reasons_is_right_or_wrong(truth: str, credit: float) -> None:
    one = get_type("true_false")
    payload = {"truth": True}

    mark = one.mark(payload, one.parse(payload, {"truth": truth}))

    assert (mark.credit, len(mark.parts)) == (credit, 1)
    assert str(mark.parts[0].message) == "The statement is true."
    assert one.solution(payload)["keys"] == ["true"]


def test_true_false_tells_the_answer_in_two_lines() -> None:
    one = get_type("true_false")
    payload = PAYLOADS["true_false"]

    solution = one.solution(payload)
    given = one.given(payload, {"truth": "true", "reason": WRONG_REASON})

    assert solution["keys"] == ["false", RIGHT_REASON]
    assert [(line["part"], str(line["text"])) for line in solution["lines"]] == [
        ("truth", "False"),
        ("reason", "It joined in 1956"),
    ]
    assert {part: str(text) for part, text in given["lines"].items()} == {
        "truth": "True",
        "reason": "It never joined",
    }


def test_true_false_says_what_the_author_says_about_the_reason() -> None:
    mark = get_type("true_false").mark(
        PAYLOADS["true_false"], {"truth": "false", "reason": WRONG_REASON}
    )

    assert [part.note for part in mark.parts] == [None, "It did."]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"truth": "yes"}, "not_true_or_false"),
        ({"truth": 1}, "not_true_or_false"),
        ({"truth": ["true"]}, "not_true_or_false"),
        ({"truth": "true", "reason": "00000000"}, "option_unknown"),
        ({"truth": "true", "reason": ["x"]}, "option_unknown"),
    ],
)
def test_true_false_refuses_what_it_does_not_offer(raw: object, code: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        get_type("true_false").parse(PAYLOADS["true_false"], raw)

    assert caught.value.code == code


def test_true_false_refuses_a_reason_where_none_is_asked_for() -> None:
    with pytest.raises(AnswerInvalid, match="has changed"):
        get_type("true_false").parse({"truth": True}, {"truth": "true", "reason": "00000000"})


@pytest.mark.parametrize(
    "stored", [{"truth": ["x"], "reason": {}}, {"truth": True}, {"reason": "00000000"}]
)
def test_true_false_marks_whatever_was_stored(stored: dict[str, Any]) -> None:
    one = get_type("true_false")

    assert one.mark(PAYLOADS["true_false"], stored).parts[0].reason == "unanswered"
    assert one.given(PAYLOADS["true_false"], stored) == {"lines": {}}
