"""Numbers as people type them."""

from decimal import Decimal

import pytest

from courses.assessment.domain.numbers import NumberUnreadable, canonical, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5.5", "5.5"),
        ("5,5", "5.5"),
        ("５．５", "5.5"),
        ("٣", "3"),
        (" 7 ", "7"),
        ("+7", "7"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("- 3", "-3"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("-0", "0"),
        ("1,000", "1000"),
        ("1,000,000", "1000000"),
        ("1.000.000", "1000000"),
        ("1 000 000", "1000000"),
        ("2\u00a0000", "2000"),
        ("2\u202f000", "2000"),
        ("1'000", "1000"),
        ("1’000", "1000"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("2 000,5", "2000.5"),
        ("2 000,500", "2000.5"),
        ("0,500", "0.5"),
        ("1.000", "1"),
        ("12,34", "12.34"),
        ("1e6", "1000000"),
        ("1E-2", "0.01"),
        ("5.50", "5.5"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert canonical(parse_number(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", ".", ",", "five", "NaN", "nan", "inf", "-Infinity", "1e999", "1e-999", "1e18",
        "1" * 26, "9" * 61, "1" + " " * 60, "5²", "½", "①", "12 5", "1,23,456", "1,000,00",
        "1.234.5,", "1,2.3,4", "1 000,000.5", "5.5.5,5", "--5", "5-", "0x10", "1_000", "5%",
        "5 6 7", "1e", "e5", "五",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NumberUnreadable):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5.5 billion USD", "billion USD"),
        ("5.5billion usd", "billion USD"),
        ("5,5  Billion  USD", "billion USD"),
        ("5.5", "billion USD"),
        ("5.5％", "%"),
        ("¥5.5", "¥"),
        ("5.5 km²", "km²"),
        ("5.5億円", "億円"),
    ],
)
def test_the_unit_may_stand_beside_it(text: str, unit: str) -> None:
    assert parse_number(text, unit=unit) == Decimal("5.5")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5.5 billion", "billion US dollars"),
        ("$5.5 billion", "billion US dollars"),
        ("US$ 5.5", "billion US dollars"),
        ("5.5 percent", "%"),
        ("5.5 per cent", "%"),
        ("5.5%", "percent"),
    ],
)
def test_the_units_first_words_and_signs_are_understood(text: str, unit: str) -> None:
    assert parse_number(text, unit=unit) == Decimal("5.5")


@pytest.mark.parametrize("text", ["5.5 US dollars", "5.5 million", "€5.5 billion"])
def test_words_that_make_it_another_quantity_are_refused(text: str) -> None:
    with pytest.raises(NumberUnreadable):
        parse_number(text, unit="billion US dollars")


def test_another_unit_is_refused() -> None:
    with pytest.raises(NumberUnreadable):
        parse_number("5.5 million USD", unit="billion USD")
