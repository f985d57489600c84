"""Saving quizzes: rules, and an ordered list of questions and pools to draw from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.assessment.domain.authoring import checked_slug
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import Checker, Problem
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.errors import QuestionInvalid
from courses.assessment.models import Question, Quiz, QuizSlot
from courses.assessment.services.deadlines import refresh_deadlines
from courses.assessment.services.reserving import lock_course, refresh_reservations
from courses.content.models import Lesson
from courses.enrollment.models import Course

MOST_QUESTIONS = 200
MOST_POINTS = 1000
_TIMES = frozenset({"opens_at", "closes_at", "time_limit_seconds"})
_TWICE = Message(gettext_noop("This question is in the quiz twice; remove one."))
_ELSEWHERE = Message(gettext_noop("This belongs to another course."))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a quiz: a question, or `draw` questions of the pool `pool` named `value`.

    `pool` is tag, lesson or topic; `value` a tag or a slug. `points` (> 0) is what each
    question here weighs.
    """

    question: Question | None = None
    draw: int = 0
    pool: str = ""
    value: str = ""
    points: float = 1.0

    def columns(self) -> dict[str, Any]:
        """Return the slot as the fields of its row."""
        return {
            "question_id": self.question.pk if self.question else None,
            "draw_count": self.draw or None,
            "draw_from": self.pool,
            "draw_value": self.value,
            "points": float(self.points),
        }


@dataclass(frozen=True, slots=True)
class SavedQuiz:
    """What a save came to: whether the quiz is new, and whether anything in it changed."""

    quiz: Quiz
    created: bool
    changed: bool


@transaction.atomic
def save_quiz(
    *,
    course: Course,
    slug: str,
    title: str,
    questions: Sequence[Question | Slot],
    settings: QuizSettings | None = None,
    lesson: Lesson | None = None,
    position: int = 0,
    status: str = Quiz.Status.PUBLISHED,
    now: datetime,
) -> SavedQuiz:
    """Make the course's quiz `slug` consist of `questions`, in this order; idempotent.

    A question stands for a slot of its own that weighs 1; `settings` None is practice.
    Attempts keep the questions and the deadline they began with. Raises QuestionInvalid with
    every mistake.
    """
    slots = [one if isinstance(one, Slot) else Slot(one) for one in questions]
    title = _check(course, slug, title, slots, lesson)
    values = {"title": title, "lesson": lesson, "position": position, "status": status}
    values |= (settings or QuizSettings()).columns()
    lock_course(course)
    quiz, created = Quiz.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        course=course, slug=slug, defaults=values
    )
    changed = [name for name, value in values.items() if getattr(quiz, name) != value]
    for name in changed:
        setattr(quiz, name, values[name])
    if changed:
        quiz.save(update_fields=changed)
    refilled = _fill(quiz, slots)
    if not created and not _TIMES.isdisjoint(changed):
        refresh_deadlines(quiz, now=now)
    if created or changed or refilled:
        refresh_reservations(course, now=now, anew=quiz)
    return SavedQuiz(quiz, created, bool(changed) or refilled)


@transaction.atomic
def archive_missing_quizzes(*, course: Course, keep: Collection[str], now: datetime) -> list[str]:
    """Archive the course's quizzes whose slug is not in `keep`; return their slugs."""
    gone = Quiz.objects.filter(course=course).exclude(status=Quiz.Status.ARCHIVED)
    slugs = sorted(set(gone.values_list("slug", flat=True)) - set(keep))
    if slugs:
        gone.filter(slug__in=slugs).update(status=Quiz.Status.ARCHIVED)
        refresh_reservations(course, now=now)
    return slugs


def _check(
    course: Course, slug: str, title: str, slots: Sequence[Slot], lesson: Lesson | None
) -> str:
    check = Checker()
    checked_slug(check, slug)
    title = check.text(title, "title", longest=200)
    check.sequence(list(slots), "questions", least=0, most=MOST_QUESTIONS)
    if lesson is not None and lesson.course_id != course.pk:
        check.problems.append(Problem("lesson", "other_course", _ELSEWHERE))
    seen = set()
    for index, slot in enumerate(slots):
        path = f"questions[{index}]"
        _check_slot(check, slot, path)
        if slot.question is None:
            continue
        if slot.question.course_id != course.pk:
            check.problems.append(Problem(path, "other_course", _ELSEWHERE))
        if slot.question.pk in seen:
            check.problems.append(Problem(path, "duplicate", _TWICE))
        seen.add(slot.question.pk)
    if check.problems:
        raise QuestionInvalid(check.problems)
    return title


def _check_slot(check: Checker, slot: Slot, path: str) -> None:
    if not 0 < slot.points <= MOST_POINTS:
        check.add(
            f"{path}.points",
            "out_of_range",
            gettext_noop("Write a number above 0, and of at most %(most)s."),
            most=MOST_POINTS,
        )
    if slot.question is None and not 1 <= slot.draw <= MOST_QUESTIONS:
        check.add(
            f"{path}.draw",
            "out_of_range",
            gettext_noop("Write how many to draw: a whole number from 1 to %(most)s."),
            most=MOST_QUESTIONS,
        )
    if slot.question is None and (slot.pool not in QuizSlot.Pool.values or not slot.value):
        check.add(
            path, "no_pool", gettext_noop("Say what to draw from: a tag, a lesson or a topic.")
        )


def _fill(quiz: Quiz, slots: Sequence[Slot]) -> bool:
    """Put the questions and pools into the quiz; return whether they were others before."""
    wanted = [slot.columns() for slot in slots]
    there = QuizSlot.objects.filter(quiz=quiz)
    names = ("question_id", "draw_count", "draw_from", "draw_value", "points")
    if list(there.order_by("position", "id").values(*names)) == wanted:
        return False
    there.delete()
    QuizSlot.objects.bulk_create(
        QuizSlot(quiz=quiz, position=position, **columns)
        for position, columns in enumerate(wanted, start=1)
    )
    return True
