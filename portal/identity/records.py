"""Accounts and sessions as they are kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, false, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import INSERT, Moment, Record, table_of


class Account(Record):
    """Someone who can sign in.

    :ivar email: as typed, to write to; ``email_key`` is what it is found by.
    :ivar passphrase: its Argon2id hash; ``None`` for who signs in with passkeys alone.
    :ivar confirmed: when somebody who reads the mail of this address said that it is theirs.
    :ivar staff: whether they work for the council. Nobody becomes so but by the operator's command.
    :ivar name: what staff are called where people read who did something.
    :ivar used: when they last signed in.
    :ivar code_seed: what their authenticator app makes codes from, locked with the operator's key.
    :ivar code_used: the step of time whose code was used last: each code works once.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    passphrase: Mapped[str | None] = mapped_column(String(200))
    made: Mapped[datetime] = mapped_column(Moment)
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    staff: Mapped[bool] = mapped_column(server_default=false())
    name: Mapped[str] = mapped_column(String(120), server_default="")
    used: Mapped[datetime | None] = mapped_column(Moment)
    code_seed: Mapped[str | None] = mapped_column(String(200))
    code_used: Mapped[int | None]


class VisitSession(Record):
    """One browser's visit. The browser holds the token; only its hash is kept.

    :ivar held: the case that this browser has open.
    :ivar device: what it is in plain words, as :func:`portal.identity.rules.device_of` tells: no more.
    :ivar fresh: when the person last showed who they are.
    :ivar strong: whether they did so with two factors, or with a passkey, which counts as two.
    :ivar staff: whether this is somebody who works for the council.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_seen", "seen"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[dict[str, Any]]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    held: Mapped[str | None] = mapped_column(ForeignKey("case_record.id", ondelete="SET NULL"))
    began: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)
    device: Mapped[str] = mapped_column(String(40), server_default="")
    fresh: Mapped[datetime | None] = mapped_column(Moment)
    strong: Mapped[bool] = mapped_column(server_default=false())
    staff: Mapped[bool] = mapped_column(server_default=false())


def hash_token(token: str) -> str:
    """What is kept of a token, so that a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def write_visit(session: Session, token: str, values: dict[str, Any], began: datetime | None) -> None:
    """Keep what a session holds: a new row when it says when it began, else the row that is there."""
    key = hash_token(token)
    if began is not None:
        session.execute(insert(VisitSession).values(token=key, began=began, **values))
    else:
        session.execute(update(VisitSession).where(VisitSession.token == key).values(**values))


def see_visit(session: Session, token: str, at: datetime) -> None:
    """Note that a session was used."""
    session.execute(update(VisitSession).where(VisitSession.token == hash_token(token)).values(seen=at))


def end_visit(session: Session, token: str) -> None:
    """End a session here and now, whatever the browser still holds."""
    session.execute(delete(VisitSession).where(VisitSession.token == hash_token(token)))


def end_old_visits(session: Session, before: datetime) -> int:
    """Delete sessions not seen since a time; how many they were."""
    ended = session.execute(delete(VisitSession).where(VisitSession.seen < before))
    return int(ended.rowcount)  # type: ignore[attr-defined]


def account_by_email(session: Session, email_key: str) -> Account | None:
    """The account with this address, or ``None``."""
    return session.execute(select(Account).where(Account.email_key == email_key)).scalar_one_or_none()


def add_account(
    session: Session, email: str, email_key: str, passphrase: str, at: datetime
) -> Account | None:
    """Make an account; ``None`` when the address has one, also one made at this very moment.

    :param passphrase: the hash, never the passphrase itself.
    """
    table = table_of(Account)
    new = INSERT[session.connection().dialect.name](table).values(
        email=email, email_key=email_key, passphrase=passphrase, made=at
    )
    made = session.execute(new.on_conflict_do_nothing().returning(table.c.id)).scalar()
    return session.get(Account, made) if made is not None else None


def delete_account(session: Session, account_id: int) -> None:
    """Delete an account with its address, and end its visits in every browser."""
    session.execute(delete(VisitSession).where(VisitSession.account_id == account_id))
    session.execute(delete(Account).where(Account.id == account_id))
