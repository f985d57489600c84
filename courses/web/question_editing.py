"""What the form of a question is made from, and what it saves."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from courses.assessment.domain.authoring import silences_as_stored
from courses.assessment.models import Question
from courses.assessment.services.editing import place_of_question
from courses.common.errors import NotFound
from courses.content.selectors import course_claims
from courses.enrollment.models import Course
from courses.exchange.selectors import question_draft
from courses.web.forms.questions import QuestionForm, initial_of, initial_of_new
from courses.web.question_history import claim_keys


@dataclass(slots=True)
class Editing:
    """A question in its form; `question` is None while there is none yet."""

    course: Course
    type_name: str
    question: Question | None
    initial: dict[str, Any]
    silences: list[dict[str, str]] = field(default_factory=list)
    claim_keys: list[str] = field(default_factory=list)

    @property
    def statements(self) -> list[tuple[str, str]]:
        """The claims of the course: their keys, and what they state."""
        return [
            (claim.key, claim.current.statement)
            for claim in course_claims(self.course)
            if claim.current is not None
        ]

    @property
    def number(self) -> int:
        """The number of the version in the form, 0 while there is none."""
        return self.question.current.number if self.question and self.question.current else 0

    @property
    def place(self) -> str:
        return place_of_question(self.question) if self.question else ""

    def as_posted(self, form: QuestionForm) -> QueryDict:
        """Return the form as it would be sent if nothing were typed into it."""
        data = QueryDict(mutable=True)
        for name in form.fields:
            data[name] = str(form.get_initial_for_field(form.fields[name], name) or "")
        data["silenced-TOTAL_FORMS"] = str(len(self.silences))
        data["silenced-INITIAL_FORMS"] = "0"
        for number, row in enumerate(self.silences):
            for name, value in row.items():
                data[f"silenced-{number}-{name}"] = value
        return data


def editing_of(course: Course, slug: str) -> Editing:
    """Return the form of a saved question; two queries. Raises NotFound."""
    question = (
        Question.objects.filter(course=course, slug=slug, current__isnull=False)
        .select_related("current__author", "lesson", "topic")
        .first()
    )
    if question is None or question.current is None:
        raise NotFound
    question.course = course
    draft = question_draft(question.slug, question.current)
    keys = claim_keys([question.current.pk]).get(question.current.pk, [])
    return Editing(
        course=course,
        type_name=draft.type,
        question=question,
        initial=initial_of(question, draft, keys),
        silences=silences_as_stored(draft),
        claim_keys=keys,
    )


def editing_of_new(course: Course, type_name: str, lesson_slug: str = "") -> Editing:
    """Return the form of a question that is not written yet."""
    return Editing(course, type_name, None, initial_of_new(type_name, lesson_slug))
