"""The keys that what people wrote is sealed with: one for each case, kept apart from the database.

Each is wrapped by the operator's key, which is nowhere but in the settings. A backup of the database
opens nothing without them, and erasing the key of a case erases the case, in every backup as well.
What is left of an erased key is its owner's id, so that a key that was erased can be told from one
that is lost.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, insert, select, update

from portal.database import INSERT
from portal.key_store import (
    NONCE,
    Erased,
    Held,
    KeyProblem,
    KeyStore,
    OperatorKey,
    holds,
    moment,
    operator_keys,
    table,
)

__all__ = [
    "ACCOUNTS",
    "MAIL",
    "NONCE",
    "Entry",
    "Erased",
    "Found",
    "Held",
    "KeyProblem",
    "Keyring",
    "OperatorKey",
    "operator_keys",
]

ACCOUNTS = "@accounts"
"""The owner of the key for what belongs to accounts and not to a case."""
MAIL = "@mail"
"""The owner of the key for mails that wait to be sent."""
_INDEX = "@index"
MISSING = (
    "Keys are missing: PORTAL_KEYS_URL does not name the keys of this database. "
    "Name them, or bring them back: portal keys restore FILE"
)

_HELD_AT_MOST = 4096
_HELD_FOR = 900
_REMEMBERED_FOR = 60
_IN_ONE_GO = 500

_one = select(table.c.key_id, table.c.wrapped, table.c.erased).where(table.c.owner == bindparam("name"))


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


class Keyring(KeyStore):
    """The keys of one database, opened as they are needed. It may be shared by threads.

    :param address: where they are kept; never the database whose values they seal.
    :param operator: the operator's keys, the one for new wraps first.
    """

    def __init__(self, address: str, operator: tuple[OperatorKey, ...]) -> None:
        super().__init__(address, operator)
        self._held: dict[str, tuple[AESGCM, float]] = {}
        self._remembered: dict[str, tuple[bytes, Any]] = {}
        self._forget_at = 0.0
        self._index: bytes | None = None

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

    def remembered(self) -> dict[str, tuple[bytes, Any]]:
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
        """Note that a key is to be erased once its case is gone.

        :raises Held: when it must not be.
        """
        with self._writing() as line:
            if line.execute(select(holds.c.owner).where(holds.c.owner == owner)).scalar() is not None:
                raise Held(owner)
            here = (table.c.owner == owner, table.c.erased.is_(None))
            line.execute(update(table).where(*here).values(erase_asked=moment()))

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
                gone = {"key_id": None, "wrapped": None, "erase_asked": None, "erased": moment()}
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
        new = INSERT[self._engine.dialect.name](table).values(**values, made=moment())
        with self._writing() as line:
            # Whoever comes second uses the key of who came first; an erased one never comes back.
            line.execute(new.on_conflict_do_nothing())
