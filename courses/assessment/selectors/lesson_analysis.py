"""What the answers in the prose of lessons tell of the questions there."""

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Least

from courses.assessment.domain.statistics import Sums
from courses.assessment.domain.types import self_rated_types
from courses.assessment.models import QuestionVersion, Response
from courses.assessment.selectors.item_analysis import ItemAnalysis, analysed, marked_by_current
from courses.assessment.selectors.item_sums import LONGEST_MS, Group, option_types
from courses.enrollment.models import Course


def lesson_analysis(course: Course, *, first_only: bool = True) -> list[ItemAnalysis]:
    """Return the analysis of each question answered in the course's lessons.

    Over the first answer of each learner, or all. Outside of quizzes there is no rest score,
    and so no discrimination; options are marked by the current key.
    """
    given = Response.objects.filter(
        question__course=course, lesson__isnull=False, credit__isnull=False
    )
    if first_only:
        earlier = Response.objects.filter(
            Q(answered_at__lt=OuterRef("answered_at"))
            | Q(answered_at=OuterRef("answered_at"), id__lt=OuterRef("id")),
            learner_id=OuterRef("learner_id"),
            question_id=OuterRef("question_id"),
            lesson__isnull=False,
        )
        given = given.exclude(Exists(earlier.order_by()))
    return analysed(marked_by_current(grouped(course, given)))


def grouped(course: Course, answers: QuerySet[Any, Any]) -> list[Group]:
    """Return the groups of answers that have the columns of a Response; one statement.

    What learners rate themselves is left out.
    """
    versions = QuestionVersion.objects.filter(question__course=course).order_by()
    judged = versions.exclude(type__in=self_rated_types())
    counted = list(versions.filter(type__in=option_types()).values_list("pk", flat=True))
    shown = Case(
        When(version_id__in=counted, then=Cast("answer", TextField())),
        default=Value(None, output_field=TextField()),
    )
    rows = (
        answers.filter(version_id__in=judged.values("pk"))
        .order_by()
        .annotate(shown=shown)
        .values_list("version_id", "shown")
        .annotate(
            timed=Count("id", filter=Q(duration_ms__gt=0)),
            ms=Sum(Least("duration_ms", Value(LONGEST_MS)), output_field=IntegerField()),
            n=Count("id"),
            x=Sum("credit"),
            xx=Sum(F("credit") * F("credit")),
        )
    )
    return [Group(row[0], row[1], 0, row[2], int(row[3]), Sums(row[4], row[5], row[6]))
            for row in rows]  # fmt: skip
