"""Correcting the log of a card: answers that count with another rating from now on.

What corrections, and taking them back, make of a card is computed here without a query, for
one card that a person marked again as for the thousands of a regrade.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.common.days import local_day
from courses.common.ids import new_id
from courses.flashcards.domain import folding
from courses.flashcards.domain.folding import Entry, Schedule
from courses.flashcards.domain.scheduling import CardState
from courses.flashcards.models import ReviewLog
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import CardRow, insert_entry
from courses.flashcards.scheduling import Schedulable, choose_schedule
from courses.flashcards.services.ledger import (
    TICK,
    entries_of,
    next_received,
    position_of,
    write_card,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a log is corrected: `now`, and the learner's study day then."""

    now: datetime
    day: date

    @classmethod
    def of(cls, learner: User, now: datetime) -> "Moment":
        zone, hour = learner.time_zone, learner.rollover_hour
        return cls(now, local_day(now, zone=zone, rollover_hour=hour))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What new entries make of a card: its state and schedule, which each of them carries."""

    entries: tuple[Entry, ...]
    state: CardState
    schedule: Schedule


def correct_rating(
    *, card: CardRow, target: ReviewLog, rating: int, now: datetime, entry_id: UUID | None = None
) -> bool:
    """Have the answer `target` count with `rating`; return whether that is another one.

    The card is locked by the caller. Its memory is folded anew from its whole log, and its
    next date is chosen from what that gives.
    """
    learner = User.objects.get(pk=card.learner_id)
    found = corrected(
        card,
        entries_of(card.learner_id, card.question_id),
        {target.id: rating},
        learner=learner,
        moment=Moment.of(learner, now),
        id_for=lambda _target: entry_id or new_id(),
    )
    if found is None:
        return False
    for entry in found.entries:
        insert_entry(_log_row(card, entry, target.place))
    position = position_of(found.state, found.schedule, suspended=card.suspended)
    write_card(card.learner_id, card.question_id, found.state, found.schedule, position=position)
    return True


def corrected(
    card: Schedulable,
    entries: Sequence[Entry],
    ratings: Mapping[UUID, int],
    *,
    learner: User,
    moment: Moment,
    id_for: Callable[[UUID], UUID],
) -> Rewritten | None:
    """Return what becomes of a card whose answers count with these ratings, by their ids.

    None where they do already, or do not count at all. `entries` is the card's whole log,
    `id_for` gives the id of the correction of an answer.
    """
    counts = {entry.id: counted for entry, counted in folding.standing(entries)}
    wanted = {
        target: rating
        for target, rating in ratings.items()
        if counts.get(target) not in (None, rating)
    }
    if not wanted:
        return None
    # The latest correction counts, whatever clock the one before it was made by.
    earlier = [one.answered_at for one in entries if one.target in wanted]
    at = max(moment.now, *(past + TICK for past in earlier)) if earlier else moment.now
    fresh = [
        Entry(id_for(target), folding.CORRECTION, at, at, moment.day, rating, target)
        for target, rating in wanted.items()
    ]
    return _rewritten(card, entries, fresh, learner, moment.now, None)


def taken_back(
    card: Schedulable,
    entries: Sequence[Entry],
    corrections: Collection[UUID],
    *,
    learner: User,
    moment: Moment,
    id_for: Callable[[UUID], UUID],
) -> Rewritten:
    """Return what becomes of a card whose corrections of these ids count no more.

    It goes back to the schedule it had before, unless something else was logged since.
    """
    fresh = [
        Entry(id_for(name), folding.UNDO, moment.now, moment.now, moment.day, None, name)
        for name in corrections
    ]
    before = folding.schedule_without(entries, corrections)
    return _rewritten(card, entries, fresh, learner, moment.now, before)


def _rewritten(
    card: Schedulable,
    entries: Sequence[Entry],
    fresh: Sequence[Entry],
    learner: User,
    now: datetime,
    schedule: Schedule | None,
) -> Rewritten:
    """Fold the log with fresh entries; they are received one after the other."""
    received_at = next_received(card.received_at, now)
    state = folding.fold([*entries, *fresh], model=memory_model(card.parameters_id))
    last = received_at + TICK * (len(fresh) - 1)
    if schedule is not None:
        schedule = replace(schedule, received_at=last)
    elif state.last_at is None:
        schedule = Schedule(0, None, last)
    else:
        schedule = choose_schedule(state, card=card, learner=learner, received_at=last)
    scheduled = tuple(
        replace(
            one,
            received_at=received_at + TICK * number,
            interval_days=schedule.interval_days,
            due_at=schedule.due_at,
        )
        for number, one in enumerate(fresh)
    )
    return Rewritten(scheduled, state, schedule)


def _log_row(card: CardRow, entry: Entry, place: str) -> ReviewLog:
    return ReviewLog(
        learner_id=card.learner_id,
        id=entry.id,
        kind=entry.kind,
        place=place,
        question_id=card.question_id,
        course_id=card.course_id,
        target_id=entry.target,
        rating=entry.rating,
        digest=request_digest("correction"),
        answered_at=entry.answered_at,
        received_at=entry.received_at,
        local_day=entry.local_day,
        interval_days=entry.interval_days,
        due_at=entry.due_at,
        parameters_id=card.parameters_id,
    )
