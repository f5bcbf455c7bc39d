"""Where keys are kept, wrapped by the operator's key: the tables, and what can go wrong with them."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, delete, event, select, text
from sqlalchemy.engine import Connection

from portal.database import INSERT, WRITES, Moment, open_database

NONCE = 12

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


holds = Table(
    "key_hold",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
)
"""The owners whose keys must not be erased, and so their cases not deleted, because of the law."""


class Held(RuntimeError):
    """A case is under a legal hold: nothing may delete it."""


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


class KeyStore:
    """A place with keys. It may be shared by threads.

    :param address: of a database; never of the one whose values they seal.
    :param operator: the operator's keys, the one for new wraps first.
    """

    def __init__(self, address: str, operator: tuple[OperatorKey, ...]) -> None:
        assert operator, "there is no key to wrap with"
        self._operator = operator
        self._by_id = {each.id: AESGCM(each.key) for each in operator}
        self._engine = open_database(address)
        self._ready = False
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _wipe_what_is_deleted)

    def hold(self, owner: str) -> None:
        """Let nobody erase a key, and so nobody delete its case, until it is released."""
        new = INSERT[self._engine.dialect.name](holds).values(owner=owner, since=moment())
        with self._writing() as line:
            line.execute(new.on_conflict_do_nothing())

    def release(self, owner: str) -> bool:
        """End a hold; whether there was one."""
        with self._writing() as line:
            return bool(line.execute(delete(holds).where(holds.c.owner == owner)).rowcount)

    def held(self) -> frozenset[str]:
        """The owners whose keys must not be erased."""
        with self._reading() as line:
            return frozenset(line.execute(select(holds.c.owner)).scalars())

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


def moment() -> datetime:
    """The time in UTC, as it is kept."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _bound_to(owner: str, key_id: str) -> bytes:
    return f"{owner}\x1f{key_id}".encode()
