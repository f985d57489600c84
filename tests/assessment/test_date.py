"""Dates as exact as the claim they are about."""

from datetime import date
from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of

DATE = get_type("date")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "missing"),
        ("", "not_a_date"),
        ("24.02.2022", "not_a_date"),
        ("2022-02-30", "not_a_date"),
        ("2022-13", "not_a_date"),
        ("2022/2021", "not_a_date"),
        ("0794", "too_early"),
        (0, "not_a_date"),
        pytest.param(10**5000, "not_a_date", id="huge"),
        (True, "not_a_date"),
        (2022.5, "not_a_date"),
        (["2022"], "not_a_date"),
    ],
)
def test_date_names_its_problems(value: object, code: str) -> None:
    assert problems_of("date", {"date": value}) == {"date": code}


@pytest.mark.parametrize(
    ("value", "kept", "parts"),
    [
        (2022, "2022", ["year"]),
        ("2022-02", "2022-02", ["year", "month"]),
        (date(2022, 2, 24), "2022-02-24", ["year", "month", "day"]),
        (" 2022/2023 ", "2022/2023", ["year"]),
        ("2014/2022-02", "2014/2022-02", ["year", "month"]),
    ],
)
def test_a_date_asks_as_much_as_it_knows(value: object, kept: str, parts: list[str]) -> None:
    checked = DATE.validate({"date": value})

    assert checked == {"date": kept}
    assert DATE.render(checked, seed=1) == {"parts": parts}


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("2022-02-24", "2022-02-24"),
        ("2022-2-4", "2022-02-04"),
        ("２０２２－０２－２４", "2022-02-24"),
        ("24 February 2022", "2022-02-24"),
        ("24th of February, 2022", "2022-02-24"),
        ("Feb 24, 2022", "2022-02-24"),
        ("FEB. 24 2022", "2022-02-24"),
        ("Sept 2022", "2022-09"),
        ("24.02.2022", "2022-02-24"),
        ("24. 2. 2022", "2022-02-24"),
        ("24/02/2022", "2022-02-24"),
        ("02/24/2022", "2022-02-24"),
        ("03/03/2022", "2022-03-03"),
        ("2022/02/24", "2022-02-24"),
        ("02/2022", "2022-02"),
        ("2022年2月24日", "2022-02-24"),
        ("2022 年 2 月", "2022-02"),
        ("2022年", "2022"),
        ("24 февраля 2022 г.", "2022-02-24"),
        ("май 2022", "2022-05"),
        ("March 2022", "2022-03"),
        ("2022", "2022"),
        (" ", ""),
        (None, ""),
        ({"year": "2022", "month": "2", "day": "24"}, "2022-02-24"),
        ({"year": 2022, "month": 2}, "2022-02"),
        ({"year": "２０２２", "month": "", "day": ""}, "2022"),
        ({}, ""),
        ({"year": "", "month": None}, ""),
    ],
)
def test_a_date_is_read(raw: object, kept: str) -> None:
    assert DATE.parse({"date": "2022-02-24"}, {"date": raw}) == {"date": kept}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("02/03/2022", "ambiguous_date"),
        ("30 February 2022", "impossible_date"),
        ("29.02.2022", "impossible_date"),
        ("2022-13-01", "impossible_date"),
        ({"year": "2022", "month": "2", "day": "31"}, "impossible_date"),
        ("yesterday", "not_a_date"),
        ("24 2022", "not_a_date"),
        ("24 February", "not_a_date"),
        ("24.02.22", "not_a_date"),
        ("February March 2022", "not_a_date"),
        ("3 4 May 2022", "not_a_date"),
        ("circa May 2022", "not_a_date"),
        ("2022-02-24\x00", "not_a_date"),
        ("2022" + " " * 80, "not_a_date"),
        (2022, "not_a_date"),
        (["2022"], "not_a_date"),
        ({"year": "22"}, "not_a_date"),
        ({"month": "2"}, "not_a_date"),
        ({"year": "2022", "day": "24"}, "not_a_date"),
        ({"year": "2022", "hour": "1"}, "not_a_date"),
        ({"year": "MMXX"}, "not_a_date"),
        ({"year": True}, "not_a_date"),
        pytest.param({"year": 10**5000}, "not_a_date", id="huge"),
    ],
)
def test_what_is_no_date_is_refused_and_says_why(raw: object, code: str) -> None:
    with pytest.raises(AnswerInvalid) as caught:
        DATE.parse({"date": "2022-02-24"}, {"date": raw})

    assert caught.value.code == code
    assert not any(character.isdigit() for character in str(caught.value))


@pytest.mark.parametrize(
    ("key", "given", "credit", "reasons"),
    [
        ("2022-02-24", "2022-02-24", 1.0, ["right"]),
        ("2022-02-24", "2022-02-23", 0.5, ["year_right", "month_right", "wrong_day"]),
        ("2022-02-24", "2022-02", 0.5, ["year_right", "month_right", "left_out"]),
        ("2022-02-24", "2022-03-24", 0.25, ["year_right", "wrong_month"]),
        ("2022-02-24", "2022", 0.25, ["year_right", "left_out"]),
        ("2022-02-24", "2014-02-24", 0.0, ["wrong_year"]),
        ("2022-02", "2022-02-24", 1.0, ["right"]),
        ("2022-02", "2022-03", 0.25, ["year_right", "wrong_month"]),
        ("2022-02", "2022-03-01", 0.25, ["year_right", "wrong_month"]),
        ("2022", "2022-02-24", 1.0, ["right"]),
        ("2022", "2023", 0.0, ["wrong_year"]),
        ("2021-11/2022-02", "2022-01", 1.0, ["right"]),
        ("2021-11/2022-02", "2022-01-31", 1.0, ["right"]),
        ("2021-11/2022-02", "2022-03", 0.25, ["year_right", "wrong_month"]),
        ("2021-11/2022-02", "2022", 0.25, ["year_right", "left_out"]),
        ("2022-02-20/2022-03-02", "2022-03-09", 0.5, ["year_right", "month_right", "wrong_day"]),
        ("2014/2016", "2015", 1.0, ["right"]),
        ("2022", "", 0.0, ["unanswered"]),
    ],
)
def test_a_date_earns_for_what_is_right_in_it(
    key: str, given: str, credit: float, reasons: list[str]
) -> None:
    mark = DATE.mark({"date": key}, {"date": given})

    assert (mark.credit, [part.reason for part in mark.parts]) == (credit, reasons)


@pytest.mark.parametrize("answer", [{}, {"date": None}, {"date": 5}, {"date": "soon"}])
def test_a_stored_answer_that_is_no_date_is_none(answer: dict[str, Any]) -> None:
    mark = DATE.mark({"date": "2022"}, answer)

    assert [part.reason for part in mark.parts] == ["unanswered"]


def test_a_date_is_told_in_words_of_the_reader() -> None:
    assert DATE.solution({"date": "2022-02-24"}) == {"text": "2022-02-24"}
    assert DATE.given({"date": "2022"}, {"date": "2014-03"}) == {"text": "2014-03"}
    assert DATE.given({"date": "2022"}, {"date": ""}) == {}
