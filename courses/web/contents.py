"""A course's lessons as its table of contents: number, length, and how far a reader is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from courses.accounts.models import User
from courses.assessment.models import Question, Response
from courses.content.models import Lesson, Source
from courses.content.selectors import lessons_with_drafts, published_lessons
from courses.enrollment.models import Course, Enrollment
from courses.enrollment.selectors import Person
from courses.flashcards.models import Card

DRAFT, READ, BEGUN, NEW = "draft", "read", "begun", "new"


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson in the contents. `asked` counts its questions, `answered` the reader's."""

    lesson: Lesson
    number: int
    title: str
    summary: str
    minutes: int
    state: str
    asked: int = 0
    answered: int = 0


def course_contents(
    course: Course, reader: Person, *, drafts: bool = False, questions: bool = False
) -> list[Line]:
    """Return the lessons that `reader` may open, in order.

    One query; one more with `questions`, which are counted for who is signed in.
    """
    listed = lessons_with_drafts(course, reader) if drafts else published_lessons(course, reader)
    counts = _questions_of(course, reader) if questions and isinstance(reader, User) else {}
    return [
        _line(lesson, number, counts.get(lesson.pk, (0, 0)))
        for number, lesson in enumerate(listed, start=1)
    ]


def next_to_read(lines: Sequence[Line]) -> Line | None:
    """Return the first published lesson that its reader has not finished."""
    return next((line for line in lines if line.state in (BEGUN, NEW)), None)


def exam_day(course: Course, reader: Person) -> date | None:
    """Return the day of the reader's next exam in their class, else the course's; one query."""
    if not isinstance(reader, User):
        return course.exam_date
    own = Enrollment.objects.current().filter(
        course=course, user=reader, section__exam_date__isnull=False
    )
    first = own.order_by("section__exam_date", "id").values_list("section__exam_date", flat=True)
    return first.first() or course.exam_date


def sources_of(course: Course) -> QuerySet[Source]:
    """Return what the course rests on, in the course's order."""
    return Source.objects.filter(course=course, archived_at=None).order_by("position", "id")


def _line(lesson: Lesson, number: int, counts: tuple[int, int]) -> Line:
    assert lesson.current is not None  # lessons without a revision are not listed
    asked, answered = counts
    return Line(
        lesson=lesson,
        number=number,
        title=lesson.current.title,
        summary=lesson.current.summary,
        minutes=lesson.current.reading_minutes,
        state=_state(lesson),
        asked=asked,
        answered=answered,
    )


def _state(lesson: Lesson) -> str:
    if lesson.status == Lesson.Status.DRAFT:
        return DRAFT
    if getattr(lesson, "finished_at", None):
        return READ
    return BEGUN if getattr(lesson, "started_at", None) else NEW


def _questions_of(course: Course, learner: User) -> dict[UUID, tuple[int, int]]:
    """Return, by lesson, how many questions it has and how many `learner` ever answered."""
    own = Response.objects.filter(learner=learner, question=OuterRef("pk"))
    reviewed = Card.objects.filter(learner=learner, question=OuterRef("pk"), reps__gt=0)
    rows = (
        Question.objects.filter(
            course=course,
            lesson__isnull=False,
            current__isnull=False,
            status=Question.Status.PUBLISHED,
            reserved=False,
        )
        .order_by("lesson_id")
        .values_list("lesson_id")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Exists(own) | Exists(reviewed)))
    )
    return {lesson: (asked, answered) for lesson, asked, answered in rows}
