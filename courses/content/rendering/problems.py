"""Mistakes in a lesson's text, with the line they stand on."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake; `line` counts from 1 at the first line of the body."""

    line: int
    message: str


def note_problem(env: MutableMapping[str, Any], line_index: int, message: object) -> None:
    """Keep a mistake found while parsing; `line_index` counts from 0, as tokens do."""
    env.setdefault("problems", []).append(Problem(line_index + 1, str(message)))
