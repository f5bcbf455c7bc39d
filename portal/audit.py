"""The audit trail: who did what to a case, chained by hash, written with the change itself.

An entry names what was changed, never what it was changed to, so that the trail can outlive the
record and be shown to the person. Each entry's hash covers the one before it in the same case:
an entry that is altered, removed or put in later breaks the chain, as :mod:`portal.trail` finds.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, bindparam, func, insert, literal_column, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Moment, Record, table_of
from portal.prepared import Prepared

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


_table = table_of(AuditEntry)
# Made once: building a statement costs more than running it.
_last = Prepared(
    select(_table.c.place, _table.c.hash)
    .where(_table.c.case_id == bindparam("case"))
    .order_by(_table.c.place.desc())
    .limit(literal_column("1"))
)
_add = Prepared(insert(_table))


def chained(key: bytes, before: str, *entry: str) -> str:
    """The hash of an entry: case, place, time, actor, action and subject, on top of the one before it."""
    return hmac.digest(key, "\x1f".join((before, *entry)).encode(), "sha256").hex()


def record(
    session: Session, case_id: str, action: str, subject: str, at: datetime, actor: str | None = None
) -> None:
    """Write one entry in the transaction of the change it tells of.

    :param action: a verb such as ``change``, ``print``, ``delete``.
    :param subject: what it was done to, by id: ``answer nutrition``, ``line k3f…``. No values.
    :param actor: who did it; as a rule whoever the session says, and the person where it says nobody.
    """
    key: bytes = session.info[KEY]
    actor = actor or session.info.get(ACTOR, PERSON)
    noted = session.info.get(NOTED)
    if noted is not None:
        noted.append((action, subject))
    last = _last.first(session, {"case": case_id})
    place, before = (last.place + 1, last.hash) if last is not None else (1, "")
    _add.run(
        session,
        {
            "case_id": case_id,
            "place": place,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "hash": chained(key, before, case_id, str(place), at.isoformat(), actor, action, subject),
        },
    )


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
