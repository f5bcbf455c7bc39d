"""Links in mails: 256 bits, kept as a hash, good once, and not for long.

A link only opens a page with a button: programs that look through mails follow links too.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import ForeignKey, Index, String, Text, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import Moment, Record, table_of
from portal.identity.records import Account, hash_token
from portal.keys import ACCOUNTS
from portal.sealing import open_own, seal_own

Purpose = Literal["confirm", "reset", "change", "staff"]
LASTS: dict[Purpose, timedelta] = {
    "confirm": timedelta(days=3),
    "reset": timedelta(minutes=30),
    "change": timedelta(hours=1),
    "staff": timedelta(days=3),
}
"""How long a link is good for."""


class MailLink(Record):
    """A link that was written into a mail, or printed for the operator to hand on.

    :ivar account_id: whose it is; ``None`` when there is no such account, so that asking looks the same.
    :ivar email: for a change of address, the new one, sealed.
    """

    __tablename__ = "mail_link"
    __table_args__ = (Index("ix_mail_link_account_id", "account_id"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(12))
    email: Mapped[str | None] = mapped_column(Text)
    expires: Mapped[datetime] = mapped_column(Moment)


class Link(NamedTuple):
    """What a good link leads to."""

    account_id: int
    email: str | None


_table = table_of(MailLink)


def make_link(
    session: Session, purpose: Purpose, account_id: int | None, at: datetime, email: str | None = None
) -> str:
    """The token of a new link. Older ones of the same account for the same purpose are dead from now on."""
    session.execute(delete(_table).where(_table.c.account_id == account_id, _table.c.purpose == purpose))
    token = secrets.token_urlsafe(32)
    kept = hash_token(token)
    if email is not None:
        email = seal_own(session, ACCOUNTS, _place(kept), email)
    session.execute(
        insert(_table).values(
            token=kept,
            account_id=account_id,
            purpose=purpose,
            email=email,
            expires=at + LASTS[purpose],
        )
    )
    return token


def _place(kept: str) -> str:
    return f"mail_link.email {kept}"


def _link(session: Session, token: str, found: Any) -> Link | None:
    if found is None or found.account_id is None:
        return None
    email = found.email and str(open_own(session, ACCOUNTS, _place(hash_token(token)), found.email))
    return Link(found.account_id, email)


def find_link(session: Session, purpose: Purpose, token: str, at: datetime) -> Link | None:
    """What a link leads to; ``None`` when it is unknown, used, superseded or too old."""
    here = (_table.c.token == hash_token(token)) & (_table.c.purpose == purpose) & (_table.c.expires > at)
    found = session.execute(select(_table.c.account_id, _table.c.email).where(here)).one_or_none()
    return _link(session, token, found)


def use_link(session: Session, purpose: Purpose, token: str, at: datetime) -> Link | None:
    """As :func:`find_link`, and the link is dead from now on. Of two that press at once one gets it."""
    here = (_table.c.token == hash_token(token)) & (_table.c.purpose == purpose) & (_table.c.expires > at)
    gone = delete(_table).where(here).returning(_table.c.account_id, _table.c.email)
    found = session.execute(gone).one_or_none()
    return _link(session, token, found)


def forget_old_links(session: Session, at: datetime) -> None:
    """Delete the links that are too old."""
    session.execute(delete(_table).where(_table.c.expires < at))
