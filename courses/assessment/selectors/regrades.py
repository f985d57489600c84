"""What waits for a regrade, and the regrades there are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef
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


@dataclass(frozen=True, slots=True)
class Shaken:
    """A question that rests on `claims`, by their keys, which say something else by now."""

    question_id: UUID
    slug: str
    claims: list[str]


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


def questions_on_revised_claims(course: Course) -> list[Shaken]:
    """Return the published questions of which a claim was revised since they were written.

    Whoever has looked since at what a regrade of a question would change has seen it. Two
    queries.
    """
    links = QuestionVersion.claims.through.objects.filter(
        questionversion__question__course=course,
        questionversion__question__status=Question.Status.PUBLISHED,
        questionversion=F("questionversion__question__current"),
        claim__current__created_at__gt=F("questionversion__created_at"),
    ).order_by("questionversion__question__position", "questionversion__question_id", "claim__key")
    looked_at: dict[str, datetime] = {}
    for names, moment in Regrade.objects.filter(course=course).values_list(
        "question_ids", "created_at"
    ):
        for name in names:
            looked_at[name] = max(moment, looked_at.get(name, moment))
    found: dict[UUID, Shaken] = {}
    for question_id, slug, key, revised_at in links.values_list(
        "questionversion__question_id",
        "questionversion__question__slug",
        "claim__key",
        "claim__current__created_at",
    ):
        seen = looked_at.get(str(question_id))
        if seen is None or seen < revised_at:
            found.setdefault(question_id, Shaken(question_id, slug, [])).claims.append(key)
    return list(found.values())


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
