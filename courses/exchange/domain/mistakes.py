"""Mistakes in a course folder: where they are, and a sentence that says how to mend them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

MOST_HINTS = 50
MOST_SHOWN = 200


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake; `line` counts from 1, and is 0 if the file as a whole is meant."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.sentence}"


def did_you_mean(word: str, known: Iterable[str], *, after: int) -> str:
    """Return ' Did you mean “...”?' for the nearest known word, or nothing.

    Nothing once `after` reaches MOST_HINTS, the number of mistakes that were named before:
    the search is slow, and a folder that is wrong throughout needs another remedy.
    """
    if after >= MOST_HINTS:
        return ""
    near = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" Did you mean “{near[0]}”?" if near else ""


def shown(mistakes: Sequence[Mistake]) -> list[str]:
    """Return a line for each of the first MOST_SHOWN mistakes, and how many more there are."""
    lines = [str(mistake) for mistake in mistakes[:MOST_SHOWN]]
    more = len(mistakes) - MOST_SHOWN
    return [*lines, f"... and {more:,} more."] if more > 0 else lines


def listed(words: Iterable[str]) -> str:
    """Return the words as a list in a sentence: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
