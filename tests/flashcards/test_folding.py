"""Folding: the order of arrival does not matter, and what is undone never happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.flashcards.domain.folding import (
    ANSWER,
    CORRECTION,
    FACT_CHANGED,
    MERGED,
    UNDO,
    Entry,
    Schedule,
    fold,
    schedule_before,
    schedule_of,
)
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.scheduling import NEW_CARD, State, review

model = Fsrs6()
START = datetime(2026, 1, 1, tzinfo=UTC)


def entry(
    number: int, *, rating: int | None = 3, hours: int | None = None, **fields: object
) -> Entry:
    """Return an answer `hours` after START, by default a day after each before it."""
    moment = START + timedelta(hours=24 * number if hours is None else hours)
    made = Entry(UUID(int=number), ANSWER, moment, moment, moment.date(), rating)
    return replace(made, **fields)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Answers at any distance, some at the same moment, some of them undone or corrected."""
    hours = draw(st.lists(st.integers(0, 24 * 60), min_size=1, max_size=12))
    answers = [
        entry(number, rating=draw(st.integers(1, 4)), hours=hour)
        for number, hour in enumerate(sorted(hours), start=1)
    ]
    about = st.sampled_from(answers)
    others = [
        entry(100 + number, rating=None, hours=24 * 61, kind=UNDO, target=draw(about).id)
        for number in range(draw(st.integers(0, 3)))
    ] + [
        entry(200 + number, rating=draw(st.integers(1, 4)), hours=24 * 62 + number,
              kind=CORRECTION, target=draw(about).id)
        for number in range(draw(st.integers(0, 2)))
    ] + [
        entry(300, rating=None, hours=draw(st.integers(0, 24 * 60)), kind=FACT_CHANGED)
    ] * draw(st.integers(0, 1))  # fmt: skip
    return answers + others


@given(log=logs(), data=st.data())
def test_the_order_of_arrival_does_not_matter(log, data):
    shuffled = data.draw(st.permutations(log))

    assert fold(shuffled, model=model) == fold(log, model=model)


@given(log=logs())
def test_what_is_undone_never_happened(log):
    undone = {item.target for item in log if item.kind == UNDO}
    never = [
        item
        for item in log
        if item.kind != UNDO and item.id not in undone and item.target not in undone
    ]

    assert fold(log, model=model) == fold(never, model=model)


@given(log=logs())
def test_a_fold_is_the_reviews_one_after_the_other(log):
    answers = [item for item in log if item.kind == ANSWER]
    card = NEW_CARD
    for item in answers:
        assert item.rating is not None
        card = review(
            card, item.rating, answered_at=item.answered_at, local_day=item.local_day, model=model
        )

    assert fold(answers, model=model) == card


def test_an_empty_log_is_a_new_card():
    assert fold([], model=model) == NEW_CARD


def test_a_correction_counts_with_its_rating_and_the_latest_wins():
    wrong, right = entry(1, rating=1), entry(1, rating=4)
    first = entry(50, kind=CORRECTION, target=wrong.id, rating=2)
    second = entry(51, kind=CORRECTION, target=wrong.id, rating=4)

    assert fold([wrong, second, first], model=model) == fold([right], model=model)


def test_an_undone_correction_does_not_count():
    answer = entry(1, rating=3)
    correction = entry(50, kind=CORRECTION, target=answer.id, rating=1)
    undo = entry(51, rating=None, kind=UNDO, target=correction.id)

    assert fold([answer, correction, undo], model=model) == fold([answer], model=model)


def test_a_merged_entry_counts_as_the_answer_it_was():
    merged = entry(1, kind=MERGED)

    assert fold([merged], model=model) == fold([entry(1)], model=model)


def test_a_changed_fact_lowers_stability_from_then_on():
    known = [entry(1, rating=4), entry(12, rating=3), entry(60, rating=3)]
    changed = entry(80, rating=None, kind=FACT_CHANGED)

    before, after = fold(known, model=model), fold([*known, changed], model=model)

    assert before.memory is not None
    assert after.memory is not None
    assert after.memory.stability < before.memory.stability
    assert after.state is State.REVIEW


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        fold([entry(1, kind="dream")], model=model)


def test_an_answer_without_a_rating_is_refused():
    with pytest.raises(ValueError, match="no rating"):
        fold([entry(1, rating=None)], model=model)


def scheduled(number: int, *, received: int, days: int, **fields: object) -> Entry:
    moment = START + timedelta(days=received)
    due_at = moment + timedelta(days=days)
    return entry(number, received_at=moment, interval_days=days, due_at=due_at, **fields)


def test_the_schedule_is_the_one_chosen_at_the_entry_received_last():
    late = scheduled(1, received=9, days=4)
    earlier = scheduled(5, received=5, days=8)

    assert schedule_of([late, earlier]) == Schedule(4, late.due_at, late.received_at)
    assert schedule_of([]) == Schedule()


def test_an_undo_goes_back_to_the_schedule_before_it():
    first, second = scheduled(1, received=1, days=3), scheduled(2, received=4, days=9)
    undo = scheduled(90, received=5, days=3, rating=None, kind=UNDO, target=second.id)

    assert schedule_before([first, second], second.id).interval_days == 3
    assert schedule_before([first, second, undo], first.id) == Schedule()
