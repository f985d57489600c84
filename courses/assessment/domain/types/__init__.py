"""The question types. A new one is a folder in this one and its name in REGISTERED."""

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from courses.assessment.domain.types.base import QuestionType

# Each folder is a module that holds its type as TYPE, with question.html and skeleton.yaml.
REGISTERED = [
    "single_choice",
    "multiple_response",
    "true_false",
    "numeric",
    "short_text",
    "cloze",
    "ordering",
    "matching",
    "categorise",
    "date",
    "hotspot",
    "evidence",
    "highlight",
    "open_answer",
    "flashcard",
]


class UnknownType(LookupError):
    """There is no question type of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is no question type “{name}”; there are {', '.join(REGISTERED)}.")


@cache
def _load(name: str) -> QuestionType:
    return cast(QuestionType, import_module(f"{__name__}.{name}").TYPE)


def get_type(name: str) -> QuestionType:
    """Return the question type called `name`. Raises UnknownType."""
    if name not in REGISTERED:
        raise UnknownType(name)
    return _load(name)


def skeleton(name: str) -> str:
    """Return a small valid payload of a type, as YAML. Raises UnknownType."""
    folder = Path(str(sys.modules[get_type(name).__module__].__file__)).parent
    return (folder / "skeleton.yaml").read_text(encoding="utf-8")


def type_names() -> list[str]:
    """Return the names of all question types, in the order in which they are offered."""
    return list(REGISTERED)


def self_rated_types() -> list[str]:
    """Return the names of the types that learners mark themselves, which no score counts."""
    return [name for name in REGISTERED if get_type(name).self_rated]
