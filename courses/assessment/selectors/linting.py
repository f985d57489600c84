"""What the linter says of saved questions, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from courses.assessment.domain.authoring import silences_from_stored
from courses.assessment.domain.linting import (
    Finding,
    Linted,
    LintedClaim,
    LintedQuestion,
    lint_all,
    lint_alone,
)
from courses.assessment.models import Question, QuestionVersion, Quiz, QuizSlot
from courses.assessment.selectors.pools import asked_in_order
from courses.assessment.wording import sentence
from courses.enrollment.models import Course


@dataclass(frozen=True, slots=True)
class LintNote:
    """A finding as its author reads it; `reason` is theirs where it is silenced, else ""."""

    rule: str
    level: str
    path: str
    sentence: str
    reason: str = ""


def lint_version(version: QuestionVersion) -> list[LintNote]:
    """Return what is found in a version by itself, what is open first.

    One query, and others where its question and course are not loaded yet.
    """
    question = version.question
    claims = _claims_of([version.pk]).get(version.pk, ())
    return notes_on(lint_alone(_linted(question, version, question.course, claims)))


def lint_quiz(quiz: Quiz) -> dict[str, list[LintNote]]:
    """Return what is found in the questions that a quiz asks or may draw, alone and together.

    By their slugs; those without findings and archived ones are left out. Three queries at
    most, and one for each pool.
    """
    asked = asked_in_order(quiz.course_id, quiz.slots.order_by("position", "id"))
    questions = _linted_all(Question.objects.filter(pk__in=asked), quiz.course)
    together = {quiz.slug: _slugs(asked, questions)}
    return _noted(lint_all(list(questions.values()), together, complete=False))


def lint_course(course: Course) -> dict[str, list[LintNote]]:
    """Return what is found in a course's questions, alone, in its quizzes and all together.

    By the slugs of the questions, drafts among them; those without findings and archived
    ones are left out. Three queries, and one for each pool.
    """
    slots = QuizSlot.objects.filter(quiz__course=course).exclude(quiz__status=Quiz.Status.ARCHIVED)
    by_quiz: dict[str, list[QuizSlot]] = {}
    for slot in slots.select_related("quiz").order_by(
        "quiz__position", "quiz_id", "position", "id"
    ):
        by_quiz.setdefault(slot.quiz.slug, []).append(slot)
    questions = _linted_all(Question.objects.filter(course=course), course)
    quizzes = {
        quiz: _slugs(asked_in_order(course.pk, asking), questions)
        for quiz, asking in by_quiz.items()
    }
    return _noted(lint_all(list(questions.values()), quizzes))


def _slugs(asked: Iterable[UUID], questions: Mapping[UUID, LintedQuestion]) -> list[str]:
    return [questions[name].slug for name in asked if name in questions]


def notes_on(linted: Linted) -> list[LintNote]:
    """Return findings with their sentences in the active language, what is open first."""
    told: list[tuple[Finding, str]] = [*((one, "") for one in linted.open), *linted.silenced]
    return [
        LintNote(one.rule, one.level, one.path, sentence(one.message), reason)
        for one, reason in told
    ]


def _noted(linted: Iterable[Linted]) -> dict[str, list[LintNote]]:
    return {one.slug: notes for one in linted if (notes := notes_on(one))}


def _linted_all(questions: QuerySet[Question], course: Course) -> dict[UUID, LintedQuestion]:
    living = questions.exclude(status=Question.Status.ARCHIVED).exclude(current=None)
    found = list(living.select_related("current"))
    claims = _claims_of([one.current_id for one in found if one.current_id])
    return {
        one.pk: _linted(one, one.current, course, claims.get(one.current.pk, ()))
        for one in found
        if one.current is not None
    }


def _linted(
    question: Question,
    version: QuestionVersion,
    course: Course,
    claims: Sequence[LintedClaim],
) -> LintedQuestion:
    return LintedQuestion(
        slug=question.slug,
        type=version.type,
        stem=version.stem,
        payload=version.payload,
        explanation=version.explanation,
        tags=tuple(version.tags),
        hints=tuple(version.hints),
        claims=tuple(claims),
        silenced=silences_from_stored(version.silenced),
        language=course.language,
        uses_claims=course.rests_on_claims,
    )


def _claims_of(version_ids: Sequence[UUID]) -> Mapping[UUID, list[LintedClaim]]:
    """Return what each version rests on, as the claims are now; one query."""
    links = QuestionVersion.claims.through.objects.filter(questionversion_id__in=version_ids)
    said = links.exclude(claim__current=None).order_by("id")
    claims: dict[UUID, list[LintedClaim]] = {}
    for version_id, *told in said.values_list(
        "questionversion_id",
        "claim__key",
        "claim__current__kind",
        "claim__current__date",
        "claim__current__attributed",
    ):
        claims.setdefault(version_id, []).append(LintedClaim(*told))
    return claims
