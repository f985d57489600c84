"""Numbers within a tolerance, in units, and with an interval."""

from decimal import Decimal
from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.numeric.tolerance import band, interval_credit
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"value": "missing", "tolerance": "missing"}),
        ({"value": "5", "tolerance": {"absolute": 0}}, {"value": "not_a_number"}),
        ({"value": True, "tolerance": {"absolute": 0}}, {"value": "not_a_number"}),
        ({"value": float("nan"), "tolerance": {"absolute": 0}}, {"value": "out_of_range"}),
        ({"value": float("inf"), "tolerance": {"absolute": 0}}, {"value": "out_of_range"}),
        ({"value": 10**40, "tolerance": {"absolute": 0}}, {"value": "out_of_range"}),
        ({"value": 1e-30, "tolerance": {"absolute": 0}}, {"value": "too_many_digits"}),
        ({"value": 5, "tolerance": 0.1}, {"tolerance": "not_a_mapping"}),
        ({"value": 5, "tolerance": {}}, {"tolerance": "not_one"}),
        ({"value": 5, "tolerance": {"absolute": 1, "relative": 0.1}}, {"tolerance": "not_one"}),
        ({"value": 5, "tolerance": {"absolute": -1}}, {"tolerance.absolute": "too_small"}),
        ({"value": 5, "tolerance": {"relative": 5}}, {"tolerance.relative": "too_large"}),
        ({"value": 0, "tolerance": {"relative": 0.1}}, {"tolerance.relative": "of_zero"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": 5}, {"unit": "not_text"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": "x" * 41}, {"unit": "too_long"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": "10 km"}, {"unit": "digits"}),
        ({"value": 5, "tolerance": {"significant_figures": 0}},
         {"tolerance.significant_figures": "out_of_range"}),
        ({"value": 5, "tolerance": {"significant_figures": 2.0}},
         {"tolerance.significant_figures": "out_of_range"}),
        ({"value": 0, "tolerance": {"significant_figures": 2}},
         {"tolerance.significant_figures": "of_zero"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "units": [{"name": "km"}]},
         {"unit": "missing"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": "km", "units": []},
         {"units": "wrong_count"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": "km", "units": [{"name": "KM"}]},
         {"units[0].name": "duplicate"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": "km",
          "units": [{"name": "mile"}, {"name": "miles"}]}, {"units[1].name": "duplicate"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "unit": "km",
          "units": [{"name": "m", "factor": 0}]}, {"units[0].factor": "out_of_range"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "interval": {"scale": 0}},
         {"interval.scale": "too_small"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "interval": {}}, {"interval.scale": "missing"}),
        ({"value": 5, "tolerance": {"absolute": 1}, "interval": True},
         {"interval": "not_a_mapping", "interval.scale": "missing"}),
    ],
)  # fmt: skip
def test_numeric_names_its_problems(payload: object, expected: dict[str, str]) -> None:
    assert problems_of("numeric", payload) == expected


@pytest.mark.parametrize(
    ("value", "tolerance", "given", "credit", "reason"),
    [
        (5.5, {"absolute": 0.1}, "5.5", 1, "right"),
        (5.5, {"absolute": 0.1}, "5.6", 1, "right"),
        (5.5, {"absolute": 0.1}, "5.61", 0, "too_high"),
        (5.5, {"absolute": 0.1}, "5.39", 0, "too_low"),
        (0.3, {"absolute": 0.1}, "0.4", 1, "right"),  # 0.3 + 0.1 in floats is less than 0.4
        (200, {"relative": 0.05}, "210", 1, "right"),
        (200, {"relative": 0.05}, "210.1", 0, "too_high"),
        (-200, {"relative": 0.05}, "-190", 1, "right"),
        (-200, {"relative": 0.05}, "200", 0, "sign"),
        (5.5, {"absolute": 0.1}, "5500", 0, "magnitude"),
        (5.5, {"absolute": 0.1}, "0.55", 0, "magnitude"),
        (9.99, {"relative": 0.01}, "100", 0, "magnitude"),
        (0, {"absolute": 0}, "0", 1, "right"),
        (0, {"absolute": 0}, "1", 0, "too_high"),
        (7, {"absolute": 0}, "7.0", 1, "right"),
    ],
)
def test_numeric_marks_exactly(
    value: float, tolerance: dict[str, float], given: str, credit: float, reason: str
) -> None:
    one = get_type("numeric")
    payload = one.validate({"value": value, "tolerance": tolerance})

    mark = one.mark(payload, one.parse(payload, {"value": given}))

    assert (mark.credit, mark.parts[0].reason) == (credit, reason)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("5,5 billion USD", "5.5"),
        (5.5, "5.5"),
        (5, "5"),
        ("  ", ""),
        (None, ""),
        ("1,000", "1000"),
    ],
)
def test_numeric_keeps_the_number_it_read(raw: object, kept: str) -> None:
    assert get_type("numeric").parse(PAYLOADS["numeric"], {"value": raw}) == {"value": kept}


@pytest.mark.parametrize(
    "raw",
    [
        "much",
        "5 6",
        True,
        [],
        {},
        float("nan"),
        float("inf"),
        pytest.param(10**5000, id="huge"),
        "1e999",
        "5\x00",
    ],
)
def test_numeric_refuses_what_is_no_number(raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        get_type("numeric").parse(PAYLOADS["numeric"], {"value": raw})


def test_numeric_shows_the_range_that_counts() -> None:
    assert get_type("numeric").solution(PAYLOADS["numeric"]) == {
        "value": "5.5",
        "unit": "billion USD",
        "text": "5.5 billion USD",
        "low": "5.4",
        "high": "5.6",
    }


# --- Significant figures -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "figures", "low", "high"),
    [
        (8000, 2, "7950", "8050"),
        (8049, 2, "7950", "8050"),
        (1234, 3, "1225", "1235"),
        (1.0, 2, "0.995", "1.05"),
        (0.996, 2, "0.995", "1.05"),
        (9.96, 2, "9.95", "10.5"),
        (-1234, 3, "-1235", "-1225"),
        (0.00123, 1, "0.00095", "0.0015"),
        (52, 2, "51.5", "52.5"),
        (52, 3, "51.95", "52.05"),
    ],
)
def test_what_rounds_to_the_same_figures_is_right(
    value: float, figures: int, low: str, high: str
) -> None:
    payload = {"value": value, "tolerance": {"significant_figures": figures}}

    assert band(payload) == (Decimal(low), Decimal(high))


# --- Units ---------------------------------------------------------------------------------

DISTANCE = {
    "value": 8000,
    "tolerance": {"relative": 0.01},
    "unit": "kilometres",
    "units": [{"name": "ri", "factor": 3.927}, {"name": "klicks"}],
}


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("8000", "8000"),
        ("8000 kilometres", "8000"),
        ("8,000 km", "8000"),
        ("8000 Kilometers", "8000"),
        ("8000 klicks", "8000"),
        ("2000 ri", "7854"),
        ("8000000 m", "8000000"[:-3]),
        ("5000 miles", "8046.72"),
        ("8 thousand km", "8000"),
        ("8千キロ", "8000"),
    ],
)
def test_a_number_is_kept_in_the_unit_of_the_question(raw: str, kept: str) -> None:
    assert get_type("numeric").parse(DISTANCE, {"value": raw}) == {"value": kept}


@pytest.mark.parametrize("raw", ["8000 kg", "8000 apples", "$8000", "8000 km²", "km"])
def test_another_kind_of_unit_is_refused_and_the_known_ones_are_named(raw: str) -> None:
    with pytest.raises(AnswerInvalid, match="“kilometres”, “ri”, “klicks”"):
        get_type("numeric").parse(DISTANCE, {"value": raw})


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("8000 ri", "unit"),  # the right number with the wrong unit
        ("2037", "unit"),  # the right number of ri, without the unit
        ("4971", "unit"),  # of miles, which nobody had to author
        ("8000 m", "unit"),
        ("900", "too_low"),
        ("8000 ri ", "unit"),
    ],
)
def test_a_right_number_in_the_wrong_unit_is_told_so(raw: str, reason: str) -> None:
    one = get_type("numeric")

    (part,) = one.mark(DISTANCE, one.parse(DISTANCE, {"value": raw})).parts

    assert (part.credit, part.reason) == (0.0, reason)
    assert (reason != "unit") or "in another unit" in str(part.message)


def test_the_units_that_are_known_are_shown_and_their_factors_are_not() -> None:
    checked = get_type("numeric").validate(DISTANCE)

    assert checked == DISTANCE
    assert get_type("numeric").render(checked, seed=1) == {
        "unit": "kilometres",
        "units": ["ri", "klicks"],
        "interval": False,
    }


def test_a_number_that_no_unit_keeps_in_bounds_is_refused() -> None:
    payload = DISTANCE | {"units": [{"name": "ly", "factor": 1e12}]}

    with pytest.raises(AnswerInvalid):
        get_type("numeric").parse(payload, {"value": "9460000 ly"})


# --- Intervals -----------------------------------------------------------------------------

SURE: dict[str, Any] = {
    "value": 100,
    "tolerance": {"absolute": 5},
    "unit": "ships",
    "interval": {"scale": 200},
}


@pytest.mark.parametrize(
    ("low", "high", "credit", "reason"),
    [
        ("100", "100", 1.0, "held"),
        ("95", "105", 1.0, "held"),  # as wide as the tolerance
        ("90", "110", 0.95, "too_wide"),
        ("60", "140", 0.65, "too_wide"),
        ("0", "300", 0.0, "too_wide"),
        ("102", "102", 0.8, "missed"),  # 2 / alpha times the distance of 2
        ("80", "99", 0.855, "missed"),  # and the width beyond the tolerance
        ("120", "130", 0.0, "missed"),
    ],
)
def test_an_interval_is_worth_its_score(low: str, high: str, credit: float, reason: str) -> None:
    one = get_type("numeric")
    raw = {"value": low, "low": low, "high": high}

    mark = one.mark(SURE, one.parse(SURE, raw))

    assert mark.credit == pytest.approx(credit)
    assert [(part.part, part.reason) for part in mark.parts][1] == ("interval", reason)


def test_an_honest_interval_pays_best_where_the_floor_is_far() -> None:
    # Somebody who thinks that every whole number from 0 to 100 is as likely as any other.
    def expected(low: int, high: int) -> float:
        payloads = (
            {"value": value, "tolerance": {"absolute": 0}, "interval": {"scale": 10_000}}
            for value in range(101)
        )
        return sum(interval_credit(one, Decimal(low), Decimal(high)) for one in payloads)

    best = max(
        ((low, high) for low in range(51) for high in range(50, 101)),
        key=lambda ends: expected(*ends),
    )

    assert best == (5, 95)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({}, {"value": "", "low": "", "high": ""}),
        ({"value": "100", "low": "90", "high": "110 ships"},
         {"value": "100", "low": "90", "high": "110"}),
        ({"value": "100", "low": "110", "high": "90"},
         {"value": "100", "low": "90", "high": "110"}),
    ],
)  # fmt: skip
def test_an_interval_is_read(raw: dict[str, str], kept: dict[str, str]) -> None:
    assert get_type("numeric").parse(SURE, raw) == kept


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"value": "100"}, "interval_incomplete"),
        ({"low": "90", "high": "110"}, "interval_incomplete"),
        ({"value": "100", "low": "90", "high": " "}, "interval_incomplete"),
        ({"value": "120", "low": "90", "high": "110"}, "interval_elsewhere"),
        ({"value": "100", "low": "few", "high": "110"}, "not_a_number"),
    ],
)
def test_half_an_interval_is_refused_and_not_marked(raw: dict[str, str], code: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        get_type("numeric").parse(SURE, raw)

    assert caught.value.code == code


def test_who_asks_for_a_number_gets_no_interval() -> None:
    with pytest.raises(AnswerInvalid) as caught:
        get_type("numeric").parse(PAYLOADS["numeric"], {"value": "5", "low": "4", "high": "6"})

    assert caught.value.code == "answer_unknown_key"


def test_an_answer_to_a_version_without_an_interval_earns_nothing_in_one_with_it() -> None:
    mark = get_type("numeric").mark(SURE, {"value": "100"})

    assert (mark.credit, [part.reason for part in mark.parts]) == (0.0, ["right", "no_interval"])


def test_what_was_given_is_told_with_its_interval() -> None:
    given = {"value": "90", "low": "80", "high": "99"}

    assert get_type("numeric").given(SURE, given) == {"text": "90 ships (80 – 99)"}
