"""Saving questions: a version for every change of content, none without one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.accounts.models import User
from courses.assessment.domain.authoring import (
    QuestionDraft,
    change_between,
    check_question,
    silences_as_stored,
    silences_from_stored,
)
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import PayloadInvalid, Problem
from courses.assessment.errors import QuestionInvalid
from courses.assessment.models import Question, QuestionVersion
from courses.assessment.services.reserving import refresh_pools
from courses.assessment.signals import question_changed
from courses.content.models import Claim, Lesson, Topic
from courses.enrollment.models import Course

_OTHER_COURSE = Message(gettext_noop("This belongs to another course."))


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """What a save came to.

    `change` is `created`, `answer` or `cosmetic` for a new version, None where the
    content was as before; `moved` says that lesson, topic, position or status changed.
    """

    question: Question
    version: QuestionVersion
    change: str | None
    moved: bool


@transaction.atomic
def save_question(
    *,
    course: Course,
    slug: str,
    type_name: str,
    stem: str,
    payload: dict[str, Any],
    explanation: str = "",
    tags: Sequence[str] = (),
    hints: Sequence[str] = (),
    silenced: Sequence[dict[str, str]] = (),
    claims: Sequence[Claim] = (),
    lesson: Lesson | None = None,
    topic: Topic | None = None,
    position: int = 0,
    status: str = Question.Status.PUBLISHED,
    author: User | None = None,
    change: str | None = None,
    now: datetime,
) -> SavedQuestion:
    """Make the course's question `slug` say this; idempotent.

    A new version is made only if its content differs from the current one; `change`
    (`answer` or `cosmetic`) overrides what is concluded from the difference. Raises
    QuestionInvalid with every mistake. That `author` may edit is the caller's to check.
    """
    draft = _checked(
        course, claims, lesson, topic,
        {"slug": slug, "type_name": type_name, "stem": stem, "payload": payload,
         "explanation": explanation, "tags": tags, "hints": hints, "silenced": silenced},
    )  # fmt: skip
    question, created = Question.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        course=course, slug=draft.slug, defaults={"position": position}
    )
    moved = _place(question, lesson=lesson, topic=topic, position=position, status=status)
    claim_ids = list(dict.fromkeys(claim.pk for claim in claims))
    found = _difference(question, draft, claim_ids)
    if found is None:
        assert question.current is not None
        if moved:
            refresh_pools(course, now=now)
        return SavedQuestion(question, question.current, None, moved)
    kind = "created" if found == "created" else change or found
    version = _add_version(question, draft, claim_ids, kind, author, now)
    refresh_pools(course, now=now)
    if found != "created":
        question_changed.send(
            sender=Question, question=question, version=version, change=kind, now=now
        )
    return SavedQuestion(question, version, kind, moved and not created)


@transaction.atomic
def archive_missing_questions(*, course: Course, keep: Collection[str]) -> list[str]:
    """Archive the course's questions whose slug is not in `keep`; return their slugs."""
    gone = Question.objects.filter(course=course).exclude(status=Question.Status.ARCHIVED)
    slugs = sorted(set(gone.values_list("slug", flat=True)) - set(keep))
    gone.filter(slug__in=slugs).update(status=Question.Status.ARCHIVED)
    return slugs


def _checked(
    course: Course,
    claims: Sequence[Claim],
    lesson: Lesson | None,
    topic: Topic | None,
    content: dict[str, Any],
) -> QuestionDraft:
    strangers = [
        Problem(path, "other_course", _OTHER_COURSE)
        for path, thing in [
            *((f"claims[{index}]", claim) for index, claim in enumerate(claims)),
            ("lesson", lesson),
            ("topic", topic),
        ]
        if thing is not None and thing.course_id != course.pk
    ]
    try:
        draft = check_question(**content)
    except PayloadInvalid as invalid:
        raise QuestionInvalid([*invalid.problems, *strangers]) from invalid
    if strangers:
        raise QuestionInvalid(strangers)
    return draft


def _place(question: Question, **place: Any) -> bool:
    """Set where the question stands; return whether anything was different."""
    changed = [name for name, value in place.items() if getattr(question, name) != value]
    for name in changed:
        setattr(question, name, place[name])
    if changed:
        question.save(update_fields=changed)
    return bool(changed)


def _difference(question: Question, draft: QuestionDraft, claim_ids: list[UUID]) -> str | None:
    """Return `created`, `answer`, `cosmetic`, or None if the current version says all this."""
    current = question.current
    if current is None:
        return "created"
    old = QuestionDraft(
        slug=question.slug,
        type=current.type,
        stem=current.stem,
        payload=current.payload,
        explanation=current.explanation,
        tags=tuple(current.tags),
        hints=tuple(current.hints),
        silenced=silences_from_stored(current.silenced),
    )
    links = QuestionVersion.claims.through.objects.filter(questionversion_id=current.pk)
    same_claims = list(links.order_by("id").values_list("claim_id", flat=True)) == claim_ids
    return change_between(old, draft) or (None if same_claims else "cosmetic")


def _add_version(
    question: Question,
    draft: QuestionDraft,
    claim_ids: list[UUID],
    kind: str,
    author: User | None,
    now: datetime,
) -> QuestionVersion:
    last = question.versions.order_by("-number").values_list("number", flat=True).first()
    version = QuestionVersion.objects.create(
        question=question,
        number=(last or 0) + 1,
        type=draft.type,
        stem=draft.stem,
        payload=draft.payload,
        explanation=draft.explanation,
        tags=list(draft.tags),
        hints=list(draft.hints),
        silenced=silences_as_stored(draft),
        change=QuestionVersion.Change.COSMETIC if kind == "cosmetic" else "answer",
        author=author,
        created_at=now,
    )
    through = QuestionVersion.claims.through
    # One by one in the author's order, which the ids of the rows keep.
    through.objects.bulk_create(
        through(questionversion_id=version.pk, claim_id=claim_id) for claim_id in claim_ids
    )
    question.current = version
    question.save(update_fields=["current"])
    return version
