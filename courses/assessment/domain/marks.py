"""What marking an answer results in: a credit, a verdict and a reason for every part."""

import math
from dataclasses import dataclass
from typing import Literal

from courses.assessment.domain.messages import Markdown, Message

Verdict = Literal["right", "nearly", "wrong", "awaiting"]

# From half the credit on an answer is "nearly"; below, what was asked is not known yet.
NEARLY_FROM = 0.5


def verdict_of(credit: float) -> Verdict:
    """Return the word for a credit in [0, 1]: only full credit is right."""
    if credit >= 1.0:
        return "right"
    return "nearly" if credit >= NEARLY_FROM else "wrong"


@dataclass(frozen=True, slots=True)
class PartMark:
    """The mark of one part of an answer.

    `part` names it (an option id, `value`, `text`); `reason` is a stable code and
    `message` the sentence for people; `note` is what the author says about just this.
    """

    part: str
    credit: float
    reason: str
    message: Message
    note: Markdown | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an answer; `credit` is in [0, 1]. Raises ValueError for any other.

    The verdict "awaiting" says that a person has yet to mark it; its credit counts nowhere.
    """

    credit: float
    verdict: Verdict
    parts: tuple[PartMark, ...] = ()

    def __post_init__(self) -> None:
        if not math.isfinite(self.credit) or not 0.0 <= self.credit <= 1.0:
            raise ValueError(f"A credit lies in [0, 1], not at {self.credit!r}.")

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return bool(self.parts) and all(part.reason == "unanswered" for part in self.parts)


def mark_of(credit: float, *parts: PartMark) -> Mark:
    """Return the mark with the verdict that belongs to `credit`."""
    return Mark(credit=credit, verdict=verdict_of(credit), parts=parts)


def awaiting(part: PartMark) -> Mark:
    """Return the mark of an answer that a person has yet to mark."""
    return Mark(credit=0.0, verdict="awaiting", parts=(part,))
