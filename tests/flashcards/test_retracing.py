"""A card's history retraced: what each review did, and the curve between reviews."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from courses.flashcards.domain.folding import ANSWER, CORRECTION, FACT_CHANGED, UNDO, Entry, fold
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.retracing import recall_on, retrace, stretches
from courses.flashcards.domain.scheduling import NEW_CARD

model = Fsrs6()
FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)


def entry(number, days, rating=3, *, kind=ANSWER, target=None, minutes=0):
    at = FIRST + timedelta(days=days, minutes=minutes)
    return Entry(
        UUID(int=number),
        kind,
        at,
        at,
        at.date(),
        rating,
        UUID(int=target) if target else None,
    )


LOG = [
    entry(1, 0, 1),
    entry(2, 0, 3, minutes=1),
    entry(3, 0, 3, minutes=12),
    entry(4, 2, 3),
    entry(5, 9, 1),
    entry(6, 9, 3, minutes=10),
]


def test_the_last_step_is_the_fold():
    steps = retrace(LOG, model=model)

    assert steps[-1].after == fold(LOG, model=model)
    assert [step.rating for step in steps] == [1, 3, 3, 3, 1, 3]


def test_recall_is_told_before_reviews_that_span_days_only():
    steps = retrace(LOG, model=model)

    told = [step.recall is not None for step in steps]
    assert told == [False, False, False, True, True, False]
    assert steps[3].recall == pytest.approx(
        model.retrievability(2, steps[2].after.memory.stability)
    )


def test_what_was_undone_is_no_step_and_what_was_corrected_counts_as_corrected():
    log = [*LOG, entry(7, 20, 3), entry(8, 20, None, kind=UNDO, target=7)]
    log.append(entry(9, 21, 3, kind=CORRECTION, target=5))

    steps = retrace(log, model=model)

    assert len(steps) == 6
    assert steps[4].rating == 3


def test_a_changed_fact_is_a_step_without_a_rating():
    steps = retrace([*LOG, entry(7, 20, None, kind=FACT_CHANGED)], model=model)

    assert steps[-1].rating is None
    assert steps[-1].after.memory.stability < steps[-2].after.memory.stability


def test_a_card_never_reviewed_has_no_recall_and_no_curve():
    assert recall_on(NEW_CARD, date(2026, 11, 1), model=model) is None
    assert stretches([], until=date(2026, 12, 1), model=model, every_days=1) == []


def test_the_curve_falls_from_one_on_each_day_of_reviews_to_the_next():
    steps = retrace(LOG, model=model)

    curve = stretches(steps, until=date(2026, 12, 1), model=model, every_days=0.5)

    assert [stretch.since.day for stretch in curve] == [1, 3, 10]
    assert [stretch.points[0] for stretch in curve] == [(0.0, 1.0)] * 3
    assert [stretch.points[-1][0] for stretch in curve] == [2, 7, 21]
    assert curve[0].points[-1][1] == pytest.approx(steps[3].recall)
    for stretch in curve:
        moments = [moment for moment, _recall in stretch.points]
        recalls = [recall for _moment, recall in stretch.points]
        assert moments == sorted(moments)
        assert recalls == sorted(recalls, reverse=True)
        assert all(later - sooner <= 0.5 for sooner, later in pairwise(moments))


def test_a_curve_that_ends_on_the_day_of_the_review_is_a_point():
    steps = retrace(LOG[:1], model=model)

    assert stretches(steps, until=FIRST.date(), model=model, every_days=1)[0].points == (
        (0.0, 1.0),
    )


def test_points_must_lie_apart():
    with pytest.raises(ValueError, match="apart"):
        stretches([], until=date(2026, 12, 1), model=model, every_days=0)
