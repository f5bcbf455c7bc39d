"""Budgets: worked out from the answers as they stand, and kept as they were told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.assessment.records import answers_of
from portal.budget.rules import Allocation, allocate, as_data
from portal.database import Moment, Record, table_of
from portal.pack.pack import Pack
from portal.questions.path import counted
from portal.sharing.records import Case


class ToldBudget(Record):
    """An indicative budget as it was told to the person. It is never changed: a later one is a new row.

    :ivar weekly: pounds a week, in digits; ``None`` when the scheme gave no figure.
    :ivar receipt: the whole allocation in its canonical form, lines, caveats and scheme version.
    """

    __tablename__ = "told_budget"
    __table_args__ = (Index("ix_told_budget_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    told_at: Mapped[datetime] = mapped_column(Moment)
    scheme_id: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[str] = mapped_column(String(40))
    scheme_hash: Mapped[str] = mapped_column(String(64))
    weekly: Mapped[str | None] = mapped_column(String(20))
    receipt: Mapped[dict[str, Any]]


_table = table_of(ToldBudget)


def indicative(session: Session, case_id: str, pack: Pack, on: date) -> Allocation | None:
    """The indicative budget from the answers as they stand; ``None`` when no scheme is in force."""
    scheme = pack.scheme_on(on)
    if scheme is None:
        return None
    return allocate(scheme, counted(pack, answers_of(session, case_id)), on=on)


def last_told(session: Session, case_id: str) -> ToldBudget | None:
    """The budget that was told last, or ``None``."""
    latest = select(ToldBudget).where(ToldBudget.case_id == case_id).order_by(ToldBudget.id.desc()).limit(1)
    return session.execute(latest).scalar_one_or_none()


def was_told(session: Session, case_id: str, allocation: Allocation) -> bool:
    """Whether the budget told last is this one: the same figure by the same scheme."""
    told = last_told(session, case_id)
    return (
        told is not None
        and told.scheme_hash == allocation.scheme_hash
        and told.weekly == (None if allocation.weekly is None else str(allocation.weekly))
    )


def keep_told(session: Session, case_id: str, allocation: Allocation, at: datetime) -> None:
    """Keep a budget as it was told. Telling the same one again keeps nothing new."""
    if was_told(session, case_id, allocation):
        return
    session.execute(
        insert(_table).values(
            case_id=case_id,
            told_at=at,
            scheme_id=allocation.scheme_id,
            scheme_version=allocation.scheme_version,
            scheme_hash=allocation.scheme_hash,
            weekly=None if allocation.weekly is None else str(allocation.weekly),
            receipt=as_data(allocation),
        )
    )
    audit.record(session, case_id, "tell", "indicative budget", at)
