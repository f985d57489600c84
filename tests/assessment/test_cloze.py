"""Texts with gaps."""

from typing import Any

import pytest

from courses.assessment.domain.messages import Markdown, Plain
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS

GAP = {"name": "a", "answers": ["x"]}


def cloze(text: object, *gaps: object) -> dict[str, Any]:
    return {"text": text, "gaps": list(gaps)}


def listed(**fields: object) -> dict[str, Any]:
    return {"name": "a", "answers": ["x"], "options": ["x", "y"]} | fields


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"text": "missing", "gaps": "not_a_list"}),
        (cloze("{a}"), {"gaps": "wrong_count", "text": "unknown_gap"}),
        (cloze("It is.", GAP), {"gaps[0].name": "gap_not_in_text"}),
        (cloze("It is {{a}}.", GAP), {"gaps[0].name": "gap_not_in_text"}),
        (cloze("{a} and {a}", GAP), {"text": "repeated_gap"}),
        (cloze("{a} and {b}", GAP), {"text": "unknown_gap"}),
        (cloze("{a} and {", GAP), {"text": "stray_brace"}),
        (cloze("{a} and {B}", GAP), {"text": "stray_brace"}),
        (cloze("{a} and {}", GAP), {"text": "stray_brace"}),
        (cloze("{a}}", GAP), {"text": "stray_brace"}),
        (cloze("{a}", GAP, GAP), {"gaps[1].name": "duplicate"}),
        (cloze("{a}", GAP | {"name": "A b"}), {"gaps[0].name": "not_a_name",
                                               "text": "unknown_gap"}),
        (cloze("{a}", {"name": "a"}), {"gaps[0].answers": "not_a_list"}),
        (cloze("{a}", GAP | {"answers": ["?!"]}), {"gaps[0].answers[0]": "nothing_to_compare"}),
        (cloze("{a}", GAP | {"answers": [1874]}), {"gaps[0].answers[0]": "not_text"}),
        (cloze("{a}", GAP | {"answers": ["x", "x"]}), {"gaps[0].answers[1]": "duplicate"}),
        (cloze("{a}", GAP | {"max_edits": 6}), {"gaps[0].max_edits": "out_of_range"}),
        (cloze("{a}", GAP | {"hint": "x"}), {"gaps[0].hint": "unknown_key"}),
        (cloze("{a}", "a"), {"gaps[0]": "not_a_mapping", "gaps[0].name": "missing",
                             "gaps[0].answers": "not_a_list", "text": "unknown_gap"}),
        (cloze("{a}", listed(options=["y", "z"])), {"gaps[0].options": "key_not_listed"}),
        (cloze("{a}", listed(options=["x"])), {"gaps[0].options": "wrong_count"}),
        (cloze("{a}", listed(options=None)), {"gaps[0].options": "not_a_list"}),
        (cloze("{a}", listed(options=["x", "X"])), {"gaps[0].options[1]": "duplicate"}),
        (cloze("{a}", listed(options=["x", "y" * 101])), {"gaps[0].options[1]": "too_long"}),
        (cloze("{a}", listed(answers=["x", "y"])), {"gaps[0].answers": "second_key"}),
        (cloze("{a}", listed(max_edits=1)), {"gaps[0].max_edits": "nothing_typed"}),
        (cloze("".join(f"{{{n}}}" for n in range(13)),
               *({"name": f"{n}", "answers": ["x"]} for n in range(13))),
         {"gaps": "wrong_count", "text": "unknown_gap"}),
    ],
)  # fmt: skip
def test_cloze_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("cloze", payload) == expected


def test_cloze_shows_prose_and_gaps_in_turn() -> None:
    one = get_type("cloze")
    gaps = [listed(name="town"), GAP | {"name": "year-1"}]
    payload = one.validate(cloze("In *{{old}}* {town}, ({year-1}).", *gaps))

    pieces = one.render(payload, seed=1)["pieces"]

    options = pieces[2].pop("options")
    assert sorted(options) == ["x", "y"]
    assert pieces == [
        {"text": "In *{old}*"},
        {"text": " "},
        {"gap": "town", "number": 1},
        {"text": ", ("},
        {"gap": "year-1", "number": 2, "size": 14},
        {"text": ")."},
    ]
    assert [type(piece["text"]) for piece in pieces[:2]] == [Markdown, Plain]


def test_a_gap_is_as_wide_for_a_short_answer_as_for_a_long_one() -> None:
    one = get_type("cloze")
    long = {"name": "b", "answers": ["x" * 150]}
    payload = one.validate(cloze("{a} {b}", GAP, long))

    gaps = [piece for piece in one.render(payload, seed=1)["pieces"] if "gap" in piece]

    assert {gap["size"] for gap in gaps} == {14}


def test_the_order_of_a_gaps_options_depends_on_the_seed_only() -> None:
    one = get_type("cloze")
    payload, turned = (
        cloze("{a}", listed(options=options)) for options in (["x", "y", "z"], ["z", "y", "x"])
    )

    orders = {str(one.render(payload, seed=seed)) for seed in range(40)}

    assert len(orders) > 2
    assert one.render(payload, seed=3) == one.render(turned, seed=3)


@pytest.mark.parametrize(
    ("gaps", "credit", "reasons"),
    [
        ({"year": "1854", "town": "Kanagawa", "who": "Perry"}, 1.0, ["right", "right", "right"]),
        ({"year": "1854", "town": "YOKOHAMA!", "who": "Matthew Perry"}, 1.0,
         ["right", "right", "right"]),
        ({"year": "1854", "town": "Kanagwa", "who": "Perry"}, 2.9 / 3,
         ["right", "spelling", "right"]),
        ({"year": "1848", "town": "Kanagawa", "who": "Pery"}, 1.9 / 3,
         ["wrong_option", "right", "spelling"]),
        ({"year": "1854", "town": "?!"}, 1 / 3, ["right", "left_out", "left_out"]),
        ({"town": "Osaka"}, 0.0, ["left_out", "wrong_text", "left_out"]),
    ],
)  # fmt: skip
def test_cloze_credits_the_mean_over_its_gaps(
    gaps: dict[str, str], credit: float, reasons: list[str]
) -> None:
    one = get_type("cloze")

    mark = one.mark(PAYLOADS["cloze"], one.parse(PAYLOADS["cloze"], {"gaps": gaps}))

    assert mark.credit == pytest.approx(credit)
    assert (mark.verdict == "right") == (credit == 1.0)
    assert [part.part for part in mark.parts] == ["year", "town", "who"]
    assert [part.reason for part in mark.parts] == reasons


def test_cloze_never_forgives_a_digit() -> None:
    payload = cloze("{a}", {"name": "a", "answers": ["1 March 1854"], "max_edits": 5})

    mark = get_type("cloze").mark(payload, {"gaps": {"a": "1 March 1855"}})

    assert (mark.credit, mark.parts[0].reason) == (0.0, "digits")


def test_cloze_compares_a_chosen_option_to_the_letter() -> None:
    one = get_type("cloze")
    payload = one.validate(
        cloze("{a}", listed(answers=["the  coup"], options=["the coup", "a  coup"]))
    )

    right = one.mark(payload, one.parse(payload, {"gaps": {"a": "the coup"}}))
    wrong = one.mark(payload, one.parse(payload, {"gaps": {"a": "a coup"}}))

    assert (right.credit, wrong.credit) == (1.0, 0.0)


def test_cloze_numbers_its_answers_as_the_gaps_stand_in_the_text() -> None:
    one = get_type("cloze")
    gaps = ({"name": "b", "answers": ["second", "2nd"]}, {"name": "a", "answers": ["first"]})
    payload = cloze("{a}, {b}", *gaps)

    lines = one.solution(payload)["lines"]

    assert [(line["part"], str(line["label"]), line["text"]) for line in lines] == [
        ("a", "Gap 1 of 2", "first"),
        ("b", "Gap 2 of 2", "second"),
    ]
    assert one.given(payload, {"gaps": {"b": "x"}}) == {"lines": {"b": "x"}}


def test_readers_of_a_cloze_read_it_filled() -> None:
    texts = dict(get_type("cloze").texts(PAYLOADS["cloze"]))

    assert texts["text"].startswith("Japan opened to trade in 1854, after")
    assert texts["gaps[0].options[0]"] == "1848"
    assert texts["gaps[1].answers[1]"] == "Yokohama"
    assert "gaps[0].name" not in texts


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1854", "not_by_gap"),
        (["1854"], "not_by_gap"),
        ({"gone": "x"}, "option_unknown"),
        ({"year": "1999"}, "option_unknown"),
        ({"town": 5}, "not_text"),
        ({"town": ["x"]}, "not_text"),
        ({"town": "x" * 201}, "too_long"),
        ({"town": "a\x00b"}, "control_characters"),
    ],
)
def test_cloze_refuses_what_does_not_fit_its_gaps(raw: object, code: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        get_type("cloze").parse(PAYLOADS["cloze"], {"gaps": raw})

    assert caught.value.code == code


@pytest.mark.parametrize("stored", [None, [], "x", {"year": ["1854"]}, {"gone": "1854"}])
def test_cloze_marks_whatever_was_stored(stored: object) -> None:
    mark = get_type("cloze").mark(PAYLOADS["cloze"], {"gaps": stored})

    assert (mark.credit, mark.parts[0].reason) == (0.0, "unanswered")
