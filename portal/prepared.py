"""Statements that every page runs, compiled once and handed straight to the database's driver.

SQLAlchemy writes the SQL and knows how each kind of value is kept; what is left out is what it does
anew around every execution, which costs more than the statement itself. For the few statements that
a page and a save cannot do without, and for no others.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import Executable
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Change = Callable[[Any], Any]


class Connected(Protocol):
    """What has a connection in a transaction: a database session."""

    def connection(self) -> Connection:
        """The connection."""


class _Ready(NamedTuple):
    """A statement for one kind of database.

    :ivar fixed: the values that stand in the statement itself.
    :ivar places: the names of its values in order, where the driver takes them by place.
    :ivar into: how a value is turned into what the driver takes, for the values that need it;
        ``out_of``: what it gave into a value, by the place of its column.
    """

    sql: str
    fixed: dict[str, Any]
    places: tuple[str, ...] | None
    into: tuple[tuple[str, Change], ...]
    out_of: tuple[tuple[int, Change], ...]
    row: Callable[..., Any] | None


class Prepared:
    """One statement, or one for each kind of database where they differ.

    Each value it takes is named as its bound parameter, and must be given. What is given is used up.
    """

    def __init__(self, statement: Executable | Mapping[str, Executable]) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, session: Connected, values: dict[str, Any]) -> int:
        """Execute it and give how many rows it changed.

        :raises DBAPIError: whatever the database says, as SQLAlchemy would raise it.
        """
        cursor, _ready = self._execute(session.connection(), values)
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def first(self, session: Connected, values: dict[str, Any]) -> Any:
        """Its first row, with the names of its columns; ``None`` when there is none."""
        cursor, ready = self._execute(session.connection(), values)
        found = cursor.fetchone()
        cursor.close()
        if found is None:
            return None
        if ready.out_of:
            found = list(found)
            for place, change in ready.out_of:
                found[place] = change(found[place])
        assert ready.row is not None
        return ready.row(found)

    def value(self, session: Connected, values: dict[str, Any]) -> Any:
        """The first column of its first row; ``None`` when there is none."""
        row = self.first(session, values)
        return None if row is None else row[0]

    def _execute(self, connection: Connection, values: dict[str, Any]) -> tuple[Any, _Ready]:
        ready = self._ready.get(connection.dialect.name) or self._prepare(connection.dialect)
        if ready.fixed:
            values = ready.fixed | values
        for name, change in ready.into:
            values[name] = change(values[name])
        given = values if ready.places is None else tuple([values[name] for name in ready.places])
        cursor: Any = None
        try:
            cursor = connection.connection.cursor()
            cursor.execute(ready.sql, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection, cursor, ready.sql, error) from error
        return cursor, ready

    def _prepare(self, dialect: Dialect) -> _Ready:
        statement: Any = self._statement
        if isinstance(statement, Mapping):
            statement = statement[dialect.name]
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        into = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bound in compiled.binds.items()
        }
        columns = list(getattr(statement, "selected_columns", ()))
        out_of = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        names = [column.key or f"column_{place}" for place, column in enumerate(columns)]
        ready = _Ready(
            sql=str(compiled),
            fixed={name: bound.value for name, bound in compiled.binds.items() if bound.value is not None},
            places=tuple(compiled.positiontup) if compiled.positiontup is not None else None,
            into=tuple((name, change) for name, change in into.items() if change is not None),
            out_of=tuple((place, change) for place, change in enumerate(out_of) if change is not None),
            row=_rows_of(names) if names else None,
        )
        self._ready[dialect.name] = ready
        return ready


def _rows_of(names: list[str]) -> Callable[..., Any]:
    made: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc] # noqa: PYI024 - known only here
    return made._make


def _told(connection: Connection, cursor: Any, sql: str, error: Any) -> DBAPIError:
    """The driver's error as SQLAlchemy tells it; a connection that is gone is thrown away."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)
    told: Any = DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, connection_invalidated=gone, dialect=dialect
    )
    if gone:
        connection.invalidate(error)
    return cast("DBAPIError", told)
