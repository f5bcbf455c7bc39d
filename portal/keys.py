"""The keys that what people wrote is sealed with: one for each case, kept apart from the database.

Each is wrapped by the operator's key, which is nowhere but in the settings. A backup of the database
opens nothing without them, and erasing the key of a case erases the case, in every backup as well.
What is left of an erased key is its owner's id, so that a key that was erased can be told from one
that is lost.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection

from portal.database import INSERT, WRITES, Moment, open_database

ACCOUNTS = "@accounts"
"""The owner of the key for what belongs to accounts and not to a case."""
MAIL = "@mail"
"""The owner of the key for mails that wait to be sent."""
_INDEX = "@index"
MISSING = (
    "Keys are missing: PORTAL_KEYS_URL does not name the keys of this database. "
    "Name them, or bring them back: portal keys restore FILE"
)

NONCE = 12
_HELD_AT_MOST = 4096
_HELD_FOR = 900
_REMEMBERED_FOR = 60
_IN_ONE_GO = 500

metadata = MetaData()
table = Table(
    "data_key",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("key_id", String(16)),
    Column("wrapped", LargeBinary(80)),
    Column("made", Moment, nullable=False),
    Column("erase_asked", Moment),
    Column("erased", Moment),
)
"""One row for each owner: a case, or one of the portal's own.

``key_id`` names the operator's key that ``wrapped`` can be opened with; both are empty once ``erased``.
"""

_one = select(table.c.key_id, table.c.wrapped, table.c.erased).where(table.c.owner == bindparam("name"))


class KeyProblem(RuntimeError):
    """The keys are missing, or are not the ones of this database; the message says what to do."""


class Erased(LookupError):
    """The key was erased: what was sealed with it is gone for good."""


@dataclass(frozen=True, slots=True)
class OperatorKey:
    """A key that wraps keys. It is told from what the operator keeps, and never written down.

    :ivar id: names it beside what it wrapped; tells nothing of it.
    """

    id: str
    key: bytes

    @classmethod
    def told_from(cls, kept: str) -> OperatorKey:
        """The key that a setting stands for."""

        def labelled(label: bytes) -> bytes:
            return hmac.new(kept.encode(), label, hashlib.sha256).digest()

        return cls(labelled(b"the id of a wrapping key").hex()[:12], labelled(b"a wrapping key"))


def operator_keys(setting: str) -> tuple[OperatorKey, ...]:
    """The operator's keys, the one for new wraps first. Blanks or commas stand between them."""
    return tuple(OperatorKey.told_from(kept) for kept in re.split(r"[\s,]+", setting) if kept)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at all keys found.

    :ivar whole: how many are there and can be opened.
    :ivar erased: how many were erased.
    :ivar older: how many are still wrapped by another key than the first.
    :ivar shut: the owners whose key cannot be opened.
    """

    whole: int
    erased: int
    older: int
    shut: tuple[str, ...]


class Entry(NamedTuple):
    """One key as it is kept in escrow; ``key`` is ``None`` once it was erased."""

    owner: str
    key: bytes | None
    made: datetime
    erased: datetime | None


class Keyring:
    """The keys of one database, opened as they are needed. It may be shared by threads.

    :param address: where they are kept; never the database whose values they seal.
    :param operator: the operator's keys, the one for new wraps first.
    """

    def __init__(self, address: str, operator: tuple[OperatorKey, ...]) -> None:
        assert operator, "there is no key to wrap with"
        self._operator = operator
        self._by_id = {each.id: AESGCM(each.key) for each in operator}
        self._held: dict[str, tuple[AESGCM, float]] = {}
        self._remembered: dict[str, tuple[bytes, bytes]] = {}
        self._forget_at = 0.0
        self._engine = open_database(address)
        self._ready = False
        self._index: bytes | None = None
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _wipe_what_is_deleted)

    def make(self, owner: str) -> None:
        """Make a key and keep it, on the disk, before anything is sealed with it."""
        self._add(owner, AESGCM.generate_key(256))

    def of(self, owner: str) -> AESGCM:
        """What seals and opens for an owner.

        :raises Erased: when the key was erased.
        :raises KeyProblem: when there is none, or the operator's key for it is not among the settings.
        """
        held = self._held.get(owner)
        if held is not None and held[1] > time.monotonic():
            return held[0]
        opened = AESGCM(self._fetch(owner))
        if len(self._held) >= _HELD_AT_MOST:
            self._held.clear()
        self._held[owner] = (opened, time.monotonic() + _HELD_FOR)
        return opened

    def remembered(self) -> dict[str, tuple[bytes, bytes]]:
        """What was opened within a minute, by what it was sealed as: with its place, and what it says.

        A person who goes from page to page has the same words opened at each.
        """
        now = time.monotonic()
        if now > self._forget_at or len(self._remembered) > _HELD_AT_MOST:
            # A new one: another thread may be reading the old one.
            self._remembered, self._forget_at = {}, now + _REMEMBERED_FOR
        return self._remembered

    def own(self, owner: str) -> AESGCM:
        """As :meth:`of`, for one of the portal's own keys, which is made when it is first asked for."""
        try:
            return self.of(owner)
        except KeyProblem:
            with self._reading() as line:
                if line.execute(_one, {"name": owner}).one_or_none() is not None:
                    raise
            self.make(owner)
            return self.of(owner)

    def index(self, value: str) -> str:
        """What a value is found by that is kept sealed: the same for the same value, and told by nobody else.

        It takes all keys together to guess a value from it.
        """
        if self._index is None:
            self.own(_INDEX)
            self._index = self._fetch(_INDEX)
        return hmac.new(self._index, value.encode(), hashlib.sha256).hexdigest()

    def ask_to_erase(self, owner: str) -> None:
        """Note that a key is to be erased once its case is gone."""
        with self._writing() as line:
            here = (table.c.owner == owner, table.c.erased.is_(None))
            line.execute(update(table).where(*here).values(erase_asked=_now()))

    def asked(self) -> dict[str, datetime]:
        """The owners whose keys are to be erased, and since when."""
        due = select(table.c.owner, table.c.erase_asked).where(table.c.erase_asked.is_not(None))
        with self._reading() as line:
            return {row.owner: row.erase_asked for row in line.execute(due)}

    def erase(self, owners: Iterable[str]) -> None:
        """Erase keys for good. Their cases are gone with them."""
        gone_with = list(owners)
        if not gone_with:
            return
        with self._writing() as line:
            for owner in gone_with:
                self._held.pop(owner, None)
                self._remembered = {}
                gone = {"key_id": None, "wrapped": None, "erase_asked": None, "erased": _now()}
                line.execute(update(table).where(table.c.owner == owner).values(**gone))
        self._leave_no_trace()

    def spare(self, owners: Iterable[str]) -> None:
        """Take back that keys are to be erased: their cases are still there."""
        there = list(owners)
        if not there:
            return
        with self._writing() as line:
            for owner in there:
                line.execute(update(table).where(table.c.owner == owner).values(erase_asked=None))

    def known(self) -> dict[str, bool]:
        """Every owner, and whether their key was erased."""
        with self._reading() as line:
            return {
                row.owner: row.erased is not None
                for row in line.execute(select(table.c.owner, table.c.erased))
            }

    def entries(self) -> Iterator[Entry]:
        """Every key, opened; for escrow and for nothing else.

        :raises KeyProblem: when one cannot be opened.
        """
        with self._reading() as line:
            for row in line.execute(select(table).order_by(table.c.owner)):
                gone = row.erased is not None
                key = None if gone else self._unwrap(row.owner, row.key_id, row.wrapped)
                yield Entry(row.owner, key, row.made, row.erased)

    def fill(self, entries: Iterable[Entry]) -> int:
        """Put keys that were in escrow where there are none; how many they were.

        :raises KeyProblem: when there are some.
        """
        added = [self._row(entry) for entry in entries]
        with self._writing() as line:
            if line.execute(select(table.c.owner).limit(1)).scalar() is not None:
                raise KeyProblem("There are keys already. Name another place in PORTAL_KEYS_URL.")
            if added:
                line.execute(insert(table), added)
        return len(added)

    def _row(self, entry: Entry) -> dict[str, Any]:
        row = {"owner": entry.owner, "made": entry.made, "erased": entry.erased}
        wrapped = None if entry.key is None else self._wrap(entry.owner, entry.key)
        return row | {"wrapped": wrapped, "key_id": self._operator[0].id if wrapped else None}

    def need(self, owners: Iterable[str]) -> None:
        """Refuse when one of these has no key, or one of them cannot be opened.

        :raises KeyProblem: saying what to do.
        """
        wanted = list(owners)
        with self._reading() as line:
            found = select(table).where(table.c.owner.in_(wanted))
            rows = line.execute(found).all() if wanted else []
        if len(rows) < len(wanted):
            raise KeyProblem(MISSING)
        for row in rows:
            if row.erased is None:
                self._unwrap(row.owner, row.key_id, row.wrapped)

    def rotate(self) -> int:
        """Wrap every key by the operator's first key; how many were wrapped by another.

        It can be stopped at any moment and run again, while the portal runs.
        """
        first, done = self._operator[0], 0
        due = select(table).where(table.c.key_id != first.id).limit(_IN_ONE_GO)
        while True:
            with self._writing() as line:
                rows = line.execute(due).all()
                for row in rows:
                    wrapped = self._wrap(row.owner, self._unwrap(row.owner, row.key_id, row.wrapped))
                    here = (table.c.owner == row.owner, table.c.key_id == row.key_id)
                    line.execute(update(table).where(*here).values(key_id=first.id, wrapped=wrapped))
            if not rows:
                self._leave_no_trace()
                return done
            done += len(rows)

    def look(self) -> Found:
        """Open every key once."""
        whole = erased = older = 0
        shut = []
        with self._reading() as line:
            for row in line.execute(select(table).order_by(table.c.owner)):
                if row.erased is not None:
                    erased += 1
                    continue
                older += row.key_id != self._operator[0].id
                try:
                    self._unwrap(row.owner, row.key_id, row.wrapped)
                    whole += 1
                except KeyProblem:
                    shut.append(row.owner)
        return Found(whole, erased, older, tuple(shut))

    def close(self) -> None:
        """Forget what was opened, and let the connections go."""
        self._held.clear()
        self._remembered = {}
        self._engine.dispose()

    def _fetch(self, owner: str) -> bytes:
        with self._reading() as line:
            row = line.execute(_one, {"name": owner}).one_or_none()
        if row is None:
            raise KeyProblem(MISSING)
        if row.erased is not None:
            raise Erased(owner)
        return self._unwrap(owner, row.key_id, row.wrapped)

    def _add(self, owner: str, key: bytes) -> None:
        values = {"owner": owner, "key_id": self._operator[0].id, "wrapped": self._wrap(owner, key)}
        new = INSERT[self._engine.dialect.name](table).values(**values, made=_now())
        with self._writing() as line:
            # Whoever comes second uses the key of who came first; an erased one never comes back.
            line.execute(new.on_conflict_do_nothing())

    def _wrap(self, owner: str, key: bytes) -> bytes:
        first, nonce = self._operator[0], os.urandom(NONCE)
        return nonce + self._by_id[first.id].encrypt(nonce, key, _bound_to(owner, first.id))

    def _unwrap(self, owner: str, key_id: str, wrapped: bytes) -> bytes:
        opens = self._by_id.get(key_id)
        if opens is None:
            raise KeyProblem(
                f"The keys were wrapped by the operator’s key {key_id}, which is not in "
                "PORTAL_ENCRYPTION_KEY. Add it after the first one, with a blank between."
            )
        try:
            return opens.decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound_to(owner, key_id))
        except InvalidTag:
            raise KeyProblem(f"The key of {owner} was damaged. Bring the keys back from escrow.") from None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._prepare()
        with self._engine.connect() as line:
            yield line

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._prepare()
        with self._engine.connect().execution_options(**{WRITES: True}) as line, line.begin():
            yield line

    def _prepare(self) -> None:
        if not self._ready:
            metadata.create_all(self._engine)
            self._ready = True

    def _leave_no_trace(self) -> None:
        """What was overwritten is not to be read in a log or a page that is no longer used."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as line:
                driver: Any = line.connection.driver_connection
                line.rollback()
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
                line.execute(text(f"VACUUM {table.name}"))


def _wipe_what_is_deleted(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA secure_delete=ON")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _bound_to(owner: str, key_id: str) -> bytes:
    return f"{owner}\x1f{key_id}".encode()
