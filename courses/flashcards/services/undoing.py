"""Taking back a review: one more entry in the log, and the card as if it had never been."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.common.errors import KeyReused
from courses.flashcards.domain import folding, queue
from courses.flashcards.domain.folding import Entry, Schedule
from courses.flashcards.errors import NothingToUndo
from courses.flashcards.models import ReviewLog
from courses.flashcards.outcomes import UndoOutcome
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import CardRow, insert_entry, lock_card
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services.ledger import (
    entries_of,
    next_received,
    write_card,
)

UNDO_DEPTH = 50


def undo_last_review(*, learner: User, undo_id: UUID, now: datetime) -> UndoOutcome:
    """Take back the learner's last standing review of today and put its card foremost.

    `undo_id` is the client's: the same id again returns the first outcome. Only the last
    UNDO_DEPTH answers of the local day count, and only those given on the review page.
    Raises NothingToUndo, KeyReused.
    """
    first = _first_outcome(learner, undo_id)
    if first is not None:
        return first
    try:
        with transaction.atomic():
            return _undo(learner, undo_id, now)
    except (IntegrityError, NothingToUndo):
        first = _first_outcome(learner, undo_id)
        if first is None:
            raise
        return first


def _undo(learner: User, undo_id: UUID, now: datetime) -> UndoOutcome:
    # One undo at a time: two with different ids must not take back the same answer.
    lock_person(learner.pk)
    target = _last_standing(learner, now)
    card = lock_card(learner.pk, target.question_id)
    if card is None:
        raise NothingToUndo
    entries = entries_of(learner.pk, card.question_id)
    before = folding.schedule_before(entries, target.id)
    received_at = next_received(card.received_at, now)
    schedule = Schedule(before.interval_days, before.due_at, received_at)
    entry = _write_entry(card, learner, undo_id, target, schedule, received_at, now)
    undo = Entry(undo_id, folding.UNDO, now, entry.received_at, entry.local_day, target=target.id)
    state = folding.fold([*entries, undo], model=memory_model(card.parameters_id))
    position = None if card.suspended else queue.undone_position(now)
    write_card(learner.pk, card.question_id, state, schedule, position=position)
    return UndoOutcome(undo_id, target.id, card.question_id, replayed=False)


def _last_standing(learner: User, now: datetime) -> ReviewLog:
    """Return the latest of today's last answers that is not undone. Raises NothingToUndo."""
    of_day = ReviewLog.objects.filter(
        learner_id=learner.pk,
        local_day=study_day(learner, now),
        place=ReviewLog.Place.REVIEW,
    )
    undone = of_day.filter(kind=ReviewLog.Kind.UNDO).values_list("target_id", flat=True)
    gone = set(undone.order_by())
    answers = of_day.filter(kind=ReviewLog.Kind.ANSWER).order_by("-answered_at", "-id")
    for answer in answers[:UNDO_DEPTH]:
        if answer.id not in gone:
            return answer
    raise NothingToUndo


def _write_entry(
    card: CardRow,
    learner: User,
    undo_id: UUID,
    target: ReviewLog,
    schedule: Schedule,
    received_at: datetime,
    now: datetime,
) -> ReviewLog:
    entry = ReviewLog(
        learner_id=learner.pk,
        id=undo_id,
        kind=ReviewLog.Kind.UNDO,
        place=ReviewLog.Place.REVIEW,
        question_id=card.question_id,
        course_id=card.course_id,
        target_id=target.id,
        digest=request_digest("undo"),
        answered_at=now,
        received_at=received_at,
        local_day=study_day(learner, now),
        interval_days=schedule.interval_days,
        due_at=schedule.due_at,
        parameters_id=card.parameters_id,
    )
    insert_entry(entry)
    return entry


def _first_outcome(learner: User, undo_id: UUID) -> UndoOutcome | None:
    entry = ReviewLog.objects.filter(learner_id=learner.pk, id=undo_id).first()
    if entry is None:
        return None
    if entry.kind != ReviewLog.Kind.UNDO or entry.target_id is None:
        raise KeyReused
    return UndoOutcome(undo_id, entry.target_id, entry.question_id, replayed=True)
