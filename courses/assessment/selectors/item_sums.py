"""The sums behind an item analysis, added up by the database in one pass over the responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from courses.assessment.domain.statistics import Sums
from courses.assessment.domain.types import get_type, self_rated_types, type_names
from courses.assessment.models import Quiz

# A page that was left open says nothing of the question; reviews are cut at the same time.
LONGEST_MS = 10 * 60 * 1000

# What is analysed: attempts handed in and marked to the end, none of an author's.
_FINISHED = "{0}.submitted_at IS NOT NULL AND NOT {0}.preview AND {0}.raw_score IS NOT NULL"
_FIRST = (
    "AND NOT EXISTS (SELECT 1 FROM assessment_attempt b WHERE b.learner_id = a.learner_id"
    " AND b.quiz_id = a.quiz_id AND b.number < a.number AND"
)
# Every question that each attempt asked, with what was answered: no answer earns 0.
_GIVEN = (
    "SELECT t.id AS attempt, v.id AS version, COALESCE(r.credit, 0.0) AS x,"
    " CASE WHEN r.id IS NULL THEN 1 ELSE 0 END AS missing,"
)
_TIME = (
    "CASE WHEN r.duration_ms > 0 THEN 1 ELSE 0 END AS timed,"
    " CASE WHEN r.duration_ms > %s THEN %s ELSE r.duration_ms END AS ms"
)
_TOTALS = "SELECT attempt, SUM(x) AS total, COUNT(*) AS asked FROM given GROUP BY attempt"
# The rest score: the mean credit of the other questions of the attempt.
_RESTS = (
    "SELECT g.*, (s.total - g.x) / NULLIF(s.asked - 1, 0) AS y"
    " FROM given g INNER JOIN totals s ON s.attempt = g.attempt"
)
_SUMS = (
    "SELECT version, answer, SUM(missing), SUM(timed), SUM(ms), COUNT(*), SUM(x), SUM(x * x),"
    " SUM(y), SUM(y * y), SUM(x * y) FROM rests GROUP BY version, answer"
)
_SPREAD = (
    "SELECT COUNT(*), SUM(total / asked), SUM(total / asked * total / asked), SUM(shared),"
    " SUM(shared * shared) FROM ("
    "SELECT attempt, SUM(x) AS total, COUNT(*) AS asked, SUM(CASE WHEN version IN ("
)


@dataclass(frozen=True, slots=True)
class Group:
    """The sums over one version of a question and, of types with options, one answer.

    `answer` is JSON text, None for other types and for what was left open; `missing` are those
    who did. `timed` answers took `milliseconds` together.
    """

    version_id: UUID
    answer: str | None
    missing: int
    timed: int
    milliseconds: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Spread:
    """Sums over attempts: of their mean credit, and of the sum of some questions' credits."""

    n: int = 0
    score: float = 0.0
    score_squares: float = 0.0
    shared: float = 0.0
    shared_squares: float = 0.0


def option_types() -> list[str]:
    """Return the types of which it is counted what was picked."""
    return [name for name in type_names() if get_type(name).counts_picks]


def sums_of(quiz: Quiz, *, first_only: bool) -> list[Group]:
    """Return the groups of all answers in the attempts at a quiz, by one statement."""
    given, parameters = _given(quiz, first_only)
    with connection.cursor() as cursor:
        cursor.execute(" ".join((given, ", rests AS (", _RESTS, ")", _SUMS)), parameters)
        rows = cursor.fetchall()
    return [
        Group(
            _uuid(row[0]),
            row[1],
            int(row[2]),
            int(row[3]),
            int(row[4] or 0),
            Sums(row[5], *(float(one or 0.0) for one in row[6:])),
        )
        for row in rows
    ]


def spread_of(quiz: Quiz, shared: Sequence[UUID], *, first_only: bool) -> Spread:
    """Return the sums over the attempts at a quiz; `shared` are the versions of the second sum."""
    given, parameters = _given(quiz, first_only)
    marks = ", ".join(["%s"] * len(shared)) or "NULL"
    parts = (given, _SPREAD, marks, ") THEN x ELSE 0.0 END) AS shared FROM given",
             "GROUP BY attempt) attempts")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" ".join(parts), [*parameters, *map(_stored, shared)])
        row = cursor.fetchone()
    return Spread(row[0], *(float(one or 0.0) for one in row[1:]))


def _given(quiz: Quiz, first_only: bool) -> tuple[str, list[Any]]:
    """Return the beginning of a statement that has `given` and `totals`, and its parameters."""
    options, rated = option_types(), self_rated_types()
    if connection.vendor == "sqlite":  # ids are stored without dashes, but not in lists of JSON
        asked = 'INNER JOIN json_each(t."order") e'
        same = "v.id = replace(e.value, '-', '')"
    else:
        asked = 'CROSS JOIN LATERAL jsonb_array_elements_text(t."order") AS e(value)'
        same = "v.id = CAST(e.value AS uuid)"
    taken = [
        'SELECT a.id, a."order" FROM assessment_attempt a WHERE a.quiz_id = %s AND',
        _FINISHED.format("a"),
    ]
    if first_only:
        taken += [_FIRST, _FINISHED.format("b"), ")"]
    parts = (
        "WITH taken AS (", *taken, "), given AS (", _GIVEN,
        "CASE WHEN v.type IN (", ", ".join(["%s"] * len(options)),
        ") THEN CAST(r.answer AS text) END AS answer,", _TIME, "FROM taken t", asked,
        "INNER JOIN assessment_questionversion v ON", same,
        "AND v.type NOT IN (", ", ".join(["%s"] * len(rated)), ")",
        "LEFT JOIN assessment_response r ON r.attempt_id = t.id AND r.version_id = v.id",
        "), totals AS (", _TOTALS, ")",
    )  # fmt: skip
    return " ".join(parts), [_stored(quiz.pk), *options, LONGEST_MS, LONGEST_MS, *rated]


def _stored(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=value)
