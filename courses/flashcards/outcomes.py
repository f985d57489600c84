"""What the services and selectors of this context answer, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """An answer as it was taken down; the same again when the same id comes again.

    `rating` is 1..4, `verdict` right, nearly or wrong, `credit` in [0, 1]. `interval_days`
    is 0 while the card is in its (re)learning steps. `feedback` is JSON-safe.
    """

    id: UUID
    question_id: UUID
    rating: int
    verdict: str
    credit: float
    due_at: datetime | None
    interval_days: int
    replayed: bool
    feedback: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """Which answer was taken back, and of which question."""

    id: UUID
    review_id: UUID
    question_id: UUID
    replayed: bool


@dataclass(frozen=True, slots=True)
class NextCard:
    """A card to be asked. `question` is what `assessment.presenting.question_view` gives.

    `preview` says for each rating ("1" to "4") of a self-rated card how long it would stay
    away, in the language of the moment; it is empty for questions that are marked.
    """

    question_id: UUID
    course_id: UUID
    question: dict[str, Any]
    state: str
    served_at: datetime
    preview: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queue:
    """The next cards, how many are left today, and when more come up if none is ready.

    `remaining` counts what is still in the queue today, the cards shown included.
    """

    cards: list[NextCard]
    remaining: int
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The learner's day at a glance: cards left, seconds they will take, reviews done."""

    due: int
    new: int
    seconds: int
    done: int
    next_at: datetime | None = None

    @property
    def cards(self) -> int:
        return self.due + self.new

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up: one card is a minute's work, none is none."""
        return -(-self.seconds // 60)


@dataclass(frozen=True, slots=True)
class TopicRecall:
    """Mean predicted recall of the cards of one topic, in [0, 1], now and at the exam.

    `topic` is None for questions without one; `at_exam` is None without an exam ahead.
    `cards` counts those reviewed at least once, `learning` those of them that are in their
    (re)learning steps and not in the means; `questions` counts all that are published.
    """

    topic: str | None
    title: str
    cards: int
    questions: int
    now: float
    at_exam: float | None
    learning: int = 0

    @property
    def learned(self) -> int:
        """How many cards the means are of."""
        return self.cards - self.learning


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """How many cards fall due on a local day; the first day holds what is overdue."""

    day: date
    cards: int


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A card that is not the fold of its log, and which of its fields differ."""

    learner_id: UUID
    question_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShelvedCard:
    """A card that its learner set aside; `stem_html` is sanitised."""

    question_id: UUID
    course_title: str
    stem_html: str
