"""Single choice."""

import pytest

from courses.assessment.domain.problems import AnswerInvalid, PayloadInvalid
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS, WRONG


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, {"options": "not_a_list"}),
        ([{"text": "A", "correct": True}], {"options": "wrong_count"}),
        ([{"text": "A"}, {"text": "B"}], {"options": "no_key"}),
        (
            [{"text": "A", "correct": True}, {"text": "B", "correct": True}],
            {"options[1].correct": "second_key"},
        ),
        ([{"text": "A", "correct": True}, {"text": " a"}], {"options[1].text": "duplicate"}),
        ([{"text": "A", "correct": "yes"}, {"text": "B", "correct": True}],
         {"options[0].correct": "not_true_or_false"}),
        ([{"text": "A", "correct": True}, "B"], {"options[1]": "not_a_mapping",
                                                 "options[1].text": "missing"}),
        ([{"text": 2022, "correct": True}, {"text": "B"}], {"options[0].text": "not_text"}),
        ([{"text": "A", "correct": True}, {"text": ""}], {"options[1].text": "blank"}),
        ([{"text": "A", "correct": True}, {"text": "x" * 501}], {"options[1].text": "too_long"}),
        ([{"text": "A", "correct": True}, {"text": "B\x00"}],
         {"options[1].text": "control_characters"}),
        ([{"text": "A", "correct": True}, {"text": "\ud800"}],
         {"options[1].text": "control_characters"}),
        ([{"text": "A", "correct": True}, {"text": "B", "feedback": "x" * 1001}],
         {"options[1].feedback": "too_long"}),
        ([{"text": "A", "correct": True}, {"text": "B", "weight": 1}],
         {"options[1].weight": "unknown_key"}),
        ([{"text": f"{n}", "correct": n == 0} for n in range(11)], {"options": "wrong_count"}),
    ],
)  # fmt: skip
def test_single_choice_names_its_problems(options: object, expected: dict[str, str]) -> None:
    assert problems_of("single_choice", {"options": options}) == expected


def test_all_problems_come_at_once_and_say_what_to_mend() -> None:
    payload = {"options": [{"text": "A"}, {"text": "A"}, {"txt": "B"}], "hint": "no"}

    with pytest.raises(PayloadInvalid) as caught:
        get_type("single_choice").validate(payload)

    assert [str(problem) for problem in caught.value.problems] == [
        "hint: This key has no meaning here; the known ones are: options.",
        "options[2].txt: This key has no meaning here; "
        "the known ones are: text, correct, feedback.",
        "options[2].text: This is missing; write a text.",
        "options: Mark the right option with “correct: true”.",
        "options[1].text: This says the same as options[0]; change or remove one.",
    ]


def test_single_choice_drops_a_false_key_and_keeps_the_rest() -> None:
    payload = {"options": [{"text": "A ", "correct": True}, {"text": "B", "correct": False}]}

    checked = get_type("single_choice").validate(payload)

    assert checked == {"options": [{"text": "A", "correct": True}, {"text": "B"}]}


def test_single_choice_says_what_the_author_says_about_the_option() -> None:
    mark = get_type("single_choice").mark(PAYLOADS["single_choice"], WRONG["single_choice"])

    assert [(part.reason, part.note) for part in mark.parts] == [("wrong_option", "Until 1868.")]


def test_single_choice_refuses_an_option_it_does_not_have() -> None:
    with pytest.raises(AnswerInvalid, match="has changed"):
        get_type("single_choice").parse(PAYLOADS["single_choice"], {"option": "00000000"})
