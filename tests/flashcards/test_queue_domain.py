"""The rule that ranks a day, and the places in the queue."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.queue import (
    LOOKS_PER_NEW_CARD,
    Candidate,
    Limits,
    day_position,
    make_plan,
    predicted_loss,
    step_position,
    undone_position,
)

model = Fsrs6()
COURSE = UUID(int=99)
AMPLE = Limits(reviews=1000, new=1000, seconds=1e9)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def due(number: int, *claims: int) -> Candidate:
    return Candidate(UUID(int=number), COURSE, frozenset(UUID(int=c) for c in claims))


def new(number: int, *claims: int) -> Candidate:
    return Candidate(UUID(int=number), COURSE, frozenset(UUID(int=c) for c in claims), is_new=True)


def chosen(plan: object) -> list[int]:
    return [candidate.question_id.int for candidate in plan.chosen]  # type: ignore[attr-defined]


def test_due_cards_come_before_new_ones_each_in_their_order():
    plan = make_plan([due(2), due(1)], [new(8), new(7)], limits=AMPLE)

    assert chosen(plan) == [2, 1, 8, 7]


def test_siblings_of_a_claim_never_come_on_the_same_day():
    plan = make_plan(
        [due(1, 50), due(2, 50, 51), due(3, 51)], [new(4, 51), new(5, 52)], limits=AMPLE
    )

    assert chosen(plan) == [1, 3, 5]


def test_claims_that_the_day_already_holds_are_taken():
    plan = make_plan([due(1, 50), due(2)], [], limits=AMPLE, taken_claims=[UUID(int=50)])

    assert chosen(plan) == [2]


def test_cards_without_claims_are_nobodys_siblings():
    assert chosen(make_plan([due(1), due(2)], [], limits=AMPLE)) == [1, 2]


def test_the_limits_of_reviews_and_new_cards_hold():
    limits = Limits(reviews=1, new=2, seconds=1e9)

    plan = make_plan([due(1), due(2)], [new(3), new(4), new(5)], limits=limits)

    assert chosen(plan) == [1, 3, 4]


def test_a_limit_of_none_takes_none():
    limits = Limits(reviews=0, new=0, seconds=1e9)

    assert chosen(make_plan([due(1)], [new(2)], limits=limits)) == []


def test_the_minutes_are_kept_and_a_new_card_takes_longer():
    limits = Limits(reviews=99, new=99, seconds=10 * (2 + LOOKS_PER_NEW_CARD), seconds_per_card=10)

    plan = make_plan([due(1), due(2)], [new(3), new(4)], limits=limits)

    assert chosen(plan) == [1, 2, 3]
    assert plan.seconds == pytest.approx(limits.seconds)


def test_what_the_day_already_costs_is_taken_off_the_minutes():
    limits = Limits(reviews=99, new=99, seconds=60, seconds_per_card=10)

    plan = make_plan([due(n) for n in range(1, 9)], [], limits=limits, spent_seconds=40)

    assert len(plan.chosen) == 2
    assert plan.seconds == pytest.approx(20)


def test_a_backlog_is_read_only_as_far_as_the_limits_reach():
    read = []

    def backlog() -> Iterator[Candidate]:
        for number in range(1, 100_000):
            read.append(number)
            yield due(number)

    make_plan(backlog(), [], limits=Limits(reviews=5, new=5, seconds=1e9))

    assert len(read) == 5


def test_a_hopelessly_overdue_card_loses_less_by_waiting_than_one_on_the_edge():
    on_the_edge = predicted_loss(3, 3.0, model=model)
    forgotten = predicted_loss(400, 3.0, model=model)
    firm = predicted_loss(3, 300.0, model=model)

    assert on_the_edge > forgotten > 0
    assert on_the_edge > firm > 0


def test_places_ascend_from_undone_over_steps_to_the_days():
    today = date(2026, 11, 20)
    places = [
        undone_position(NOW + timedelta(seconds=1)),
        undone_position(NOW),
        step_position(NOW - timedelta(days=300)),
        step_position(NOW),
        step_position(NOW + timedelta(minutes=10)),
        day_position(today - timedelta(days=1), 999_999),
        day_position(today),
        day_position(today, 5_000),
        day_position(today + timedelta(days=1)),
    ]

    assert places == sorted(places)
    assert places[4] < 0 < places[5]
