"""The audit trail: who did what to a case, chained by hash, written with the change itself.

An entry names what was changed. What it said before and after is sealed with the key of the case, so
that the trail outlives the record: when the key is erased nobody reads those words any more, and the
chain still holds. Each entry's hash covers the one before it in the same case, and what is sealed as it
stands: an entry that is altered, removed or put in later breaks the chain, as :mod:`portal.trail` finds.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from sqlalchemy import String, Text, bindparam, func, insert, literal_column, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Moment, Record, table_of
from portal.prepared import Prepared
from portal.sealing import WORDS, open_sealed, seal

KEY = "audit_key"
"""Where a database session carries the key of the chain."""

ACTOR = "audit_actor"
"""Where a database session carries who acts, when it is not the person themself."""

NOTED = "audit_noted"
"""Where a database session carries a list of the actions and subjects that are recorded, if anybody asks."""

PERSON = "person"
LONGEST_SUBJECT = 120


class AuditEntry(Record):
    """One thing done to a case.

    :ivar place: counts the entries of a case from 1.
    :ivar said: for a change, what stood there before and what stands there after it.
    """

    __tablename__ = "audit"
    # One tree instead of a table and its index: a save writes fewer pages to the disk.
    __table_args__ = {"sqlite_with_rowid": False}

    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    hash: Mapped[str] = mapped_column(String(64))
    said: Mapped[str | None] = mapped_column(Text, info=WORDS)


class Said(NamedTuple):
    """What a thing said before a change, and what after it, as JSON holds it; ``None``: it was not there."""

    before: Any
    after: Any


_table = table_of(AuditEntry)
# Made once: building a statement costs more than running it.
_last = Prepared(
    select(_table.c.place, _table.c.hash)
    .where(_table.c.case_id == bindparam("case"))
    .order_by(_table.c.place.desc())
    .limit(literal_column("1"))
)
_add = Prepared(insert(_table))


def chained(key: bytes, before: str, *entry: str, said: str | None = None) -> str:
    """The hash of an entry: case, place, time, actor, action and subject, on top of the one before it.

    :param said: what is sealed of the change, as it is kept.
    """
    # No hash begins with "said": nothing that is moved from one column to another comes to the same.
    parts = (before, *entry) if said is None else ("said", before, *entry, said)
    told = _with(key).copy()
    told.update("\x1f".join(parts).encode())
    return told.finalize().hex()


@lru_cache(maxsize=2)
def _with(key: bytes) -> HMAC:
    """The hash as it begins with a key: working that out again for each entry takes longer than the entry."""
    return HMAC(key, SHA256())


def record(
    session: Session,
    case_id: str,
    action: str,
    subject: str,
    at: datetime,
    actor: str | None = None,
    said: Said | None = None,
) -> None:
    """Write one entry in the transaction of the change it tells of.

    :param action: a verb such as ``change``, ``print``, ``delete``.
    :param subject: what it was done to, by id: ``answer nutrition``, ``line k3f…``. No values.
    :param actor: who did it; as a rule whoever the session says, and the person where it says nobody.
    :param said: what it said before and says now. It is sealed.
    """
    key: bytes = session.info[KEY]
    actor = actor or session.info.get(ACTOR, PERSON)
    noted = session.info.get(NOTED)
    if noted is not None:
        noted.append((action, subject))
    last = _last.first(session, {"case": case_id})
    place, before = (last.place + 1, last.hash) if last is not None else (1, "")
    sealed = None if said is None else seal(session, case_id, _said_at(place), said)
    entry = (case_id, str(place), at.isoformat(), actor, action, subject)
    _add.run(
        session,
        {
            "case_id": case_id,
            "place": place,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "hash": chained(key, before, *entry, said=sealed),
            "said": sealed,
        },
    )


def said_at(session: Session, case_id: str, place: int) -> Said | None:
    """What a change altered, by its place in the trail; ``None`` where the trail does not tell."""
    here = (_table.c.case_id == case_id, _table.c.place == place, _table.c.said.is_not(None))
    kept = session.execute(select(_table.c.said).where(*here)).scalar()
    return None if kept is None else Said(*open_sealed(session, case_id, _said_at(place), kept))


def _said_at(place: int) -> str:
    return f"audit.said {place}"


class Done(NamedTuple):
    """When something was done, and by whom."""

    at: datetime
    actor: str


def last_about(session: Session, case_id: str, subject: str) -> Done | None:
    """Who changed this last, and when; ``None`` when the trail tells of nothing."""
    about = (_table.c.case_id == case_id) & (_table.c.subject == subject) & _table.c.action.in_(CHANGES)
    last = select(_table.c.at, _table.c.actor).where(about).order_by(_table.c.place.desc()).limit(1)
    row = session.execute(last).one_or_none()
    return Done(*row) if row is not None else None


CHANGES = frozenset({"change", "add", "remove", "choose"})
"""Actions that alter what a plan says."""


SIGNS = frozenset({"sign", "freeze"})
"""Actions by which somebody agrees to something, or makes the version of a plan that is to be agreed."""


LOOKS = ("view", "print", "export", "warn")
"""Actions that alter nothing at all. Who only looks does not make a draft be kept for longer, and
neither does a warning that it is going to be deleted."""


def changed_since(session: Session, case_id: str, action: str) -> bool:
    """Whether anything of a case was altered after an action was last done."""
    last = select(func.max(_table.c.place)).where(_table.c.case_id == case_id, _table.c.action == action)
    later = select(_table.c.place).where(
        _table.c.case_id == case_id,
        _table.c.action.in_(CHANGES),
        _table.c.place > last.scalar_subquery(),
    )
    return session.execute(later.limit(1)).scalar() is not None
