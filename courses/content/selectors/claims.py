"""Claims as notes beside a text, as feedback to an answer, and as pages of their own."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from courses.common.errors import NotFound
from courses.content.dates import date_text
from courses.content.links import claim_url
from courses.content.models import Claim, ClaimRevision, Lesson
from courses.content.rendering import typeset
from courses.content.rendering.caching import LayeredCache
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person, course_for

# Raised when ClaimNote changes: what an older release kept in the cache has other fields.
NOTES_VERSION = 1
_notes = LayeredCache(size=256, seconds=24 * 3600)


@dataclass(frozen=True)
class ClaimNote:
    """A claim as readers are shown it: what, when, according to whom, as of when.

    `attributed` names whose view it is where the source does not speak for itself;
    `is_argument` says that it is analysis and not established.
    """

    key: str
    statement: str
    date: str
    date_text: str
    as_of: str
    as_of_text: str
    source_key: str
    source_title: str
    kind: str
    kind_label: str
    attributed: str
    quote: str
    is_argument: bool
    archived: bool
    url: str

    def as_dict(self) -> dict[str, Any]:
        """Return the note as JSON can hold it."""
        return asdict(self)


@dataclass(frozen=True)
class RevisionRow:
    """What a claim said from `created_at` on."""

    number: int
    created_at: datetime
    note: ClaimNote


@dataclass(frozen=True)
class ClaimPage:
    """All that is on record about a claim; revisions newest first."""

    course: Course
    claim: Claim
    note: ClaimNote
    topic_title: str
    people: list[str]
    figures: list[dict[str, Any]]
    lessons: list[Lesson]
    revisions: list[RevisionRow]


def course_claims(course: Course) -> QuerySet[Claim]:
    """Return the claims on record in `course`, in order, with what they say."""
    return (
        Claim.objects.filter(course=course, archived_at=None)
        .select_related("course", "current__source", "current__topic")
        .order_by("position", "id")
    )


def claim_note(claim: Claim, revision: ClaimRevision | None = None) -> ClaimNote:
    """Return `claim` as it is now, or as `revision` had it, in the active language."""
    said = revision or claim.current
    assert said is not None, "a claim is saved together with its first revision"
    return ClaimNote(
        key=claim.key,
        statement=typeset(said.statement),
        date=said.date,
        date_text=date_text(said.date) if said.date else "",
        as_of=said.as_of,
        as_of_text=date_text(said.as_of),
        source_key=said.source.key,
        source_title=said.source.title,
        kind=said.kind,
        kind_label=str(ClaimRevision.Kind(said.kind).label),
        attributed=said.attributed,
        quote=said.quote,
        is_argument=said.kind == ClaimRevision.Kind.ARGUMENT,
        archived=claim.archived_at is not None,
        url=claim_url(claim.course.slug, claim.key),
    )


def claim_cards(keys: Iterable[str], *, course: Course) -> list[ClaimNote]:
    """Return notes on the course's claims of these keys, in the order given; one query.

    Archived claims are among them: who answered with their help may still look them up.
    Unknown ones are left out.
    """
    wanted = list(dict.fromkeys(keys))
    found = _telling().filter(course=course, key__in=wanted) if wanted else ()
    by_key = {claim.key: claim_note(claim) for claim in found}
    return [by_key[key] for key in wanted if key in by_key]


def claim_cards_by_id(claim_ids: Collection[UUID]) -> dict[UUID, ClaimNote]:
    """Return notes on claims by id, in the order given, archived ones too.

    Unknown ones are left out. One query, none for none.
    """
    found = {claim.pk: claim for claim in _telling().filter(pk__in=claim_ids)} if claim_ids else {}
    return {name: claim_note(found[name]) for name in claim_ids if name in found}


def _telling() -> QuerySet[Claim]:
    return Claim.objects.exclude(current=None).select_related("course", "current__source")


def lesson_claim_notes(lesson: Lesson, citations: Iterable[str]) -> list[ClaimNote]:
    """Return the notes of a rendered lesson's `citations`, the first of them reference 1.

    Kept until a claim of the lesson is revised, or the lesson itself.
    """
    key = (
        f"content:notes:{lesson.current_id}:{lesson.references_version}"
        f":{NOTES_VERSION}:{get_language()}"
    )
    return _notes.get_or_make(key, lambda: claim_cards(citations, course=lesson.course))


def claim_page(user: Person, course_slug: str, key: str) -> ClaimPage:
    """Return everything on a claim, or raise NotFound if `user` may not know of it."""
    course = course_for(user, course_slug)
    claim = (
        Claim.objects.filter(course=course, key=key)
        .select_related("course", "current__source", "current__topic")
        .first()
    )
    if claim is None or claim.current is None:
        raise NotFound
    lessons = Lesson.objects.filter(status=Lesson.Status.PUBLISHED, current__claims=claim)
    revisions = claim.revisions.select_related("source").order_by("-number")
    return ClaimPage(
        course=course,
        claim=claim,
        note=claim_note(claim),
        topic_title=claim.current.topic.title,
        people=claim.current.people,
        figures=claim.current.figures,
        lessons=list(
            lessons.select_related("current").defer("current__body").order_by("position", "id")
        ),
        revisions=[
            RevisionRow(revision.number, revision.created_at, claim_note(claim, revision))
            for revision in revisions
        ],
    )
