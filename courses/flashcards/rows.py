"""The statements of the hot path, written out: from an answer to the next card.

The ORM takes several times longer to put these statements together than a database takes
to run them. Each SELECT reads a card with what is needed of its question and course in one query.
Tests hold the statements against the models and their indexes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from courses.enrollment.domain.roles import roles_with
from courses.flashcards.models import ReviewLog

Statement = tuple[str, list[Any]]

# The composite key has no column of its own.
# Of the log, in the order of `domain.folding.Entry`.
ENTRY_COLUMNS = (
    "id",
    "kind",
    "answered_at",
    "received_at",
    "local_day",
    "rating",
    "target_id",
    "interval_days",
    "due_at",
)
_ENTRY_FIELDS = [field for field in ReviewLog._meta.concrete_fields if field.column]
_INSERT_ENTRY = " ".join(
    (
        "INSERT INTO flashcards_reviewlog (",
        ", ".join([str(field.column) for field in _ENTRY_FIELDS]),
        ") VALUES (",
        ", ".join(["%s"] * len(_ENTRY_FIELDS)),
        ")",
    )
)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card with what an answer needs to know of its question and course.

    `studied` tells whether the learner takes part in the course now, `reserved` whether a graded
    quiz keeps the question for itself and its answer from the learner.
    """

    learner_id: UUID
    question_id: UUID
    course_id: UUID
    state: int
    step: int
    stability: float | None
    difficulty: float | None
    last_review_at: datetime | None
    last_review_day: date | None
    due_at: datetime | None
    reps: int
    lapses: int
    received_at: datetime | None
    parameters_id: UUID
    suspended: bool
    question_status: str
    current_id: UUID | None
    course_status: str
    desired_retention: float
    reserved: bool
    studied: bool


_CARD = (
    "c.learner_id, c.question_id, c.course_id, c.state, c.step, c.stability, c.difficulty,"
    " c.last_review_at, c.last_review_day, c.due_at, c.reps, c.lapses, c.received_at,"
    " c.parameters_id, c.suspended, q.status, q.current_id, k.status, k.desired_retention,"
    " (q.reserved AND NOT c.released)"
)
_JOINED = (
    "INNER JOIN assessment_question q ON q.id = c.question_id"
    " INNER JOIN enrollment_course k ON k.id = c.course_id"
)
_ROLES = sorted(roles_with("course.study"))
# Not correlated with the card: asked per card, SQLite would search among all members of
# the course instead of among the few enrolments of the learner.
_STUDIED = " ".join(
    (
        "c.course_id IN (SELECT e.course_id FROM enrollment_enrollment e",
        "WHERE e.user_id = %s AND e.ended_at IS NULL AND e.role IN (",
        ", ".join(["%s"] * len(_ROLES)),
        "))",
    )
)
_TODAY = "c.queue_position IS NOT NULL AND (c.queue_position <= %s OR c.queue_position >= %s)"


def lock_card(learner_id: UUID, question_id: UUID) -> CardRow | None:
    """Return the learner's card, locked until the end of the transaction; None without one.

    SQLite has no row locks: there a transaction that will write is alone from its start.
    """
    sql, parameters = card_statement(learner_id, question_id)
    if connection.features.has_select_for_no_key_update:
        sql += " FOR NO KEY UPDATE OF c"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return None if row is None else _card(row)


def queued_cards(
    learner_id: UUID,
    *,
    up_to: int,
    beyond: int | None,
    limit: int,
    course_id: UUID | None = None,
    exclude: Collection[UUID] = (),
) -> list[CardRow]:
    """Return available cards of the queue, in its order: at places <= `up_to`, >= `beyond`.

    Of the first `limit` places only; those whose card is not available are passed over.
    """
    sql, parameters = queue_statement(
        learner_id, up_to=up_to, beyond=beyond, limit=limit, course_id=course_id, exclude=exclude
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = sorted(cursor.fetchall(), key=itemgetter(-1))
    return [_card((*row[:-1], True)) for row in rows]


def count_queued(learner_id: UUID, *, beyond: int, course_id: UUID | None = None) -> int:
    """Return how many cards are in steps or at places >= `beyond`; from the index alone."""
    parts = ["SELECT COUNT(*) FROM flashcards_card c WHERE c.learner_id = %s AND", _TODAY]
    parameters = [stored_id(learner_id), -1, beyond]
    if course_id is not None:
        parts.append("AND c.course_id = %s")
        parameters.append(stored_id(course_id))
    with connection.cursor() as cursor:
        cursor.execute(" ".join(parts), parameters)
        return int(cursor.fetchone()[0])


def write_card_row(learner_id: UUID, question_id: UUID, columns: Mapping[str, Any]) -> None:
    """Set columns of one card; `columns` are names of this module's callers, never input."""
    parts = ("UPDATE flashcards_card SET", ", ".join([f"{name} = %s" for name in columns]),
             "WHERE learner_id = %s AND question_id = %s")  # fmt: skip
    key = [stored_id(learner_id), stored_id(question_id)]
    with connection.cursor() as cursor:
        cursor.execute(" ".join(parts), [*map(stored_value, columns.values()), *key])


def insert_entry(entry: ReviewLog) -> None:
    """Insert a new entry of the log. Raises IntegrityError if the learner's log has its id."""
    values = [
        field.get_db_prep_save(getattr(entry, field.attname), connection) for field in _ENTRY_FIELDS
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ENTRY, values)


def card_statement(learner_id: UUID, question_id: UUID) -> Statement:
    """Return the SELECT of one card and its parameters."""
    learner = stored_id(learner_id)
    parts = ("SELECT", _CARD + ",", _STUDIED, "FROM flashcards_card c", _JOINED,
             "WHERE c.learner_id = %s AND c.question_id = %s")  # fmt: skip
    return " ".join(parts), [learner, *_ROLES, learner, stored_id(question_id)]


def queue_statement(
    learner_id: UUID,
    *,
    up_to: int,
    beyond: int | None,
    limit: int,
    course_id: UUID | None = None,
    exclude: Collection[UUID] = (),
) -> Statement:
    """Return the SELECT of the next cards and its parameters; `beyond` None means no plan.

    The places are sought before anything is joined: a planner without statistics would
    join the whole queue first. The rows, few, come in any order, their place last.
    """
    learner = stored_id(learner_id)
    places = ["SELECT * FROM flashcards_card c WHERE c.learner_id = %s AND"]
    parameters: list[Any] = [learner]
    if beyond is None:
        places.append("c.queue_position <= %s")
        parameters.append(up_to)
    else:
        places.append(_TODAY)
        parameters += [up_to, beyond]
    if course_id is not None:
        places.append("AND c.course_id = %s")
        parameters.append(stored_id(course_id))
    if exclude:
        places += ["AND c.question_id NOT IN (", ", ".join(["%s"] * len(exclude)), ")"]
        parameters += [stored_id(name) for name in exclude]
    places.append("ORDER BY c.queue_position LIMIT %s")
    parameters += [limit, learner, *_ROLES]
    parts = ("SELECT", _CARD, ", c.queue_position FROM (", *places, ") c", _JOINED,
             "WHERE q.status = 'published' AND q.current_id IS NOT NULL",
             "AND k.status = 'published' AND NOT (q.reserved AND NOT c.released)",
             "AND", _STUDIED)  # fmt: skip
    return " ".join(parts), parameters


def stored_id(value: UUID) -> Any:
    """Return a UUID as the database stores it."""
    return value if connection.features.has_native_uuid_field else value.hex


def stored_value(value: Any) -> Any:
    """Return a moment, a day or a number as the database stores it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _card(row: Sequence[Any]) -> CardRow:
    return CardRow(
        learner_id=_uuid(row[0]),
        question_id=_uuid(row[1]),
        course_id=_uuid(row[2]),
        state=row[3],
        step=row[4],
        stability=row[5],
        difficulty=row[6],
        last_review_at=_moment(row[7]),
        last_review_day=row[8],
        due_at=_moment(row[9]),
        reps=row[10],
        lapses=row[11],
        received_at=_moment(row[12]),
        parameters_id=_uuid(row[13]),
        suspended=bool(row[14]),
        question_status=row[15],
        current_id=None if row[16] is None else _uuid(row[16]),
        course_status=row[17],
        desired_retention=row[18],
        reserved=bool(row[19]),
        studied=bool(row[20]),
    )


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)


def _moment(value: Any) -> datetime | None:
    """Return a stored moment in UTC; SQLite gives it without its zone."""
    if value is None or value.tzinfo is not None:
        return value if value is None else value.astimezone(UTC)
    return value.replace(tzinfo=UTC)
