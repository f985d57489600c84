"""Saving a question from a form that may be older than the question."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.assessment.models import Question
from courses.assessment.services.questions import SavedQuestion, save_question
from courses.common.errors import DomainError
from courses.enrollment.models import Course


class EditConflict(DomainError):
    """The question was saved elsewhere since the form was shown; nothing was overwritten."""

    code = "edit_conflict"
    status = 409
    message = _("This question was changed in another tab or by somebody else. Nothing was saved.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form was made from: the number of the version (0: none yet), and the place.

    `place` is the one of `place_of_question`, empty for a question that is new.
    """

    number: int
    place: str = ""


def place_of_question(question: Question) -> str:
    """Return where a question stands and whether it is published, as a form sends it back."""
    return f"{question.lesson_id or ''}/{question.topic_id or ''}/{question.status}"


@transaction.atomic
def edit_question(*, seen: Seen, course: Course, slug: str, **content: Any) -> SavedQuestion:
    """Save a question (as `save_question` does) unless it is newer than what the form had seen.

    A form that is sent twice saves once: what says the same as the current version is no
    conflict. Raises EditConflict, and what save_question raises.
    """
    locked = Question.objects.select_for_update(no_key=True, of=("self",))
    before = locked.filter(course=course, slug=slug).first()
    place_before = place_of_question(before) if before else ""
    saved = save_question(course=course, slug=slug, **content)
    if saved.change is not None and saved.version.number != seen.number + 1:
        raise EditConflict
    if saved.moved and seen.place != place_before:
        raise EditConflict
    return saved
