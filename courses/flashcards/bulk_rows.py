"""The statements that rewrite thousands of cards, written out as in `rows`.

Tests hold the statements against the models.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from courses.flashcards.domain.folding import Entry
from courses.flashcards.models import Card
from courses.flashcards.rows import stored_id, stored_value

_CARD_COLUMNS = (
    "learner_id",
    "question_id",
    "parameters_id",
    "received_at",
    "suspended",
    "queue_position",
    "stability",
    "due_at",
)
_ENTRY = (
    "learner_id",
    "id",
    "kind",
    "place",
    "question_id",
    "course_id",
    "target_id",
    "rating",
    "self_rated",
    "digest",
    "answered_at",
    "received_at",
    "local_day",
    "duration_ms",
    "interval_days",
    "due_at",
    "parameters_id",
)
_INSERT_ENTRIES = " ".join(
    ("INSERT INTO flashcards_reviewlog (", ", ".join(_ENTRY), ") VALUES (",
     ", ".join(["%s"] * len(_ENTRY)), ")")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredCard:
    """What rewriting a card needs to know of it; `desired_retention` is its course's."""

    desired_retention: float
    learner_id: UUID
    question_id: UUID
    parameters_id: UUID
    received_at: datetime | None
    suspended: bool
    queue_position: int | None
    stability: float | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that corrects a card's log, or takes a correction back, ready to be written."""

    card: StoredCard
    course_id: UUID
    entry: Entry
    place: str
    digest: str


def cards_of(
    learner_ids: Sequence[UUID], question_ids: Sequence[UUID], *, retention: float, lock: bool
) -> list[StoredCard]:
    """Return the cards of these learners for these questions, in the order of their keys.

    With `lock` they are locked until the end of the transaction.
    """
    cards = Card.objects.filter(learner_id__in=learner_ids, question_id__in=question_ids)
    cards = cards.order_by("learner_id", "question_id")
    if lock:
        cards = cards.select_for_update(no_key=True)
    rows = cards.values_list(*_CARD_COLUMNS)
    return [StoredCard(retention, *row) for row in rows]


def insert_entries(entries: Iterable[NewEntry]) -> None:
    """Append to the log. Raises IntegrityError where a learner's log has an id already."""
    stored = _Stored()
    rows = [
        (
            stored[new.card.learner_id],
            stored_id(new.entry.id),
            new.entry.kind,
            new.place,
            stored[new.card.question_id],
            stored[new.course_id],
            None if new.entry.target is None else stored_id(new.entry.target),
            new.entry.rating,
            False,
            new.digest,
            stored[new.entry.answered_at],
            stored[new.entry.received_at],
            stored[new.entry.local_day],
            0,
            new.entry.interval_days,
            stored[new.entry.due_at],
            stored[new.card.parameters_id],
        )
        for new in entries
    ]
    _many(_INSERT_ENTRIES, rows)


def write_cards(rows: Sequence[tuple[StoredCard, Mapping[str, Any]]]) -> None:
    """Set the same columns of many cards, each to its own values."""
    if not rows:
        return
    columns = list(rows[0][1])  # names of this context's own, never input
    parts = ("UPDATE flashcards_card SET", ", ".join([f"{name} = %s" for name in columns]),
             "WHERE learner_id = %s AND question_id = %s")  # fmt: skip
    stored = _Stored()
    _many(
        " ".join(parts),
        [
            (
                *(stored[one] if isinstance(one, date) else one for one in values.values()),
                stored[card.learner_id],
                stored[card.question_id],
            )
            for card, values in rows
        ],
    )


class _Stored(dict[UUID | date | None, Any]):
    """Ids, days and moments as the database stores them, each put together once."""

    def __missing__(self, value: UUID | date | None) -> Any:
        found = stored_id(value) if isinstance(value, UUID) else stored_value(value)
        self[value] = found
        return found


def _many(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
