"""The pools that quizzes draw from: a tag, a lesson or a topic of the course."""

from collections.abc import Iterable
from uuid import UUID

from courses.assessment.models import Question, QuizSlot


def pool_members(course_id: UUID, pool: str, value: str) -> list[UUID]:
    """Return the published questions of a pool, in the order of the course; one query.

    `pool` is one of QuizSlot.Pool, `value` the tag or the slug.
    """
    published = Question.objects.filter(
        course_id=course_id, status=Question.Status.PUBLISHED, current__isnull=False
    ).order_by("position", "id")
    if pool == QuizSlot.Pool.LESSON:
        return list(published.filter(lesson__slug=value).values_list("pk", flat=True))
    if pool == QuizSlot.Pool.TOPIC:
        return list(published.filter(topic__slug=value).values_list("pk", flat=True))
    tagged = published.values_list("pk", "current__tags")
    # Looked for here, for SQLite has no "contains" for JSON.
    return [pk for pk, tags in tagged if value in tags]


def asked_in_order(course_id: UUID, slots: Iterable[QuizSlot]) -> list[UUID]:
    """Return the questions that slots ask or may draw, each once; one query a pool."""
    asked: dict[UUID, None] = {}
    for slot in slots:
        if slot.question_id is not None:
            asked[slot.question_id] = None
        else:
            members = pool_members(course_id, slot.draw_from, slot.draw_value)
            asked |= dict.fromkeys(members)
    return list(asked)
