"""Correcting the log of one card: an answer that counts with another rating from now on."""

from datetime import datetime
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.common.days import local_day
from courses.common.ids import new_id
from courses.flashcards.domain import folding
from courses.flashcards.domain.folding import Entry
from courses.flashcards.models import ReviewLog
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import CardRow, insert_entry
from courses.flashcards.scheduling import choose_schedule
from courses.flashcards.services.ledger import (
    entries_of,
    next_received,
    position_of,
    write_card,
)


def correct_rating(
    *, card: CardRow, target: ReviewLog, rating: int, now: datetime, entry_id: UUID | None = None
) -> bool:
    """Have the answer `target` count with `rating`; return whether that is another one.

    The card is locked by the caller. Its memory is folded anew from its whole log, and its
    next date is chosen from what that gives.
    """
    entries = entries_of(card.learner_id, card.question_id)
    counts = {entry.id: counted for entry, counted in folding.standing(entries)}
    if counts.get(target.id) in (None, rating):
        return False
    received_at = next_received(card, now)
    learner = User.objects.get(pk=card.learner_id)
    day = local_day(now, zone=learner.time_zone, rollover_hour=learner.rollover_hour)
    correction = Entry(
        entry_id or new_id(), folding.CORRECTION, now, received_at, day, rating, target.id
    )
    state = folding.fold([*entries, correction], model=memory_model(card.parameters_id))
    schedule = choose_schedule(state, card=card, learner=learner, received_at=received_at)
    insert_entry(
        ReviewLog(
            learner_id=card.learner_id,
            id=correction.id,
            kind=ReviewLog.Kind.CORRECTION,
            place=target.place,
            question_id=card.question_id,
            course_id=card.course_id,
            target_id=target.id,
            rating=rating,
            digest=request_digest("correction"),
            answered_at=now,
            received_at=received_at,
            local_day=day,
            interval_days=schedule.interval_days,
            due_at=schedule.due_at,
            parameters_id=card.parameters_id,
        )
    )
    position = position_of(state, schedule, suspended=card.suspended)
    write_card(card.learner_id, card.question_id, state, schedule, position=position)
    return True
