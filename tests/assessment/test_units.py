"""Units that measure the same, and the factors between them."""

from decimal import Decimal

import pytest

from courses.assessment.domain.numbers import NumberUnreadable, canonical, parse_quantity
from courses.assessment.domain.units import factor_between, other_factors, same_unit


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("8000 km", "kilometres", "8000"),
        ("8,000 kilometers", "km", "8000"),
        ("8000 m", "kilometres", "8"),
        ("5 m", "million tonnes", "5"),
        ("5 mm", "m", "0.005"),
        ("5 thousand", "m", "5000"),
        ("5 kt", "kt", "5"),
        ("5 t", "tonnes", "5"),
        ("5 metric tons", "t", "5"),
        ("5500 million US dollars", "billion US dollars", "5.5"),
        ("$5.5bn", "billion US dollars", "5.5"),
        ("US$5.5 bn", "billion USD", "5.5"),
        ("5.5億円", "billion yen", "0.55"),
        ("8 thousand", "people", "8000"),
        ("5万人", "people", "50000"),
        ("10 yrs", "years", "10"),
        ("120 months", "years", "10"),
        ("3 weeks", "days", "21"),
        ("5.5 pct", "%", "5.5"),
        ("3 time", "times", "3"),
        ("2 countries", "country", "2"),
        ("−5 km", "km", "-5"),
        ("2,5 млрд", "billion", "2.5"),
    ],
)
def test_a_quantity_is_read_in_the_unit_that_is_asked(text: str, unit: str, number: str) -> None:
    assert canonical(parse_quantity(text, unit=unit, units={})) == number


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5.5 apples", "km"),
        ("5 kg", "km"),
        ("5 years", "days"),
        ("€5.5 billion", "billion US dollars"),
        ("5 percentage points", "%"),
        ("5 km", ""),
        ("km", "km"),
        ("5 km 3", "km"),
        ("9" * 17 + " bn", "km"),
    ],
)
def test_another_kind_of_quantity_is_refused(text: str, unit: str) -> None:
    with pytest.raises(NumberUnreadable):
        parse_quantity(text, unit=unit, units={})


def test_what_the_author_says_of_a_unit_comes_first() -> None:
    units = {"m": Decimal(1000), "bushel": Decimal("25.4")}

    assert parse_quantity("2 m", unit="km", units=units) == 2000
    assert parse_quantity("2 Bushels", unit="kg", units=units) == Decimal("50.8")


def test_units_of_one_kind_differ_by_a_factor() -> None:
    assert factor_between("miles", "km") == Decimal("1.609344")
    assert factor_between("km", "kg") is None
    assert set(map(float, other_factors("kg"))) == {0.001, 1000.0}
    assert other_factors("scrambles") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("mile", "miles", True), ("country", "countries", True), ("mass", "mas", False),
     ("km", "m", False)],
)  # fmt: skip
def test_the_number_of_a_noun_makes_no_other_unit(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same
