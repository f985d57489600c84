"""A learner's attempt: what it asks, what was answered, what it is worth so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import FloatField, Q, Sum, Value
from django.db.models.functions import Coalesce

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.shuffling import seed_from
from courses.assessment.domain.types import get_type, self_rated_types
from courses.assessment.models import Attempt, QuestionVersion, Quiz, Response
from courses.assessment.versions import get_versions
from courses.common.errors import NotFound
from courses.enrollment.selectors import may


@dataclass(frozen=True, slots=True)
class AttemptItem:
    """A question in an attempt. `seed` orders its options; the last two are None unanswered."""

    number: int
    version: QuestionVersion
    seed: int
    response: Response | None
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """An attempt as its learner sees it.

    `earned` is the credit so far, `graded` how much there is to earn: self-rated
    questions count for neither. `score` is their ratio, None where nothing is graded.
    """

    attempt: Attempt
    items: list[AttemptItem]
    answered: int
    remaining: int
    earned: float
    graded: int
    score: float | None

    @property
    def passed(self) -> int:
        """How many of the graded questions were answered right or nearly."""
        return sum(mark.verdict != "wrong" for mark in self._graded_marks())

    @property
    def partly(self) -> bool:
        """Whether some credit is neither all nor nothing."""
        return any(0 < mark.credit < 1 for mark in self._graded_marks())

    @property
    def self_rated(self) -> int:
        """How many cards the learner rated."""
        return self.answered - len(self._graded_marks())

    def _graded_marks(self) -> list[Mark]:
        return [
            item.mark
            for item in self.items
            if item.mark and not get_type(item.version.type).self_rated
        ]

    @property
    def next_item(self) -> AttemptItem | None:
        """The first question that is not answered yet."""
        return next((item for item in self.items if item.response is None), None)


def attempt_of(*, learner: User, attempt_id: UUID) -> Attempt:
    """Return the learner's own attempt at a published quiz, with its course. Raises NotFound."""
    attempts = Attempt.objects.filter(
        pk=attempt_id, learner=learner, quiz__status=Quiz.Status.PUBLISHED
    )
    attempt = attempts.select_related("quiz__course").first()
    if attempt is None:
        raise NotFound
    return attempt


def version_in_attempt(attempt: Attempt, question_id: UUID) -> QuestionVersion:
    """Return the version of a question that the attempt asks. Raises NotFound if it does not."""
    for version in get_versions(UUID(name) for name in attempt.order).values():
        if version.question_id == question_id:
            return version
    raise NotFound


def attempt_page(*, learner: User, attempt_id: UUID) -> AttemptPage:
    """Return the learner's own attempt with its questions and answers. Raises NotFound.

    Attempts at quizzes that were archived since stay readable, for as long as the learner
    may read the course. Three queries, and those for versions that this process has not kept.
    """
    attempt = (
        Attempt.objects.filter(pk=attempt_id, learner=learner)
        .select_related("quiz__course", "quiz__lesson")
        .first()
    )
    if attempt is None or not may(learner, "course.read", attempt.quiz.course):
        raise NotFound
    versions = get_versions(UUID(name) for name in attempt.order)
    given = {response.version_id: response for response in attempt.responses.order_by("id")}
    items = [
        _item(number, version, attempt, given.get(version.pk))
        for number, version in enumerate(versions.values(), start=1)
    ]
    credited = [item for item in items if not get_type(item.version.type).self_rated]
    total = sum(item.mark.credit for item in credited if item.mark)
    return AttemptPage(
        attempt=attempt,
        items=items,
        answered=len(given),
        remaining=len(items) - len(given),
        earned=total,
        graded=len(credited),
        score=total / len(credited) if credited else None,
    )


def earned() -> Coalesce:
    """Return the annotation of attempts for the credit earned where it is graded."""
    graded = ~Q(responses__version__type__in=self_rated_types())
    credit = Sum("responses__credit", filter=graded)
    return Coalesce(credit, Value(0.0), output_field=FloatField())


def graded_count(attempt: Attempt, versions: Mapping[UUID, QuestionVersion]) -> int:
    """Return how many questions of the attempt are graded."""
    asked = (versions.get(UUID(name)) for name in attempt.order)
    return sum(version is not None and not get_type(version.type).self_rated for version in asked)


def _item(
    number: int, version: QuestionVersion, attempt: Attempt, response: Response | None
) -> AttemptItem:
    mark = None
    if response is not None:
        mark = get_type(version.type).mark(version.payload, response.answer)
    return AttemptItem(number, version, seed_from(attempt.seed, version.pk), response, mark)
