"""Quizzes, and how a learner stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from courses.accounts.models import User
from courses.assessment.models import Attempt, Question, QuestionVersion, Quiz
from courses.assessment.selectors.attempts import earned, graded_count
from courses.assessment.versions import get_versions
from courses.common.errors import NotFound
from courses.content.models import Lesson
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person, may

_PUBLISHED_SLOT = Q(
    slots__question__status=Question.Status.PUBLISHED, slots__question__current__isnull=False
)


@dataclass(frozen=True, slots=True)
class TakenAttempt:
    """An attempt that was handed in; `score` in [0, 1], None where nothing is graded."""

    id: UUID
    submitted_at: datetime
    score: float | None


@dataclass(frozen=True, slots=True)
class QuizOverview:
    """A quiz and how the reader stands in it.

    `best` and `last` are shares in [0, 1] of the credit that could be earned, over
    attempts that were handed in; None without one, or where nothing is graded. `taken`
    are these attempts, the first one first.
    """

    quiz: Quiz
    question_count: int
    attempts: int
    best: float | None
    last: float | None
    open_attempt: Attempt | None
    taken: tuple[TakenAttempt, ...] = ()


def published_quiz(quiz_id: UUID) -> Quiz:
    """Return a published quiz with its course. Raises NotFound."""
    quizzes = Quiz.objects.filter(pk=quiz_id, status=Quiz.Status.PUBLISHED)
    quiz = quizzes.select_related("course").first()
    if quiz is None:
        raise NotFound
    return quiz


def quiz_for(*, user: Person, course_slug: str, quiz_slug: str) -> Quiz:
    """Return the quiz, with course and lesson, if `user` may know of it. Raises NotFound.

    Quizzes that are not published are for those who may preview questions.
    """
    quiz = (
        Quiz.objects.filter(course__slug=course_slug, slug=quiz_slug)
        .select_related("course", "lesson")
        .first()
    )
    if quiz is None:
        raise NotFound
    published = quiz.status == Quiz.Status.PUBLISHED
    if not may(user, "course.read" if published else "question.preview", quiz.course):
        raise NotFound
    return quiz


def version_ids_of(quiz: Quiz) -> list[UUID]:
    """Return the current versions of the quiz's published questions, in the quiz's order."""
    slots = quiz.slots.filter(
        question__status=Question.Status.PUBLISHED, question__current__isnull=False
    )
    return list(slots.order_by("position", "id").values_list("question__current_id", flat=True))


def quiz_overviews(
    *, course: Course, user: Person, lesson: Lesson | None = None, quiz: Quiz | None = None
) -> list[QuizOverview]:
    """Return the published quizzes of a course (or of one lesson, or just one) for a reader.

    Two queries, and those for versions that this process has not kept.
    """
    quizzes = Quiz.objects.filter(course=course, status=Quiz.Status.PUBLISHED)
    if lesson is not None:
        quizzes = quizzes.filter(lesson=lesson)
    if quiz is not None:
        quizzes = quizzes.filter(pk=quiz.pk)
    listed = list(
        quizzes.select_related("lesson")
        .annotate(question_count=Count("slots", filter=_PUBLISHED_SLOT))
        .order_by("position", "id")
    )
    attempts: dict[UUID, list[Attempt]] = {one.pk: [] for one in listed}
    if listed and isinstance(user, User):
        made = Attempt.objects.filter(learner=user, quiz__in=listed).annotate(earned=earned())
        for attempt in made.order_by("number", "id"):
            attempts[attempt.quiz_id].append(attempt)
    asked = (name for made in attempts.values() for attempt in made for name in attempt.order)
    versions = get_versions(UUID(name) for name in dict.fromkeys(asked))
    return [_overview(one, attempts[one.pk], versions) for one in listed]


def _overview(
    quiz: Quiz, attempts: list[Attempt], versions: Mapping[UUID, QuestionVersion]
) -> QuizOverview:
    taken = []
    for attempt in attempts:
        if attempt.submitted_at is not None:
            graded = graded_count(attempt, versions)
            # `earned` is the annotation of quiz_overviews.
            score = getattr(attempt, "earned", 0.0) / graded if graded else None
            taken.append(TakenAttempt(attempt.pk, attempt.submitted_at, score))
    scores = [one.score for one in taken if one.score is not None]
    return QuizOverview(
        quiz=quiz,
        question_count=getattr(quiz, "question_count", 0),
        attempts=len(taken),
        best=max(scores, default=None),
        last=scores[-1] if scores else None,
        open_attempt=next((one for one in attempts if one.submitted_at is None), None),
        taken=tuple(taken),
    )
