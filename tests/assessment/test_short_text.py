"""Short typed texts."""

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"answers": "not_a_list"}),
        ({"answers": []}, {"answers": "wrong_count"}),
        ({"answers": [""]}, {"answers[0]": "blank"}),
        ({"answers": ["?!"]}, {"answers[0]": "nothing_to_compare"}),
        ({"answers": [2022]}, {"answers[0]": "not_text"}),
        ({"answers": ["a", "a"]}, {"answers[1]": "duplicate"}),
        ({"answers": ["x" * 201]}, {"answers[0]": "too_long"}),
        ({"answers": ["x"] + [f"x{n}" for n in range(50)]}, {"answers": "wrong_count"}),
        ({"answers": ["x"], "max_edits": 6}, {"max_edits": "out_of_range"}),
        ({"answers": ["x"], "max_edits": True}, {"max_edits": "out_of_range"}),
        ({"answers": ["x"], "max_edits": None}, {"max_edits": "out_of_range"}),
    ],
)
def test_short_text_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("short_text", payload) == expected


@pytest.mark.parametrize(
    ("text", "credit", "verdict", "reason"),
    [
        ("Kishida Fumio", 1.0, "right", "right"),
        ("KISHIDA, FUMIO", 1.0, "right", "right"),
        ("岸田 文雄", 1.0, "right", "right"),
        ("Kishida Fumo", 0.9, "nearly", "spelling"),
        ("Fumioo Kishdia", 0.9, "nearly", "spelling"),
        ("Kishida", 0.0, "wrong", "wrong_text"),
        ("岸田文男", 0.0, "wrong", "wrong_text"),
        ("!!", 0.0, "wrong", "unanswered"),
    ],
)
def test_short_text_marks(text: str, credit: float, verdict: str, reason: str) -> None:
    one = get_type("short_text")

    mark = one.mark(PAYLOADS["short_text"], one.parse(PAYLOADS["short_text"], {"text": text}))

    assert (mark.credit, mark.verdict, mark.parts[0].reason) == (credit, verdict, reason)


def test_short_text_never_forgives_a_digit() -> None:
    payload = {"answers": ["24 February 2022"], "max_edits": 5}

    mark = get_type("short_text").mark(payload, {"text": "24 February 2023"})

    assert (mark.credit, mark.parts[0].reason) == (0.0, "digits")


def test_short_text_says_how_it_is_written() -> None:
    mark = get_type("short_text").mark(PAYLOADS["short_text"], {"text": "Kishida Fumo"})

    assert str(mark.parts[0].message) == "Nearly: it is written “Kishida Fumio”."


@pytest.mark.parametrize("raw", ["x" * 201, "a\x00b", "\ud800", 5, ["x"]])
def test_short_text_refuses_what_is_no_short_text(raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        get_type("short_text").parse(PAYLOADS["short_text"], {"text": raw})
