"""Reads that gather, in one query, what a page shows from several contexts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from courses.accounts.models import User
from courses.assessment.models import Question, Response
from courses.content.models import Lesson
from courses.enrollment.models import Course, Enrollment
from courses.enrollment.selectors import Person


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """A course on the start page: how far its reader is, and where to go on."""

    course: Course
    studies: bool
    lessons: int
    finished: int
    next_slug: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the prose: which version is asked, and what came of it last time."""

    question_id: UUID
    version_id: UUID
    credit: float | None = None
    answered_at: datetime | None = None


def courses_at_start(user: Person) -> list[CourseEntry]:
    """Return the courses that `user` may read, those they study first; one query."""
    learner_id = user.pk if user.is_authenticated else None
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
        )
        for course in found
    ]


def asked_in_lesson(user: Person, lesson: Lesson) -> dict[str, Asked]:
    """Return the published questions that a lesson may show, by slug; one query."""
    questions = Question.objects.filter(
        course_id=lesson.course_id,
        lesson_id=lesson.pk,
        status=Question.Status.PUBLISHED,
        current__isnull=False,
    ).order_by("position", "id")
    columns = ["slug", "id", "current_id"]
    if isinstance(user, User):
        last = Response.objects.filter(
            learner=user, question=OuterRef("pk"), attempt__isnull=True
        ).order_by("-answered_at", "-id")
        questions = questions.annotate(
            last_credit=Subquery(last.values("credit")[:1]),
            last_at=Subquery(last.values("answered_at")[:1]),
        )
        columns += ["last_credit", "last_at"]
    return {slug: Asked(*rest) for slug, *rest in questions.values_list(*columns)}


def lessons_around(lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
    """Return the published lessons before and after `lesson`; one query."""
    published = list(
        Lesson.objects.filter(course_id=lesson.course_id, status=Lesson.Status.PUBLISHED)
        .select_related("current")
        .defer("current__body")
        .order_by("position", "id")
    )
    index = next((i for i, one in enumerate(published) if one.pk == lesson.pk), None)
    if index is None:
        return None, None
    before = published[index - 1] if index else None
    after = published[index + 1] if index + 1 < len(published) else None
    return before, after
