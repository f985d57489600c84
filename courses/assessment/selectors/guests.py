"""What a visitor without an account answered and finished in this browser."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from courses.assessment.models import GuestEntry


@dataclass(frozen=True, slots=True)
class GuestRecord:
    """All that is kept of one guest: `last` answer by question, `finished_at` by lesson."""

    answers: int = 0
    last: dict[UUID, GuestEntry] = field(default_factory=dict)
    finished_at: dict[UUID, datetime] = field(default_factory=dict)
    by_response: dict[UUID, GuestEntry] = field(default_factory=dict)


NOTHING_KEPT = GuestRecord()


def guest_record(guest: str) -> GuestRecord:
    """Return what is kept of `guest`; one query, of a number of rows that has a limit."""
    return record_of(GuestEntry.objects.filter(guest=guest).order_by("done_at", "id"))


def record_of(entries: Iterable[GuestEntry]) -> GuestRecord:
    """Return the record that `entries`, the oldest first, amount to."""
    last: dict[UUID, GuestEntry] = {}
    finished_at: dict[UUID, datetime] = {}
    by_response: dict[UUID, GuestEntry] = {}
    for entry in entries:
        if entry.question_id is None:
            finished_at[entry.lesson_id] = entry.done_at
        else:
            last[entry.question_id] = entry
            by_response[entry.response_id] = entry
    return GuestRecord(len(by_response), last, finished_at, by_response)


def guest_answer_count(guest: str) -> int:
    """Return how many answers are kept of `guest`; one query."""
    return GuestEntry.objects.filter(guest=guest, question__isnull=False).count()
