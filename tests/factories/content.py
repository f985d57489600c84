"""Makes topics, sources, claims and lessons for the tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from courses.content.models import Claim, ClaimRevision, Lesson, LessonRevision, Source, Topic
from courses.enrollment.models import Course

_numbers = count(1)
WRITTEN_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def make_topic(course: Course, slug: str = "sanctions", **fields: Any) -> Topic:
    """Return the topic of that slug, made if need be."""
    fields.setdefault("title", slug.capitalize())
    return Topic.objects.get_or_create(course=course, slug=slug, defaults=fields)[0]


def make_source(course: Course, key: str = "S-001", **fields: Any) -> Source:
    """Return the source of that key, made if need be."""
    defaults = {"title": f"Source {key}", "kind": "report", "written": "2026-03"} | fields
    return Source.objects.get_or_create(course=course, key=key, defaults=defaults)[0]


def make_claim(course: Course, key: str | None = None, **fields: Any) -> Claim:
    """Return a saved claim whose current revision says what `fields` say."""
    claim = Claim.objects.create(course=course, key=key or f"JR-{next(_numbers):03d}")
    revise_claim(claim, **fields)
    return claim


def revise_claim(claim: Claim, **fields: Any) -> ClaimRevision:
    """Give the claim one more revision and make it the current one; return it."""
    values: dict[str, Any] = {
        "source": make_source(claim.course),
        "topic": make_topic(claim.course),
        "kind": ClaimRevision.Kind.EVENT,
        "statement": f"What {claim.key} says.",
        "date": "2022-02-24",
        "as_of": "2026-03",
        "created_at": WRITTEN_AT,
    }
    number = claim.revisions.count() + 1
    revision = ClaimRevision.objects.create(claim=claim, number=number, **(values | fields))
    claim.current = revision
    claim.save(update_fields=["current"])
    return revision


def make_lesson(
    course: Course,
    slug: str | None = None,
    *,
    body: str = "A paragraph.",
    title: str = "",
    claims: Sequence[Claim] = (),
    **fields: Any,
) -> Lesson:
    """Return a saved lesson, published unless `fields` say otherwise, with one revision."""
    slug = slug or f"lesson-{next(_numbers)}"
    fields.setdefault("status", Lesson.Status.PUBLISHED)
    lesson = Lesson.objects.create(course=course, slug=slug, **fields)
    revision = LessonRevision.objects.create(
        lesson=lesson,
        number=1,
        title=title or slug.replace("-", " ").capitalize(),
        body=body,
        created_at=WRITTEN_AT,
    )
    revision.claims.set(claims)
    lesson.current = revision
    lesson.save(update_fields=["current"])
    return lesson
