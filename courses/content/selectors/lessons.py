"""Lessons as learners and authors find them."""

from django.db.models import F, FilteredRelation, Q, QuerySet

from courses.common.errors import NotFound
from courses.content.models import Lesson
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person, may


def published_lessons(course: Course, learner: Person | None = None) -> QuerySet[Lesson]:
    """Return the lessons that students of `course` see, in order, in one query.

    Each has its `current` revision (without the body) and, for `learner`, `started_at` and
    `finished_at` (None where they have not).
    """
    return _listed(Lesson.objects.filter(course=course, status=Lesson.Status.PUBLISHED), learner)


def lessons_with_drafts(course: Course, author: Person) -> QuerySet[Lesson]:
    """Return the published lessons and the drafts, for those who may `lesson.preview`.

    As `published_lessons` otherwise.
    """
    shown = (Lesson.Status.PUBLISHED, Lesson.Status.DRAFT)
    return _listed(
        Lesson.objects.filter(course=course, status__in=shown, current__isnull=False), author
    )


def lesson_for(user: Person, course_slug: str, lesson_slug: str) -> Lesson:
    """Return a lesson with its course, its current revision and the reader's progress.

    One query for a published lesson. Raises NotFound if there is none, or none that
    `user` may know of; drafts are there for the course's authors only.
    """
    found = Lesson.objects.filter(
        course__in=Course.objects.visible_to(user), course__slug=course_slug, slug=lesson_slug
    ).exclude(status=Lesson.Status.ARCHIVED)
    lesson = _with_progress(found, user).select_related("course", "current").first()
    if lesson is None or lesson.current is None:
        raise NotFound
    if lesson.status == Lesson.Status.DRAFT and not may(user, "lesson.preview", lesson.course):
        raise NotFound
    lesson.current.lesson = lesson  # spares the renderer a query
    return lesson


def _listed(lessons: QuerySet[Lesson], learner: Person | None) -> QuerySet[Lesson]:
    return (
        _with_progress(lessons, learner)
        .select_related("current")
        .defer("current__body")
        .order_by("position", "id")
    )


def _with_progress(lessons: QuerySet[Lesson], learner: Person | None) -> QuerySet[Lesson]:
    """Add `started_at` and `finished_at` of `learner`, None for the anonymous."""
    learner_id = learner.pk if learner is not None and learner.is_authenticated else None
    return lessons.alias(
        own_progress=FilteredRelation("progress", condition=Q(progress__learner_id=learner_id))
    ).annotate(started_at=F("own_progress__started_at"), finished_at=F("own_progress__finished_at"))
