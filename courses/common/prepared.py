"""Querysets compiled once: what is asked stays in the ORM's words, the asking costs no ORM.

Building and compiling a queryset with a few joins takes a millisecond or two of processor,
many times what the database needs. Where a query is on the way of every answer, `Prepared`
compiles it on first use and afterwards only puts in the parameters.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Value = UUID | int | str


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement; where its parameters take arguments; how its columns become values."""

    sql: str
    constants: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


class Prepared:
    """A `values_list` queryset as a function of UUIDs, integers and texts, returning rows.

    `build` makes the queryset from as many arguments as a call passes; it is called twice
    for every `shape`, which stands for whatever else the queryset depends on (a LIMIT, how
    many values an IN has) and is passed to it by keyword. An argument's value must not
    matter to what `build` does.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: dict[Hashable, _Compiled] = {}

    def __call__(self, *values: Value, **shape: Hashable) -> list[tuple[Any, ...]]:
        """Return the rows for these arguments, by the connection of this thread."""
        connection = connections[DEFAULT_DB_ALIAS]
        kinds = tuple(type(value) for value in values)
        key = (connection.vendor, kinds, *shape.items())
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = self._compile(kinds, shape)
        native = connection.features.has_native_uuid_field
        parameters = list(compiled.constants)
        for position, number in compiled.slots:
            value = values[number]
            parameters[position] = value.hex if isinstance(value, UUID) and not native else value
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            rows = cursor.fetchall()
        return [_converted(row, compiled, connection) for row in rows]

    def _compile(self, kinds: tuple[type, ...], shape: dict[str, Hashable]) -> _Compiled:
        """Compile with two sets of stand-ins: where the statements differ, arguments go."""
        ones, others = _stand_ins(kinds, 101), _stand_ins(kinds, 20_011)
        sql, first, compiler = self._statement(ones, shape)
        again, second, _ = self._statement(others, shape)
        number_of: dict[tuple[Any, Any], int] = {}
        for number, (one, other) in enumerate(zip(ones, others, strict=True)):
            number_of[one, other] = number
            if isinstance(one, UUID) and isinstance(other, UUID):
                number_of[one.hex, other.hex] = number
        differing = [
            (position, pair)
            for position, pair in enumerate(zip(first, second, strict=True))
            if pair[0] != pair[1]
        ]
        slots = tuple((at, number_of[pair]) for at, pair in differing if pair in number_of)
        reached = {number for _position, number in slots}
        if sql != again or len(slots) != len(differing) or len(reached) != len(kinds):
            raise ValueError(f"Not every argument reaches the statement as it is: {sql}")
        found = compiler.get_converters([column[0] for column in compiler.select or ()])
        converters = tuple((at, tuple(each), column) for at, (each, column) in found.items())
        return _Compiled(sql, tuple(first), slots, converters)

    def _statement(
        self, values: list[Value], shape: dict[str, Hashable]
    ) -> tuple[str, tuple[Any, ...], Any]:
        compiler = self._build(*values, **shape).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return sql, tuple(parameters), compiler


def _stand_ins(kinds: tuple[type, ...], start: int) -> list[Value]:
    """Return values of these kinds, small enough for every integer field."""
    numbers = range(start, start + len(kinds))
    return [
        UUID(int=number) if kind is UUID else number if kind is int else f"stand-in-{number}"
        for number, kind in zip(numbers, kinds, strict=True)
    ]


def _converted(row: tuple[Any, ...], compiled: _Compiled, connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for at, converters, column in compiled.converters:
        for convert in converters:
            values[at] = convert(values[at], column, connection)
    return tuple(values)
