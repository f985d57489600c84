"""The glossary of a course: entries with their claims and the lessons that lead to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from courses.common.errors import NotFound
from courses.content.links import glossary_url
from courses.content.models import Lesson, Term
from courses.content.rendering.citations import cited_keys
from courses.content.rendering.inline import render_inline
from courses.content.selectors.claims import ClaimNote, claim_cards
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person, course_for


@dataclass(frozen=True)
class GlossaryLesson:
    """A published lesson that links to an entry."""

    slug: str
    title: str


@dataclass(frozen=True)
class GlossaryEntry:
    """An entry as it is shown; `definition` and `more` are sanitised HTML without paragraphs.

    `common` says that the definition is common knowledge; `claims` are what the entry rests
    on, those it names first, then those its text cites. `native` is in Japanese letters.
    """

    slug: str
    term: str
    short: str
    native: str
    kind: str
    kind_label: str
    aliases: tuple[str, ...]
    common: bool
    definition: SafeString
    more: SafeString
    claims: tuple[ClaimNote, ...]
    lessons: tuple[GlossaryLesson, ...]
    url: str


def glossary_of(course: Course) -> list[GlossaryEntry]:
    """Return the entries of `course` in the order of their words, in four queries."""
    terms = list(_terms(course))
    return sorted(_entries(course, terms), key=lambda entry: (entry.term.casefold(), entry.slug))


def glossary_entry(user: Person, course_slug: str, slug: str) -> GlossaryEntry:
    """Return one entry, or raise NotFound if `user` may not know of it."""
    course = course_for(user, course_slug)
    for entry in _entries(course, list(_terms(course).filter(slug=slug))):
        return entry
    raise NotFound


def _terms(course: Course) -> QuerySet[Term]:
    return Term.objects.filter(course=course, archived_at=None).order_by("position", "id")


def _entries(course: Course, terms: list[Term]) -> Iterable[GlossaryEntry]:
    links = Term.claims.through.objects.filter(term__in=terms).order_by("id")
    named: dict[UUID, list[str]] = {}
    for term_id, key in links.values_list("term_id", "claim__key"):
        named.setdefault(term_id, []).append(key)
    keys = {
        term.pk: list(
            dict.fromkeys([*named.get(term.pk, ()), *cited_keys(f"{term.definition} {term.more}")])
        )
        for term in terms
    }
    notes = {
        note.key: note
        for note in claim_cards((key for all_ in keys.values() for key in all_), course=course)
    }
    lessons = _lessons(terms)
    rendered = partial(render_inline, course_slug=course.slug, language=course.language)
    for term in terms:
        yield GlossaryEntry(
            slug=term.slug,
            term=term.term,
            short=term.short,
            native=term.native,
            kind=term.kind,
            kind_label=str(Term.Kind(term.kind).label),
            aliases=tuple(term.aliases),
            common=term.common,
            definition=rendered(term.definition),
            more=rendered(term.more),
            claims=tuple(notes[key] for key in keys[term.pk] if key in notes),
            lessons=tuple(lessons.get(term.pk, ())),
            url=glossary_url(course.slug, term.slug),
        )


def _lessons(terms: list[Term]) -> dict[UUID, list[GlossaryLesson]]:
    """Return the published lessons that link to each entry, in their order."""
    found: dict[UUID, list[GlossaryLesson]] = {}
    rows = (
        Lesson.objects.filter(status=Lesson.Status.PUBLISHED, current__terms__in=terms)
        .order_by("position", "id")
        .values_list("current__terms", "slug", "current__title")
    )
    for term_id, slug, title in rows:
        found.setdefault(term_id, []).append(GlossaryLesson(slug, title))
    return found
