"""The questions that the linter reads, and what it gathers from each before the rules look."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from courses.assessment.domain.linting.words import plain
from courses.assessment.domain.problems import PayloadInvalid, Problem
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.domain.types.base import (
    Choice,
    QuestionType,
    listed_choices,
    texts_in,
)

# A draft may hold anything: no more of it is read than a valid question could have.
_MOST_CHOICES, _LONGEST_CHOICE, _LONGEST_TEXT = 20, 500, 5000
# Dates and names of files are no wording; other keys of a payload may hold some.
_NO_WORDING = re.compile(r"(^|\.)(date|image|media|picture|map|src|id)$")


@dataclass(frozen=True, slots=True)
class LintedClaim:
    """What the linter has to know of a claim; `attributed` names whose view it is, if any."""

    key: str
    kind: str
    date: str = ""
    attributed: str = ""


@dataclass(frozen=True, slots=True)
class LintedQuestion:
    """A question as its author has it, perhaps not yet valid.

    `payload` may be anything; `claims` are those that the question names. `silenced` are
    pairs of a rule and the reason why its finding is a false alarm here. `language` is the
    course's; `uses_claims` is false in a course that rests on none.
    """

    slug: str
    type: str
    stem: str
    payload: object
    explanation: str = ""
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    claims: tuple[LintedClaim, ...] = ()
    silenced: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    uses_claims: bool = True


class ReadQuestion:
    """A question once read: its payload in canonical form if it has one, its texts unmarked."""

    def __init__(self, question: LintedQuestion) -> None:
        self.question = question
        self.language = question.language.casefold().partition("-")[0]
        self.kind: QuestionType | None = (
            get_type(question.type) if question.type in type_names() else None
        )
        self.problems: tuple[Problem, ...] = ()
        self.is_valid = False
        raw = question.payload
        self.payload: dict[str, Any] = dict(raw) if isinstance(raw, Mapping) else {}
        if self.kind is not None:
            try:
                self.payload = self.kind.validate(raw)
                self.is_valid = True
            except PayloadInvalid as invalid:
                self.problems = invalid.problems
        self.stem = plain(question.stem[:_LONGEST_TEXT])

    @cached_property
    def choices(self) -> list[Choice]:
        """The texts to pick from, without markup; in a draft those that can be read."""
        if self.kind is None:
            return []
        if self.is_valid:
            found = self.kind.choices(self.payload)
        else:
            found = listed_choices(self.payload) if "options" in self.kind.payload_keys else []
        return [
            replace(choice, text=plain(choice.text[:_LONGEST_CHOICE]))
            for choice in found[:_MOST_CHOICES]
        ]

    @property
    def key(self) -> Choice | None:
        """The one right choice; None if there are none, or several."""
        right = [choice for choice in self.choices if choice.correct]
        return right[0] if len(right) == 1 else None

    @property
    def distractors(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.correct]

    @property
    def is_statement(self) -> bool:
        """Whether the stem is not asked but judged: true or false."""
        return "truth" in self.payload

    @cached_property
    def payload_texts(self) -> list[tuple[str, str]]:
        """The texts of the payload that learners read, without markup, each with its path."""
        found: Iterator[tuple[str, str]]
        if self.kind is not None and self.is_valid:
            found = self.kind.texts(self.payload)
        else:
            found = texts_in(self.payload)
        return [
            (path, plain(text[:_LONGEST_TEXT]))
            for path, text in found
            if not _NO_WORDING.search(path)
        ]

    @property
    def texts(self) -> Sequence[tuple[str, str]]:
        """All texts that learners read, without markup, each with its path."""
        return [
            ("stem", self.stem),
            *self.payload_texts,
            ("explanation", plain(self.question.explanation)),
            *((f"hints[{n}]", plain(hint)) for n, hint in enumerate(self.question.hints)),
        ]
