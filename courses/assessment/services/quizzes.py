"""Saving quizzes: a title and an ordered list of questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from courses.assessment.domain.authoring import checked_slug
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import Checker, Problem
from courses.assessment.errors import QuestionInvalid
from courses.assessment.models import Question, Quiz, QuizSlot
from courses.content.models import Lesson
from courses.enrollment.models import Course

MOST_QUESTIONS = 200
_TWICE = Message(gettext_noop("This question is in the quiz twice; remove one."))
_ELSEWHERE = Message(gettext_noop("This belongs to another course."))


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
    questions: Sequence[Question],
    lesson: Lesson | None = None,
    position: int = 0,
    status: str = Quiz.Status.PUBLISHED,
) -> SavedQuiz:
    """Make the course's quiz `slug` consist of `questions`, in this order; idempotent.

    Attempts keep the questions they began with. Raises QuestionInvalid with every mistake.
    """
    title = _check(course, slug, title, questions, lesson)
    values = {"title": title, "lesson": lesson, "position": position, "status": status}
    quiz, created = Quiz.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        course=course, slug=slug, defaults=values
    )
    changed = [name for name, value in values.items() if getattr(quiz, name) != value]
    for name in changed:
        setattr(quiz, name, values[name])
    if changed:
        quiz.save(update_fields=changed)
    reordered = _fill(quiz, questions)
    return SavedQuiz(quiz, created, bool(changed) or reordered)


@transaction.atomic
def archive_missing_quizzes(*, course: Course, keep: Collection[str]) -> list[str]:
    """Archive the course's quizzes whose slug is not in `keep`; return their slugs."""
    gone = Quiz.objects.filter(course=course).exclude(status=Quiz.Status.ARCHIVED)
    slugs = sorted(set(gone.values_list("slug", flat=True)) - set(keep))
    gone.filter(slug__in=slugs).update(status=Quiz.Status.ARCHIVED)
    return slugs


def _check(
    course: Course, slug: str, title: str, questions: Sequence[Question], lesson: Lesson | None
) -> str:
    check = Checker()
    checked_slug(check, slug)
    title = check.text(title, "title", longest=200)
    check.sequence(list(questions), "questions", least=0, most=MOST_QUESTIONS)
    if lesson is not None and lesson.course_id != course.pk:
        check.problems.append(Problem("lesson", "other_course", _ELSEWHERE))
    seen = set()
    for index, question in enumerate(questions):
        path = f"questions[{index}]"
        if question.course_id != course.pk:
            check.problems.append(Problem(path, "other_course", _ELSEWHERE))
        if question.pk in seen:
            check.problems.append(Problem(path, "duplicate", _TWICE))
        seen.add(question.pk)
    if check.problems:
        raise QuestionInvalid(check.problems)
    return title


def _fill(quiz: Quiz, questions: Sequence[Question]) -> bool:
    """Put the questions into the quiz's slots; return whether they were others before."""
    wanted = [question.pk for question in questions]
    slots = QuizSlot.objects.filter(quiz=quiz)
    if list(slots.order_by("position", "id").values_list("question_id", flat=True)) == wanted:
        return False
    slots.delete()
    QuizSlot.objects.bulk_create(
        QuizSlot(quiz=quiz, question_id=question_id, position=position)
        for position, question_id in enumerate(wanted, start=1)
    )
    return True
