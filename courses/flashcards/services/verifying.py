"""Every card is the fold of its log: finding those that are not, and mending them.

Learners are taken a batch at a time and their logs streamed, so that memory stays bounded;
the site may go on answering: what looks wrong is looked at again under the card's lock.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from math import isclose
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.accounts.models import User
from courses.flashcards.domain import folding
from courses.flashcards.domain.folding import Entry
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.outcomes import Discrepancy
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import ENTRY_COLUMNS
from courses.flashcards.services.ledger import (
    columns_of,
    entries_of,
    position_of,
    write_card,
)

Progress = Callable[[int, int], None]
Name = tuple[UUID, UUID]

LEARNERS_AT_ONCE = 100
_ROWS_AT_ONCE = 2000
MISSING: tuple[str, ...] = ("card",)


def verify_memory(
    *, learner_ids: Iterable[UUID] | None = None, progress: Progress | None = None
) -> Iterator[Discrepancy]:
    """Yield every card, of these learners or of all, that is not the fold of its log.

    `progress(done, total)` is called after each batch of learners.
    """
    for name in _suspects(learner_ids, progress):
        found = _compare(name)
        if found is not None:
            yield found


def rebuild_memory(
    *, learner_ids: Iterable[UUID] | None = None, progress: Progress | None = None
) -> Iterator[Discrepancy]:
    """Mend every card that is not the fold of its log, and yield what was wrong with it.

    A card that is missing altogether is made again. Twice is once.
    """
    for name in _suspects(learner_ids, progress):
        found = _mend(name)
        if found is not None:
            yield found


def _suspects(learner_ids: Iterable[UUID] | None, progress: Progress | None) -> Iterator[Name]:
    if learner_ids is None:
        everyone = User.objects.order_by("pk").values_list("pk", flat=True)
        total = everyone.count()
        remaining: Iterator[UUID] = everyone.iterator(chunk_size=_ROWS_AT_ONCE)
    else:
        wanted = list(learner_ids)
        total, remaining = len(wanted), iter(wanted)
    done = 0
    while batch := list(islice(remaining, LEARNERS_AT_ONCE)):
        yield from _differing(batch)
        done += len(batch)
        if progress is not None:
            progress(done, total)


def _differing(learner_ids: list[UUID]) -> list[Name]:
    """Return the cards of a batch that differ, as far as can be told without locks.

    Cards and logs come in the same order and are walked side by side.
    """
    cards = iter(
        Card.objects.filter(learner_id__in=learner_ids)
        .order_by("learner_id", "question_id")
        .iterator(chunk_size=_ROWS_AT_ONCE)
    )
    found, card = [], next(cards, None)
    for name, entries in _logs(learner_ids):
        while card is not None and _name(card) < name:
            found += [_name(card)] if _differences(card, []) else []
            card = next(cards, None)
        if card is None or _name(card) != name:
            found.append(name)
            continue
        found += [name] if _differences(card, entries) else []
        card = next(cards, None)
    while card is not None:
        found += [_name(card)] if _differences(card, []) else []
        card = next(cards, None)
    return found


def _logs(learner_ids: list[UUID]) -> Iterator[tuple[Name, list[Entry]]]:
    """Yield the log of each card, one at a time."""
    rows = (
        ReviewLog.objects.filter(learner_id__in=learner_ids)
        .order_by("learner_id", "question_id", "answered_at", "id")
        .values_list("learner_id", "question_id", *ENTRY_COLUMNS)
        .iterator(chunk_size=_ROWS_AT_ONCE)
    )
    for name, group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield name, [Entry(*row[2:]) for row in group]


def _name(card: Card) -> Name:
    return card.learner_id, card.question_id


def _compare(name: Name) -> Discrepancy | None:
    with transaction.atomic():
        card = _locked(name)
        entries = entries_of(*name)
        if card is None:
            return Discrepancy(*name, MISSING) if entries else None
        fields = _differences(card, entries)
    return Discrepancy(*name, fields) if fields else None


@transaction.atomic
def _mend(name: Name) -> Discrepancy | None:
    entries = entries_of(*name)
    card = _locked(name)
    if card is None:
        if not entries:
            return None
        _make_again(name)
        card, fields = _locked(name), MISSING
        assert card is not None
    else:
        entries = entries_of(*name)
        fields = _differences(card, entries)
        if not fields:
            return None
    state = folding.fold(entries, model=memory_model(card.parameters_id))
    schedule = folding.schedule_of(entries)
    position = position_of(state, schedule, suspended=card.suspended)
    if position is None and (card.queue_position or -1) > 0:
        position = card.queue_position  # its place on the day's plan
    write_card(*name, state, schedule, position=position)
    return Discrepancy(*name, fields)


def _locked(name: Name) -> Card | None:
    mine = Card.objects.filter(learner_id=name[0], question_id=name[1])
    return mine.select_for_update(no_key=True).first()


def _make_again(name: Name) -> None:
    first = ReviewLog.objects.filter(learner_id=name[0], question_id=name[1]).order_by(
        "received_at"
    )[0]
    Card.objects.bulk_create(
        [
            Card(
                learner_id=name[0],
                question_id=name[1],
                course_id=first.course_id,
                parameters_id=first.parameters_id,
                created_at=first.received_at,
            )
        ],
        ignore_conflicts=True,
    )


def _differences(card: Card, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the names of the columns that are not what the log says."""
    kept = list(entries)
    state = folding.fold(kept, model=memory_model(card.parameters_id))
    wanted = columns_of(state, folding.schedule_of(kept))
    return tuple(name for name, value in wanted.items() if not _same(getattr(card, name), value))


def _same(stored: Any, folded: Any) -> bool:
    """Compare; floats to nine digits, since two machines' exp() may differ in the last."""
    if isinstance(stored, float) and isinstance(folded, float):
        return isclose(stored, folded, rel_tol=1e-9)
    return bool(stored == folded)
