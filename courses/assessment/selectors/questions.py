"""Questions in the prose of lessons, with what the learner answered last."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from courses.accounts.models import User
from courses.assessment.domain.shuffling import seed_from
from courses.assessment.models import Marking, Question, QuestionVersion, Response
from courses.assessment.selectors.markings import markings_of
from courses.assessment.versions import get_versions
from courses.common.errors import NotFound
from courses.content.models import Lesson
from courses.enrollment.selectors import Person


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """A question as this reader is to see it in a lesson.

    `seed` orders its options, for one reader always alike. `last` is the reader's last response
    in a lesson, `marking` a person's mark of it; None where there is no such.
    """

    question: Question
    version: QuestionVersion
    seed: int
    last: Response | None
    marking: Marking | None


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """The topic of a question and the published lesson that teaches it; "" for none."""

    topic: str
    lesson_slug: str
    lesson_title: str


def places_of(question_ids: Collection[UUID]) -> dict[UUID, QuestionPlace]:
    """Return topic and lesson of each question; one query."""
    rows = Question.objects.filter(pk__in=question_ids).order_by("position", "id")
    found = {}
    for question_id, topic, slug, title, status in rows.values_list(
        "pk", "topic__title", "lesson__slug", "lesson__current__title", "lesson__status"
    ):
        taught = status == Lesson.Status.PUBLISHED
        found[question_id] = QuestionPlace(
            topic or "", slug if taught else "", (title or "") if taught else ""
        )
    return found


def questions_for_lesson(
    *, lesson: Lesson, user: Person, slugs: Collection[str] = ()
) -> dict[str, LessonQuestion]:
    """Return the published questions of a lesson by slug, in their order; none that is reserved.

    `slugs` names questions of the course that the lesson's text shows besides its own.
    Two queries at most, one more for answers that a person marks, and those for versions that
    this process has not kept.
    """
    asked = Q(lesson=lesson)
    if slugs:
        asked |= Q(course_id=lesson.course_id, slug__in=slugs)
    published = Question.objects.filter(
        status=Question.Status.PUBLISHED, current__isnull=False, reserved=False
    )
    questions = list(published.filter(asked).order_by("position", "id"))
    last = _last_responses(user, questions) if isinstance(user, User) and questions else {}
    shown = [question.current_id for question in questions if question.current_id]
    answered = [response.marked_version_id or response.version_id for response in last.values()]
    versions = get_versions(dict.fromkeys([*shown, *answered]))
    markings = markings_of(last.values())
    return {
        question.slug: LessonQuestion(
            question=question,
            version=versions[question.current_id],
            seed=seed_from(user.pk or "", question.pk),
            last=last.get(question.pk),
            marking=markings.get(last[question.pk].id) if question.pk in last else None,
        )
        for question in questions
        if question.current_id
    }


def question_in_lesson(*, lesson_id: UUID, question_id: UUID) -> Question:
    """Return a published question of the course of a published lesson, with its course.

    A lesson may show any question of its course. One query; raises NotFound.
    """
    question = (
        Question.objects.filter(
            pk=question_id,
            status=Question.Status.PUBLISHED,
            current__isnull=False,
            reserved=False,
            course__lessons__pk=lesson_id,
            course__lessons__status=Lesson.Status.PUBLISHED,
        )
        .select_related("course")
        .first()
    )
    if question is None:
        raise NotFound
    return question


def _last_responses(learner: User, questions: list[Question]) -> dict[UUID, Response]:
    """Return the learner's last response outside of quizzes to each question; one query."""
    latest_first = Window(
        RowNumber(),
        partition_by=[F("question_id")],
        order_by=[F("answered_at").desc(), F("id").desc()],
    )
    responses = (
        Response.objects.filter(learner=learner, question__in=questions, attempt__isnull=True)
        .annotate(recency=latest_first)
        .filter(recency=1)
        .order_by("question_id", "id")
    )
    return {response.question_id: response for response in responses}
