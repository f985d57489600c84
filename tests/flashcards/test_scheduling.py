"""States, steps, fuzz and intervals: golden lists and the rules behind them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.flashcards.domain.fsrs6 import Fsrs6, Memory
from courses.flashcards.domain.fuzz import chance, fuzz_range, fuzzed_days
from courses.flashcards.domain.scheduling import (
    MAXIMUM_INTERVAL_DAYS,
    NEW_CARD,
    CardState,
    State,
    days_until_due,
    fact_changed,
    review,
    step_delay,
)

model = Fsrs6()
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEARNER, QUESTION = UUID(int=1), UUID(int=2)
GOLDEN_CHANCE = 0.6536039803446669


def run(ratings: list[int], *, gap_days: int = 0) -> list[tuple[str, int, timedelta | None]]:
    """Return (state, step, delay) after each rating, `gap_days` apart."""
    card, seen = NEW_CARD, []
    for number, rating in enumerate(ratings):
        moment = START + timedelta(days=gap_days * number, minutes=number)
        card = review(card, rating, answered_at=moment, local_day=moment.date(), model=model)
        seen.append((card.state.name, card.step, step_delay(card)))
    return seen


MINUTE = timedelta(minutes=1)


# Source: Anki's manual, "Deck Options / Learning Steps", for steps 1m 10m and relearning 10m.
@pytest.mark.parametrize(
    ("ratings", "last"),
    [
        ([1], ("LEARNING", 0, MINUTE)),
        ([2], ("LEARNING", 0, 5.5 * MINUTE)),
        ([3], ("LEARNING", 1, 10 * MINUTE)),
        ([4], ("REVIEW", 0, None)),
        ([3, 1], ("LEARNING", 0, MINUTE)),
        ([3, 2], ("LEARNING", 1, 10 * MINUTE)),
        ([3, 3], ("REVIEW", 0, None)),
        ([3, 4], ("REVIEW", 0, None)),
        ([2, 3, 3], ("REVIEW", 0, None)),
        ([4, 1], ("RELEARNING", 0, 10 * MINUTE)),
        ([4, 2], ("REVIEW", 0, None)),
        ([4, 1, 2], ("RELEARNING", 0, 15 * MINUTE)),
        ([4, 1, 1], ("RELEARNING", 0, 10 * MINUTE)),
        ([4, 1, 3], ("REVIEW", 0, None)),
        ([4, 1, 4], ("REVIEW", 0, None)),
    ],
)
def test_steps(ratings, last):
    assert run(ratings)[-1] == last


@given(ratings=st.lists(st.integers(1, 4), min_size=1, max_size=12), gap_days=st.integers(0, 3))
def test_states_and_intervals_agree_with_py_fsrs(ratings, gap_days):
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    theirs, ours = fsrs.Card(card_id=1, due=START), NEW_CARD

    for number, rating in enumerate(ratings):
        moment = START + timedelta(days=gap_days * number)
        theirs, _log = scheduler.review_card(theirs, fsrs.Rating(rating), moment)
        ours = review(ours, rating, answered_at=moment, local_day=moment.date(), model=model)

        wait = step_delay(ours) or timedelta(
            days=days_until_due(ours, retention=0.9, model=model, chance=None)
        )
        assert (ours.state, ours.step) == (int(theirs.state), theirs.step or 0)
        assert theirs.due - moment == wait


def test_a_lapse_is_an_again_in_review_only():
    moments = [(START + timedelta(days=n)) for n in range(4)]
    card = NEW_CARD
    for rating, moment in zip([1, 4, 1, 1], moments, strict=True):
        card = review(card, rating, answered_at=moment, local_day=moment.date(), model=model)

    assert (card.lapses, card.reps) == (1, 4)


def test_a_day_that_goes_backwards_counts_as_the_same_day():
    first = review(NEW_CARD, 3, answered_at=START, local_day=date(2026, 3, 2), model=model)
    later = START + timedelta(hours=1)

    back = review(first, 3, answered_at=later, local_day=date(2026, 3, 1), model=model)
    same = review(first, 3, answered_at=later, local_day=date(2026, 3, 2), model=model)

    assert back.memory == same.memory


def test_a_changed_fact_costs_stability_but_is_no_repetition():
    known = CardState(State.REVIEW, 0, Memory(50.0, 4.0), START, START.date(), reps=6, lapses=1)

    after = fact_changed(
        known, changed_at=START, local_day=START.date() + timedelta(days=40), model=model
    )

    assert after.memory is not None
    assert after.memory.stability < 50.0
    assert (after.memory.difficulty, after.reps, after.lapses) == (4.0, 6, 1)


def test_a_changed_fact_leaves_a_new_card_new():
    changed = fact_changed(NEW_CARD, changed_at=START, local_day=START.date(), model=model)

    assert changed == NEW_CARD


def test_an_interval_has_a_maximum():
    old = CardState(State.REVIEW, 0, Memory(36_500.0, 1.0), START, START.date())

    days = days_until_due(old, retention=0.7, model=model, chance=1 - 1e-9)

    assert days == MAXIMUM_INTERVAL_DAYS


def test_a_new_card_has_no_interval():
    with pytest.raises(ValueError):
        days_until_due(NEW_CARD, retention=0.9, model=model, chance=None)


# Source: py-fsrs 6.3.2, Scheduler._get_fuzzed_interval (Anki's table), by hand.
@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, (1, 1)), (2, (2, 2)), (3, (2, 4)), (7, (5, 9)), (20, (17, 23)), (100, (93, 107))],
)
def test_fuzz_ranges(days, expected):
    assert fuzz_range(days, maximum_days=36_500) == expected


@given(days=st.integers(1, 36_500), chance=st.floats(0, 1, exclude_max=True))
def test_a_fuzzed_interval_lies_in_its_range(days, chance):
    shortest, longest = fuzz_range(days, maximum_days=36_500)

    assert shortest <= fuzzed_days(days, maximum_days=36_500, chance=chance) <= longest


def test_fuzz_is_the_same_on_every_replay_and_differs_between_cards_and_repetitions():
    # Golden: a change of the hash would move every due date on the next replay.
    assert chance(LEARNER, QUESTION, 5) == pytest.approx(GOLDEN_CHANCE, abs=1e-15)
    seen = {chance(LEARNER, UUID(int=n), reps) for n in range(20) for reps in range(20)}
    assert len(seen) == 400


def test_fuzz_uses_its_whole_range_evenly():
    chosen = [
        fuzzed_days(20, maximum_days=36_500, chance=chance(LEARNER, UUID(int=n), 1))
        for n in range(7_000)
    ]

    counts = [chosen.count(day) for day in range(17, 24)]
    assert min(counts) > 850
    assert max(counts) < 1_150
