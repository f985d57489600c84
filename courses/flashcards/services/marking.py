"""From what a client sent to a rating: parse, mark, rate, by the question's own type."""

from dataclasses import dataclass
from typing import Any

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.types import get_type
from courses.assessment.models import QuestionVersion
from courses.assessment.reading import read_answer
from courses.flashcards.domain.ratings import Rating, rating_of


@dataclass(frozen=True, slots=True)
class Marked:
    """A parsed answer with its mark and the rating that it earns."""

    answer: dict[str, Any]
    mark: Mark
    rating: Rating
    self_rated: bool


def mark_answer(
    version: QuestionVersion,
    raw_answer: object,
    *,
    duration_ms: int,
    certain: bool,
    retried: bool,
    found_easy: bool,
) -> Marked:
    """Return the marked answer. Raises AnswerRefused for what is none, or is empty."""
    answer, mark = read_answer(version, raw_answer)
    rating = rate(
        version,
        answer,
        mark,
        duration_ms=duration_ms,
        certain=certain,
        retried=retried,
        found_easy=found_easy,
    )
    return Marked(answer, mark, rating, get_type(version.type).self_rated)


def rate(
    version: QuestionVersion,
    answer: dict[str, Any],
    mark: Mark,
    *,
    duration_ms: int = 0,
    certain: bool = False,
    retried: bool = False,
    found_easy: bool = False,
) -> Rating:
    """Return the rating of a parsed and marked answer; self-rated types carry their own."""
    if get_type(version.type).self_rated:
        return Rating(answer["rating"])
    return rating_of(
        mark.verdict,
        mark.credit,
        duration_ms=duration_ms,
        certain=certain,
        retried=retried,
        found_easy=found_easy,
    )
