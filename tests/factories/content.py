"""Makes topics, sources, claims, lessons and pictures for the tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from courses.accounts.models import User
from courses.content.domain.drafts import ClaimDraft, LessonDraft, SourceDraft, TermDraft
from courses.content.models import Claim, Lesson, MediaFile, Source, Term, Topic
from courses.content.services import save_claim, save_lesson, save_media, save_source, save_terms
from courses.enrollment.models import Course

_numbers = count(1)
SAVED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40"/></svg>\n'


def make_topic(course: Course, slug: str = "sanctions", **fields: Any) -> Topic:
    """Return the topic of that slug, made if need be."""
    fields.setdefault("title", slug.replace("-", " ").capitalize())
    return Topic.objects.get_or_create(course=course, slug=slug, defaults=fields)[0]


def make_source(course: Course, key: str = "S1", **fields: Any) -> Source:
    """Return the source of that key, made if need be."""
    source = Source.objects.filter(course=course, key=key).first()
    if source is None:
        fields.setdefault("title", f"Commentary {key}")
        fields.setdefault("kind", "analytical commentary")
        fields.setdefault("written", "2024-11")
        save_source(course, SourceDraft(key=key, **fields), position=0)
        source = Source.objects.get(course=course, key=key)
    return source


def claim_draft(key: str, **fields: Any) -> ClaimDraft:
    """Return a complete draft of a claim, of source S1 and topic sanctions if not said."""
    defaults: dict[str, Any] = {
        "source": "S1",
        "topic": "sanctions",
        "kind": "event",
        "statement": f"What {key} states.",
        "date": "2023-01-27",
        "as_of": "2024-11",
    }
    return ClaimDraft(key=key, **(defaults | fields))


def make_claim(
    course: Course, key: str | None = None, *, now: datetime = SAVED_AT, **fields: Any
) -> Claim:
    """Return a saved claim; its source and topic are made if need be."""
    draft = claim_draft(key or f"TT-{next(_numbers):03d}", **fields)
    make_source(course, draft.source)
    make_topic(course, draft.topic)
    save_claim(course, draft, now=now)
    return Claim.objects.select_related("current").get(course=course, key=draft.key)


def make_terms(course: Course, *drafts: TermDraft, now: datetime = SAVED_AT) -> list[Term]:
    """Make `drafts` the whole glossary of the course; return its entries in order."""
    save_terms(course, drafts, now=now)
    return list(Term.objects.filter(course=course, archived_at=None))


def make_lesson(
    course: Course,
    slug: str | None = None,
    *,
    body: str = "A text to read.",
    author: User | None = None,
    now: datetime = SAVED_AT,
    **fields: Any,
) -> Lesson:
    """Return a saved lesson, published unless `fields` say otherwise."""
    slug = slug or f"lesson-{next(_numbers)}"
    fields.setdefault("title", slug.replace("-", " ").capitalize())
    lesson, _kind = save_lesson(
        course, LessonDraft(slug=slug, body=body, **fields), author=author, now=now
    )
    return lesson


def make_picture(
    course: Course, name: str = "map.svg", *, content: bytes = SVG, now: datetime = SAVED_AT
) -> MediaFile:
    """Return a saved picture of the course."""
    save_media(course, name, content, now=now)
    return MediaFile.objects.get(course=course, name=name)
