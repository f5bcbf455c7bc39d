"""Slowing down whoever guesses: by account and by network, never for good.

What is counted is kept as hashes: a stolen database does not tell who tried to sign in from where.
A right passphrase takes an account's failures away; those of a network fade with time, so that ten
people behind one library's address can all sign in while one of them cannot remember.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import String, case, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import INSERT, Moment, Record, table_of
from portal.sealing import found_by


class SignInAttempt(Record):
    """What went wrong of late for one account, one network, or one address that was written to.

    :ivar key: the hash of what is counted, see :func:`key_of`.
    :ivar began: when counting began; after :attr:`Slowing.window` it begins anew.
    """

    __tablename__ = "sign_in_attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    began: Mapped[datetime] = mapped_column(Moment)
    last: Mapped[datetime] = mapped_column(Moment)


class Slowing(NamedTuple):
    """How one kind of thing is slowed down.

    :ivar free: so many go by without a wait; the next one waits a second, and each further one twice as long.
    :ivar longest: no wait is longer.
    :ivar window: after so long counting begins anew.
    """

    kind: str
    free: int
    longest: timedelta
    window: timedelta


# NIST SP 800-63B-4 allows 100 failures in a row for an account; with these waits that takes a day.
ACCOUNT = Slowing("account", 5, timedelta(minutes=15), timedelta(days=30))
NETWORK = Slowing("network", 100, timedelta(minutes=5), timedelta(hours=1))
CODE = Slowing("code", 5, timedelta(minutes=15), timedelta(days=30))
LETTERS = Slowing("letters", 4, timedelta(hours=1), timedelta(hours=1))
"""Mails to one address that somebody who is not signed in asked for."""

_table = table_of(SignInAttempt)


def key_of(session: Session, slowing: Slowing, what: str) -> str:
    """What is kept of an account's or network's name: nobody can guess it without the keys."""
    return found_by(session, f"{slowing.kind}\x1f{what}")


def must_wait(session: Session, slowing: Slowing, what: str, at: datetime) -> bool:
    """Whether it is too early for another try."""
    asked = select(_table.c.failures, _table.c.began, _table.c.last)
    found = session.execute(asked.where(_table.c.key == key_of(session, slowing, what))).one_or_none()
    if found is None or found.failures < slowing.free or at - found.began > slowing.window:
        return False
    wait = min(timedelta(seconds=2 ** min(found.failures - slowing.free, 12)), slowing.longest)
    return bool(at - found.last < wait)


def note_failure(session: Session, slowing: Slowing, what: str, at: datetime) -> None:
    """Count one more."""
    first = INSERT[session.connection().dialect.name](_table)
    over = _table.c.began < at - slowing.window
    session.execute(
        first.values(key=key_of(session, slowing, what), failures=1, began=at, last=at).on_conflict_do_update(
            index_elements=[_table.c.key],
            set_={
                "failures": case((over, 1), else_=_table.c.failures + 1),
                "began": case((over, at), else_=_table.c.began),
                "last": at,
            },
        )
    )


def forget_failures(session: Session, slowing: Slowing, what: str) -> None:
    """Start counting from nought."""
    session.execute(delete(_table).where(_table.c.key == key_of(session, slowing, what)))


def forget_old_failures(session: Session, at: datetime) -> None:
    """Delete what counts no longer."""
    session.execute(delete(_table).where(_table.c.last < at - ACCOUNT.window))
