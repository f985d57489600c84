"""Short typed texts."""

from typing import Any

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
        ({"answers": ["x"], "names": "yes"}, {"names": "not_true_or_false"}),
        ({"answers": ["x"], "not": []}, {"not": "wrong_count"}),
        ({"answers": ["x"], "not": ["y", "y"]}, {"not[1]": "duplicate"}),
        ({"answers": ["x"], "not": ["?!"]}, {"not[0]": "nothing_to_compare"}),
        ({"answers": ["Tokyo"], "not": ["Toukyou"]}, {"not[0]": "same_as_answer"}),
        ({"answers": ["Kishida"], "not": ["Mr Kishida"]}, {"not[0]": "same_as_answer"}),
        ({"answers": ["Abe Shinzo"], "not": ["Shinzo Abe"], "names": True},
         {"not[0]": "same_as_answer"}),
    ],
)  # fmt: skip
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


def credit(payload: dict[str, Any], text: str) -> float:
    one = get_type("short_text")
    return one.mark(payload, one.parse(payload, {"text": text})).credit


def reason(payload: dict[str, Any], text: str) -> str:
    return get_type("short_text").mark(payload, {"text": text}).parts[0].reason


# --- Titles --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "PM Kishida Fumio",
        "Prime Minister Kishida Fumio",
        "the former prime minister Kishida Fumio",
        "Mr. Kishida Fumio",
        "Dr Prime Minister Kishida Fumio",
        "岸田文雄首相",
        "岸田文雄 元首相",
        "岸田文雄氏",
        "Kishida Fumio-san",
        "премьер-министр Кисида Фумио",
    ],
)
def test_a_title_beside_a_name_is_set_aside(text: str) -> None:
    assert credit(PAYLOADS["short_text"], text) == 1.0


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("Prime Minister", "Prime Minister", 1.0),
        ("President Putin", "Putin", 0.0),
        ("President Putin", "Prime Minister Putin", 0.0),
        ("首相", "首相", 1.0),
        ("Putin", "President", 0.0),
        ("minister", "Prime Minister", 0.0),
    ],
)
def test_a_title_that_is_asked_for_counts(key: str, text: str, expected: float) -> None:
    assert credit({"answers": [key]}, text) == expected


# --- Names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payload", "text", "expected"),
    [
        ({"answers": ["Abe Shinzo"], "names": True}, "Shinzō Abe", 1.0),
        ({"answers": ["Abe Shinzo"], "names": True}, "Prime Minister Sinzo Abe", 1.0),
        ({"answers": ["Abe Shinzo"], "names": True}, "Shinzo, Abe", 1.0),
        ({"answers": ["Abe Shinzo"], "names": True}, "Shinzoo Abbe", 0.9),
        ({"answers": ["Abe Shinzo"]}, "Shinzō Abe", 0.0),
        ({"answers": ["Treaty of Portsmouth"], "names": True}, "Portsmouth of Treaty", 0.0),
    ],
)
def test_the_parts_of_a_name_are_swapped_only_if_the_author_says_so(
    payload: dict[str, Any], text: str, expected: float
) -> None:
    assert credit(payload, text) == expected


def test_a_false_names_is_left_out_of_the_canonical_form() -> None:
    payload = {"answers": ["x"], "names": False, "not": ["y"]}

    assert get_type("short_text").validate(payload) == {"answers": ["x"], "not": ["y"]}


# --- Near misses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payload", "text", "why"),
    [
        (
            {"answers": ["minority"], "not": ["majority"], "max_edits": 5},
            "majority",
            "another_word",
        ),
        ({"answers": ["minority"], "not": ["majority"], "max_edits": 5}, "majorty", "another_word"),
        ({"answers": ["minority"], "not": ["majority"]}, "minorty", "spelling"),
        ({"answers": ["Iwaya"], "not": ["Iwata"]}, "Iwaa", "another_word"),
        ({"answers": ["Iwaya"]}, "Iwata", "spelling"),
        ({"answers": ["Iwaya"], "not": ["Iwata"]}, "Iwata", "another_word"),
        ({"answers": ["Iwaya"], "not": ["Iwata"]}, "Mr Iwata", "another_word"),
        ({"answers": ["Iwaya"], "not": ["Kono"]}, "Abe", "wrong_text"),
    ],
)
def test_a_slip_that_makes_another_word_is_not_forgiven(
    payload: dict[str, Any], text: str, why: str
) -> None:
    assert reason(payload, text) == why


def test_another_word_is_named_as_one() -> None:
    mark = get_type("short_text").mark(
        {"answers": ["minority"], "not": ["majority"]}, {"text": "Majority"}
    )

    assert (mark.credit, str(mark.parts[0].message)) == (0.0, "“majority” means something else.")
