"""Multiple response."""

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS

KEY = {"text": "A", "correct": True}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, {"options": "not_a_list"}),
        ([KEY], {"options": "all_keys"}),
        ([KEY, {"text": "B", "correct": True}], {"options": "all_keys"}),
        ([{"text": "A"}, {"text": "B"}], {"options": "no_key"}),
        ([KEY, {"text": " a"}], {"options[1].text": "duplicate"}),
        ([KEY, {"text": "B", "correct": "no"}], {"options[1].correct": "not_true_or_false"}),
        ([KEY, "B"], {"options[1]": "not_a_mapping", "options[1].text": "missing"}),
        ([KEY, {"text": "x" * 501}], {"options[1].text": "too_long"}),
        ([KEY, {"text": "B", "feedback": "x" * 1001}], {"options[1].feedback": "too_long"}),
        ([KEY, {"text": "B", "weight": 1}], {"options[1].weight": "unknown_key"}),
        ([KEY] + [{"text": f"{n}"} for n in range(10)], {"options": "wrong_count"}),
    ],
)
def test_multiple_response_names_its_problems(options: object, expected: dict[str, str]) -> None:
    assert problems_of("multiple_response", {"options": options}) == expected


@pytest.mark.parametrize(
    ("ticked", "credit", "verdict"),
    [
        # Two are right, three are not: hits / 2 - false / 3.
        (["Canada", "Italy"], 1.0, "right"),
        (["Italy", "Canada", "Italy"], 1.0, "right"),
        (["Canada"], 0.5, "nearly"),
        (["Canada", "Italy", "Spain"], 2 / 3, "nearly"),
        (["Canada", "Spain"], 1 / 6, "wrong"),
        (["Canada", "Spain", "Norway"], 0.0, "wrong"),
        (["Spain"], 0.0, "wrong"),
        (["Canada", "Italy", "Spain", "Norway", "Poland"], 0.0, "wrong"),
    ],
)
def test_multiple_response_credits_right_minus_wrong(
    ticked: list[str], credit: float, verdict: str
) -> None:
    one = get_type("multiple_response")
    payload = PAYLOADS["multiple_response"]

    mark = one.mark(payload, one.parse(payload, {"options": [option_id(text) for text in ticked]}))

    assert (mark.credit, mark.verdict) == (pytest.approx(credit), verdict)


def test_multiple_response_says_of_every_option_what_was_right() -> None:
    one = get_type("multiple_response")
    answer = {"options": [option_id("Canada"), option_id("Spain")]}

    mark = one.mark(PAYLOADS["multiple_response"], answer)

    assert [(part.part, part.credit, part.reason, part.note) for part in mark.parts] == [
        (option_id("Canada"), 1.0, "right", "Since 1976."),
        (option_id("Italy"), 0.0, "missed", None),
        (option_id("Spain"), 0.0, "ticked", "It comes as a guest."),
        (option_id("Norway"), 1.0, "right", None),
        (option_id("Poland"), 1.0, "right", None),
    ]


def test_multiple_response_does_not_remark_on_what_was_rightly_passed_over() -> None:
    one = get_type("multiple_response")

    mark = one.mark(PAYLOADS["multiple_response"], {"options": [option_id("Canada")]})

    assert {part.part: part.note for part in mark.parts}[option_id("Spain")] is None


def test_multiple_response_shows_which_options_are_right() -> None:
    solution = get_type("multiple_response").solution(PAYLOADS["multiple_response"])

    assert solution["keys"] == [option_id("Canada"), option_id("Italy")]
    assert [(line["label"], str(line["text"])) for line in solution["lines"][1:3]] == [
        ("Italy", "Belongs to the answer."),
        ("Spain", "Does not belong to the answer."),
    ]


def test_multiple_response_stores_one_answer_for_all_orders() -> None:
    one = get_type("multiple_response")
    ids = [option_id("Italy"), option_id("Canada"), option_id("Italy")]

    answer = one.parse(PAYLOADS["multiple_response"], {"options": ids})

    assert answer == {"options": [option_id("Canada"), option_id("Italy")]}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("ec2d1916", "not_a_list"),
        ({"a": "b"}, "not_a_list"),
        (3, "not_a_list"),
        (["00000000"], "option_unknown"),
        ([None], "option_unknown"),
        ([["x"]], "option_unknown"),
        ([""], "option_unknown"),
    ],
)
def test_multiple_response_refuses_what_are_no_options_of_it(raw: object, code: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        get_type("multiple_response").parse(PAYLOADS["multiple_response"], {"options": raw})

    assert caught.value.code == code


@pytest.mark.parametrize("stored", [None, "text", 3, {"a": 1}, [["x"], None], ["00000000"]])
def test_multiple_response_marks_whatever_was_stored(stored: object) -> None:
    mark = get_type("multiple_response").mark(PAYLOADS["multiple_response"], {"options": stored})

    assert (mark.credit, mark.parts[0].reason) == (0.0, "unanswered")
