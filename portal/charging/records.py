"""What a person told about their money, apart from their assessment, and what they were told in return."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.budget.records import indicative
from portal.charging.rules import Estimate, as_data, estimate
from portal.charging.rules.answers import circumstances_from
from portal.database import Moment, Record, table_of
from portal.pack.conditions import Kept
from portal.pack.pack import Pack
from portal.questions.path import walk
from portal.sealing import WORDS_AMONG, is_sealed, open_row, place_in, seal
from portal.sharing.records import Case

Way = Literal["open", "skipped", "told"]
"""``open``: begun; ``skipped``: left out, which is always right; ``told``: gone on from with an estimate."""


class Money(Record):
    """What one person told about their money. It is nobody's who only plans with them.

    :ivar answers: every answer by question id, those off the path included; those in words are sealed.
    :ivar told: the estimate as it was told last, in its canonical form; ``None`` before that.
    """

    __tablename__ = "money_told"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, info=WORDS_AMONG)
    way: Mapped[str] = mapped_column(String(10))
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    changed: Mapped[datetime] = mapped_column(Moment)


_table = table_of(Money)


def money_of(session: Session, case_id: str) -> Money | None:
    """What was told; ``None`` when the person has not begun."""
    return session.get(Money, case_id)


def answers_of(session: Session, case_id: str) -> dict[str, Kept]:
    """Every answer about money by question id."""
    money = money_of(session, case_id)
    return {} if money is None else _answers(session, money)


def _answers(session: Session, money: Money) -> dict[str, Kept]:
    row = {"case_id": money.case_id, "answers": money.answers}
    opened: dict[str, Kept] = open_row(session, _table, row)["answers"]
    return opened


def keep_answer(
    session: Session,
    case_id: str,
    question: str,
    kept: Kept | None,
    at: datetime,
    *,
    words: bool = True,
) -> None:
    """Keep an answer in place of an earlier one, or take it away.

    :param words: whether it holds what somebody wrote or who they are; it is then sealed.
    """
    money = _begun(session, case_id, at)
    if _answers(session, money).get(question) == kept:
        return
    if kept is not None and (words or is_sealed(kept)):
        kept = seal(session, case_id, place_in(_table.name, "answers", question), kept)
    # A new dictionary: a change inside the old one would not be noticed.
    rest = {name: value for name, value in money.answers.items() if name != question}
    money.answers = rest if kept is None else {**rest, question: kept}
    money.way = "open"
    money.changed = at
    audit.record(session, case_id, "change" if kept is not None else "remove", f"answer {question}", at)


def skip(session: Session, case_id: str, at: datetime) -> None:
    """Leave the questions about money out. What was told already stays."""
    money = _begun(session, case_id, at)
    money.way = "skipped"
    money.changed = at
    audit.record(session, case_id, "skip", "what to pay", at)


def keep_told(session: Session, case_id: str, found: Estimate, at: datetime) -> None:
    """Keep an estimate as it was told."""
    money = _begun(session, case_id, at)
    money.told = as_data(found)
    money.way = "told"
    money.changed = at
    audit.record(session, case_id, "tell", "what to pay", at)


def forget(session: Session, case_id: str, at: datetime) -> None:
    """Delete everything that was told about money."""
    session.execute(delete(Money).where(Money.case_id == case_id))
    audit.record(session, case_id, "delete", "what to pay", at)


def cost_of(session: Session, case_id: str, pack: Pack, on: date) -> Decimal | None:
    """Pounds a week that the support may cost, by the indicative budget; ``None`` without a figure."""
    allocation = indicative(session, case_id, pack, on)
    return allocation.weekly if allocation is not None and allocation.status == "figure" else None


def estimated(
    session: Session, case_id: str, pack: Pack, on: date, cost: Decimal | None = None
) -> Estimate | None:
    """What the person may have to pay, by their answers as they stand.

    ``None`` when the pack tells nothing of it, the year has no figures, or an answer is missing.

    :param cost: pounds a week that the support costs, for example by a plan; the indicative budget
        stands in.
    """
    charging = pack.charging
    money = money_of(session, case_id)
    if charging is None or charging.questions is None or money is None:
        return None
    rates = charging.rates_on(on)
    path = walk(charging.questions, _answers(session, money))
    if rates is None or path.lacking():
        return None
    if cost is None:
        cost = cost_of(session, case_id, pack, on)
    return estimate(circumstances_from(path.counted, charging, cost), charging, rates)


def _begun(session: Session, case_id: str, at: datetime) -> Money:
    money = money_of(session, case_id)
    if money is None:
        money = Money(case_id=case_id, answers={}, way="open", told=None, changed=at)
        session.add(money)
    return money
