"""The rules of quizzes without a database: settings, what is told when, worth, deadlines."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assessment.domain.problems import Checker
from courses.assessment.domain.quiz_settings import (
    FILE_KEYS,
    QuizSettings,
    checked_settings,
    settings_record,
)
from courses.assessment.domain.review_options import (
    ANSWERS,
    CLOSED,
    DURING,
    EXPLANATION,
    SCORE,
    SUBMITTED,
    TOLD,
    ReviewOptions,
    checked_options,
    options_of,
)
from courses.assessment.domain.scoring import (
    Costs,
    Part,
    counted,
    final_score,
    is_confident_error,
    score,
)
from courses.assessment.domain.sitting import Grant, Sitting

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
shares = st.floats(0, 1)


def settings_of(**raw: Any) -> tuple[QuizSettings, list[str]]:
    check = Checker()
    return checked_settings(check, raw), [problem.path for problem in check.problems]


# --- Settings -------------------------------------------------------------------------
def test_what_is_left_out_is_practice_without_end():
    assert settings_of() == (QuizSettings(), [])


def test_settings_are_read_and_written_alike():
    raw = {
        "kind": "graded",
        "opens_at": "2027-02-01T09:00+09:00",
        "closes_at": "2027-02-08T09:00+09:00",
        "time_limit_minutes": 7.5,
        "attempts": 2,
        "grading": "mean",
        "pass_mark": 0.6,
        "shuffle": True,
        "navigation": "sequential",
        "password": "seal",
        "review": {"submitted": ["score"], "closed": ["answers", "explanation"]},
        "hint_cost": 0.1,
        "second_try_cost": 0.25,
        "confidence": True,
    }

    settings, problems = settings_of(**raw)
    record = settings_record(settings)

    assert problems == []
    assert settings.opens_at == datetime(2027, 2, 1, tzinfo=UTC)
    assert settings.time_limit_seconds == 450
    assert list(record) == list(FILE_KEYS)
    assert settings_of(**record) == (settings, [])


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        ({"kind": "exam"}, ["kind"]),
        ({"opens_at": "2027-02-01T09:00"}, ["opens_at"]),
        ({"opens_at": "tomorrow"}, ["opens_at"]),
        ({"opens_at": NOON, "closes_at": NOON}, ["closes_at"]),
        ({"time_limit_minutes": 0}, ["time_limit_minutes"]),
        ({"time_limit_minutes": 10**9}, ["time_limit_minutes"]),
        ({"attempts": 1.5}, ["attempts"]),
        ({"attempts": "many"}, ["attempts"]),
        ({"pass_mark": 60}, ["pass_mark"]),
        ({"hint_cost": -0.1}, ["hint_cost"]),
        ({"shuffle": "yes"}, ["shuffle"]),
        ({"password": "x" * 101}, ["password"]),
        ({"review": {"later": []}}, ["review.later"]),
        ({"review": {"closed": ["keys"]}}, ["review.closed[0]"]),
    ],
)
def test_a_mistake_is_named_by_its_place(raw: dict[str, Any], paths: list[str]):
    assert settings_of(**raw)[1] == paths


# --- What is told ---------------------------------------------------------------------
def test_practice_tells_everything_at_once():
    assert options_of("practice", {"closed": []}).at(DURING) == set(TOLD)


def test_a_graded_quiz_tells_the_score_first_and_the_rest_at_the_end():
    options = options_of("graded", {})

    assert options.at(DURING) == set()
    assert options.at(SUBMITTED) == {SCORE}
    assert options.at(CLOSED) == set(TOLD)


@pytest.mark.parametrize("authored", [{"during": []}, {"submitted": [], "closed": []}])
def test_options_that_name_nothing_tell_nothing(authored):
    stored = checked_options(Checker(), authored, "review")

    assert options_of("graded", stored) == ReviewOptions()
    assert checked_options(Checker(), stored, "review") == stored


def test_each_thing_is_told_on_its_own_and_stays_told():
    stored = checked_options(Checker(), {"during": ["score"], "closed": ["answers"]}, "review")
    options = options_of("graded", stored)

    assert options.at(SUBMITTED) == {SCORE}
    assert options.at(CLOSED) == {SCORE, ANSWERS}
    assert EXPLANATION not in options.at(CLOSED)


# --- What an answer is worth ----------------------------------------------------------
@pytest.mark.parametrize(
    ("credit", "help_", "worth"),
    [
        (1.0, {}, 1.0),
        (1.0, {"hints_used": 1}, 0.9),
        (0.5, {"hints_used": 2}, 0.4),
        (1.0, {"tries": 2}, 0.75),
        (1.0, {"tries": 2, "hints_used": 1}, 0.65),
        (1.0, {"hints_used": 20}, 0.0),
        (0.0, {"hints_used": 1}, 0.0),
    ],
)
def test_help_costs_its_share(credit: float, help_: dict[str, int], worth: float):
    assert counted(credit, Costs(hint=0.1, second_try=0.25), **help_) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("confidence", "right", "wrong"),
    [("sure", 1, -2), ("unsure", 2 / 3, -2 / 3), ("guess", 1 / 3, 0), ("", 1 / 3, 0)],
)
def test_certainty_raises_what_is_won_and_lost(confidence: str, right: float, wrong: float):
    costs = Costs(confidence=True)

    assert counted(1.0, costs, confidence=confidence) == pytest.approx(right)
    assert counted(0.0, costs, confidence=confidence) == pytest.approx(wrong)


@given(chance=shares)
def test_honest_confidence_earns_most(chance: float):
    costs = Costs(confidence=True)

    def expected(level: str) -> float:
        right, wrong = (counted(credit, costs, confidence=level) for credit in (1.0, 0.0))
        return chance * right + (1 - chance) * wrong

    honest = "sure" if chance > 4 / 5 else "unsure" if chance > 2 / 3 else "guess"
    assert expected(honest) == pytest.approx(max(map(expected, ("sure", "unsure", "guess"))))


@given(hints=st.integers(0, 5), level=st.sampled_from(["sure", "unsure", "guess"]))
def test_hints_never_make_a_right_answer_worth_less_than_none(hints: int, level: str):
    costs = Costs(hint=0.25, confidence=True)

    assert counted(1.0, costs, hints_used=hints, confidence=level) >= 0.0
    assert counted(0.0, costs, hints_used=hints, confidence=level) == counted(
        0.0, costs, confidence=level
    )


@given(chance=shares, later=shares)
def test_honest_confidence_earns_most_with_a_second_try(chance: float, later: float):
    costs = Costs(second_try=0.25, confidence=True)

    def expected(level: str) -> float:
        right = counted(1.0, costs, confidence=level)
        second, wrong = (counted(credit, costs, tries=2, confidence=level) for credit in (1.0, 0.0))
        return chance * right + (1 - chance) * (later * second + (1 - later) * wrong)

    honest = "sure" if chance > 4 / 5 else "unsure" if chance > 2 / 3 else "guess"
    assert expected(honest) == pytest.approx(max(map(expected, ("sure", "unsure", "guess"))))


@given(
    first=shares,
    second=shares,
    hints=st.integers(0, 5),
    confidence=st.sampled_from([None, "sure", "unsure", "guess", ""]),
)
def test_a_second_try_takes_nothing_away(
    first: float, second: float, hints: int, confidence: str | None
):
    costs = Costs(hint=0.1, second_try=0.25, confidence=confidence is not None)
    known = {"hints_used": hints, "confidence": confidence or ""}

    alone = counted(first, costs, **known)
    both = counted(second, costs, tries=2, first_credit=first, **known)

    assert alone - 1e-9 <= both <= 1.0
    if second <= first:
        assert both == pytest.approx(alone)


@pytest.mark.parametrize(
    ("confidence", "worth"),
    [(None, 0.75), ("sure", -0.5 + 0.25 / 3), ("guess", 0.5 / 3 + 0.25 / 3)],
)
def test_a_second_try_adds_to_what_was_half_right(confidence: str | None, worth: float):
    costs = Costs(second_try=0.25, confidence=confidence is not None)

    both = counted(1.0, costs, tries=2, first_credit=0.5, confidence=confidence or "")

    assert both == pytest.approx(worth)


def test_a_confident_error_is_one_that_was_sure_and_wrong():
    assert is_confident_error(0.0, "sure")
    assert not is_confident_error(0.0, "unsure")
    assert not is_confident_error(1.0, "sure")
    assert not is_confident_error(None, "sure")


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(-2, 1)), min_size=1, max_size=20))
def test_a_score_is_a_share(parts: list[tuple[float, float]]):
    found = score(Part(points, earned) for points, earned in parts)

    assert found is not None
    assert 0 <= found <= 1


def test_a_score_weighs_and_waits():
    assert score([Part(3, 1.0), Part(1, 0.0)]) == 0.75
    assert score([Part(3, 1.0), Part(1, None)]) is None
    assert score([]) is None


@pytest.mark.parametrize(
    ("grading", "scores", "final"),
    [
        ("best", [0.2, 0.8, 0.5], 0.8),
        ("latest", [0.2, 0.8, 0.5], 0.5),
        ("first", [0.2, 0.8, 0.5], 0.2),
        ("mean", [0.2, 0.8, 0.5], 0.5),
        ("best", [0.2, None], 0.2),
        ("latest", [0.2, None], None),
        ("mean", [], None),
        ("first", [], None),
    ],
)
def test_several_attempts_come_to_one_score(
    grading: str, scores: list[float | None], final: float | None
):
    assert final_score(scores, grading) == pytest.approx(final)


def test_another_way_to_grade_is_a_mistake():
    with pytest.raises(ValueError, match="median"):
        final_score([0.5], "median")


# --- When it can be taken -------------------------------------------------------------
HOUR = timedelta(hours=1)
RULES = Sitting(NOON, NOON + 2 * HOUR, HOUR, 2)


def test_a_quiz_is_open_from_its_opening_to_its_closing():
    assert not RULES.is_open(NOON - timedelta(seconds=1))
    assert RULES.is_open(NOON)
    assert RULES.is_open(NOON + 2 * HOUR - timedelta(seconds=1))
    assert not RULES.is_open(NOON + 2 * HOUR)
    assert RULES.is_over(NOON + 2 * HOUR)
    assert Sitting().is_open(NOON)


def test_an_attempt_ends_with_its_time_or_with_the_quiz():
    assert RULES.deadline(NOON) == NOON + HOUR
    assert RULES.deadline(NOON + 1.5 * HOUR) == NOON + 2 * HOUR
    assert Sitting().deadline(NOON) is None


def test_what_is_granted_goes_before_the_rules_and_the_particular_before_the_general():
    everywhere = Grant(time_factor=1.5, extra_attempts=1)
    here = Grant(time_factor=2.0, closes_at=NOON + 5 * HOUR)

    rules = RULES.granted(everywhere, here)

    assert rules == Sitting(NOON, NOON + 5 * HOUR, 2 * HOUR, 3)
    assert Sitting().granted(everywhere) == Sitting()
