"""Saves lessons: a revision for every change, nothing for none."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.accounts.models import User
from courses.common.errors import DomainError
from courses.content.domain.drafts import Changes, LessonDraft, count_words, tidy_body
from courses.content.models import Claim, Lesson, LessonRevision, Term
from courses.content.rendering import lesson_outline
from courses.content.rendering.glossary import SCHEME
from courses.enrollment.models import Course


class UnknownClaim(DomainError):
    """The text cites a claim that its course does not have."""

    code = "unknown_claim"
    status = 422
    message = _("The text cites a claim that the course does not have.")


@transaction.atomic
def save_lessons(
    course: Course, drafts: Sequence[LessonDraft], *, author: User | None, now: datetime
) -> Changes:
    """Make `drafts` the lessons of the course, in this order; those missing are archived."""
    known = {
        lesson.slug: lesson
        for lesson in Lesson.objects.filter(course=course).select_related("current")
    }
    changes = Changes()
    for position, draft in enumerate(drafts):
        kind = _save(
            course,
            draft,
            known.pop(draft.slug, None),
            position=position,
            author=author,
            now=now,
        )
        changes.note(kind, draft.slug)
    for slug, lesson in known.items():
        if archive_lesson(lesson):
            changes.note("archived", slug)
    return changes


@transaction.atomic
def save_lesson(
    course: Course, draft: LessonDraft, *, author: User | None, now: datetime
) -> tuple[Lesson, str]:
    """Save one lesson at its place, or at the end.

    Returns it with `created`, `changed`, `restored` or `unchanged`. Raises UnknownClaim.
    The caller has looked for other mistakes (`rendering.check_lesson`).
    """
    lesson = Lesson.objects.filter(course=course, slug=draft.slug).select_related("current").first()
    position = lesson.position if lesson else Lesson.objects.filter(course=course).count()
    kind = _save(course, draft, lesson, position=position, author=author, now=now)
    return Lesson.objects.select_related("current").get(course=course, slug=draft.slug), kind


def archive_lesson(lesson: Lesson) -> bool:
    """Take a lesson out of the course, keeping all that was read and answered in it.

    Returns whether it was there.
    """
    there = Lesson.objects.filter(pk=lesson.pk).exclude(status=Lesson.Status.ARCHIVED)
    return bool(there.update(status=Lesson.Status.ARCHIVED))


def _save(
    course: Course,
    draft: LessonDraft,
    lesson: Lesson | None,
    *,
    position: int,
    author: User | None,
    now: datetime,
) -> str:
    draft = replace(draft, body=tidy_body(draft.body))
    kind = "unchanged"
    if lesson is None:
        kind = "created"
        lesson = Lesson.objects.create(
            course=course, slug=draft.slug, position=position, status=draft.status
        )
    elif (lesson.position, lesson.status) != (position, draft.status):
        kind = "restored" if lesson.status == Lesson.Status.ARCHIVED else "changed"
        lesson.position, lesson.status = position, draft.status
        lesson.save(update_fields=["position", "status"])
    if _is_news(draft, lesson.current):
        _revise(lesson, draft, author=author, now=now)
        kind = "changed" if kind == "unchanged" else kind
    elif lesson.current is not None:
        _link_terms(lesson.current)
    return kind


def _link_terms(revision: LessonRevision, slugs: Collection[str] | None = None) -> None:
    """Keep which entries of the glossary a revision links to.

    Of one that stood before its entries did (a glossary that was taken away and came back)
    they are read from its text.
    """
    if slugs is None:
        if f"({SCHEME}" not in revision.body or revision.terms.exists():
            return
        slugs = lesson_outline(revision.body).terms
    revision.terms.set(Term.objects.filter(course_id=revision.lesson.course_id, slug__in=slugs))


def _is_news(draft: LessonDraft, current: LessonRevision | None) -> bool:
    return current is None or any(
        getattr(current, name) != getattr(draft, name)
        for name in ("title", "summary", "objectives", "body")
    )


def _revise(lesson: Lesson, draft: LessonDraft, *, author: User | None, now: datetime) -> None:
    outline = lesson_outline(draft.body)
    cited = outline.claims
    claims = list(Claim.objects.filter(course_id=lesson.course_id, key__in=cited))
    if len(claims) < len(cited):
        raise UnknownClaim
    revision = LessonRevision.objects.create(
        lesson=lesson,
        number=lesson.current.number + 1 if lesson.current else 1,
        title=draft.title,
        summary=draft.summary,
        objectives=draft.objectives,
        body=draft.body,
        words=count_words(draft.body),
        author=author,
        created_at=now,
    )
    revision.claims.set(claims)
    if outline.terms:
        _link_terms(revision, outline.terms)
    lesson.current = revision
    lesson.save(update_fields=["current"])
