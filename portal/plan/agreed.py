"""How the money of each route is held, as the person says, and what an officer decided about a line."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    delete,
    exists,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
from portal.pack.support import Payee
from portal.sealing import WORDS, open_row, seal_row
from portal.sharing.records import Case


class PlanRoute(Record):
    """What the person said about one route that money takes.

    :ivar facts: what was chosen, amounts in digits and days as ``YYYY-MM-DD``, by name.
    :ivar words: what was typed, by name.
    """

    __tablename__ = "plan_route"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    route: Mapped[str] = mapped_column(String(60), primary_key=True)
    facts: Mapped[dict[str, Any]]
    words: Mapped[str] = mapped_column(Text, info=WORDS)
    changed: Mapped[datetime] = mapped_column(Moment)


class PayeeRequest(Record):
    """A person asks the council whether paying somebody close for a line is necessary.

    Only then does an officer see the line.

    :ivar id: random, its name in addresses.
    :ivar payee: who was to be paid when it was asked.
    :ivar why: why it is necessary, in the person's words.
    """

    __tablename__ = "payee_request"
    __table_args__ = (UniqueConstraint("case_id", "line_id"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    line_id: Mapped[str] = mapped_column(String(22))
    payee: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, info=WORDS)
    at: Mapped[datetime] = mapped_column(Moment)


class PlanException(Record):
    """What an officer decided about one line: whether it is necessary, although the rule says no.

    :ivar payee: who was to be paid; ``None`` for a decision about whoever it is.
    :ivar decided_on: the day of the decision; ``at``: when it was written down here.
    """

    __tablename__ = "plan_exception"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    line_id: Mapped[str] = mapped_column(String(22), primary_key=True)
    necessary: Mapped[bool]
    payee: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, info=WORDS)
    author: Mapped[str] = mapped_column(Text, info=WORDS)
    role: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)


_routes = table_of(PlanRoute)
_exceptions = table_of(PlanException)
_requests = table_of(PayeeRequest)


@dataclass(frozen=True)
class Necessary:
    """An officer's word on whether paying a close relative is necessary."""

    reason: str
    author: str
    role: str
    decided_on: date
    necessary: bool = True
    payee: Payee | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """What a person asks the council about a line; its parts are told at :class:`PayeeRequest`."""

    id: str
    case_id: str
    line_id: str
    payee: Payee
    why: str
    at: datetime


def read_routes(session: Session, case_id: str) -> dict[str, dict[str, Any]]:
    """What is known of each route of a case: what was chosen and what was typed, by name."""
    rows = session.execute(select(_routes).where(PlanRoute.case_id == case_id)).mappings()
    opened = [open_row(session, _routes, row) for row in rows]
    return {row["route"]: {**row["facts"], **row["words"]} for row in opened}


def write_route(
    session: Session,
    case_id: str,
    route: str,
    facts: Mapping[str, Any],
    words: Mapping[str, str],
    at: datetime,
) -> None:
    """Keep what is known of a route, in place of what was known before."""
    before = read_routes(session, case_id).get(route)
    values = {"case_id": case_id, "route": route, "facts": dict(facts), "words": dict(words), "changed": at}
    session.merge(PlanRoute(**seal_row(session, _routes, values)))
    said = audit.Said(before, {**facts, **words})
    audit.record(session, case_id, "change", f"route {route}", at, said=said)


def read_necessary(session: Session, case_id: str) -> dict[str, Necessary]:
    """What officers decided, by line."""
    rows = session.execute(select(_exceptions).where(PlanException.case_id == case_id)).mappings()
    opened = [open_row(session, _exceptions, row) for row in rows]
    return {
        row["line_id"]: Necessary(**{name: row[name] for name in Necessary.__dataclass_fields__})
        for row in opened
    }


def record_necessary(
    session: Session,
    case_id: str,
    line_id: str,
    necessary: Necessary,
    at: datetime,
    officer: str = "officer",
) -> None:
    """Keep whether an officer found it necessary to pay somebody close for a line.

    :param officer: who it is in the audit trail.
    :raises ValueError: without a reason, a name or a role.
    """
    if not (necessary.reason and necessary.author and necessary.role):
        raise ValueError("an exception needs a reason, a name and a role")
    values = {
        "case_id": case_id,
        "line_id": line_id,
        "necessary": necessary.necessary,
        "payee": necessary.payee,
        "reason": necessary.reason,
        "author": necessary.author,
        "role": necessary.role,
        "decided_on": necessary.decided_on,
        "at": at,
    }
    session.merge(PlanException(**seal_row(session, _exceptions, values)))
    action = "allow" if necessary.necessary else "refuse"
    audit.record(session, case_id, action, f"line {line_id}", at, actor=officer)


def ask_if_necessary(
    session: Session, case_id: str, line_id: str, payee: Payee, why: str, at: datetime
) -> None:
    """Ask the council about a line, in place of what was asked about it before."""
    session.execute(delete(_requests).where(_requests.c.case_id == case_id, _requests.c.line_id == line_id))
    about = (_exceptions.c.case_id == case_id, _exceptions.c.line_id == line_id)
    decided: datetime | None = session.scalar(select(_exceptions.c.at).where(*about))
    if decided is not None:
        # Whoever asks again asks after the answer, also within the second times are kept to.
        at = max(at, decided + timedelta(seconds=1))
    values = {
        "id": secrets.token_urlsafe(12),
        "case_id": case_id,
        "line_id": line_id,
        "payee": payee,
        "why": why,
        "at": at,
    }
    session.execute(insert(_requests).values(**seal_row(session, _requests, values)))
    audit.record(session, case_id, "ask", f"line {line_id}", at)


def asked_of(session: Session, case_id: str) -> dict[str, Asked]:
    """What a person asks the council, by line."""
    return {one.line_id: one for one in _asked(session, _requests.c.case_id == case_id)}


def asked_by_all(session: Session) -> tuple[Asked, ...]:
    """What waits for an officer, of all people, the oldest first."""
    answered = exists().where(
        _exceptions.c.case_id == _requests.c.case_id,
        _exceptions.c.line_id == _requests.c.line_id,
        _exceptions.c.at >= _requests.c.at,
    )
    return tuple(_asked(session, ~answered))


def asked_for(session: Session, request_id: str) -> Asked | None:
    """What was asked under a name, for an officer."""
    return next(_asked(session, _requests.c.id == request_id), None)


def _asked(session: Session, which: ColumnElement[bool]) -> Iterator[Asked]:
    for row in session.execute(select(_requests).where(which).order_by(_requests.c.at)).mappings():
        opened = open_row(session, _requests, row)
        yield Asked(**{name: opened[name] for name in Asked.__dataclass_fields__})
