"""The statements that a regrade writes by the thousand, written out as in `flashcards.rows`.

The ORM's bulk_update puts one CASE per row together, which takes several times longer than
the database needs for the rows. Tests hold the statements against the models.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

_RESPONSES = (
    "UPDATE assessment_response SET credit = %s, counted = %s, marked_version_id = %s"
    " WHERE learner_id = %s AND id = %s"
)
_ATTEMPTS = "UPDATE assessment_attempt SET raw_score = %s, score = %s WHERE id = %s"

_KEPT = (
    "regrade_id", "learner_id", "response_id", "attempt_id", "credit_before", "credit_after",
    "counted_before", "counted_after", "marked_before", "marked_after",
)  # fmt: skip
_KEEP = " ".join(
    ("INSERT INTO assessment_regradedresponse (", ", ".join(_KEPT), ") VALUES (",
     ", ".join(["%s"] * len(_KEPT)), ") ON CONFLICT DO NOTHING")
)  # fmt: skip

ResponseRow = tuple[float | None, float | None, UUID | None, UUID, UUID]
AttemptRow = tuple[float | None, float | None, UUID]
KeptRow = tuple[
    UUID, UUID, UUID, UUID | None, float | None, float | None, float | None, float | None,
    UUID | None, UUID | None,
]  # fmt: skip


def write_responses(rows: Iterable[ResponseRow]) -> None:
    """Set (credit, counted, marked_version_id) of the responses (learner_id, id)."""
    _write(_RESPONSES, rows)


def write_attempts(rows: Iterable[AttemptRow]) -> None:
    """Set (raw_score, score) of the attempts (id)."""
    _write(_ATTEMPTS, rows)


def keep_responses(rows: Iterable[KeptRow]) -> None:
    """Insert rows of RegradedResponse, its columns in their order; those there already stay."""
    _write(_KEEP, rows)


def _write(sql: str, rows: Iterable[tuple[float | UUID | None, ...]]) -> None:
    if connection.features.has_native_uuid_field:
        stored: list[tuple[Any, ...]] = list(rows)
    else:
        stored = [tuple([one.hex if isinstance(one, UUID) else one for one in row]) for row in rows]
    if stored:
        with connection.cursor() as cursor:
            cursor.executemany(sql, stored)
