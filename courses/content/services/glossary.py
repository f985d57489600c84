"""Saves the glossary: entries are mended in place, those missing are archived."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.content.domain.drafts import Changes, TermDraft
from courses.content.models import Claim, Lesson, Term
from courses.content.services.records import archive, mend
from courses.content.services.references import renew_references
from courses.enrollment.models import Course


@transaction.atomic
def save_terms(course: Course, drafts: Sequence[TermDraft], *, now: datetime) -> Changes:
    """Make `drafts` the glossary of the course, in this order; those missing are archived.

    Raises KeyError if a draft names a claim that the course does not have.
    """
    known = {term.slug: term for term in Term.objects.filter(course=course)}
    claims = dict(Claim.objects.filter(course=course).values_list("key", "pk"))
    named = _named_claims(course)
    changes = Changes()
    for position, draft in enumerate(drafts):
        kind = _save(course, draft, known.pop(draft.slug, None), position, named, claims)
        changes.note(kind, draft.slug)
    archive(known, changes, now)
    # a lesson links to the entries that are there
    if changes.created or changes.archived or changes.restored:
        renew_references(Lesson.objects.filter(course=course))
    return changes


def _named_claims(course: Course) -> dict[UUID, list[str]]:
    """Return the keys each entry names, in the order in which its author did."""
    links = Term.claims.through.objects.filter(term__course=course).order_by("id")
    named: dict[UUID, list[str]] = {}
    for term_id, key in links.values_list("term_id", "claim__key"):
        named.setdefault(term_id, []).append(key)
    return named


def _save(
    course: Course,
    draft: TermDraft,
    term: Term | None,
    position: int,
    named: Mapping[UUID, list[str]],
    claims: Mapping[str, UUID],
) -> str:
    fields = asdict(draft) | {"position": position}
    keys = fields.pop("claims")
    if term is None:
        term = Term.objects.create(course=course, **fields)
        kind = "created"
    else:
        kind = mend(term, fields)
    if keys != named.get(term.pk, []):
        # written anew, so that their order is kept
        term.claims.clear()
        links = Term.claims.through
        links.objects.bulk_create(links(term_id=term.pk, claim_id=claims[key]) for key in keys)
        kind = "changed" if kind == "unchanged" else kind
    return kind
