"""Budgets: worked out from the answers as they stand, and kept as they were told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, Text, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.assessment.records import answers_of
from portal.budget.rules import Allocation, allocate, as_data, in_one_form
from portal.budget.rules.kept import Change, changes, read_by, scheme_from
from portal.budget.rules.override import Beside, Override, OverrideFault, faults_of, over
from portal.database import Moment, Record, table_of
from portal.pack.pack import Pack
from portal.pack.scheme import Scheme, canonical
from portal.questions.path import counted
from portal.sealing import NAMED_BY, WORDS, open_row, seal_row
from portal.sharing.records import Case


class KeptScheme(Record):
    """A scheme that told somebody a budget, kept once for everybody. It holds nothing personal.

    :ivar hash: SHA-256 of its content.
    :ivar content: the scheme in its canonical form, from which it can be built again.
    """

    __tablename__ = "scheme_kept"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    first_used: Mapped[datetime] = mapped_column(Moment)


class ToldBudget(Record):
    """An indicative budget as it was told to the person. It is never changed: a later one is a new row.

    :ivar weekly: pounds a week, in digits; ``None`` when the scheme gave no figure.
    :ivar answers: the answers that it rests on, those the scheme reads.
    :ivar receipt: the whole allocation in its canonical form, lines, caveats, scheme version and the day
        whose prices held.
    """

    __tablename__ = "told_budget"
    __table_args__ = (Index("ix_told_budget_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    told_at: Mapped[datetime] = mapped_column(Moment)
    scheme_id: Mapped[str] = mapped_column(String(60))
    scheme_version: Mapped[str] = mapped_column(String(40))
    scheme_hash: Mapped[str] = mapped_column(ForeignKey(KeptScheme.hash))
    weekly: Mapped[str | None] = mapped_column(String(20))
    answers: Mapped[dict[str, Any]]
    receipt: Mapped[dict[str, Any]]


class BudgetOverride(Record):
    """Another amount that somebody set beside a budget that was told, with their reason.

    :ivar told_id: the budget it stands beside. That one is not changed.
    :ivar weekly: pounds a week, in digits.
    :ivar decided_on: the day on which it was decided; ``at``: when it was written down here.
    """

    __tablename__ = "budget_override"
    __table_args__ = (
        Index("ix_budget_override_case_id_id", "case_id", "id"),
        Index("ix_budget_override_told_id", "told_id"),
        {"info": {NAMED_BY: ("told_id",)}},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    told_id: Mapped[int] = mapped_column(ForeignKey(ToldBudget.id, ondelete="CASCADE"))
    weekly: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, info=WORDS)
    author: Mapped[str] = mapped_column(Text, info=WORDS)
    role: Mapped[str] = mapped_column(String(200))
    evidence: Mapped[str] = mapped_column(Text, info=WORDS)
    decided_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)


_table = table_of(ToldBudget)
_schemes = table_of(KeptScheme)
_overrides = table_of(BudgetOverride)
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


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
    """Whether the budget told last is this one: the same lines by the same scheme, on whatever day."""
    told = last_told(session, case_id)
    return (
        told is not None
        and told.scheme_hash == allocation.scheme_hash
        and told.receipt["status"] == allocation.status
        and _lines_told(told.receipt) == _lines_of(allocation)
    )


def _lines_told(receipt: Mapping[str, Any]) -> list[tuple[str, str | None, Decimal]]:
    lines = [*receipt["lines"], *receipt["one_off_lines"]]
    return [(line["rule"], line["answer"], Decimal(line["amount"])) for line in lines]


def _lines_of(allocation: Allocation) -> list[tuple[str, str | None, Decimal]]:
    lines = (*allocation.lines, *allocation.one_off_lines)
    return [(line.rule, line.answer, line.amount) for line in lines]


def keep_told(session: Session, case_id: str, pack: Pack, on: date, at: datetime) -> None:
    """Keep the indicative budget as it is told, with all that it takes to work it out again.

    Telling the same one again keeps nothing new; nor does a day without a scheme in force.

    :param on: the day whose prices hold.
    """
    scheme = pack.scheme_on(on)
    if scheme is None:
        return
    answers = counted(pack, answers_of(session, case_id))
    allocation = allocate(scheme, answers, on=on)
    if was_told(session, case_id, allocation):
        return
    once = _INSERTS[session.connection().dialect.name](_schemes).on_conflict_do_nothing()
    session.execute(once.values(hash=scheme.content_hash, content=canonical(scheme), first_used=at))
    session.execute(
        insert(_table).values(
            case_id=case_id,
            told_at=at,
            scheme_id=allocation.scheme_id,
            scheme_version=allocation.scheme_version,
            scheme_hash=allocation.scheme_hash,
            weekly=None if allocation.weekly is None else str(allocation.weekly),
            answers=read_by(scheme, answers),
            receipt=as_data(allocation),
        )
    )
    audit.record(session, case_id, "tell", "indicative budget", at)


def recompute(session: Session, told: ToldBudget) -> Allocation:
    """A budget worked out again by the scheme that told it, on the answers and the day it was told for.

    No pack takes part, so that new prices never change an old figure.

    :raises ValueError: when this version of the portal cannot read the scheme, or it is not the one kept.
    """
    return allocate(_scheme_of(session, told), told.answers, on=date.fromisoformat(told.receipt["on"]))


def _scheme_of(session: Session, told: ToldBudget) -> Scheme:
    kept = select(_schemes.c.content).where(_schemes.c.hash == told.scheme_hash)
    scheme = scheme_from(session.execute(kept).scalar_one())
    if scheme.content_hash != told.scheme_hash:
        raise ValueError("the scheme that was kept is not the one whose hash it has")
    return scheme


class OverrideRefused(ValueError):
    """The scheme that told a budget does not take an override. Holds every reason why."""

    def __init__(self, faults: tuple[OverrideFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.problem for fault in faults))


def record_override(session: Session, told: ToldBudget, override: Override, at: datetime) -> None:
    """Keep another amount beside a budget that was told. What was told stays as it was.

    :param at: when it is written down.
    :raises OverrideRefused: when the scheme does not let this role set an amount, or asks for evidence.
    """
    faults = tuple(faults_of(override, _scheme_of(session, told).override))
    if faults:
        raise OverrideRefused(faults)
    values = {
        "case_id": told.case_id,
        "told_id": told.id,
        "weekly": str(override.weekly),
        "reason": override.reason,
        "author": override.author,
        "role": override.role,
        "evidence": override.evidence,
        "decided_on": override.date,
        "at": at,
    }
    session.execute(insert(_overrides).values(**seal_row(session, _overrides, values)))
    audit.record(session, told.case_id, "override", f"told budget {told.id}", at, actor="officer")


def last_override(session: Session, case_id: str) -> Beside | None:
    """The amount set last beside a budget of this case, with the figure that it stands beside."""
    latest = (
        select(_overrides, ToldBudget.weekly.label("computed"))
        .join(ToldBudget, ToldBudget.id == BudgetOverride.told_id)
        .where(BudgetOverride.case_id == case_id)
        .order_by(BudgetOverride.id.desc())
        .limit(1)
    )
    found = session.execute(latest).mappings().one_or_none()
    if found is None:
        return None
    kept = open_row(session, _overrides, found)
    override = Override(
        weekly=Decimal(kept["weekly"]),
        reason=kept["reason"],
        author=kept["author"],
        role=kept["role"],
        date=kept["decided_on"],
        evidence=kept["evidence"],
    )
    computed = None if kept["computed"] is None else Decimal(kept["computed"])
    return Beside(computed, override, over(computed, override.weekly))


Outcome = Literal["same", "words", "other"]


@dataclass(frozen=True, slots=True)
class Check:
    """What working a told budget out again showed.

    :ivar outcome: ``same``: the same bytes; ``words``: the same but for sentences of the portal's own, or
        for what was not told then; ``other``: not what was told.
    :ivar why: where it differs; empty for the same bytes.
    """

    told: int
    case: str
    outcome: Outcome
    why: str


def verify(session: Session) -> Iterator[Check]:
    """Work out every budget that was ever told again, in the order they were told."""
    rows = (
        select(ToldBudget, Case.reference).join(Case, Case.id == ToldBudget.case_id).order_by(ToldBudget.id)
    )
    for told, reference in session.execute(rows.execution_options(yield_per=500)):
        yield Check(told.id, reference, *_verified(session, told))


def _verified(session: Session, told: ToldBudget) -> tuple[Outcome, str]:
    try:
        now = as_data(recompute(session, told))
    except ValueError as wrong:
        return "other", str(wrong)
    if in_one_form(now) == in_one_form(told.receipt):
        return "same", ""
    found: list[Change] = sorted(changes(told.receipt, now), key=lambda change: change.words)
    if not found:
        return "words", "it now says more"
    return ("words" if found[0].words else "other"), str(found[0])
