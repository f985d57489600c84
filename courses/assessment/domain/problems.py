"""Mistakes in what an author or a learner sent, and the checker that gathers an author's."""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.assessment.domain.messages import Message, gettext_noop


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author: where (`options[2].text`), a stable code, and how to mend it."""

    path: str
    code: str
    message: Message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else str(self.message)


class PayloadInvalid(ValueError):
    """What an author wrote breaks the rules of its question type; names every breach at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class AnswerInvalid(ValueError):
    """What a learner sent cannot be read as an answer to the question."""

    def __init__(self, code: str, message: Message) -> None:
        self.code = code
        self.message = message
        super().__init__(str(message))


def unstorable(text: str) -> bool:
    """Say whether `text` holds control characters or halves of characters.

    PostgreSQL refuses NUL and lone surrogates in JSON; the other controls are never meant.
    """
    return any(
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"
        for character in text
    )


class Checker:
    """Reads fields of an authored mapping and gathers every problem on the way.

    Readers return a harmless value of the right type where the field is wrong, so that a
    check can go on; nothing that was read counts unless `problems` is empty at the end.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, path: str, code: str, template: str, **params: object) -> None:
        self.problems.append(Problem(path, code, Message(template, params)))

    def finish(self) -> None:
        """Raise PayloadInvalid if anything was wrong."""
        if self.problems:
            raise PayloadInvalid(self.problems)

    def mapping(self, value: object, path: str, *, known: Iterable[str]) -> dict[str, Any]:
        """Return `value` as a dict; unknown keys are problems, each at its own path."""
        if not isinstance(value, Mapping):
            self.add(path, "not_a_mapping", gettext_noop("Write this as keys with values."))
            return {}
        known = tuple(known)
        for key in value:
            if key not in known:
                self.add(
                    _join(path, str(key)[:60]),
                    "unknown_key",
                    gettext_noop("This key has no meaning here; the known ones are: %(known)s."),
                    known=", ".join(known),
                )
        return {key: value[key] for key in known if key in value}

    def text(self, value: object, path: str, *, longest: int, optional: bool = False) -> str:
        """Return a stripped text of 1 to `longest` characters ("" if optional and left out)."""
        if value is None:
            if not optional:
                self.add(path, "missing", gettext_noop("This is missing; write a text."))
            return ""
        if not isinstance(value, str):
            self.add(path, "not_text", gettext_noop("This must be text; put it in quotes."))
            return ""
        stripped = value.strip()
        if not stripped and not optional:
            self.add(path, "blank", gettext_noop("This is empty; write a text."))
        elif len(stripped) > longest:
            self.add(
                path,
                "too_long",
                gettext_noop("This has %(length)s characters; shorten it to %(longest)s."),
                length=len(stripped),
                longest=longest,
            )
            return stripped[:longest]
        elif unstorable(stripped):
            self.add(
                path, "control_characters", gettext_noop("Remove the invisible control characters.")
            )
            return ""
        return stripped

    def number(self, value: object, path: str, *, least: float | None = None) -> float | int | None:
        """Return a finite number of at most 15 digits before the point, or None."""
        if value is None:
            self.add(path, "missing", gettext_noop("This is missing; write a number."))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            self.add(path, "not_a_number", gettext_noop("This must be a number, without quotes."))
        elif not _reasonable(value):
            self.add(path, "out_of_range", gettext_noop("Write a number between -10^15 and 10^15."))
        elif least is not None and value < least:
            self.add(
                path,
                "too_small",
                gettext_noop("Write a number of at least %(least)s."),
                least=least,
            )
        else:
            return value
        return None

    def sequence(self, value: object, path: str, *, least: int, most: int) -> list[Any]:
        """Return a list of `least` to `most` entries; problems if it is anything else."""
        if not isinstance(value, list | tuple):
            self.add(path, "not_a_list", gettext_noop("Write this as a list."))
            return []
        if not least <= len(value) <= most:
            self.add(
                path,
                "wrong_count",
                gettext_noop("This has %(count)s entries; write %(least)s to %(most)s."),
                count=len(value),
                least=least,
                most=most,
            )
        return list(value[:most])


def _reasonable(value: float) -> bool:
    if isinstance(value, int):
        return abs(value) <= 10**15
    return math.isfinite(value) and abs(value) <= 1e15


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
