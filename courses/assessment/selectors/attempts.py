"""A learner's attempt: what it asks, what was answered, what it is worth, what may be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.review_options import EVERYTHING, SCORE
from courses.assessment.domain.scoring import passes
from courses.assessment.domain.shuffling import seed_from
from courses.assessment.domain.types import get_type
from courses.assessment.models import (
    Attempt,
    Marking,
    Question,
    QuestionVersion,
    Quiz,
    Response,
    SavedAnswer,
)
from courses.assessment.selectors.markings import (
    deciding_answer,
    mark_of_response,
    markings_of,
    version_of,
    was_confident_error,
)
from courses.assessment.selectors.reservations import reserved_beside
from courses.assessment.selectors.sittings import told_in, unanswered_in
from courses.assessment.versions import get_versions
from courses.common.errors import NotFound
from courses.enrollment.selectors import may


@dataclass(frozen=True, slots=True)
class AttemptItem:
    """A question in an attempt, which weighs `points`.

    `seed` orders its options. `response` and `mark` are None while it is not answered for good;
    `marked_by` is the version whose key the mark is by. `saved` is what stands there meanwhile,
    `marking` what a person said of it.
    """

    number: int
    version: QuestionVersion
    seed: int
    points: float
    response: Response | None = None
    mark: Mark | None = None
    marked_by: QuestionVersion | None = None
    saved: SavedAnswer | None = None
    marking: Marking | None = None

    @property
    def self_rated(self) -> bool:
        return get_type(self.version.type).self_rated

    @property
    def confident_error(self) -> bool:
        """Whether it was answered as sure, and wrong."""
        return self.response is not None and was_confident_error(self.response)

    @property
    def earned(self) -> float | None:
        """The points that it earned, below 0 by confidence; None where none are counted."""
        worth = None if self.response is None or self.self_rated else self.response.counted
        return None if worth is None else worth * self.points

    @property
    def given(self) -> dict[str, Any]:
        """The answer that counts, empty while there is none."""
        return {} if self.response is None else deciding_answer(self.response)


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """An attempt as its learner sees it.

    `earned` of `possible` points so far, over `graded` questions: self-rated ones count for
    none of them. `score` is in [0, 1], None where nothing is graded, an answer waits to be
    marked, or it may not be told yet. `told` is what may be told now (`review_options.TOLD`).
    `reserved` names the questions whose answers another quiz keeps closed for the time being.
    """

    attempt: Attempt
    items: list[AttemptItem]
    answered: int
    remaining: int
    earned: float
    possible: float
    graded: int
    score: float | None
    told: frozenset[str]
    reserved: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def reaches_pass_mark(self) -> bool | None:
        """Whether this attempt alone would pass; None without a mark, or a score to be told."""
        mark = self.attempt.quiz.pass_mark
        return None if mark is None or self.score is None else passes(self.score, mark)

    @property
    def passed(self) -> int:
        """How many of the graded questions were answered right or nearly."""
        return sum(mark.verdict in ("right", "nearly") for mark in self._graded_marks())

    @property
    def partly(self) -> bool:
        """Whether some credit is neither all nor nothing."""
        return any(0 < mark.credit < 1 for mark in self._graded_marks())

    @property
    def self_rated(self) -> int:
        """How many cards the learner rated."""
        return self.answered - len(self._graded_marks())

    @property
    def awaiting(self) -> int:
        """How many answers a person has yet to mark."""
        return sum(mark.verdict == "awaiting" for mark in self._graded_marks())

    @property
    def next_item(self) -> AttemptItem | None:
        """The first question that is not answered yet."""
        return next((item for item in self.items if item.response is None), None)

    def told_of(self, item: AttemptItem) -> frozenset[str]:
        """Return what may be told of one question: less where another quiz reserves it."""
        if item.version.question_id in self.reserved:
            return self.told & {SCORE}
        return self.told

    def _graded_marks(self) -> list[Mark]:
        return [item.mark for item in self.items if item.mark and not item.self_rated]


def version_in_attempt(attempt: Attempt, question_id: UUID) -> QuestionVersion:
    """Return the version of a question that the attempt asks. Raises NotFound if it does not."""
    for version in get_versions(UUID(name) for name in attempt.order).values():
        if version.question_id == question_id:
            return version
    raise NotFound


def attempt_page(*, learner: User, attempt_id: UUID, now: datetime) -> AttemptPage:
    """Return the learner's own attempt with its questions and answers. Raises NotFound.

    Attempts at quizzes that were archived since stay readable, for as long as the learner
    may read the course. Six queries at most, and those for versions that this process has not
    kept.
    """
    attempt = (
        Attempt.objects.filter(pk=attempt_id, learner=learner)
        .select_related("quiz__course", "quiz__lesson")
        .first()
    )
    if attempt is None or not may(learner, "course.read", attempt.quiz.course):
        raise NotFound
    items = _items(attempt)
    return _page(attempt, items, told_in(attempt, now=now), _reserved(attempt, items, now))


def attempt_seen(*, quiz: Quiz, attempt_id: UUID) -> AttemptPage:
    """Return an attempt at the quiz that was handed in, with all that there is to tell of it.

    For those who may see how learners stand. Raises NotFound.
    """
    handed_in = quiz.attempts.filter(pk=attempt_id, preview=False, submitted_at__isnull=False)
    attempt = handed_in.select_related("quiz__course", "quiz__lesson", "learner").first()
    if attempt is None:
        raise NotFound
    return _page(attempt, _items(attempt), EVERYTHING, frozenset())


def _page(
    attempt: Attempt,
    items: list[AttemptItem],
    told: frozenset[str],
    reserved: frozenset[UUID],
) -> AttemptPage:
    graded = [item for item in items if not item.self_rated]
    earned = sum(item.points * _worth(item, attempt) for item in graded)
    possible = sum(item.points for item in graded)
    score = attempt.score
    if attempt.submitted_at is None:
        score = min(max(earned / possible, 0.0), 1.0) if possible else None
    answered = sum(item.response is not None for item in items)
    return AttemptPage(
        attempt=attempt,
        items=items,
        answered=answered,
        remaining=len(items) - answered,
        earned=earned,
        possible=possible,
        graded=len(graded),
        score=score if SCORE in told else None,
        told=told,
        reserved=reserved,
    )


def _items(attempt: Attempt) -> list[AttemptItem]:
    versions = get_versions(UUID(name) for name in attempt.order)
    given = {one.version_id: one for one in attempt.responses.order_by("id")}
    saved: Mapping[UUID, SavedAnswer] = {}
    if attempt.submitted_at is None or len(given) < len(versions):
        saved = {one.version_id: one for one in attempt.saved_answers.order_by("id")}
    markings = markings_of(given.values())
    points = attempt.points or [1.0] * len(attempt.order)
    return [
        _item(
            AttemptItem(
                number,
                version,
                seed_from(attempt.seed, version.pk),
                points[number - 1],
                saved=saved.get(version.pk),
            ),
            given.get(version.pk),
            markings,
        )
        for number, version in enumerate(versions.values(), start=1)
    ]


def _item(
    item: AttemptItem, response: Response | None, markings: Mapping[UUID, Marking]
) -> AttemptItem:
    if response is None:
        return item
    marking = markings.get(response.id)
    return AttemptItem(
        item.number,
        item.version,
        item.seed,
        item.points,
        response=response,
        mark=mark_of_response(response, marking),
        marked_by=version_of(response),
        saved=item.saved,
        marking=marking,
    )


def _worth(item: AttemptItem, attempt: Attempt) -> float:
    if item.response is not None:
        return item.response.counted or 0.0
    if attempt.submitted_at is None:
        return 0.0
    return unanswered_in(attempt.quiz)


def _reserved(attempt: Attempt, items: list[AttemptItem], now: datetime) -> frozenset[UUID]:
    """Return which questions another graded quiz keeps closed now; few queries."""
    asked = [item.version.question_id for item in items]
    if attempt.quiz.kind == Quiz.Kind.GRADED:
        return frozenset(reserved_beside(attempt.quiz, asked, now=now))
    reserved = Question.objects.filter(pk__in=asked, reserved=True).order_by()
    return frozenset(reserved.values_list("pk", flat=True))
