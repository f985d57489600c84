"""FSRS-6 against two independent implementations, and its bounds."""

import random
from datetime import UTC, datetime, timedelta

import fsrs
import fsrs_rs_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.flashcards.domain.fsrs6 import (
    DEFAULT_WEIGHTS,
    MAX_DIFFICULTY,
    MAX_STABILITY_DAYS,
    MIN_DIFFICULTY,
    MIN_STABILITY_DAYS,
    Fsrs6,
    Memory,
)

HISTORIES = 10_000
# fsrs-rs counts in 32-bit floats; twenty reviews of rounding stay well below this.
TOLERANCE = 1e-4

History = list[tuple[int, int]]
model = Fsrs6()


def random_histories(count: int, *, seed: int) -> list[History]:
    """Return lists of (rating, days since the last review); the first is at 0 days."""
    rng = random.Random(seed)
    return [
        [(rng.randint(1, 4), 0)]
        + [(rng.randint(1, 4), _gap(rng)) for _ in range(rng.randint(0, 19))]
        for _ in range(count)
    ]


def _gap(rng: random.Random) -> int:
    return 0 if rng.random() < 0.3 else int(rng.expovariate(1 / rng.choice([2, 10, 100])))


def replay(history: History, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> Memory:
    ours = model if weights == DEFAULT_WEIGHTS else Fsrs6(weights)
    memory = ours.first(history[0][0])
    for rating, elapsed_days in history[1:]:
        memory = ours.next(memory, rating, elapsed_days=elapsed_days)
    return memory


def replay_fsrs_rs(histories: list[History], weights: tuple[float, ...]) -> list[Memory]:
    items = [
        fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(*review) for review in history])
        for history in histories
    ]
    states = fsrs_rs_python.FSRS(list(weights)).memory_state_batch(items)
    return [Memory(state.stability, state.difficulty) for state in states]


def relative_error(ours: Memory, theirs: Memory) -> float:
    return max(
        abs(ours.stability - theirs.stability) / theirs.stability,
        abs(ours.difficulty - theirs.difficulty) / theirs.difficulty,
    )


def test_histories_agree_with_fsrs_rs():
    histories = random_histories(HISTORIES, seed=20261122)

    theirs = replay_fsrs_rs(histories, DEFAULT_WEIGHTS)

    worst = max(
        relative_error(replay(history), memory)
        for history, memory in zip(histories, theirs, strict=True)
    )
    assert worst <= TOLERANCE


def test_histories_agree_with_fsrs_rs_for_other_weights():
    rng = random.Random(7)
    for _ in range(20):
        # Upwards only: fsrs-rs clips weights to bounds, and some defaults lie on the lower one.
        weights = tuple(weight * rng.uniform(1.0, 1.3) for weight in DEFAULT_WEIGHTS)
        histories = random_histories(50, seed=rng.randrange(10**6))

        theirs = replay_fsrs_rs(histories, weights)

        for history, memory in zip(histories, theirs, strict=True):
            assert relative_error(replay(history, weights), memory) <= TOLERANCE


def test_histories_agree_with_py_fsrs_at_whole_days():
    """py-fsrs counts whole periods of 24 hours: at whole days its day rule is ours."""
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)

    for history in random_histories(1_000, seed=3):
        card = fsrs.Card(card_id=1, due=start)
        moment = start
        for rating, elapsed_days in history:
            moment += timedelta(days=elapsed_days)
            card, _log = scheduler.review_card(card, fsrs.Rating(rating), moment)

        theirs = Memory(card.stability or 0, card.difficulty or 0)
        if theirs.stability < MAX_STABILITY_DAYS:  # py-fsrs has no upper clamp
            assert relative_error(replay(history), theirs) <= 1e-9


def test_retrievability_is_one_at_once_and_nine_tenths_after_the_stability():
    assert model.retrievability(0, 12.5) == 1.0
    assert model.retrievability(12.5, 12.5) == pytest.approx(0.9)


@pytest.mark.parametrize(("elapsed_days", "stability"), [(-1, 1.0), (1, 0.0), (1, -2.0)])
def test_retrievability_refuses_what_has_no_meaning(elapsed_days, stability):
    with pytest.raises(ValueError):
        model.retrievability(elapsed_days, stability)


@given(
    stability=st.floats(0.01, 10_000),
    retention=st.floats(0.7, 0.97),
)
def test_the_interval_is_where_recall_falls_to_the_retention(stability, retention):
    days = model.interval_days(stability, retention=retention)

    assert model.retrievability(days, stability) == pytest.approx(retention)


@given(
    memory=st.builds(Memory, st.floats(MIN_STABILITY_DAYS, MAX_STABILITY_DAYS), st.floats(1, 10)),
    rating=st.integers(1, 4),
    elapsed_days=st.integers(0, 40_000),
)
def test_a_review_stays_within_bounds(memory, rating, elapsed_days):
    after = model.next(memory, rating, elapsed_days=elapsed_days)

    assert MIN_STABILITY_DAYS <= after.stability <= MAX_STABILITY_DAYS
    assert MIN_DIFFICULTY <= after.difficulty <= MAX_DIFFICULTY


@given(
    memory=st.builds(Memory, st.floats(0.01, 10_000), st.floats(1, 10)),
    elapsed_days=st.integers(1, 10_000),
)
def test_a_lapse_never_raises_stability_and_better_ratings_never_lower_it(memory, elapsed_days):
    again, hard, good, easy = (
        model.next(memory, rating, elapsed_days=elapsed_days).stability for rating in (1, 2, 3, 4)
    )

    assert again <= memory.stability
    assert memory.stability <= hard <= good <= easy


@pytest.mark.parametrize("rating", [0, 5, -1])
def test_there_are_four_ratings(rating):
    with pytest.raises(ValueError):
        model.next(Memory(1, 5), rating, elapsed_days=1)


@pytest.mark.parametrize(
    "weights",
    [DEFAULT_WEIGHTS[:20], [*DEFAULT_WEIGHTS[:20], 0.0], [*DEFAULT_WEIGHTS[:20], float("nan")]],
)
def test_weights_must_be_21_finite_numbers_with_a_decay(weights):
    with pytest.raises(ValueError):
        Fsrs6(weights)
