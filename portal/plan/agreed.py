"""How the money of each route is held, as the person says, and what an officer allowed for a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
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


class PlanException(Record):
    """What an officer allowed for one line because it is necessary, although the rule says no.

    :ivar decided_on: the day of the decision; ``at``: when it was written down here.
    """

    __tablename__ = "plan_exception"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    line_id: Mapped[str] = mapped_column(String(22), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, info=WORDS)
    author: Mapped[str] = mapped_column(Text, info=WORDS)
    role: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)


_routes = table_of(PlanRoute)
_exceptions = table_of(PlanException)


@dataclass(frozen=True)
class Necessary:
    """An officer's word that paying a close relative is necessary."""

    reason: str
    author: str
    role: str
    decided_on: date


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
    """What officers allowed, by line."""
    rows = session.execute(select(_exceptions).where(PlanException.case_id == case_id)).mappings()
    opened = [open_row(session, _exceptions, row) for row in rows]
    return {
        row["line_id"]: Necessary(row["reason"], row["author"], row["role"], row["decided_on"])
        for row in opened
    }


def record_necessary(
    session: Session, case_id: str, line_id: str, necessary: Necessary, at: datetime
) -> None:
    """Keep that an officer found it necessary to pay somebody close for a line.

    :raises ValueError: without a reason, a name or a role.
    """
    if not (necessary.reason and necessary.author and necessary.role):
        raise ValueError("an exception needs a reason, a name and a role")
    values = {
        "case_id": case_id,
        "line_id": line_id,
        "reason": necessary.reason,
        "author": necessary.author,
        "role": necessary.role,
        "decided_on": necessary.decided_on,
        "at": at,
    }
    session.merge(PlanException(**seal_row(session, _exceptions, values)))
    audit.record(session, case_id, "allow", f"line {line_id}", at, actor="officer")
