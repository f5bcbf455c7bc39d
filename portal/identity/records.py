"""Accounts and sessions as they are kept."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, String, Text, delete, false, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from portal.database import INSERT, Moment, Record, table_of
from portal.keys import ACCOUNTS
from portal.sealing import found_by, open_own, seal_own
from portal.text import clean


class Account(Record):
    """Someone who can sign in.

    :ivar kept_email: its address as typed, to write to, sealed; ``email_key`` is what it is found by,
        which tells nothing of it. :attr:`email` opens it.
    :ivar passphrase: its Argon2id hash; ``None`` for who signs in with passkeys alone.
    :ivar confirmed: when somebody who reads the mail of this address said that it is theirs.
    :ivar claims: the key of an address that another account has; ``None`` for the one that has it.
    :ivar staff: whether they work for the council. Nobody becomes so but by the operator's command.
    :ivar name: what staff are called where people read who did something.
    :ivar used: when they last signed in.
    :ivar code_seed: what their authenticator app makes codes from, locked with the operator's key.
    :ivar code_used: the step of time whose code was used last: each code works once.
    """

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_claims", "claims"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kept_email: Mapped[str] = mapped_column("email", Text)
    email_key: Mapped[str] = mapped_column(String(64), unique=True)
    passphrase: Mapped[str | None] = mapped_column(String(200))
    made: Mapped[datetime] = mapped_column(Moment)
    confirmed: Mapped[datetime | None] = mapped_column(Moment)
    claims: Mapped[str | None] = mapped_column(String(64))
    staff: Mapped[bool] = mapped_column(server_default=false())
    name: Mapped[str] = mapped_column(String(120), server_default="")
    used: Mapped[datetime | None] = mapped_column(Moment)
    code_seed: Mapped[str | None] = mapped_column(String(200))
    code_used: Mapped[int | None]

    @property
    def email(self) -> str:
        """The address as it was typed."""
        session = object_session(self)
        assert session is not None, "an account is read within its session"
        return str(open_own(session, ACCOUNTS, _email_place(self.email_key), self.kept_email))


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


@lru_cache(maxsize=4096)
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


def _email_place(email_key: str) -> str:
    return f"account.email {email_key}"


def kept_address(session: Session, email: str, known_by: str) -> dict[str, str]:
    """The columns that hold an address.

    :param known_by: what the account is found by.
    """
    return {"email": seal_own(session, ACCOUNTS, _email_place(known_by), email), "email_key": known_by}


def address_key(email: str) -> str:
    """An address as it is compared: however it was typed."""
    return clean(email).strip().casefold()


def account_by_email(session: Session, email: str) -> Account | None:
    """The account with this address, however it was typed, or ``None``."""
    key = found_by(session, address_key(email))
    return session.execute(select(Account).where(Account.email_key == key)).scalar_one_or_none()


def add_account(
    session: Session,
    email: str,
    passphrase: str | None,
    at: datetime,
    *,
    known_by: str | None = None,
    **more: Any,
) -> Account | None:
    """Make an account; ``None`` when the address has one, also one made at this very moment.

    :param passphrase: the hash, never the passphrase itself.
    :param known_by: what it is found by, where that is not its address.
    :param more: other columns.
    """
    kept = kept_address(session, email, known_by or found_by(session, address_key(email)))
    table = table_of(Account)
    new = INSERT[session.connection().dialect.name](table).values(
        **kept, passphrase=passphrase, made=at, **more
    )
    made = session.execute(new.on_conflict_do_nothing().returning(table.c.id)).scalar()
    return session.get(Account, made) if made is not None else None


def delete_account(session: Session, account_id: int) -> None:
    """Delete an account with its address, and end its visits in every browser."""
    session.execute(delete(VisitSession).where(VisitSession.account_id == account_id))
    session.execute(delete(Account).where(Account.id == account_id))


class Place(NamedTuple):
    """One browser that is signed in.

    :ivar id: names it on the page of its owner; opens nothing.
    :ivar device: its family and kind, as :func:`portal.identity.rules.device_of` tells.
    """

    id: str
    device: str
    began: datetime
    seen: datetime
    here: bool


_ID = 24


def places_of(session: Session, account_id: int, token: str) -> list[Place]:
    """Where an account is signed in, the last used first.

    :param token: the one of the browser that asks.
    """
    visits = table_of(VisitSession)
    mine = select(visits).where(visits.c.account_id == account_id).order_by(visits.c.seen.desc())
    here = hash_token(token)
    return [
        Place(row.token[:_ID], row.device, row.began, row.seen, row.token == here)
        for row in session.execute(mine)
    ]


def end_place(session: Session, account_id: int, id: str) -> None:
    """Sign an account out in one browser."""
    visits = table_of(VisitSession)
    mine = (visits.c.account_id == account_id) & visits.c.token.startswith(id, autoescape=True)
    if re.fullmatch(rf"[0-9a-f]{{{_ID}}}", id):
        session.execute(delete(visits).where(mine))


def end_other_places(session: Session, account_id: int, token: str | None = None) -> None:
    """Sign an account out everywhere, but in the browser with this token."""
    visits = table_of(VisitSession)
    elsewhere = visits.c.token != hash_token(token or "")
    session.execute(delete(visits).where(visits.c.account_id == account_id, elsewhere))


def set_passphrase(session: Session, account_id: int, passphrase: str) -> None:
    """Keep another passphrase.

    :param passphrase: its hash.
    """
    accounts = table_of(Account)
    session.execute(update(accounts).where(accounts.c.id == account_id).values(passphrase=passphrase))


def confirm_address(session: Session, account_id: int, at: datetime) -> None:
    """Note that whoever reads the mail of its address said that it is theirs."""
    accounts = table_of(Account)
    session.execute(update(accounts).where(accounts.c.id == account_id).values(confirmed=at))
