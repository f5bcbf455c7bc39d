"""What the person chose, kept by topic."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.choices.rules import chosen_of
from portal.database import Moment, Record, table_of
from portal.sealing import WORDS_AMONG, open_row, place_in, seal
from portal.sharing.records import Case

Topic = Literal["planner", "money"]

CHOSEN = "chosen"
NOT_DECIDED = "not_decided"


class Choice(Record):
    """One choice of a case.

    :ivar value: ``{"chosen": [ids]}``, or ``{"chosen": [], "not_decided": true}``. Beside it, for
        planners, ``names``: who it is, by planner, sealed; for money, ``paid``: where a payment goes, by
        route.
    """

    __tablename__ = "choice"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON, info=WORDS_AMONG)
    chosen_at: Mapped[datetime] = mapped_column(Moment)


_table = table_of(Choice)


def read_choices(session: Session, case_id: str) -> dict[str, dict[str, Any]]:
    """Every choice of a case, by topic. A topic that was not looked at is absent."""
    rows = session.execute(select(_table).where(Choice.case_id == case_id)).mappings()
    return {row["topic"]: open_row(session, _table, row)["value"] for row in rows}


def read_choice(session: Session, case_id: str, topic: Topic) -> dict[str, Any]:
    """One choice of a case; empty when the person has not been asked yet."""
    return read_choices(session, case_id).get(topic, {})


def chosen(session: Session, case_id: str, topic: Topic, offered: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that were chosen, of those that the council offers."""
    return chosen_of(offered, read_choice(session, case_id, topic).get(CHOSEN, ()))


def write_choice(session: Session, case_id: str, topic: Topic, value: dict[str, Any], at: datetime) -> None:
    """Keep a choice in place of an earlier one on the same topic."""
    said = audit.Said(read_choices(session, case_id).get(topic), value)
    if "names" in value:
        place = place_in(_table.name, "value", topic, "names")
        value = value | {"names": seal(session, case_id, place, value["names"])}
    session.merge(Choice(case_id=case_id, topic=topic, value=value, chosen_at=at))
    audit.record(session, case_id, "choose", topic, at, said=said)
