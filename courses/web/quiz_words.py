"""What the form of a quiz says of its review options, and of what the linter finds in the set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from courses.assessment.domain.review_options import (
    ANSWERS,
    CLOSED,
    DURING,
    EXPLANATION,
    SCORE,
    SUBMITTED,
)
from courses.assessment.models import Question
from courses.assessment.selectors import LintNote
from courses.web.rule_words import rule_label

PHASE_WORDS = {
    DURING: pgettext_lazy("when a quiz tells", "During the attempt"),
    SUBMITTED: pgettext_lazy("when a quiz tells", "After handing in"),
    CLOSED: pgettext_lazy("when a quiz tells", "After closing"),
}
TOLD_WORDS = {
    SCORE: pgettext_lazy("what a quiz tells", "Score"),
    ANSWERS: pgettext_lazy("what a quiz tells", "Right answers"),
    EXPLANATION: pgettext_lazy("what a quiz tells", "Explanation"),
}


@dataclass(frozen=True, slots=True)
class SetNote:
    """A finding in a question of a quiz."""

    level: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LintedRow:
    """A question of a quiz with its open findings."""

    slug: str
    stem: str
    notes: tuple[SetNote, ...]


def linted_questions(
    questions: Mapping[str, Question], found: Mapping[str, Sequence[LintNote]]
) -> list[LintedRow]:
    """Return the questions in which the linter finds something that is not silenced."""
    rows = []
    for slug, notes in found.items():
        still_open = tuple(
            SetNote(note.level, rule_label(note.rule), note.sentence)
            for note in notes
            if not note.reason
        )
        version = questions[slug].current if slug in questions else None
        if still_open:
            rows.append(LintedRow(slug, version.stem if version else slug, still_open))
    return rows
