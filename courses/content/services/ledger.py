"""Saves topics, sources and claims: what did not change stays, what is missing is archived."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from courses.content.domain.drafts import Changes, ClaimDraft, SourceDraft, TopicDraft
from courses.content.models import Claim, ClaimRevision, Lesson, Source, Topic
from courses.content.services.records import archive, mend
from courses.content.services.references import renew_references
from courses.content.signals import claim_revised
from courses.enrollment.models import Course

_REVISED = ("kind", "statement", "date", "as_of", "figures", "people", "quote", "attributed")


@transaction.atomic
def save_topics(course: Course, drafts: Sequence[TopicDraft], *, now: datetime) -> Changes:
    """Make `drafts` the topics of the course, in this order; those missing are archived."""
    known = {topic.slug: topic for topic in Topic.objects.filter(course=course)}
    changes = Changes()
    for position, draft in enumerate(drafts):
        topic = known.pop(draft.slug, None)
        if topic is None:
            Topic.objects.create(
                course=course, slug=draft.slug, title=draft.title, position=position
            )
            changes.note("created", draft.slug)
        else:
            wanted = {"title": draft.title, "position": position}
            changes.note(mend(topic, wanted), draft.slug)
    archive(known, changes, now)
    return changes


@transaction.atomic
def save_sources(course: Course, drafts: Sequence[SourceDraft], *, now: datetime) -> Changes:
    """Make `drafts` the sources of the course, in this order; those missing are archived."""
    known = {source.key: source for source in Source.objects.filter(course=course)}
    changes = Changes()
    for position, draft in enumerate(drafts):
        kind = save_source(course, draft, position=position, known=known.pop(draft.key, None))
        changes.note(kind, draft.key)
    archive(known, changes, now)
    return changes


def save_source(
    course: Course, draft: SourceDraft, *, position: int, known: Source | None = None
) -> str:
    """Save one source; return `created`, `changed`, `restored` or `unchanged`.

    What references show of a source is kept by lesson; those that cite it are made anew.
    """
    if known is None:
        Source.objects.create(course=course, position=position, **asdict(draft))
        return "created"
    kind = mend(known, asdict(draft) | {"position": position})
    if kind == "changed":
        renew_references(Lesson.objects.filter(current__claims__current__source=known))
    return kind


@transaction.atomic
def save_claims(course: Course, drafts: Sequence[ClaimDraft], *, now: datetime) -> Changes:
    """Make `drafts` the claims of the course, in this order; those missing are archived.

    A claim that says something else than before gets a revision. Raises KeyError if a
    draft names a source or a topic that the course does not have.
    """
    known = {
        claim.key: claim for claim in Claim.objects.filter(course=course).select_related("current")
    }
    sources, topics = _names(course)
    changes = Changes()
    for position, draft in enumerate(drafts):
        claim = known.pop(draft.key, None)
        source, topic = sources[draft.source], topics[draft.topic]
        kind = _save_claim(
            course, draft, claim, source=source, topic=topic, position=position, now=now
        )
        changes.note(kind, draft.key)
    archive(known, changes, now)
    if moved := changes.archived + changes.restored:
        cited = Claim.objects.filter(course=course, key__in=moved)
        renew_references(Lesson.objects.filter(current__claims__in=cited))
    return changes


@transaction.atomic
def save_claim(course: Course, draft: ClaimDraft, *, now: datetime) -> str:
    """Save one claim at its place, or at the end; return what became of it, as above."""
    sources, topics = _names(course)
    claim = Claim.objects.filter(course=course, key=draft.key).select_related("current").first()
    position = claim.position if claim else Claim.objects.filter(course=course).count()
    return _save_claim(
        course,
        draft,
        claim,
        source=sources[draft.source],
        topic=topics[draft.topic],
        position=position,
        now=now,
    )


def _names(course: Course) -> tuple[dict[str, Source], dict[str, Topic]]:
    sources = {source.key: source for source in Source.objects.filter(course=course)}
    topics = {topic.slug: topic for topic in Topic.objects.filter(course=course)}
    return sources, topics


def _save_claim(
    course: Course,
    draft: ClaimDraft,
    claim: Claim | None,
    *,
    source: Source,
    topic: Topic,
    position: int,
    now: datetime,
) -> str:
    kind = "created"
    if claim is None:
        claim = Claim.objects.create(course=course, key=draft.key, position=position)
    else:
        kind = mend(claim, {"position": position})
    previous = claim.current
    fields = {name: getattr(draft, name) for name in _REVISED}
    fields |= {"source_id": source.pk, "topic_id": topic.pk}
    if previous and all(getattr(previous, name) == value for name, value in fields.items()):
        return kind
    number = previous.number + 1 if previous else 1
    revision = ClaimRevision.objects.create(claim=claim, number=number, created_at=now, **fields)
    claim.current = revision
    claim.save(update_fields=["current"])
    renew_references(Lesson.objects.filter(current__claims=claim))
    claim_revised.send(Claim, claim=claim, revision=revision, previous=previous, now=now)
    return "changed" if kind == "unchanged" else kind
