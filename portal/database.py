"""The database: one engine for a process, one fair queue for whoever writes to SQLite.

SQLite runs in WAL with full synchronisation, so that a save that was acknowledged is on the disk.
Its stock library up to 3.51.2 can corrupt a WAL under several processes (the "WAL-reset" fault,
sqlite.org/wal.html), so the engine uses the library that ``pysqlite3`` carries and refuses an older one.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Engine, MetaData, Table, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, DateTime

OLDEST_SAFE_SQLITE = (3, 51, 3)
WRITES = "portal_writes"
"""The execution option of a connection that is going to write: it takes its turn at once."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)


class Record(DeclarativeBase):
    """The base of everything kept in the database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}


def table_of(record: type[Record]) -> Table:
    """The table of a record, for statements on the hot path that need no objects."""
    table = record.__table__
    assert isinstance(table, Table)
    return table


Moment = DateTime(timezone=False)
"""A time in UTC, kept without a zone so that both engines give back the same value."""


class UnsafeDatabase(RuntimeError):
    """The database cannot keep what people type safe; the message says what to change."""


def open_database(address: str) -> Engine:
    """An engine for a database address, ready for use.

    :raises UnsafeDatabase: when SQLite's library is one that can lose data.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    return _open_sqlite(url)


def _open_sqlite(url: URL) -> Engine:
    if pysqlite3.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise UnsafeDatabase(
            f"SQLite {pysqlite3.sqlite_version} can damage the database. "
            "Install pysqlite3 0.6.1 or newer, which carries a safe one."
        )
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        module=pysqlite3,
        connect_args={"timeout": 10, "isolation_level": None, "check_same_thread": False},
    )
    queue = _WriterQueue(url.database) if url.database else None
    _prepare(engine, queue)
    return engine


def _prepare(engine: Engine, queue: _WriterQueue | None) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Straight to the driver: it is done for every request, and there is nothing to read back.
        driver: Any = connection.connection.driver_connection
        if not connection.get_execution_options().get(WRITES):
            driver.execute("BEGIN")
            return
        if queue is not None and "turn" not in connection.info:
            connection.info["turn"] = queue.wait()
        driver.execute("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _give_up_turn(_connection: object, record: ConnectionPoolEntry) -> None:
        turn = record.info.pop("turn", None)
        if turn is not None:
            os.close(turn)


class _WriterQueue:
    """Whose turn it is to write. SQLite's own waiting polls, and starves the unlucky.

    A lock on a file beside the database is handed on in order. It is never the database file:
    closing that one in this process would drop SQLite's own locks (sqlite.org/howtocorrupt.html).
    """

    def __init__(self, database: str) -> None:
        self._path = f"{database}.queue"

    def wait(self) -> int:
        """Wait for the turn; closing what is returned gives it up."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        return handle
