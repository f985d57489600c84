"""Flashcards that learners rate themselves."""

import pytest

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from tests.assessment.problems import problems_of
from tests.factories.assessment import PAYLOADS


def test_flashcard_shows_its_back_by_design() -> None:
    assert get_type("flashcard").render(PAYLOADS["flashcard"], seed=1) == {
        "back": "The *Kuril* islands"
    }


@pytest.mark.parametrize(("rating", "credit"), [(1, 0.0), (2, 1.0), (3, 1.0), (4, 1.0), ("2", 1.0)])
def test_flashcard_takes_the_learner_at_their_word(rating: object, credit: float) -> None:
    one = get_type("flashcard")

    answer = one.parse(PAYLOADS["flashcard"], {"rating": rating})

    assert answer == {"rating": int(str(rating))}
    assert one.mark(PAYLOADS["flashcard"], answer).credit == credit


@pytest.mark.parametrize("rating", [None, 0, 5, True, "good", 2.0, [3]])
def test_flashcard_needs_a_rating(rating: object) -> None:
    with pytest.raises(AnswerInvalid, match="Rate from 1"):
        get_type("flashcard").parse(PAYLOADS["flashcard"], {"rating": rating})


@pytest.mark.parametrize(
    ("back", "code"), [(None, "missing"), ("", "blank"), ("x" * 2001, "too_long"), (5, "not_text")]
)
def test_flashcard_names_its_problems(back: object, code: str) -> None:
    assert problems_of("flashcard", {"back": back}) == {"back": code}
