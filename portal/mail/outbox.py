"""The outbox: a mail is written in the transaction of what it tells of, and sent after that.

So none is sent for what was undone, and none is lost when the mail server is away. A mail says that
there is something to see, never what: no word of it is about anybody's health or needs.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Index, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import INSERT, Moment, Record, table_of
from portal.keys import MAIL
from portal.sealing import open_own, seal_own
from portal.text import clean

LEASE = timedelta(minutes=5)
"""So long whoever took a mail out to send it may take; then another one may."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(days=3)
KEPT = timedelta(days=7)
"""How long it is remembered that a mail was sent, so that it is not sent again."""
NEVER_SENT = timedelta(days=30)
"""How long a mail waits where nothing sends any: whoever looks for it then has asked for another."""


class Outbox(Record):
    """One mail that waits, or that was sent: then its words are gone.

    :ivar once: what it is known by; a second mail of the same name is not written.
    :ivar letter: whom to, the subject and the words, sealed; empty once it was sent.
    :ivar made: when it was written; ``due``: when to try next.
    :ivar taken_by: who is sending it just now; ``taken``: since when.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "sent", "due"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    letter: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime] = mapped_column(Moment)
    due: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int]
    taken_by: Mapped[str | None] = mapped_column(String(32))
    taken: Mapped[datetime | None] = mapped_column(Moment)
    sent: Mapped[datetime | None] = mapped_column(Moment)


class Letter(NamedTuple):
    """A mail as it is sent."""

    id: str
    to: str
    subject: str
    body: str
    made: datetime


_table = table_of(Outbox)
WAITING = "letters_waiting"
"""Where a database session notes that it wrote a mail, so that whoever sends them is told."""


def send(
    session: Session, to: str, subject: str, body: str, at: datetime, *, once: str | None = None
) -> None:
    """Write a mail into the outbox, in the transaction of what it tells of.

    :param subject: one line; line ends are taken out.
    :param body: plain text, a sentence or two a paragraph. Nothing about anybody's health, needs or money.
    :param once: a name, such as ``draft-goes 7K3F-9QXM 2026-11-22``, by which it is written once only.
    """
    name = secrets.token_hex(16)
    letter = seal_own(session, MAIL, _place(name), [one_line(to), one_line(subject), clean(body)])
    new = INSERT[session.connection().dialect.name](_table).values(
        id=name, once=once, letter=letter, made=at, due=at, tries=0
    )
    session.execute(new.on_conflict_do_nothing())
    session.info[WAITING] = True


def _place(name: str) -> str:
    return f"outbox.letter {name}"


def one_line(words: str) -> str:
    """Words that fit into the head of a mail: whatever could begin another line is taken out."""
    return " ".join(clean(words).split())


def take_due(session: Session, who: str, at: datetime) -> Letter | None:
    """Take the next mail that is due, for nobody else to send meanwhile; ``None`` when none is."""
    free = _table.c.taken.is_(None) | (_table.c.taken < at - LEASE)
    waiting = _table.c.sent.is_(None) & (_table.c.due <= at) & (_table.c.letter != "")
    due = select(_table.c.id).where(waiting & free).order_by(_table.c.due).limit(1)
    took = (
        update(_table)
        # One value, not IN: PostgreSQL may ask the latter anew for each row, and would take several.
        .where(_table.c.id == due.with_for_update(skip_locked=True).scalar_subquery())
        .values(taken_by=who, taken=at, tries=_table.c.tries + 1)
        .returning(_table.c.id, _table.c.letter, _table.c.made)
    )
    found = session.execute(took).one_or_none()
    if found is None:
        return None
    to, subject, body = open_own(session, MAIL, _place(found.id), found.letter)
    return Letter(found.id, to, subject, body, found.made)


def note_sent(session: Session, name: str, who: str, at: datetime) -> None:
    """Note that a mail was sent, and forget its words."""
    mine = (_table.c.id == name) & (_table.c.taken_by == who)
    session.execute(update(_table).where(mine).values(sent=at, letter="", taken=None, taken_by=None))


def put_back(session: Session, name: str, who: str, at: datetime) -> None:
    """Put back a mail that could not be sent, to be tried again later. After days it is given up."""
    mine = (_table.c.id == name) & (_table.c.taken_by == who)
    found = session.execute(select(_table.c.tries, _table.c.made).where(mine)).one_or_none()
    if found is None:
        return
    pause = min(FIRST_PAUSE * 2 ** min(found.tries - 1, 10), LONGEST_PAUSE)
    values = {"due": at + pause, "taken": None, "taken_by": None}
    if at - found.made > GIVEN_UP_AFTER:
        values["letter"] = ""
    session.execute(update(_table).where(mine).values(**values))


def give_up(session: Session, name: str, who: str) -> None:
    """Forget a mail that no server will take: there is no such address."""
    mine = (_table.c.id == name) & (_table.c.taken_by == who)
    session.execute(update(_table).where(mine).values(letter="", taken=None, taken_by=None))


def how_many_wait(session: Session) -> int:
    """How many mails wait to be sent."""
    waiting = select(_table.c.id).where(_table.c.sent.is_(None), _table.c.letter != "")
    return len(session.execute(waiting).all())


def forget_old_letters(session: Session, at: datetime) -> None:
    """Delete what is known of mails that were sent, or given up, long ago, and those that never could be."""
    session.execute(delete(_table).where(_table.c.letter == "", _table.c.made < at - KEPT))
    session.execute(delete(_table).where(_table.c.made < at - NEVER_SENT))
