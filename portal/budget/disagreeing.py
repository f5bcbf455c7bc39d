"""What a person says against a line of their budget. It stands beside the figure and does not move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
from portal.england import day_in_england
from portal.sealing import WORDS, open_row, seal_row
from portal.sharing.records import Case


class Disagreement(Record):
    """One line that the person does not agree with.

    :ivar about: which line: rule and question of the scheme.
    :ivar label: the line's words then; ``amount``: its pounds then, in digits, each ``period``.
    :ivar instead: what the person would say; ``why``: why.
    :ivar cost: what they think it costs, in digits, same period.
    """

    __tablename__ = "disagreement"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    about: Mapped[str] = mapped_column(String(200), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    amount: Mapped[str | None] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(12))
    instead: Mapped[str] = mapped_column(Text, info=WORDS)
    cost: Mapped[str | None] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, info=WORDS)
    at: Mapped[datetime] = mapped_column(Moment)


_doubts = table_of(Disagreement)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A line that the person does not agree with, and what they say instead.

    :ivar amount: pounds of the line when they said so; ``None`` where it had none of its own.
    :ivar cost: pounds they think it costs, in the same period; ``None`` when they did not say.
    """

    about: str
    label: str
    amount: Decimal | None
    period: str
    instead: str
    cost: Decimal | None
    why: str
    on: date


def read_doubts(session: Session, case_id: str) -> tuple[Doubt, ...]:
    """Everything a person said against lines of their budget, in the order in which they said it."""
    found = (
        select(_doubts).where(Disagreement.case_id == case_id).order_by(Disagreement.at, Disagreement.about)
    )
    rows = [open_row(session, _doubts, row) for row in session.execute(found).mappings()]
    return tuple(
        Doubt(
            about=row["about"],
            label=row["label"],
            amount=None if row["amount"] is None else Decimal(row["amount"]),
            period=row["period"],
            instead=row["instead"],
            cost=None if row["cost"] is None else Decimal(row["cost"]),
            why=row["why"],
            on=day_in_england(row["at"]),
        )
        for row in rows
    )


def keep_doubt(session: Session, case_id: str, doubt: Doubt, at: datetime) -> None:
    """Keep what a person says against a line, in place of what they said before."""
    values = {
        "case_id": case_id,
        "about": doubt.about,
        "label": doubt.label,
        "amount": None if doubt.amount is None else f"{doubt.amount:f}",
        "period": doubt.period,
        "instead": doubt.instead,
        "cost": None if doubt.cost is None else f"{doubt.cost:f}",
        "why": doubt.why,
        "at": at,
    }
    session.merge(Disagreement(**seal_row(session, _doubts, values)))
    audit.record(session, case_id, "disagree", doubt.about, at)


def withdraw_doubt(session: Session, case_id: str, about: str, at: datetime) -> None:
    """Take back what was said against a line."""
    session.execute(delete(Disagreement).where(Disagreement.case_id == case_id, Disagreement.about == about))
    audit.record(session, case_id, "agree", about, at)
