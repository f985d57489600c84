"""Reads that gather, in one query, what a page shows from several contexts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from courses.accounts.models import User
from courses.assessment.models import Question, Response
from courses.common.errors import NotFound
from courses.common.prepared import Prepared
from courses.content.models import Lesson
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, is_administrator
from courses.enrollment.selectors import Person


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """A course on the start page: how far its reader is, and where to go on."""

    course: Course
    studies: bool
    lessons: int
    finished: int
    next_slug: str
    sees_class: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the prose: which version is asked, and what came of it last time."""

    question_id: UUID
    version_id: UUID
    credit: float | None = None
    answered_at: datetime | None = None
    rating: int | None = None  # how the learner rated it, if that is how it is answered


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reader stands to a lesson that they may read."""

    studies: bool
    lesson_id: UUID
    course_id: UUID
    revision_id: UUID
    references_version: int
    started_at: datetime | None
    finished_at: datetime | None
    status: str


def courses_at_start(user: Person) -> list[CourseEntry]:
    """Return the courses that `user` may read, those they study first; one query."""
    learner_id = user.pk if isinstance(user, User) else _NOBODY
    own = Enrollment.objects.filter(
        course=OuterRef("pk"), user_id=learner_id, ended_at__isnull=True
    )
    to_read = Lesson.objects.filter(course=OuterRef("pk"), status=Lesson.Status.PUBLISHED)
    mine = Q(lessons__progress__learner_id=learner_id)
    unfinished = to_read.alias(
        own=FilteredRelation("progress", condition=Q(progress__learner_id=learner_id))
    ).filter(own__finished_at__isnull=True)
    first = Subquery(unfinished.order_by("position", "id").values("slug")[:1])
    anew = Subquery(to_read.order_by("position", "id").values("slug")[:1])
    published = Q(lessons__status=Lesson.Status.PUBLISHED)
    found = (
        Course.objects.visible_to(user)
        .exclude(status=Course.Status.ARCHIVED)
        .annotate(
            studies=Exists(own),
            teaches=Exists(own.filter(role__in=roles.roles_with("learners.see"))),
            lesson_count=Count("lessons", filter=published, distinct=True),
            finished_count=Count(
                "lessons",
                filter=published & mine & Q(lessons__progress__finished_at__isnull=False),
                distinct=True,
            ),
            next_slug=Coalesce(first, anew, Value("")),
        )
        .order_by("-studies", "title", "id")
    )
    return [
        CourseEntry(
            course=course,
            studies=course.studies,
            lessons=course.lesson_count,
            finished=course.finished_count,
            next_slug=course.next_slug,
            sees_class=course.teaches or is_administrator(user),
        )
        for course in found
    ]


def reading_of(user: Person, course_slug: str, lesson_slug: str) -> Reading:
    """Return how `user` stands to a lesson, in one prepared query.

    Raises NotFound for a lesson that there is not, or that `user` may not know of.
    """
    learner_id = user.pk if isinstance(user, User) else _NOBODY
    rows = _READING(learner_id, course_slug, lesson_slug)
    if not rows:
        raise NotFound
    *_rest, status, course_status, access, _role = rows[0]
    held = {row[-1] for row in rows if row[-1]}
    if is_administrator(user):
        held.add(roles.ADMINISTRATOR)

    def allowed(permission: str) -> bool:
        return roles.allows(
            permission,
            held,
            published=course_status == Course.Status.PUBLISHED,
            archived=course_status == Course.Status.ARCHIVED,
            open_=access == Course.Access.OPEN,
        )

    published = status == Lesson.Status.PUBLISHED
    readable = published and allowed("course.read")
    drafted = status == Lesson.Status.DRAFT and allowed("lesson.preview")
    if not (readable or drafted) or rows[0][2] is None:
        raise NotFound
    return Reading(published and allowed("course.study"), *rows[0][:7])


def asked_in_lesson(user: Person, course_id: UUID, slugs: Sequence[str]) -> dict[str, Asked]:
    """Return those of the course's questions that are published, with `user`'s last answers.

    `slugs` are the questions that a lesson's text shows. One prepared query, none for none.
    """
    if not slugs:
        return {}
    learner_id = user.pk if isinstance(user, User) else _NOBODY
    rows = _ASKED(learner_id, course_id, *slugs)
    return {slug: Asked(*rest) for slug, *rest in rows}


def _reading(learner: UUID, course: str, lesson: str) -> QuerySet[Lesson, Any]:
    progress = FilteredRelation("progress", condition=Q(progress__learner_id=learner))
    current = Q(course__enrollments__user_id=learner, course__enrollments__ended_at=None)
    return (
        Lesson.objects.filter(course__slug=course, slug=lesson)
        .alias(own=progress, held=FilteredRelation("course__enrollments", condition=current))
        .order_by("id")
        .values_list(
            "id", "course_id", "current_id", "references_version", "own__started_at",
            "own__finished_at", "status", "course__status", "course__access", "held__role",
        )
    )  # fmt: skip


def _asked(learner: UUID, course: UUID, *slugs: str) -> QuerySet[Question, Any]:
    last = Response.objects.filter(
        learner_id=learner, question=OuterRef("pk"), attempt__isnull=True
    ).order_by("-answered_at", "-id")
    rating = Cast(KeyTextTransform("rating", "answer"), IntegerField())
    return (
        Question.objects.filter(
            course_id=course,
            slug__in=slugs,
            status=Question.Status.PUBLISHED,
            current__isnull=False,
            reserved=False,
        )
        .annotate(
            last_credit=Subquery(last.values("credit")[:1]),
            last_at=Subquery(last.values("answered_at")[:1]),
            last_rating=Subquery(last.annotate(rated=rating).values("rated")[:1]),
        )
        .order_by("position", "id")
        .values_list("slug", "id", "current_id", "last_credit", "last_at", "last_rating")
    )


_NOBODY = UUID(int=0)
_READING = Prepared(_reading)
_ASKED = Prepared(_asked)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson stands among the published ones; `number` is 0 for one that is not."""

    number: int
    total: int
    before: Lesson | None
    after: Lesson | None


def place_of(lesson: Lesson) -> Place:
    """Return the number of `lesson` and its neighbours; one query."""
    published = list(
        Lesson.objects.filter(course_id=lesson.course_id, status=Lesson.Status.PUBLISHED)
        .select_related("current")
        .defer("current__body")
        .order_by("position", "id")
    )
    index = next((i for i, one in enumerate(published) if one.pk == lesson.pk), None)
    if index is None:
        return Place(0, len(published), None, None)
    before = published[index - 1] if index else None
    after = published[index + 1] if index + 1 < len(published) else None
    return Place(index + 1, len(published), before, after)
