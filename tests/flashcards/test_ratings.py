"""Which rating an answer earns."""

import pytest

from courses.flashcards.domain.ratings import FAST_MS, rating_of


@pytest.mark.parametrize(
    ("verdict", "credit", "more", "rating"),
    [
        ("wrong", 0.0, {}, 1),
        ("wrong", 0.3, {}, 1),
        ("wrong", 0.0, {"found_easy": True, "certain": True}, 1),
        ("nearly", 0.6, {}, 2),
        ("nearly", 0.6, {"found_easy": True}, 2),
        ("right", 0.8, {}, 2),
        ("right", 1.0, {"retried": True, "found_easy": True}, 2),
        ("right", 1.0, {}, 3),
        ("right", 1.0, {"certain": True, "duration_ms": FAST_MS + 1}, 3),
        ("right", 1.0, {"certain": False, "duration_ms": 500}, 3),
        ("right", 1.0, {"certain": True, "duration_ms": 0}, 3),
        ("right", 1.0, {"certain": True, "duration_ms": FAST_MS}, 4),
        ("right", 1.0, {"found_easy": True, "duration_ms": 60_000}, 4),
    ],
)
def test_rating_of(verdict, credit, more, rating):
    assert rating_of(verdict, credit, **({"duration_ms": 10_000} | more)) == rating
