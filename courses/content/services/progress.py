"""What a learner has opened and finished."""

from datetime import datetime

from django.db import transaction

from courses.accounts.models import User
from courses.common.errors import NotFound
from courses.content.models import Lesson, LessonProgress
from courses.content.signals import lesson_finished
from courses.enrollment.selectors import may


def start_lesson(learner: User, lesson: Lesson, now: datetime) -> LessonProgress:
    """Keep that `learner` opened `lesson`; the first time counts.

    Raises NotFound if the lesson is not theirs to read.
    """
    _must_be_readable(learner, lesson)
    progress, _new = LessonProgress.objects.get_or_create(
        learner=learner, lesson=lesson, defaults={"started_at": now}
    )
    return progress


def finish_lesson(learner: User, lesson: Lesson, now: datetime) -> LessonProgress:
    """Keep that `learner` finished `lesson`; the first time counts, and is told once.

    Raises NotFound if the lesson is not theirs to read.
    """
    with transaction.atomic():
        progress = start_lesson(learner, lesson, now)
        unfinished = LessonProgress.objects.filter(pk=progress.pk, finished_at=None)
        if unfinished.update(finished_at=now):
            progress.finished_at = now
            lesson_finished.send(
                LessonProgress, progress=progress, lesson=lesson, learner=learner, now=now
            )
        else:
            progress.refresh_from_db(fields=["finished_at"])
    return progress


def _must_be_readable(learner: User, lesson: Lesson) -> None:
    published = lesson.status == Lesson.Status.PUBLISHED
    permission = "course.read" if published else "lesson.preview"
    if lesson.status == Lesson.Status.ARCHIVED or not may(learner, permission, lesson.course):
        raise NotFound
