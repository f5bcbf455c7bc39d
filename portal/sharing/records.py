"""Cases: one person's journey, from the first answer to the plan, or a carer's own."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    bindparam,
    column,
    delete,
    exists,
    insert,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit, sealing
from portal.audit import AuditEntry
from portal.database import Moment, Record, table_of
from portal.identity.records import Account
from portal.pack.eligibility import PolicyGroup
from portal.prepared import Prepared

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Case(Record):
    """One person's assessment, budget and plan; or a carer's own assessment, which is a record apart.

    :ivar id: random, 128 bits; never shown and never in an address.
    :ivar kind: ``adult`` for somebody with needs, ``carer`` for somebody who looks after an adult.
    :ivar reference: what the person can say on the phone. It opens nothing.
    :ivar account_id: who can sign in to it; ``None`` while it is a private draft of one browser.
    :ivar claim: the hash of the code with which its person takes it over, when staff typed it from paper;
        ``None`` for every case that is its person's own.
    """

    __tablename__ = "case_record"
    __table_args__ = (
        Index("ix_case_record_account_id", "account_id"),
        Index("ix_case_record_claim", "claim", unique=True),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[PolicyGroup] = mapped_column(String(10), server_default="adult")
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    pack_id: Mapped[str] = mapped_column(String(60))
    pack_version: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    started: Mapped[datetime] = mapped_column(Moment)
    claim: Mapped[str | None] = mapped_column(String(64))


_table = table_of(Case)
_helpers = table("helper_grant", column("account_id"), column("revoked"))
_one = Prepared(select(_table).where(_table.c.id == bindparam("case")))
_done = AuditEntry.action.not_in(audit.LOOKS)
_last = select(AuditEntry.at).where(_done).order_by(AuditEntry.place.desc()).limit(1)
_last_here = _last.where(AuditEntry.case_id == _table.c.id).scalar_subquery()


_warned_here = (
    select(AuditEntry.at)
    .where(AuditEntry.case_id == _table.c.id, AuditEntry.action == "warn", AuditEntry.subject == "last")
    .order_by(AuditEntry.place.desc())
    .limit(1)
    .scalar_subquery()
)
"""When somebody was last warned for the last time."""

_frozen = AuditEntry.__table__.alias("frozen")
_is_made = _table.c.account_id.is_not(None) & exists().where(
    _frozen.c.case_id == _table.c.id, _frozen.c.action == "freeze"
)
"""A plan of which a version was made to be agreed is no draft any more. Without an account only the
browser could open it, and not for long, so that there it stays one."""


class Before(NamedTuple):
    """Times before which something must last have been done in a case for it to be due.

    :ivar draft: in a draft; ``made``: in a plan of which a version was made to be agreed.
    """

    draft: datetime
    made: datetime


def _due(before: Before) -> ColumnElement[bool]:
    return or_(_is_made & (_last_here < before.made), ~_is_made & (_last_here < before.draft))


class OtherCase(NamedTuple):
    """A case of an account that is not the one open: what tells it from others."""

    id: str
    reference: str
    kind: PolicyGroup
    changed: datetime


def new_reference() -> str:
    """A reference of eight signs that cannot be mistaken for one another, for example 7K3F-9QXM."""
    signs = "".join(secrets.choice(_ALPHABET) for _place in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def start_case(
    session: Session,
    *,
    pack_id: str,
    pack_version: str,
    at: datetime,
    account_id: int | None = None,
    kind: PolicyGroup = "adult",
) -> str:
    """Begin a case and give its id.

    :param kind: whose it is: somebody's with needs, or a carer's.
    """
    case_id = secrets.token_urlsafe(16)
    sealing.make_key(session, case_id)
    session.execute(
        insert(Case).values(
            id=case_id,
            kind=kind,
            reference=new_reference(),
            pack_id=pack_id,
            pack_version=pack_version,
            account_id=account_id,
            started=at,
        )
    )
    audit.record(session, case_id, "start", "case", at)
    return case_id


def read_case(session: Session, case_id: str) -> Case | None:
    """The case with this id as a plain row with the attributes of :class:`Case`, or ``None``."""
    found: Any = _one.first(session, {"case": case_id})
    return cast("Case | None", found)


def hold_case(session: Session, case_id: str) -> None:
    """Until the transaction ends nobody else writes to a case that the visitor does not have open."""
    session.execute(select(_table.c.id).where(_table.c.id == case_id).with_for_update())


def give_to(session: Session, case_id: str, account_id: int, at: datetime) -> None:
    """Put a private draft under an account."""
    session.execute(update(_table).where(_table.c.id == case_id).values(account_id=account_id))
    audit.record(session, case_id, "keep", "account", at)


def case_of_account(session: Session, account_id: int) -> str | None:
    """The id of the case last worked on under an account."""
    latest = select(_table.c.id).where(_table.c.account_id == account_id).order_by(_last_here.desc()).limit(1)
    return session.execute(latest).scalar()


def all_cases(session: Session, account_id: int) -> list[str]:
    """The ids of every case under an account."""
    return list(session.execute(select(_table.c.id).where(_table.c.account_id == account_id)).scalars())


def other_cases(session: Session, account_id: int, case_id: str) -> list[OtherCase]:
    """The cases under an account besides one, the last worked on first."""
    there = (_table.c.account_id == account_id) & (_table.c.id != case_id)
    asked = (
        select(_table.c.id, _table.c.reference, _table.c.kind, _last_here)
        .where(there)
        .order_by(_last_here.desc())
    )
    return [OtherCase(*row) for row in session.execute(asked)]


def last_change(session: Session, case_id: str) -> datetime:
    """When something was last done in a case, as its audit trail tells. Drafts are deleted by it."""
    return session.execute(_last.where(AuditEntry.case_id == case_id)).scalar_one()


def is_made(session: Session, case_id: str) -> bool:
    """Whether a case is kept as a plan that was made to be agreed, and no longer as a draft."""
    return session.execute(select(_table.c.id).where(_table.c.id == case_id, _is_made)).scalar() is not None


def is_untouched(session: Session, case_id: str) -> bool:
    """Whether nothing was done in a case since it was started."""
    later = (
        select(AuditEntry.place)
        .where(AuditEntry.case_id == case_id, AuditEntry.action != "start", _done)
        .limit(1)
    )
    return session.execute(later).scalar() is None


class Going(NamedTuple):
    """A case under an account that nobody has typed in for long.

    :ivar email: whom to tell; ``changed``: when something was last done in it.
    :ivar made: whether it is more than a draft.
    """

    id: str
    reference: str
    email: str
    changed: datetime
    made: bool


def drafts_going(session: Session, before: Before) -> list[Going]:
    """The cases under an account in which nothing was done for long."""
    asked = (
        select(_table.c.id, _table.c.reference, Account, _last_here, _is_made)
        .join(Account, Account.id == _table.c.account_id)
        .where(_due(before))
    )
    rows = session.execute(asked)
    return [Going(case, reference, account.email, *rest) for case, reference, account, *rest in rows]


def warnings_of(session: Session, case_id: str, since: datetime) -> dict[str, datetime]:
    """The warnings given since a time that a draft is going to be deleted, ``first`` and ``last``."""
    given = select(AuditEntry.subject, AuditEntry.at).where(
        AuditEntry.case_id == case_id, AuditEntry.action == "warn", AuditEntry.at >= since
    )
    return {row.subject: row.at for row in session.execute(given)}


def untouched_since(session: Session, before: Before, most: int, warned: datetime) -> list[str]:
    """The ids of cases in which nothing was done for so long that they are due.

    Until the transaction ends nobody else writes to them; a case that somebody is just writing to is
    left out, and so is one under a legal hold.

    :param warned: whoever has an account must have been warned for the last time by then.
    """
    told = (_warned_here > _last_here) & (_warned_here <= warned)
    due = select(_table.c.id).where(_due(before), _table.c.account_id.is_(None) | told).limit(most)
    if kept := sealing.held_cases(session):
        due = due.where(_table.c.id.not_in(kept))
    held = list(session.execute(due.with_for_update(of=_table, skip_locked=True)).scalars())
    # Asked again: one that was found and then written to, before it was held, is not due any more.
    return list(session.execute(due.where(_table.c.id.in_(held))).scalars()) if held else []


def delete_empty_accounts(session: Session, before: datetime) -> None:
    """Delete the accounts, made before a time, under which nothing is kept; none of staff or helpers."""
    accounts = table_of(Account)
    holds = exists().where(_table.c.account_id == accounts.c.id)
    helps = exists().where(_helpers.c.account_id == accounts.c.id, _helpers.c.revoked.is_(None))
    session.execute(delete(accounts).where(accounts.c.made < before, ~accounts.c.staff, ~holds, ~helps))


def delete_case(session: Session, case_id: str) -> None:
    """Delete a case and everything that belongs to it, and erase its key, so that no backup opens it.

    What belongs to it refers to it with a cascade.

    :raises portal.keys.Held: when it is under a legal hold.
    """
    sealing.erase_key(session, case_id)
    session.execute(delete(_table).where(_table.c.id == case_id))
