"""Digests, seeds, spans of dates and sentences."""

from datetime import date

import pytest

from courses.assessment.domain.authoring import payload_keys
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.marks import Mark, verdict_of
from courses.assessment.domain.messages import Message
from courses.assessment.domain.problems import AnswerInvalid, Problem
from courses.assessment.domain.shuffling import option_id, seed_from, shuffled
from courses.assessment.domain.spans import date_span


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert request_digest("x", {"a": 1, "b": 2}) == request_digest("x", {"b": 2, "a": 1})


@pytest.mark.parametrize(
    "other", [("x", {"a": 2}), ("y", {"a": 1}), ("x", {"a": "1"}), ("x", {"a": True}), ("x",)]
)
def test_a_digest_tells_requests_apart(other: tuple[object, ...]) -> None:
    assert request_digest("x", {"a": 1}) != request_digest(*other)


@pytest.mark.parametrize("raw", ["x" * 45_000, {"a": "я" * 45_000}])
def test_what_is_larger_than_any_answer_has_no_digest(raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        request_digest(raw)


def test_names_and_orders_stay_the_same_for_ever() -> None:
    # Golden: stored answers name options by these ids, and reloads show this order.
    assert option_id("Tokyo") == "ec2d1916"
    assert shuffled(["a", "b", "c", "d"], seed=7) == ["a", "d", "c", "b"]
    assert seed_from("learner", "question") == 542195560


def test_seeds_depend_on_every_part_and_on_where_parts_end() -> None:
    assert seed_from("ab", "c") != seed_from("a", "bc")
    assert all(0 <= seed_from(number) < 2**31 for number in range(100))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-02-24", date(2022, 2, 24), date(2022, 2, 24)),
        ("2022-03/2023", date(2022, 3, 1), date(2023, 12, 31)),
    ],
)
def test_a_span_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert date_span(text) == (first, last)


@pytest.mark.parametrize("text", ["", "22", "2022-13", "2022-02-30", "2023/2022", "2022/", "0000"])
def test_what_is_no_date_has_no_span(text: str) -> None:
    with pytest.raises(ValueError):
        date_span(text)


@pytest.mark.parametrize(
    ("credit", "verdict"), [(1.0, "right"), (0.99, "nearly"), (0.5, "nearly"), (0.49, "wrong")]
)
def test_only_full_credit_is_right(credit: float, verdict: str) -> None:
    assert verdict_of(credit) == verdict


@pytest.mark.parametrize("credit", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_credit_lies_between_nothing_and_all(credit: float) -> None:
    with pytest.raises(ValueError):
        Mark(credit, "wrong")


def test_a_problem_reads_as_a_sentence_with_its_place() -> None:
    message = Message("Shorten it to %(longest)s; 5 %% is too much.", {"longest": 20})

    assert str(Problem("stem", "x", message)) == "stem: Shorten it to 20; 5 % is too much."
    assert str(Problem("", "x", message)) == "Shorten it to 20; 5 % is too much."


def test_the_keys_of_a_course_file_come_from_the_type() -> None:
    assert payload_keys("ordering") == ("items",)
