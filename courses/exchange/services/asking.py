"""Saves the questions and quizzes of a folder."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from courses.accounts.models import User
from courses.assessment.domain.authoring import silences_as_stored
from courses.assessment.models import Question, Quiz
from courses.assessment.services import (
    Slot,
    archive_missing_questions,
    archive_missing_quizzes,
    save_question,
    save_quiz,
)
from courses.content.domain.drafts import Changes
from courses.content.models import Claim, Lesson, Topic
from courses.enrollment.models import Course
from courses.exchange.domain.records import PlacedQuestion, QuizDraft, SlotDraft
from courses.exchange.selectors import saved_questions


def save_questions(
    course: Course, questions: Sequence[PlacedQuestion], *, author: User | None, now: datetime
) -> Changes:
    """Make `questions` those of the course; positions are counted within each lesson."""
    lessons = {lesson.slug: lesson for lesson in Lesson.objects.filter(course=course)}
    topics = {topic.slug: topic for topic in Topic.objects.filter(course=course)}
    claims = {claim.key: claim for claim in Claim.objects.filter(course=course)}
    archived = _archived(Question.objects.filter(course=course))
    # most of a folder is as it was: that is seen at once, without asking for each
    saved = {question.draft.slug: (question, place) for question, place in saved_questions(course)}
    changes = Changes()
    positions: dict[str, int] = {}
    for question in questions:
        draft = question.draft
        position = positions.get(question.lesson, 0)
        positions[question.lesson] = position + 1
        if saved.get(draft.slug) == (question, position):
            continue
        done = save_question(
            course=course,
            slug=draft.slug,
            type_name=draft.type,
            stem=draft.stem,
            payload=draft.payload,
            explanation=draft.explanation,
            tags=draft.tags,
            hints=draft.hints,
            silenced=silences_as_stored(draft),
            claims=[claims[key] for key in question.claims],
            lesson=lessons[question.lesson] if question.lesson else None,
            topic=topics[question.topic] if question.topic else None,
            position=position,
            status=question.status,
            author=author,
            now=now,
        )
        created, changed = done.change == "created", done.moved or done.change is not None
        changes.note(_kind(draft.slug, archived, created, changed), draft.slug)
    keep = [question.draft.slug for question in questions]
    changes.archived += archive_missing_questions(course=course, keep=keep)
    return changes


def save_quizzes(course: Course, quizzes: Sequence[QuizDraft], *, now: datetime) -> Changes:
    """Make `quizzes` those of the course, in this order."""
    lessons = {lesson.slug: lesson for lesson in Lesson.objects.filter(course=course)}
    questions = {question.slug: question for question in Question.objects.filter(course=course)}
    archived = _archived(Quiz.objects.filter(course=course))
    changes = Changes()
    for position, draft in enumerate(quizzes):
        saved = save_quiz(
            course=course,
            slug=draft.slug,
            title=draft.title,
            questions=[_slot(one, questions) for one in draft.questions],
            settings=draft.settings,
            lesson=lessons[draft.lesson] if draft.lesson else None,
            position=position,
            status=draft.status,
            now=now,
        )
        changes.note(_kind(draft.slug, archived, saved.created, saved.changed), draft.slug)
    keep = [draft.slug for draft in quizzes]
    changes.archived += archive_missing_quizzes(course=course, keep=keep, now=now)
    return changes


def _slot(draft: str | SlotDraft, questions: Mapping[str, Question]) -> Slot:
    if isinstance(draft, str):
        return Slot(questions[draft])
    if draft.question:
        return Slot(questions[draft.question], points=draft.points)
    return Slot(draw=draft.draw, pool=draft.pool, value=draft.value, points=draft.points)


def _archived(records: QuerySet[Question] | QuerySet[Quiz]) -> set[str]:
    return set(records.filter(status="archived").values_list("slug", flat=True))


def _kind(slug: str, archived: set[str], created: bool, changed: bool) -> str:
    if slug in archived:
        return "restored"
    return "created" if created else "changed" if changed else "unchanged"
