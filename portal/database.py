"""The database: one engine for a process, one fair queue for whoever writes to SQLite.

SQLite runs in WAL with full synchronisation, so that a save that was acknowledged is on the disk.
Its stock library up to 3.51.2 can corrupt a WAL under several processes (the "WAL-reset" fault,
sqlite.org/wal.html), so the engine uses the library that ``pysqlite3`` carries and refuses an older one.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pysqlite3
from sqlalchemy import Engine, MetaData, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, DateTime

from portal.turns import others_turn

OLDEST_SAFE_SQLITE = (3, 51, 3)
WRITES = "portal_writes"
"""The execution option of a connection that is going to write: it takes its turn at once. One that stays
open between requests has it among its ``info`` instead, for as long as the request lasts."""
IF_FREE = "portal_if_free"
"""The option of one that gives up, rather than wait, when somebody else is writing."""

_TURN = "portal_turn"
"""Where a connection keeps its turn to write, among its ``info``."""

_PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
LONGEST_WAIT = 5
"""Seconds after which whoever waits for the database is told that it is busy."""

_MOST_CONNECTIONS = 40
"""Connections of one process to SQLite: two for every request that it works on, and some for its threads."""

_POSTGRESQL = {
    "connect_timeout": 3,
    "application_name": "plan-my-support",
    "options": f"-c lock_timeout={LONGEST_WAIT}s -c statement_timeout={3 * LONGEST_WAIT}s -c timezone=UTC",
    "keepalives_idle": 30,
    "tcp_user_timeout": LONGEST_WAIT * 1000,
}


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


def writers_take_turns(session: Session) -> bool:
    """Whether a transaction that may write has the whole database to itself, as on SQLite."""
    return session.connection().dialect.name == "sqlite"


INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""By dialect: an insert that can say what to do when the row is there already."""

Moment = DateTime(timezone=False)
"""A time in UTC, kept without a zone so that both engines give back the same value."""


class UnsafeDatabase(RuntimeError):
    """The database cannot keep what people type safe; the message says what to change."""


def open_database(address: str) -> Engine:
    """An engine for a database address, ready for use.

    :raises UnsafeDatabase: when SQLite's library is one that can lose data.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    if find_spec("psycopg") is None:
        raise UnsafeDatabase("PostgreSQL needs one more package. Install plan-my-support[postgres].")
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=LONGEST_WAIT,
        connect_args=_POSTGRESQL,
        # No error says what somebody typed.
        hide_parameters=True,
    )
    # Only here: the package may not be installed where SQLite is used.
    patience = import_module("portal.patience")
    event.listen(engine, "do_connect", patience.connect)
    return engine


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    """An engine while the block runs, for a command: nothing stays open behind it.

    :raises UnsafeDatabase: as :func:`open_database` does.
    """
    engine = open_database(address)
    try:
        yield engine
    finally:
        engine.dispose()


def one_moment(engine: Engine) -> Engine:
    """The same engine for whoever reads all of it as it was at one moment; SQLite does so by itself."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    return engine.execution_options(**level)


@lru_cache(maxsize=4)
def to_write(engine: Engine) -> Engine:
    """The same engine for whoever is going to write, told once and not with each connection."""
    return engine.execution_options(**{WRITES: True})


def _open_sqlite(url: URL) -> Engine:
    if pysqlite3.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise UnsafeDatabase(
            f"SQLite {pysqlite3.sqlite_version} can damage the database. "
            "Install pysqlite3 0.6.1 or newer, which carries a safe one."
        )
    more: dict[str, Any] = {}
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        # The connection that was used last remembers most. None costs anything that is not in use.
        more |= {"pool_use_lifo": True, "pool_size": _MOST_CONNECTIONS}
    engine = create_engine(
        url,
        module=pysqlite3,
        hide_parameters=True,
        connect_args={"timeout": LONGEST_WAIT, "isolation_level": None, "check_same_thread": False},
        **more,
    )
    queue = _WriterQueue(url.database) if url.database else None
    _prepare(engine, queue)
    return engine


def _prepare(engine: Engine, queue: _WriterQueue | None) -> None:
    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Straight to the driver: it is done for every request, and there is nothing to read back.
        driver: Any = connection.connection.driver_connection
        options, info = connection.get_execution_options(), connection.info
        writes = options.get(WRITES) or WRITES in info
        try:
            if writes and queue is not None and _TURN not in info:
                info[_TURN] = queue.wait(0 if options.get(IF_FREE) else LONGEST_WAIT)
            if writes:
                with others_turn():
                    driver.execute("BEGIN IMMEDIATE")
            else:
                driver.execute("BEGIN")
        except (pysqlite3.OperationalError, OSError) as error:
            raise OperationalError("BEGIN", None, error) from error

    @event.listens_for(engine, "checkin")
    def _give_up_turn(_connection: object, record: ConnectionPoolEntry) -> None:
        give_up_turn(record.info)


def give_up_turn(info: dict[Any, Any]) -> None:
    """Let the next one write; this connection only reads from now on.

    :param info: of the connection whose turn it was, if it was.
    """
    info.pop(WRITES, None)
    turn: _Turn | None = info.pop(_TURN, None)
    if turn is not None:
        turn.leave()


class _Turn(NamedTuple):
    """A turn to write: the queue, and the handle of the locked file."""

    queue: _WriterQueue
    handle: int

    def leave(self) -> None:
        """Give the turn up."""
        os.close(self.handle)
        self.queue.here.release()


class _WriterQueue:
    """Whose turn it is to write. SQLite's own waiting polls, and starves the unlucky.

    Threads of this process wait for one another, which costs next to nothing, and only the first of
    them for other processes. Those take turns by a lock on a file beside the database. It is never the
    database file: closing that one in this process would drop SQLite's own locks
    (sqlite.org/howtocorrupt.html).
    """

    def __init__(self, database: str) -> None:
        self._path = f"{database}.queue"
        self.here = threading.Lock()

    def wait(self, longest: float) -> _Turn:
        """Wait for the turn, to be given up with :meth:`_Turn.leave`.

        :param longest: seconds.
        :raises TimeoutError: when it did not come in that time.
        """
        until = time.monotonic() + longest
        if not self.here.acquire(blocking=False):
            with others_turn():
                if not self.here.acquire(timeout=longest):
                    raise TimeoutError("the turn to write did not come")
        try:
            return _Turn(self, self._before_other_processes(until - time.monotonic()))
        except BaseException:
            self.here.release()
            raise

    def _before_other_processes(self, longest: float) -> int:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _Waiter(handle).result(longest)
        return handle


class _Waiter:
    """Somebody in the queue. The lock itself cannot be waited for with an end, so that a thread does it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._left = threading.Lock()
        self._came = threading.Event()
        self._gone = False
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._left:
            self._came.set()
            if self._gone:
                os.close(self._handle)

    def result(self, longest: float) -> int:
        """The handle once the turn has come."""
        with others_turn():
            came = self._came.wait(longest)
        if not came:
            with self._left:
                self._gone = not self._came.is_set()
                if self._gone:
                    raise TimeoutError("the turn to write did not come")
        return self._handle
