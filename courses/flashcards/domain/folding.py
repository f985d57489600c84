"""Folding: the entries of a card's log, in whatever order they came, into its state."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.scheduling import NEW_CARD, CardState, fact_changed, review

ANSWER = "answer"
UNDO = "undo"
CORRECTION = "correction"
FACT_CHANGED = "fact_changed"
MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log. `target` is the entry that an undo or correction is about.

    `interval_days` and `due_at` are the schedule that was chosen for the card when the
    entry was received; `received_at` rises strictly along a card's log.
    """

    id: UUID
    kind: str
    answered_at: datetime
    received_at: datetime
    local_day: date
    rating: int | None = None
    target: UUID | None = None
    interval_days: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the card comes back, as chosen at its last entry received."""

    interval_days: int = 0
    due_at: datetime | None = None
    received_at: datetime | None = None


def fold(entries: Iterable[Entry], *, model: Fsrs6) -> CardState:
    """Return the state of a card from its whole log.

    Entries count in the order (answered_at, id). An answer that an undo targets counts as
    never given; one that a correction targets counts with the rating of the latest
    correction. Raises ValueError for a kind it does not know.
    """
    card = NEW_CARD
    for entry, rating in standing(entries):
        card = apply(card, entry, rating, model)
    return card


def standing(entries: Iterable[Entry]) -> Iterator[tuple[Entry, int | None]]:
    """Yield the entries that still count, in their order, with the rating that counts."""
    ordered = sorted(entries, key=lambda entry: (entry.answered_at, entry.id))
    undone = {entry.target for entry in ordered if entry.kind == UNDO}
    corrected = {
        entry.target: entry.rating
        for entry in ordered
        if entry.kind == CORRECTION and entry.id not in undone
    }
    for entry in ordered:
        if entry.id not in undone:
            yield entry, corrected.get(entry.id, entry.rating)


def schedule_of(entries: Iterable[Entry]) -> Schedule:
    """Return the schedule stored in the entry received last; every entry stores one."""
    last = max(entries, key=lambda entry: entry.received_at, default=None)
    if last is None:
        return Schedule()
    return Schedule(last.interval_days, last.due_at, last.received_at)


def schedule_before(entries: Iterable[Entry], undone: UUID) -> Schedule:
    """Return the schedule to go back to when the answer `undone` is taken back.

    It is the one of the last answer received that still stands, or of a correction of one
    that does; none if none does.
    """
    kept = list(entries)
    gone = {entry.target for entry in kept if entry.kind == UNDO} | {undone}
    return schedule_of(
        entry
        for entry in kept
        if entry.kind != UNDO and entry.id not in gone and entry.target not in gone
    )


def schedule_without(entries: Iterable[Entry], corrections: Collection[UUID]) -> Schedule | None:
    """Return the schedule that the card had before these corrections, of which it has some.

    None where something else came in after the first of them.
    """
    kept = list(entries)
    first = min(entry.received_at for entry in kept if entry.id in corrections)
    before = [entry for entry in kept if entry.id not in corrections]
    if any(entry.received_at > first for entry in before):
        return None
    return schedule_of(before)


def apply(card: CardState, entry: Entry, rating: int | None, model: Fsrs6) -> CardState:
    """Return the card after one entry that counts. Raises ValueError for an unknown kind."""
    if entry.kind in (ANSWER, MERGED):
        if rating is None:
            raise ValueError(f"The answer {entry.id} has no rating.")
        return review(
            card, rating, answered_at=entry.answered_at, local_day=entry.local_day, model=model
        )
    if entry.kind == FACT_CHANGED:
        return fact_changed(
            card, changed_at=entry.answered_at, local_day=entry.local_day, model=model
        )
    if entry.kind in (UNDO, CORRECTION):
        return card
    raise ValueError(f"The log has an entry of the unknown kind {entry.kind!r}.")
