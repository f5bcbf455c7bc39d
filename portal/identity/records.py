"""Accounts and sessions as they are kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import INSERT, Moment, Record, table_of


class Account(Record):
    """Someone who can sign in.

    :ivar email: as typed, to write to; ``email_key`` is what it is found by.
    :ivar passphrase: its Argon2id hash.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    passphrase: Mapped[str] = mapped_column(String(200))
    made: Mapped[datetime] = mapped_column(Moment)


class SignInAttempt(Record):
    """A passphrase that was wrong: how often, and since when, for one address."""

    __tablename__ = "sign_in_attempt"

    email_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last: Mapped[datetime] = mapped_column(Moment)


class VisitSession(Record):
    """One browser's visit. The browser holds the token; only its hash is kept.

    :ivar held: the case that this browser has open.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_seen", "seen"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[dict[str, Any]]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    held: Mapped[str | None] = mapped_column(ForeignKey("case_record.id", ondelete="SET NULL"))
    began: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)


def hash_token(token: str) -> str:
    """What is kept of a token, so that a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def write_visit(
    session: Session,
    token: str,
    data: dict[str, Any],
    account_id: int | None,
    held: str | None,
    at: datetime,
    *,
    new: bool,
) -> None:
    """Keep what a session holds."""
    values = {"data": data, "account_id": account_id, "held": held, "seen": at}
    key = hash_token(token)
    if new:
        session.execute(insert(VisitSession).values(token=key, began=at, **values))
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


def failures_of(session: Session, email_key: str) -> SignInAttempt | None:
    """The wrong passphrases of late for an address."""
    return session.get(SignInAttempt, hash_token(email_key))


def note_failure(session: Session, email_key: str, at: datetime) -> None:
    """Count one more wrong passphrase."""
    table = table_of(SignInAttempt)
    first = INSERT[session.connection().dialect.name](table)
    once_more = {"failures": table.c.failures + 1, "last": at}
    session.execute(
        first.values(email_key=hash_token(email_key), failures=1, last=at).on_conflict_do_update(
            index_elements=[table.c.email_key], set_=once_more
        )
    )


def forget_failures(session: Session, email_key: str) -> None:
    """Start counting from nought after a right passphrase."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email_key == hash_token(email_key)))
