"""Numbers within a tolerance."""

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
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
    ],
)
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
