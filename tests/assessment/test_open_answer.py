"""Answers in one's own words, which a person marks along a rubric."""

from typing import Any

import pytest

from courses.assessment.domain.messages import Message
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.open_answer import (
    LevelsMissing,
    mark_by_rubric,
    word_count,
)
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS

LEVELS = [{"text": "No", "credit": 0}, {"text": "Yes", "credit": 1}]
OPEN = get_type("open_answer")


def one_criterion(**changes: Any) -> dict[str, Any]:
    return {"rubric": [{"criterion": "Reasons", "levels": LEVELS} | changes]}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {"rubric": "not_a_list"}),
        ({"rubric": []}, {"rubric": "wrong_count"}),
        (one_criterion(criterion=""), {"rubric[0].criterion": "blank"}),
        (one_criterion(levels=LEVELS[:1]),
         {"rubric[0].levels": "nothing_to_earn"}),
        (one_criterion(levels=[{"text": "No", "credit": 0}, {"text": "Not", "credit": 0}]),
         {"rubric[0].levels": "nothing_to_earn"}),
        (one_criterion(levels=[*LEVELS, LEVELS[0]]), {"rubric[0].levels[2].text": "duplicate"}),
        (one_criterion(levels=[LEVELS[1], {"text": "No"}]),
         {"rubric[0].levels[1].credit": "missing"}),
        (one_criterion(levels=[LEVELS[1], {"text": "No", "credit": -1}]),
         {"rubric[0].levels[1].credit": "too_small"}),
        (one_criterion(levels=[LEVELS[1], {"text": "No", "credit": 1e-9}]),
         {"rubric[0].levels[1].credit": "too_small"}),
        (one_criterion(levels=[LEVELS[1], {"text": "No", "credit": 1001}]),
         {"rubric[0].levels[1].credit": "too_large"}),
        (one_criterion(weight=2), {"rubric[0].weight": "unknown_key"}),
        ({"rubric": [*one_criterion()["rubric"]] * 2}, {"rubric[1].criterion": "duplicate"}),
        (one_criterion() | {"min_words": 0}, {"min_words": "out_of_range"}),
        (one_criterion() | {"max_words": "many"}, {"max_words": "out_of_range"}),
        (one_criterion() | {"min_words": True}, {"min_words": "out_of_range"}),
        (one_criterion() | {"min_words": 601}, {"min_words": "above_maximum"}),
        (one_criterion() | {"min_words": 90, "max_words": 80}, {"min_words": "above_maximum"}),
        (one_criterion() | {"model_answer": 5}, {"model_answer": "not_text"}),
    ],
)  # fmt: skip
def test_open_answer_names_its_problems(payload: dict[str, Any], expected: dict[str, str]) -> None:
    assert problems_of("open_answer", payload) == expected


def test_what_will_be_looked_at_is_shown_and_what_earns_how_much_is_not() -> None:
    assert OPEN.render(PAYLOADS["open_answer"], seed=1) == {
        "criteria": [{"text": "Names what changed"}, {"text": "Gives reasons"}],
        "min_words": 0,
        "max_words": 600,
        "max_length": 20_000,
    }


def test_the_lines_of_an_answer_are_kept() -> None:
    raw = {"text": "  First.\r\n\r\nSecond.\n "}

    assert OPEN.parse(PAYLOADS["open_answer"], raw) == {"text": "First.\n\nSecond."}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (5, "not_text"),
        (["x"], "not_text"),
        ("x" * 20_001, "too_long"),
        ("a\x00b", "control_characters"),
        ("\ud800", "control_characters"),
        ("two words", "too_few_words"),
        ("five words are too many", "too_many_words"),
    ],
)
def test_open_answer_refuses_what_is_no_answer(text: object, code: str) -> None:
    payload = one_criterion() | {"min_words": 3, "max_words": 4}

    with pytest.raises(AnswerInvalid) as caught:
        OPEN.parse(payload, {"text": text})

    assert caught.value.code == code


def test_nothing_written_is_no_answer_however_many_words_are_asked() -> None:
    assert OPEN.parse(one_criterion() | {"min_words": 3}, {"text": "\n"}) == {"text": ""}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("one – two", 2),
        ("It's a well-known fact.", 4),
        ("日本は島国だ。", 6),
        ("G7の国々", 4),
        ("два слова", 2),
    ],
)
def test_words_are_counted_as_word_processors_do(text: str, count: int) -> None:
    assert word_count(text) == count


def test_a_written_answer_awaits_a_person() -> None:
    mark = OPEN.mark(PAYLOADS["open_answer"], {"text": "Words."})

    assert (mark.credit, mark.verdict) == (0.0, "awaiting")
    assert [part.reason for part in mark.parts] == ["awaiting"]


@pytest.mark.parametrize("answer", [{}, {"text": ""}, {"text": None}, {"text": " "}])
def test_what_was_not_written_earns_nothing_at_once(answer: dict[str, Any]) -> None:
    mark = OPEN.mark(PAYLOADS["open_answer"], answer)

    assert (mark.verdict, mark.parts[0].reason) == ("wrong", "unanswered")


def test_the_solution_is_the_model_answer_and_the_best_of_every_criterion() -> None:
    assert OPEN.solution(PAYLOADS["open_answer"]) == {
        "text": "It changed, *because* of two things.",
        "text_label": Message("A model answer"),
        "lines_label": Message("What your teacher looks at"),
        "lines": [
            {"part": option_id("Names what changed"), "label": "Names what changed",
             "text": "The change"},
            {"part": option_id("Gives reasons"), "label": "Gives reasons", "text": "Two"},
        ],
    }  # fmt: skip
    assert "text" not in OPEN.solution(one_criterion())
    assert OPEN.given(one_criterion(), {"text": "A\nB"}) == {"text": "A\nB"}


@pytest.mark.parametrize(
    ("levels", "credit", "verdict"),
    [
        ([1, 2], 1.0, "right"),
        ({0: 1, 1: 1}, 0.75, "nearly"),
        ({1: 0, 0: 1}, 0.5, "nearly"),
        ((0, 1), 0.25, "wrong"),
        ([0, 0], 0.0, "wrong"),
    ],
)
def test_the_credit_is_what_was_reached_of_what_can_be(
    levels: Any, credit: float, verdict: str
) -> None:
    mark = mark_by_rubric(PAYLOADS["open_answer"], levels)

    assert (mark.credit, mark.verdict) == (credit, verdict)


def test_every_criterion_says_what_was_reached() -> None:
    mark = mark_by_rubric(PAYLOADS["open_answer"], [1, 1])

    assert [(part.part, part.credit, str(part.message), part.note) for part in mark.parts] == [
        (option_id("Names what changed"), 1.0, "2 of 2 points.", "The change"),
        (option_id("Gives reasons"), 0.5, "1 of 2 points.", "One"),
    ]


@pytest.mark.parametrize(
    "levels", [[], [1], [1, 2, 0], {0: 1}, {0: 1, 2: 1}, [1, 3], [1, -1], [True, 1], [1, "2"]]
)
def test_every_criterion_has_to_be_judged_by_a_level_it_has(levels: Any) -> None:
    with pytest.raises(LevelsMissing):
        mark_by_rubric(PAYLOADS["open_answer"], levels)
