"""Writing into a card's log and keeping the card what the log says: the one place that does.

Whoever calls `append_answer` holds the card's row lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from courses.accounts.models import User
from courses.common.days import local_day
from courses.flashcards.domain import folding, queue
from courses.flashcards.domain.folding import Entry, Schedule
from courses.flashcards.domain.scheduling import CardState, State, review
from courses.flashcards.models import ReviewLog
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import ENTRY_COLUMNS, CardRow, insert_entry, write_card_row
from courses.flashcards.scheduling import choose_schedule, state_of

LONGEST_DURATION_MS = 10 * 60 * 1000
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A marked answer, ready to be written down; `answered_at` is already bounded.

    `said` is as in the log.
    """

    id: UUID
    version_id: UUID
    rating: int
    self_rated: bool
    answer: Mapping[str, Any]
    credit: float
    digest: str
    served_at: datetime | None
    answered_at: datetime
    duration_ms: int
    place: str
    said: tuple[str, ...] = ()


def bounded(moment: datetime, *, since: datetime | None, until: datetime) -> datetime:
    """Return `moment` moved into [since, until]; `until` wins where they cross."""
    if since is not None and moment < since:
        moment = since
    return min(moment, until)


def columns_of(state: CardState, schedule: Schedule) -> dict[str, Any]:
    """Return the card columns that are the fold of the log."""
    return {
        "state": int(state.state),
        "step": state.step,
        "stability": state.memory.stability if state.memory else None,
        "difficulty": state.memory.difficulty if state.memory else None,
        "last_review_at": state.last_at,
        "last_review_day": state.last_day,
        "reps": state.reps,
        "lapses": state.lapses,
        "interval_days": schedule.interval_days,
        "due_at": schedule.due_at,
        "received_at": schedule.received_at,
    }


def entries_of(learner_id: UUID, question_id: UUID) -> list[Entry]:
    """Return the whole log of a card, in no particular order."""
    rows = ReviewLog.objects.filter(learner_id=learner_id, question_id=question_id)
    return [Entry(*row) for row in rows.order_by().values_list(*ENTRY_COLUMNS)]


def append_answer(*, card: CardRow, learner: User, answer: Answer, now: datetime) -> ReviewLog:
    """Write an answer into the log and bring the card up to it; return the entry.

    An answer given before the card's last review (a phone that was offline) folds the
    whole log anew. Raises IntegrityError if the learner's log has the id.
    """
    model = memory_model(card.parameters_id)
    received_at = next_received(card.received_at, now)
    day = _day_of(learner, answer.answered_at)
    before = state_of(card)
    if before.last_at is None or answer.answered_at > before.last_at:
        after = review(
            before, answer.rating, answered_at=answer.answered_at, local_day=day, model=model
        )
    else:
        late = Entry(answer.id, folding.ANSWER, answer.answered_at, received_at, day, answer.rating)
        after = folding.fold([*entries_of(learner.pk, card.question_id), late], model=model)
    schedule = choose_schedule(after, card=card, learner=learner, received_at=received_at)
    entry = ReviewLog(
        learner_id=learner.pk,
        id=answer.id,
        kind=ReviewLog.Kind.ANSWER,
        place=answer.place,
        question_id=card.question_id,
        course_id=card.course_id,
        version_id=answer.version_id,
        rating=answer.rating,
        self_rated=answer.self_rated,
        answer=answer.answer,
        credit=answer.credit,
        digest=answer.digest,
        served_at=answer.served_at,
        answered_at=answer.answered_at,
        received_at=received_at,
        local_day=day,
        duration_ms=min(max(answer.duration_ms, 0), LONGEST_DURATION_MS),
        said=list(answer.said) or None,
        interval_days=schedule.interval_days,
        due_at=schedule.due_at,
        parameters_id=card.parameters_id,
    )
    insert_entry(entry)
    position = position_of(after, schedule, suspended=card.suspended)
    write_card(learner.pk, card.question_id, after, schedule, position=position)
    return entry


def next_received(last: datetime | None, now: datetime) -> datetime:
    """Return `now`, or just after the card's last entry where another clock was ahead."""
    return now if last is None or now > last else last + TICK


def position_of(state: CardState, schedule: Schedule, *, suspended: bool) -> int | None:
    """Return the card's place in the queue: in steps it comes back by the clock."""
    stepping = state.state in (State.LEARNING, State.RELEARNING)
    if suspended or not stepping or schedule.due_at is None:
        return None
    return queue.step_position(schedule.due_at)


def write_card(
    learner_id: UUID,
    question_id: UUID,
    state: CardState,
    schedule: Schedule,
    *,
    position: int | None,
) -> None:
    """Write what the fold says into the card's row."""
    columns = {**columns_of(state, schedule), "queue_position": position}
    write_card_row(learner_id, question_id, columns)


def _day_of(learner: User, moment: datetime) -> date:
    return local_day(
        moment.astimezone(UTC), zone=learner.time_zone, rollover_hour=learner.rollover_hour
    )
