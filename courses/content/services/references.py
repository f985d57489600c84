"""Lets go of rendered lessons whose claims or pictures have changed."""

from django.db.models import F, QuerySet

from courses.content.models import Lesson


def renew_references(lessons: QuerySet[Lesson]) -> None:
    """Make what is kept of `lessons`, rendered, out of reach: it is made anew when read."""
    ids = list(lessons.order_by("pk").values_list("pk", flat=True).distinct())
    if ids:
        Lesson.objects.filter(pk__in=ids).update(references_version=F("references_version") + 1)
