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

Value = UUID | int
# Two stand-ins for the first argument, small enough for every integer field.
_STANDS, _OTHERS = 101, 20_011


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement; where its parameters take arguments; how its columns become values."""

    sql: str
    constants: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


class Prepared:
    """A `values_list` queryset as a function of UUIDs and integers, returning rows.

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
        kinds = tuple(isinstance(value, UUID) for value in values)
        key = (connection.vendor, kinds, *shape.items())
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = self._compile(kinds, shape)
        native = connection.features.has_native_uuid_field
        parameters = list(compiled.constants)
        for position, number in compiled.slots:
            value = values[number]
            parameters[position] = value if native or isinstance(value, int) else value.hex
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            rows = cursor.fetchall()
        return [_converted(row, compiled, connection) for row in rows]

    def _compile(self, kinds: tuple[bool, ...], shape: dict[str, Hashable]) -> _Compiled:
        """Compile with two sets of stand-ins: where they differ, an argument goes."""
        sql, first, compiler = self._statement(kinds, shape, start=_STANDS)
        again, second, _ = self._statement(kinds, shape, start=_OTHERS)
        slots = tuple(
            (position, _number(pair))
            for position, pair in enumerate(zip(first, second, strict=True))
            if pair[0] != pair[1]
        )
        unused = set(range(len(kinds))) - {number for _position, number in slots}
        if sql != again or unused:
            raise ValueError(f"Arguments {sorted(unused)} do not reach the statement: {sql}")
        found = compiler.get_converters([column[0] for column in compiler.select or ()])
        converters = tuple((at, tuple(each), column) for at, (each, column) in found.items())
        return _Compiled(sql, tuple(first), slots, converters)

    def _statement(
        self, kinds: tuple[bool, ...], shape: dict[str, Hashable], *, start: int
    ) -> tuple[str, tuple[Any, ...], Any]:
        stands = [UUID(int=n) if is_uuid else n for n, is_uuid in enumerate(kinds, start)]
        compiler = self._build(*stands, **shape).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return sql, tuple(parameters), compiler


def _number(pair: tuple[Any, Any]) -> int:
    """Return which argument the stand-in is for; ValueError if something was made of it."""
    value, other = (UUID(hex=each).int if isinstance(each, str) else int(each) for each in pair)
    if other - value != _OTHERS - _STANDS:
        raise ValueError("An argument reaches the statement only in another form.")
    return value - _STANDS


def _converted(row: tuple[Any, ...], compiled: _Compiled, connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for at, converters, column in compiled.converters:
        for convert in converters:
            values[at] = convert(values[at], column, connection)
    return tuple(values)
