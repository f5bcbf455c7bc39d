"""Whether the audit trail is what was written: every chain, link by link, and a seal over their ends.

A chain shows an entry that was changed, moved, put in, or taken out before another. It cannot show
that its last entries are gone: what is left is a shorter chain, and a sound one. A seal can. It tells
how long each chain was and how it ended at one moment, and is kept where whoever can write to the
database cannot. What was written after the last seal, and taken off the end again, stays unseen.

When its time is up the trail of a deleted case is taken out, and one last entry says where it ended: its
hash covers the one before it, so that nobody without the key can take out a trail in this way.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, delete, func, select, true, tuple_
from sqlalchemy.orm import Session

from portal import audit
from portal.audit import AuditEntry
from portal.database import one_moment, opened, table_of
from portal.sharing.records import Case

FORMAT = "plan-my-support/seal/1"
FORGET = "forget"
"""The action of an entry before which everything was taken out. The database lets nothing else go."""
_AT_ONCE = 5000
_WORTH_SHARING = 100_000
"""Entries of which several processes are sooner done than one, though each has to be started."""

_WHOLE_SECOND = ".000000"

_entries = table_of(AuditEntry)
_cases = table_of(Case)
_told = tuple(
    _entries.c[name] for name in ("case_id", "place", "at", "actor", "action", "subject", "said", "hash")
)


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that is not what was written, or that is missing.

    :ivar place: where in the case's trail, counted from 1.
    """

    case_id: str
    place: int
    what: str

    def __str__(self) -> str:
        return f"Case {self.case_id}, entry {self.place}: {self.what}"


class End(NamedTuple):
    """How a case's trail ended when it was sealed: the place and the hash of its last entry."""

    place: int
    hash: str


class BadSeal(ValueError):
    """A seal that this portal did not write, or that was changed."""


class Share(NamedTuple):
    """The cases from one id on and before another, in the order of the database; ``None``: no end there."""

    first: str | None = None
    end: str | None = None

    def of(self, id: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether an id is among them."""
        here = true() if self.first is None else id >= self.first
        return here if self.end is None else here & (id < self.end)


def faults(session: Session, seal: Mapping[str, End] | None = None) -> Iterator[Fault]:
    """Everything that is wrong with the audit trail, case by case.

    The session reads one moment, so that what is written meanwhile does not look wrong.

    :param seal: the ends of the trails at an earlier time, as :func:`read_seal` gives them.
    """
    sealed = dict(seal or {})
    yield from _faults_among(session, Share(), sealed)
    yield from _unseen(sealed)


def faults_in(address: str, key: bytes, seal: Mapping[str, End] | None = None) -> Iterator[Fault]:
    """The same of a whole database, looked over by as many processes as there are processors.

    Nothing joins the trails of two cases, and each case is in one share. So it does no harm that every
    process reads a moment of its own.

    :param key: the key of the chain.
    """
    with opened(address) as engine, Session(engine) as session:
        shares = _shares(session)
    sealed = dict(seal or {})
    unseen = set(sealed)
    # Nothing is open here any more when the others begin, and each opens the database for itself.
    look = partial(_looked_over, address, key, sealed)
    if len(shares) == 1:
        yield from _told_of(map(look, shares), unseen)
    else:
        with ProcessPoolExecutor(len(shares)) as processes:
            yield from _told_of(processes.map(look, shares), unseen)
    yield from _unseen(unseen)


def _told_of(parts: Iterator[tuple[list[Fault], set[str]]], unseen: set[str]) -> Iterator[Fault]:
    for found, not_there in parts:
        yield from found
        unseen &= not_there


def _looked_over(
    address: str, key: bytes, seal: Mapping[str, End], share: Share
) -> tuple[list[Fault], set[str]]:
    """The faults among a share, and the cases of a seal that are not in it."""
    sealed = dict(seal)
    with opened(address) as made, Session(one_moment(made), info={audit.KEY: key}) as session:
        return list(_faults_among(session, share, sealed)), set(sealed)


def _unseen(sealed: Collection[str]) -> Iterator[Fault]:
    return (Fault(case_id, 1, "there is no entry at all") for case_id in sorted(sealed))


def _shares(session: Session) -> list[Share]:
    """As many shares as there are processors, with as many cases in each; one if there is little to do."""
    many = (os.cpu_count() or 1) if written(session) >= _WORTH_SHARING else 1
    cases = session.execute(select(func.count()).select_from(_cases)).scalar_one()
    ids = select(_cases.c.id).order_by(_cases.c.id).limit(1)
    places = [cases * part // many for part in range(1, many)]
    cuts = dict.fromkeys(session.execute(ids.offset(place)).scalar() for place in places)
    return [Share(*ends) for ends in pairwise((None, *filter(None, cuts), None))]


def _faults_among(session: Session, share: Share, sealed: dict[str, End]) -> Iterator[Fault]:
    """The faults among a share; what is in it is taken out of what was sealed."""
    key: bytes = session.info[audit.KEY]
    alive = set(session.execute(select(_cases.c.id).where(share.of(_cases.c.id))).scalars())
    for case_id, chain in groupby(_every(session, share), key=itemgetter(0)):
        yield from _faults_of(key, chain, case_id in alive, sealed.pop(case_id, None))
        alive.discard(case_id)
    for case_id in sorted(alive):
        sealed.pop(case_id, None)
        yield Fault(case_id, 1, "there is no entry at all")


def _every(session: Session, share: Share) -> Iterator[Any]:
    """The entries of a share as the driver gives them: of a million, making more of each takes a second."""
    place = tuple_(_entries.c.case_id, _entries.c.place)
    some = select(*_told).order_by(*place.clauses).limit(_AT_ONCE)
    rows = _read(session, some.where(share.of(_entries.c.case_id)))
    # Only the end of the share, or the database would look for its beginning each time.
    following = some.where(share._replace(first=None).of(_entries.c.case_id))
    while rows:
        yield from rows
        rows = _read(session, following.where(place > rows[-1][:2]))


def _read(session: Session, query: Select[Any]) -> Sequence[Any]:
    with session.connection().execute(query) as result:
        return result.cursor.fetchall()


def _faults_of(key: bytes, chain: Iterator[Any], alive: bool, end: End | None) -> Iterator[Fault]:  # noqa: FBT001
    before, place, action, case_id = "", 0, "", ""
    # A council has millions of entries: what is told of each is taken apart once, and not looked up by name.
    for case_id, there, at, actor, action, subject, said, hashed in chain:
        place += 1
        if place == 1 < there and action == FORGET:
            place, before = there, subject.rpartition(" ")[2]
            if end is not None and end.place == place - 1 and end.hash != before:
                yield Fault(case_id, place, "what was taken out before it did not end as it was sealed")
            if alive:
                yield Fault(case_id, place, "the case is there, and the trail before it was taken out")
        if there != place:
            yield Fault(case_id, place, "it is missing")
            place = there
        entry = (case_id, str(place), _moment(at), actor, action, subject)
        told = audit.chained(key, before, *entry, said=said)
        if not hmac.compare_digest(told, hashed):
            yield Fault(case_id, place, "it is not what was written, or does not follow from the one before")
        if end is not None and end.place == place and end.hash != hashed:
            yield Fault(case_id, place, "it is not the one that was sealed")
        before = hashed
    if end is not None and place < end.place:
        yield Fault(case_id, place + 1, "it is missing; the seal knows it")
    if not alive and action not in {"delete", FORGET}:
        yield Fault(case_id, place + 1, "the case is gone, and no entry tells who deleted it")


def _moment(at: datetime | str) -> str:
    """A time as a chain tells it; SQLite's driver gives it as it is kept, ``2026-11-22 09:30:00.000000``."""
    if isinstance(at, datetime):
        return at.isoformat()
    return f"{at[:10]}T{at[11:19]}{at[19:] if at[19:] != _WHOLE_SECOND else ''}"


def written(session: Session) -> int:
    """How many entries there are."""
    return session.execute(select(func.count()).select_from(_entries)).scalar_one()


class Forgotten(NamedTuple):
    """How many trails were taken out, and how many were left because they are not sound."""

    trails: int
    unsound: int


def forget(session: Session, before: datetime, at: datetime) -> Forgotten:
    """Take out the trails of the cases that were deleted before a time.

    Never part of a trail, and never that of a case that is there: it is kept as long as its record. One
    that is not sound is left, so that nothing hides what was done to it.
    """
    key: bytes = session.info[audit.KEY]
    deleted = select(_entries.c.case_id).where(
        _entries.c.action == "delete", _entries.c.at < before, _entries.c.case_id.not_in(select(_cases.c.id))
    )
    trails = unsound = 0
    for case_id in session.execute(deleted.distinct().order_by(_entries.c.case_id)).scalars().all():
        of_case = _entries.c.case_id == case_id
        chain = session.execute(select(*_told).where(of_case).order_by(_entries.c.place)).all()
        last = chain[-1]
        if last.action != "delete" or last.at >= before:
            continue
        if any(_faults_of(key, iter(chain), False, None)):
            unsound += 1
            continue
        audit.record(
            session, case_id, FORGET, f"entries 1 to {last.place} {last.hash}", at, actor="retention"
        )
        session.execute(delete(AuditEntry).where(of_case, _entries.c.place <= last.place))
        trails += 1
    return Forgotten(trails, unsound)


def seal(session: Session, at: datetime) -> str:
    """The ends of all trails at one moment, as text that only this portal's key could have written."""
    last = select(_entries.c.case_id, func.max(_entries.c.place).label("place")).group_by(_entries.c.case_id)
    ends = last.subquery()
    found = select(_entries.c.case_id, _entries.c.place, _entries.c.hash).join(
        ends, (_entries.c.case_id == ends.c.case_id) & (_entries.c.place == ends.c.place)
    )
    lines = sorted(f"{row.case_id} {row.place} {row.hash}" for row in session.execute(found))
    body = "\n".join((f"{FORMAT} {at.isoformat()}", *lines, ""))
    return f"{body}{_signed(session, body)}\n"


def read_seal(session: Session, text: str) -> dict[str, End]:
    """The ends that a seal tells of, by case.

    :raises BadSeal: when it is no seal of this portal.
    """
    body, _, signature = text.rstrip("\n").rpartition("\n")
    body += "\n"
    if not body.startswith(FORMAT + " ") or not hmac.compare_digest(
        _signed(session, body), signature.encode("ascii", "replace").decode()
    ):
        raise BadSeal("This is no seal that this portal wrote with this key, or it was changed.")
    ends = (line.split(" ") for line in body.splitlines()[1:])
    return {case_id: End(int(place), told) for case_id, place, told in ends}


def _signed(session: Session, body: str) -> str:
    key: bytes = session.info[audit.KEY]
    return hmac.new(key, b"seal\x1f" + body.encode(), hashlib.sha256).hexdigest()
