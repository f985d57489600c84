"""The questions of a course as their teachers list them: filtered, with what the linter finds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.assessment.domain.linting import ERROR
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.models import Question
from courses.assessment.selectors import LintNote, lint_course
from courses.enrollment.models import Course

_LONGEST = 200
NO_LESSON = "-"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in the list; `errors` and `warnings` count open findings."""

    question: Question
    stem: str
    type_label: str
    lesson_title: str
    tags: tuple[str, ...]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to; "" for everything that is not archived."""

    lesson: str = ""
    type: str = ""
    tag: str = ""
    status: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Filter()


@dataclass(slots=True)
class QuestionList:
    """The rows that fit the filter, and what there is to choose from in it."""

    rows: list[QuestionRow]
    total: int
    errors: int
    warnings: int
    lessons: list[tuple[str, str]]
    types: list[tuple[str, str]]
    tags: list[str] = field(default_factory=list)


def filter_of(query: Mapping[str, str]) -> Filter:
    """Return the filter that an address asks for; what it does not know, it passes over."""
    asked = {name: str(query.get(name, ""))[:_LONGEST] for name in ("lesson", "type", "tag")}
    status = query.get("status", "")
    return Filter(
        **asked,
        status=status if status in Question.Status.values else "",
        text=str(query.get("q", ""))[:_LONGEST].strip(),
    )


def question_list(course: Course, chosen: Filter) -> QuestionList:
    """Return the questions of the course; four queries, however many there are."""
    found = list(
        Question.objects.filter(course=course, current__isnull=False)
        .select_related("current", "lesson__current")
        .defer("lesson__current__body", "current__payload")
        .order_by("lesson__position", "lesson_id", "position", "id")
    )
    findings = lint_course(course)
    rows = [_row(one, findings.get(one.slug, [])) for one in found]
    living = [row for row in rows if row.question.status != Question.Status.ARCHIVED]
    lessons = {one.lesson.slug: row.lesson_title for row in rows if (one := row.question).lesson}
    tags = Counter(tag for row in living for tag in row.tags)
    return QuestionList(
        rows=[row for row in rows if _fits(row, chosen)],
        total=len(living),
        errors=sum(row.errors for row in living),
        warnings=sum(row.warnings for row in living),
        lessons=list(lessons.items()),
        types=type_choices(),
        tags=sorted(tags, key=lambda tag: (-tags[tag], tag)),
    )


def type_choices() -> list[tuple[str, str]]:
    """Return the names of all question types with their labels, in the order of the registry."""
    return [(name, type_label(name)) for name in type_names()]


def type_label(name: str) -> str:
    """Return what a question type is called."""
    return _(get_type(name).label)


def _row(question: Question, notes: list[LintNote]) -> QuestionRow:
    assert question.current is not None  # questions without a version are not listed
    lesson = question.lesson
    counts = Counter(note.level for note in notes if not note.reason)
    return QuestionRow(
        question=question,
        stem=question.current.stem,
        type_label=type_label(question.current.type),
        lesson_title=lesson.current.title if lesson and lesson.current else "",
        tags=tuple(question.current.tags),
        errors=counts[ERROR],
        warnings=counts.total() - counts[ERROR],
    )


def _fits(row: QuestionRow, chosen: Filter) -> bool:
    question = row.question
    lesson = question.lesson.slug if question.lesson else NO_LESSON
    version = question.current
    assert version is not None
    words = f"{question.slug} {row.stem} {version.explanation}".casefold()
    archived = question.status == Question.Status.ARCHIVED
    return (
        (question.status == chosen.status if chosen.status else not archived)
        and chosen.lesson in ("", lesson)
        and chosen.type in ("", version.type)
        and (not chosen.tag or chosen.tag in row.tags)
        and chosen.text.casefold() in words
    )


def as_query(chosen: Filter) -> dict[str, Any]:
    """Return the filter as the parameters of an address."""
    named = {"lesson": chosen.lesson, "type": chosen.type, "tag": chosen.tag}
    named |= {"status": chosen.status, "q": chosen.text}
    return {name: value for name, value in named.items() if value}
