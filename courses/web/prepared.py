"""Queries compiled once: the ORM writes the SQL, a request only fills in its values.

Building and compiling a query takes the ORM several times as long as the database needs to
answer it. For the one page that must be as fast as loading a session that is too much.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """A `values_list` query with gaps: ids by name, and texts by name.

    `build` is called once per database vendor, with a stand-in for every gap; gaps may
    only be compared for equality.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *,
        ids: tuple[str, ...] = (),
        texts: tuple[str, ...] = (),
    ) -> None:
        self._build = build
        self._ids = {name: uuid4() for name in ids}
        self._texts = {name: f"gap-{uuid4().hex}" for name in texts}
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: UUID | str) -> list[list[Any]]:
        """Return the rows, converted as `values_list` would."""
        compiled = self._for_this_database()
        given = {self._stand_in(name): self._stored(name, value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, [given.get(param, param) for param in compiled.params])
            rows = [list(row) for row in cursor.fetchall()]
        for place, (convert, expression) in compiled.converters.items():
            for row in rows:
                for one in convert:
                    row[place] = one(row[place], expression, connection)
        return rows

    def _for_this_database(self) -> "_Compiled":
        if connection.vendor not in self._compiled:
            query = self._build(**self._ids, **self._texts).query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column[0] for column in compiler.select])
            self._compiled[connection.vendor] = _Compiled(sql, tuple(params), converters)
        return self._compiled[connection.vendor]

    def _stand_in(self, name: str) -> Any:
        return self._stored(name, self._ids.get(name) or self._texts[name])

    def _stored(self, name: str, value: UUID | str) -> Any:
        """Return a value as this database's driver takes it."""
        if name in self._ids and not connection.features.has_native_uuid_field:
            assert isinstance(value, UUID)
            return value.hex
        return value


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]
