"""The database connections of web requests.

Those to SQLite stay open from one request to the next: to take one from SQLAlchemy's pool and to give it
back costs more than all that a page reads. Those to PostgreSQL are taken from the pool, which looks first
whether they still live.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portal.database import WRITES, give_up_turn, to_write

AWAY = (OperationalError, InterfaceError, NoConnectionFree)
"""What is raised when the database is locked, full, gone or out of connections."""

MOST_KEPT = 8
"""Connections that stay open, of one process: more are only taken while many wait for the disk."""


class Lines:
    """The connections of one process to its database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._keeps = engine.dialect.name == "sqlite" and bool(engine.url.database)
        self._kept: list[Connection] = []
        event.listen(engine, "engine_disposed", self._let_go)

    def take(self, *, to_change: bool) -> Connection:
        """A connection in a transaction of its own.

        :param to_change: whether it may write: it then waits for its turn.
        :raises AWAY: when there is none to be had, or the turn does not come.
        """
        line = self._one(to_change=to_change)
        try:
            line.begin()
        except BaseException:
            # With the connection goes its turn to write.
            line.invalidate()
            line.close()
            raise
        return line

    def give_back(self, line: Connection) -> None:
        """Undo what was not committed, and let another request have the connection.

        The answer is made by then: a connection that breaks now is thrown away, and nobody is told.
        """
        try:
            line.rollback()
        except DBAPIError:
            line.invalidate()
        if not self._keeps or line.invalidated or len(self._kept) >= MOST_KEPT:
            line.close()
            return
        give_up_turn(line.info)
        # The one that was used last remembers most.
        self._kept.append(line)

    def _one(self, *, to_change: bool) -> Connection:
        if not self._keeps:
            return (to_write(self._engine) if to_change else self._engine).connect()
        try:
            line = self._kept.pop()
        except IndexError:
            line = self._engine.connect()
        if to_change:
            line.info[WRITES] = True
        return line

    def _let_go(self, _engine: Engine) -> None:
        while self._kept:
            line = self._kept.pop()
            line.invalidate()
            line.close()


@lru_cache(maxsize=4)
def lines_of(engine: Any) -> Lines:
    """The connections of this process to the database of an engine."""
    return Lines(engine)
