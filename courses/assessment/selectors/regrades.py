"""What waits for a regrade, and the regrades there are."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce

from courses.assessment.domain.types import get_type, type_names
from courses.assessment.models import Question, QuestionVersion, Regrade, Response
from courses.common.errors import NotFound
from courses.enrollment.models import Course


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question of which `responses` are still marked by a key that has changed since."""

    question_id: UUID
    slug: str
    responses: int


def questions_to_regrade(course: Course) -> list[Waiting]:
    """Return the questions with answers marked by another key than the current; two queries.

    A new wording alone asks for no regrade, nor does what a person marks or the learner rates.
    """
    judged = [name for name in type_names() if _by_key(name)]
    asked = Question.objects.filter(course=course, current__type__in=judged)
    changed = QuestionVersion.objects.filter(
        question_id=OuterRef("question_id"),
        change=QuestionVersion.Change.ANSWER,
        number__gt=Coalesce(OuterRef("marked_version__number"), OuterRef("version__number")),
    )
    rows = (
        Response.objects.filter(question__in=asked.order_by().values("pk"))
        .filter(Exists(changed.order_by()))
        .exclude(attempt__isnull=False, attempt__preview=True)
        .order_by()
        .values_list("question_id")
        .annotate(responses=Count("id"))
    )
    counts = dict(rows)
    found = Question.objects.filter(pk__in=counts).order_by("position", "id")
    return [Waiting(pk, slug, counts[pk]) for pk, slug in found.values_list("pk", "slug")]


def regrades_of(course: Course) -> list[Regrade]:
    """Return the regrades of a course, the latest first, with who asked for them."""
    return list(Regrade.objects.filter(course=course).select_related("requested_by"))


def regrade_of(course: Course, regrade_id: UUID) -> Regrade:
    """Return the regrade of a course by its id. Raises NotFound."""
    found = Regrade.objects.filter(course=course, pk=regrade_id).select_related("requested_by")
    regrade = found.first()
    if regrade is None:
        raise NotFound
    return regrade


def _by_key(name: str) -> bool:
    question_type = get_type(name)
    return not (question_type.self_rated or question_type.marked_by_hand)
