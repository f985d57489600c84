"""The statements that a regrade writes by the thousand, written out as in `flashcards.rows`.

The ORM's bulk_update puts one CASE per row together, which takes several times longer than
the database needs for the rows. Tests hold the statements against the models.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

_RESPONSES = (
    "UPDATE assessment_response SET credit = %s, counted = %s, marked_version_id = %s"
    " WHERE learner_id = %s AND id = %s"
)
_ATTEMPTS = "UPDATE assessment_attempt SET raw_score = %s, score = %s WHERE id = %s"

ResponseRow = tuple[float | None, float | None, UUID | None, UUID, UUID]
AttemptRow = tuple[float | None, float | None, UUID]


def write_responses(rows: Iterable[ResponseRow]) -> None:
    """Set (credit, counted, marked_version_id) of the responses (learner_id, id)."""
    _write(_RESPONSES, rows)


def write_attempts(rows: Iterable[AttemptRow]) -> None:
    """Set (raw_score, score) of the attempts (id)."""
    _write(_ATTEMPTS, rows)


def _write(sql: str, rows: Iterable[tuple[float | UUID | None, ...]]) -> None:
    stored = [tuple(map(_stored, row)) for row in rows]
    if stored:
        with connection.cursor() as cursor:
            cursor.executemany(sql, stored)


def _stored(value: float | UUID | None) -> float | str | UUID | None:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
