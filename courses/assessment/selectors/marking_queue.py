"""The queue of answers that wait for a person, and what a marker needs beside one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from courses.assessment.domain.types import get_type, type_names
from courses.assessment.models import Marking, Response
from courses.assessment.selectors.markings import version_of
from courses.common.errors import NotFound
from courses.enrollment.models import Course

_COMMENTS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer in the queue, waiting or marked; `quiz` is "" for one in a lesson."""

    learner_id: UUID
    response_id: UUID
    question_id: UUID
    slug: str
    quiz: str
    answered_at: datetime
    credit: float | None


def by_hand_types() -> list[str]:
    """Return the names of the types that a person marks."""
    return [name for name in type_names() if get_type(name).marked_by_hand]


def marking_queue(
    course: Course, *, marked: bool = False, question_id: UUID | None = None
) -> list[Waiting]:
    """Return the answers of the course that wait for a mark, the oldest first; one query.

    With `marked` those that have one. Answers of attempts that still go on, and of previews,
    are not among them.
    """
    answers = _answers(course).filter(credit__isnull=not marked)
    if question_id is not None:
        answers = answers.filter(question_id=question_id)
    rows = answers.order_by("question__position", "question_id", "received_at", "id")
    return [
        Waiting(*row[:4], row[4] or "", *row[5:])
        for row in rows.values_list(
            "learner_id", "id", "question_id", "question__slug", "attempt__quiz__title",
            "answered_at", "credit",
        )
    ]  # fmt: skip


def waiting_count(course: Course) -> int:
    """Return how many answers of the course wait for a mark."""
    return _answers(course).filter(credit=None).count()


def response_to_mark(course: Course, learner_id: UUID, response_id: UUID) -> Response:
    """Return an answer of the course that a person marks. Raises NotFound."""
    found = (
        _answers(course)
        .filter(learner_id=learner_id, id=response_id)
        .select_related("learner", "question", "attempt__quiz")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def last_marking(response: Response) -> Marking | None:
    """Return the mark that counts, None without one."""
    made = Marking.objects.filter(learner_id=response.learner_id, response_id=response.id)
    return made.order_by("-marked_at", "-id").first()


def comments_used(question_id: UUID) -> Sequence[str]:
    """Return the comments given on answers to a question, the latest first, each once."""
    made = Marking.objects.filter(question_id=question_id).exclude(comment="")
    found = made.order_by("-marked_at", "-id").values_list("comment", flat=True)
    return list(dict.fromkeys(found[: 10 * _COMMENTS_KEPT]))[:_COMMENTS_KEPT]


def rubric_of(response: Response) -> list[dict[str, object]]:
    """Return the rubric that the answer is marked by."""
    rubric: list[dict[str, object]] = version_of(response).payload["rubric"]
    return rubric


def _answers(course: Course) -> QuerySet[Response]:
    finished = Q(attempt=None) | Q(attempt__submitted_at__isnull=False, attempt__preview=False)
    return Response.objects.filter(
        finished, question__course=course, version__type__in=by_hand_types()
    )
