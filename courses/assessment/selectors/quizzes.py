"""Quizzes, and how a learner stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from courses.accounts.models import User
from courses.assessment.domain.review_options import SCORE
from courses.assessment.domain.scoring import final_score, passes
from courses.assessment.domain.sitting import Sitting
from courses.assessment.domain.types import self_rated_types
from courses.assessment.models import Accommodation, Attempt, Question, Quiz, QuizSlot
from courses.assessment.selectors.sittings import rules_of, told_in
from courses.common.errors import NotFound
from courses.content.models import Lesson
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person, may

_ASKABLE = Q(question__isnull=True) | Q(
    question__status=Question.Status.PUBLISHED, question__current__isnull=False
)


@dataclass(frozen=True, slots=True)
class TakenAttempt:
    """An attempt that was handed in.

    `score` is in [0, 1], None where nothing is graded, an answer waits to be marked, or it may
    not be told yet.
    """

    id: UUID
    submitted_at: datetime
    score: float | None


@dataclass(frozen=True, slots=True)
class QuizOverview:
    """A quiz and how the reader stands in it.

    `best`, `last` and `final` (by the quiz's own grading) are shares in [0, 1] over attempts
    that were handed in and may be told of; None without one, or where nothing is graded.
    `taken` are these attempts, the first one first; `rules` hold for this reader, and
    `attempts_left` is None where any number may be made.
    """

    quiz: Quiz
    question_count: int
    attempts: int
    best: float | None
    last: float | None
    open_attempt: Attempt | None
    rules: Sitting
    taken: tuple[TakenAttempt, ...] = ()
    final: float | None = None

    @property
    def attempts_left(self) -> int | None:
        allowed = self.rules.attempts_allowed
        return None if allowed is None else max(allowed - self.attempts, 0)

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark is reached; None without one, or without a score."""
        if self.quiz.pass_mark is None or self.final is None:
            return None
        return passes(self.final, self.quiz.pass_mark)


def quiz_to_take(quiz_id: UUID, *, unpublished: bool = False) -> Quiz:
    """Return a published quiz with its course; any, with `unpublished`. Raises NotFound."""
    quizzes = Quiz.objects.filter(pk=quiz_id)
    if not unpublished:
        quizzes = quizzes.filter(status=Quiz.Status.PUBLISHED)
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


def quiz_overviews(
    *,
    course: Course,
    user: Person,
    now: datetime,
    lesson: Lesson | None = None,
    quiz: Quiz | None = None,
) -> list[QuizOverview]:
    """Return the published quizzes of a course (or of one lesson, or just one) for a reader.

    Four queries at most, and one for each graded quiz that was taken and closes.
    """
    quizzes = Quiz.objects.filter(course=course, status=Quiz.Status.PUBLISHED)
    if lesson is not None:
        quizzes = quizzes.filter(lesson=lesson)
    if quiz is not None:
        quizzes = quizzes.filter(pk=quiz.pk)
    listed = list(quizzes.select_related("lesson").order_by("position", "id"))
    counts = _question_counts(listed)
    attempts: dict[UUID, list[Attempt]] = {one.pk: [] for one in listed}
    granted: list[Accommodation] = []
    if listed and isinstance(user, User):
        made = Attempt.objects.filter(learner=user, quiz__in=listed, preview=False)
        for attempt in made.order_by("number", "id"):
            attempts[attempt.quiz_id].append(attempt)
        granted = list(Accommodation.objects.filter(course=course, learner=user))
    return [
        _overview(one, counts[one.pk], attempts[one.pk], rules_of(one, granted), now)
        for one in listed
    ]


def _question_counts(quizzes: Sequence[Quiz]) -> dict[UUID, int]:
    """Return how many questions an attempt at each quiz asks; one query.

    Practice leaves out what a graded quiz reserves, a graded quiz what one rates oneself. A pool
    counts as many as it draws.
    """
    counts = {quiz.pk: 0 for quiz in quizzes}
    practice = {quiz.pk for quiz in quizzes if quiz.kind == Quiz.Kind.PRACTICE}
    slots = QuizSlot.objects.filter(_ASKABLE, quiz__in=list(counts)).order_by()
    self_rated = self_rated_types()
    columns = ("quiz", "draw_count", "question__reserved", "question__current__type")
    for quiz_id, drawn, reserved, type_name in slots.values_list(*columns):
        left_out = reserved if quiz_id in practice else type_name in self_rated
        if not left_out:
            counts[quiz_id] += drawn or 1
    return counts


def _overview(
    quiz: Quiz, question_count: int, attempts: list[Attempt], rules: Sitting, now: datetime
) -> QuizOverview:
    taken: list[TakenAttempt] = []
    told: frozenset[str] | None = None
    for attempt in attempts:
        if attempt.submitted_at is None:
            continue
        if told is None:  # the same for all that were handed in
            attempt.quiz = quiz
            told = told_in(attempt, now=now)
        score = attempt.score if SCORE in told else None
        taken.append(TakenAttempt(attempt.pk, attempt.submitted_at, score))
    scores = [one.score for one in taken if one.score is not None]
    return QuizOverview(
        quiz=quiz,
        question_count=question_count,
        attempts=len(taken),
        best=max(scores, default=None),
        last=scores[-1] if scores else None,
        open_attempt=next((one for one in attempts if one.submitted_at is None), None),
        rules=rules,
        taken=tuple(taken),
        final=final_score([one.score for one in taken], quiz.grading),
    )
