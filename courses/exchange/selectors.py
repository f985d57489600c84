"""Reads a course as its folder tells it."""

from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from courses.assessment.domain.authoring import QuestionDraft, silences_from_stored
from courses.assessment.domain.problems import PayloadInvalid
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.types import get_type
from courses.assessment.models import Question, QuestionVersion, Quiz, QuizSlot
from courses.common.errors import DomainError
from courses.content.domain.drafts import (
    ClaimDraft,
    LessonDraft,
    SourceDraft,
    TermDraft,
    TopicDraft,
)
from courses.content.models import Claim, Lesson, MediaFile, Source, Term, Topic
from courses.enrollment.models import Course
from courses.exchange.domain.records import (
    CourseContent,
    CourseFacts,
    PlacedQuestion,
    QuizDraft,
    SlotDraft,
)

_ARCHIVED = "archived"


class PictureGone(DomainError):
    """A picture's record is there, but its file is gone from the site's storage."""

    code = "picture_gone"
    status = 409
    message = _("A picture of this course is missing from the site's storage.")


def course_content(course: Course) -> CourseContent:
    """Return all of a course that is not archived, as its folder tells it."""
    content = CourseContent(
        facts=_facts(course),
        topics=[
            TopicDraft(topic.slug, topic.title)
            for topic in Topic.objects.filter(course=course, archived_at=None)
        ],
        sources=[
            _source(source) for source in Source.objects.filter(course=course, archived_at=None)
        ],
        claims=_claims(course),
        terms=_terms(course),
        lessons=_lessons(course),
        quizzes=_quizzes(course),
        media=_media(course),
    )
    content.questions = _questions(course, [lesson.slug for lesson in content.lessons])
    return content


def _facts(course: Course) -> CourseFacts:
    return CourseFacts(
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        language=course.language,
        access=course.access,
        status=course.status,
        exam_date=course.exam_date.isoformat() if course.exam_date else "",
        exam_target=course.exam_target,
        desired_retention=course.desired_retention,
        rests_on_claims=course.rests_on_claims,
    )


def _source(source: Source) -> SourceDraft:
    names = ("key", "title", "kind", "document", "url", "written", "written_note", "thesis")
    return SourceDraft(**{name: getattr(source, name) for name in names})


def _claims(course: Course) -> list[ClaimDraft]:
    drafts = []
    names = ("kind", "statement", "as_of", "date", "figures", "people", "quote", "attributed")
    claims = Claim.objects.filter(course=course, archived_at=None).exclude(current=None)
    for claim in claims.select_related("current__source", "current__topic"):
        said = claim.current
        assert said is not None
        told: dict[str, Any] = {name: getattr(said, name) for name in names}
        drafts.append(
            ClaimDraft(key=claim.key, source=said.source.key, topic=said.topic.slug, **told)
        )
    return drafts


def _terms(course: Course) -> list[TermDraft]:
    keys: dict[UUID, list[str]] = {}
    links = Term.claims.through.objects.filter(term__course=course).order_by("id")
    for term_id, key in links.values_list("term_id", "claim__key"):
        keys.setdefault(term_id, []).append(key)
    names = ("slug", "term", "kind", "definition", "short", "native", "aliases", "common", "more")
    return [
        TermDraft(claims=keys.get(term.pk, []), **{name: getattr(term, name) for name in names})
        for term in Term.objects.filter(course=course, archived_at=None)
    ]


def _lessons(course: Course) -> list[LessonDraft]:
    drafts = []
    lessons = Lesson.objects.filter(course=course).exclude(status=_ARCHIVED).exclude(current=None)
    for lesson in lessons.select_related("current"):
        said = lesson.current
        assert said is not None
        drafts.append(
            LessonDraft(
                slug=lesson.slug,
                title=said.title,
                summary=said.summary,
                objectives=said.objectives,
                body=said.body,
                status=lesson.status,
            )
        )
    return drafts


def _questions(course: Course, lessons: list[str]) -> list[PlacedQuestion]:
    """Return the questions lesson by lesson; those of no lesson, or of one that is gone, last."""
    placed = [
        replace(question, lesson=question.lesson if question.lesson in lessons else "")
        for question, _position in saved_questions(course)
    ]
    order = {slug: place for place, slug in enumerate(lessons)}
    return sorted(placed, key=lambda question: order.get(question.lesson, len(order)))


def saved_questions(course: Course) -> list[tuple[PlacedQuestion, int]]:
    """Return the questions that are not archived, with their positions, in two queries."""
    found = (
        Question.objects.filter(course=course)
        .exclude(status=_ARCHIVED)
        .exclude(current=None)
        .select_related("current", "lesson", "topic")
    )
    keys = _cited_keys(course)
    placed = []
    for question in found:
        assert question.current is not None
        saved = PlacedQuestion(
            draft=question_draft(question.slug, question.current),
            lesson=question.lesson.slug if question.lesson else "",
            topic=question.topic.slug if question.topic else "",
            claims=tuple(keys.get(question.current.pk, ())),
            status=question.status,
        )
        placed.append((saved, question.position))
    return placed


def _cited_keys(course: Course) -> dict[UUID, list[str]]:
    """Return the keys that each version cites, in the order in which its author named them."""
    links = QuestionVersion.claims.through.objects.filter(questionversion__question__course=course)
    keys: dict[UUID, list[str]] = {}
    for version_id, key in links.order_by("id").values_list("questionversion_id", "claim__key"):
        keys.setdefault(version_id, []).append(key)
    return keys


def question_draft(slug: str, version: QuestionVersion) -> QuestionDraft:
    """Return what a version says, as its author would write it in a file."""
    return QuestionDraft(
        slug=slug,
        type=version.type,
        stem=version.stem,
        payload=_ordered(version),
        explanation=version.explanation,
        tags=tuple(version.tags),
        hints=tuple(version.hints),
        silenced=silences_from_stored(version.silenced),
    )


def _ordered(version: QuestionVersion) -> dict[str, Any]:
    """Return the payload with its keys in the order of a course file.

    PostgreSQL does not keep the order of a JSON object's keys; the type's own check
    restores it. An old payload that would not pass today keeps what order it has.
    """
    kind = get_type(version.type)
    try:
        return kind.validate(version.payload)
    except PayloadInvalid:
        names = [name for name in kind.payload_keys if name in version.payload]
        return {name: version.payload[name] for name in names}


def _quizzes(course: Course) -> list[QuizDraft]:
    slots = QuizSlot.objects.select_related("question").exclude(question__status=_ARCHIVED)
    quizzes = Quiz.objects.filter(course=course).exclude(status=_ARCHIVED)
    return [
        QuizDraft(
            slug=quiz.slug,
            title=quiz.title,
            lesson=_present(quiz.lesson),
            status=quiz.status,
            settings=QuizSettings(
                **{one.name: getattr(quiz, one.name) for one in fields(QuizSettings)}
            ),
            questions=tuple(_slot(slot) for slot in quiz.slots.all()),
        )
        for quiz in quizzes.select_related("lesson").prefetch_related(
            Prefetch("slots", queryset=slots)
        )
    ]


def _slot(slot: QuizSlot) -> str | SlotDraft:
    if slot.question is None:
        return SlotDraft(
            draw=slot.draw_count or 1,
            pool=slot.draw_from,
            value=slot.draw_value,
            points=slot.points,
        )
    slug = slot.question.slug
    return slug if slot.points == 1 else SlotDraft(question=slug, points=slot.points)


def _present(lesson: Lesson | None) -> str:
    return lesson.slug if lesson and lesson.status != _ARCHIVED else ""


def _media(course: Course) -> dict[str, bytes]:
    media = {}
    for picture in MediaFile.objects.filter(course=course, archived_at=None):
        try:
            with picture.file.open("rb") as file:
                media[picture.name] = file.read()
        except FileNotFoundError as gone:
            raise PictureGone(name=picture.name) from gone
    return media
