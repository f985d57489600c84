"""What holds for every question type."""

import copy
from typing import Any

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import UnknownType, get_type, self_rated_types, type_names
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS, RIGHT, WRONG

ALL_TYPES = sorted(PAYLOADS)


def test_the_table_of_this_module_covers_every_type() -> None:
    assert sorted(type_names()) == ALL_TYPES


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(UnknownType, match="essay"):
        get_type("essay")


@pytest.mark.parametrize("name", ALL_TYPES)
def test_validation_changes_nothing_in_a_valid_payload(name: str) -> None:
    payload = copy.deepcopy(PAYLOADS[name])

    checked = get_type(name).validate(payload)

    assert checked == PAYLOADS[name] == payload
    assert list(checked) == [key for key in get_type(name).payload_keys if key in checked]


@pytest.mark.parametrize("name", ALL_TYPES)
@pytest.mark.parametrize("payload", [None, [], "text", 5])
def test_a_payload_is_a_mapping(name: str, payload: object) -> None:
    assert problems_of(name, payload)[""] == "not_a_mapping"


@pytest.mark.parametrize("name", ALL_TYPES)
def test_unknown_keys_are_problems(name: str) -> None:
    assert problems_of(name, PAYLOADS[name] | {"hint": "no"}) == {"hint": "unknown_key"}


def test_what_a_person_marks_awaits_its_mark() -> None:
    by_hand = [name for name in ALL_TYPES if get_type(name).marked_by_hand]

    assert by_hand == ["open_answer"]
    mark = get_type("open_answer").mark(PAYLOADS["open_answer"], RIGHT["open_answer"])
    assert (mark.credit, mark.verdict) == (0.0, "awaiting")


@pytest.mark.parametrize("name", sorted(set(ALL_TYPES) - {"open_answer"}))
def test_the_right_answer_earns_all(name: str) -> None:
    one = get_type(name)

    mark = one.mark(PAYLOADS[name], one.parse(PAYLOADS[name], RIGHT[name]))

    assert (mark.credit, mark.verdict) == (1.0, "right")


@pytest.mark.parametrize("name", ALL_TYPES)
def test_the_answer_that_a_type_calls_right_earns_all(name: str) -> None:
    one, payload = get_type(name), PAYLOADS[name]

    mark = one.mark(payload, one.parse(payload, one.right_answer(payload)))

    assert mark.verdict == ("awaiting" if one.marked_by_hand else "right")
    assert mark.credit == (0.0 if one.marked_by_hand else 1.0)


@pytest.mark.parametrize("name", ALL_TYPES)
def test_a_wrong_answer_earns_nothing_and_says_why(name: str) -> None:
    one = get_type(name)

    mark = one.mark(PAYLOADS[name], one.parse(PAYLOADS[name], WRONG[name]))

    assert mark.credit == 0.0
    assert mark.verdict == ("awaiting" if one.marked_by_hand else "wrong")
    assert not mark.blank
    assert all(str(part.message) for part in mark.parts)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("single_choice", {}),
        ("single_choice", {"option": None}),
        ("single_choice", {"option": ""}),
        ("multiple_response", {}),
        ("multiple_response", {"options": None}),
        ("multiple_response", {"options": []}),
        ("true_false", {}),
        ("true_false", {"truth": "", "reason": ""}),
        ("numeric", {}),
        ("numeric", {"value": " "}),
        ("short_text", {}),
        ("short_text", {"text": "\n"}),
        ("cloze", {}),
        ("cloze", {"gaps": {"year": "", "town": " ", "who": "?!"}}),
        ("matching", {}),
        ("matching", {"pairs": dict.fromkeys(RIGHT["matching"]["pairs"], "")}),
        ("categorise", {"places": {}}),
        ("evidence", {"stances": None}),
        ("date", {}),
        ("date", {"date": " "}),
        ("date", {"date": {"year": "", "month": "", "day": None}}),
        ("hotspot", {"place": ""}),
        ("highlight", {"sentence": None}),
        ("open_answer", {}),
        ("open_answer", {"text": " \r\n "}),
        ("ordering", {}),
        ("ordering", {"order": []}),
    ],
)
def test_an_answer_left_empty_earns_nothing(name: str, raw: dict[str, Any]) -> None:
    one = get_type(name)

    mark = one.mark(PAYLOADS[name], one.parse(PAYLOADS[name], raw))

    assert (mark.credit, [part.reason for part in mark.parts]) == (0.0, ["unanswered"])


@pytest.mark.parametrize("name", ALL_TYPES)
@pytest.mark.parametrize("raw", [None, [], "Tokyo", 3, {"answer": "Tokyo"}])
def test_an_answer_is_an_object_with_the_key_of_its_type(name: str, raw: object) -> None:
    with pytest.raises(AnswerInvalid):
        get_type(name).parse(PAYLOADS[name], raw)


@pytest.mark.parametrize("name", ALL_TYPES)
def test_an_answer_to_another_version_is_marked_without_failing(name: str) -> None:
    assert get_type(name).mark(PAYLOADS[name], {"option": "gone", "order": ["gone"]}).credit == 0.0


def test_only_flashcards_are_self_rated() -> None:
    assert self_rated_types() == ["flashcard"]
