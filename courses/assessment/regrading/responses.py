"""The responses that a regrade looks at, and what each is worth by the new key."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from courses.assessment.domain.scoring import Costs, counted
from courses.assessment.domain.types import get_type
from courses.assessment.models import Attempt, Quiz, Response
from courses.assessment.regrading.keys import Decided
from courses.assessment.regrading.steps import Task
from courses.assessment.selectors.sittings import costs_of
from courses.assessment.versions import get_version

_COLUMNS = (
    "learner_id",
    "id",
    "question_id",
    "version_id",
    "marked_version_id",
    "attempt_id",
    "attempt__quiz_id",
    "credit",
    "counted",
    "hints_used",
    "confidence",
)


class Given(NamedTuple):
    """A response as it stands, with its answer as JSON text."""

    learner_id: UUID
    id: UUID
    question_id: UUID
    version_id: UUID
    marked_version_id: UUID | None
    attempt_id: UUID | None
    quiz_id: UUID | None
    credit: float | None
    counted: float | None
    hints_used: int
    confidence: str
    answer: str
    first_answer: str | None


@dataclass(frozen=True, slots=True)
class Remarked:
    """A response of which the new key says something else, and what.

    `revalued`: it earns something else; otherwise only the version changes by which its mark
    is shown.
    """

    given: Given
    credit: float
    counted: float | None
    marked_version_id: UUID | None

    @property
    def revalued(self) -> bool:
        return (self.credit, self.counted) != (self.given.credit, self.given.counted)


def learners_of(question_ids: Iterable[UUID]) -> Iterable[UUID]:
    """Return whose answers there are to the questions."""
    answered = Response.objects.filter(question_id__in=question_ids).order_by()
    return answered.values_list("learner_id", flat=True).distinct().iterator()


def given_by(task: Task, learner_ids: Sequence[UUID]) -> list[Given]:
    """Return the learners' responses to the questions, in lessons and attempts; one query.

    Previews of authors are none.
    """
    rows = (
        Response.objects.filter(learner_id__in=learner_ids, question_id__in=task.key.question_ids)
        .filter(Q(attempt=None) | Q(attempt__preview=False))
        .order_by()
        .values_list(*_COLUMNS, Cast("answer", TextField()), Cast("first_answer", TextField()))
    )
    return [Given(*row) for row in rows.iterator()]


def remarked(task: Task, given: Iterable[Given]) -> Iterator[tuple[Given, Remarked | None]]:
    """Yield every response that the key can judge; with None where nothing changes.

    What an answer is worth in its attempt is computed anew where the key says something else of
    one of its tries, by what the quiz takes off now.
    """
    costs: dict[UUID, Costs] = {}
    for one in given:
        decided = task.key.deciding(one.question_id, one.version_id, one.answer, one.first_answer)
        if decided is None:
            continue
        mark, worth = decided.mark, one.counted
        if one.quiz_id is not None and _judged_anew(one, decided):
            if one.quiz_id not in costs:
                costs[one.quiz_id] = costs_of(Quiz.objects.get(pk=one.quiz_id))
            worth = counted(
                mark.credit,
                costs[one.quiz_id],
                hints_used=one.hints_used,
                tries=decided.tries,
                first_credit=decided.first.credit if decided.first else 0.0,
                confidence=one.confidence,
            )
        current = task.key.versions[one.question_id].pk
        new = Remarked(one, mark.credit, worth, None if one.version_id == current else current)
        same = not new.revalued and one.marked_version_id == new.marked_version_id
        yield one, None if same else new


def _judged_anew(one: Given, decided: Decided) -> bool:
    """Tell whether a key says something else of a try than what the response is marked by."""
    if decided.mark.credit != one.credit:
        return True
    if one.first_answer is None:
        return False
    standing = get_version(one.marked_version_id or one.version_id)
    before = get_type(standing.type).mark(standing.payload, json.loads(one.first_answer))
    return before.credit != (decided.first or decided.mark).credit


def lock_attempts(task: Task, learner_ids: Sequence[UUID]) -> None:
    """Keep the learners' attempts in the course from being handed in or marked meanwhile."""
    quizzes = Quiz.objects.filter(course_id=task.course_id).order_by().values("pk")
    attempts = Attempt.objects.filter(learner_id__in=learner_ids, quiz_id__in=quizzes)
    list(attempts.order_by("pk").select_for_update(no_key=True).values_list("pk"))
