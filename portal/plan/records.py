"""The plan as it is kept: lines of support, words about needs, and texts beside them."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, delete, func, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Moment, Record, table_of
from portal.pack.support import MetBy, PlanPart
from portal.plan.line_values import as_said, line_of, values_of
from portal.plan.rules.left import PLAN_PARTS, Setback
from portal.plan.rules.lines import Line
from portal.plan.rules.needs import Wish
from portal.sealing import WORDS, open_row, seal_row
from portal.sharing.records import Case

_LONGEST_KEY = 40


class PlanLine(Record):
    """One line of support.

    :ivar id: random, its name in addresses.
    :ivar made_with: the key of the form it was made with, so that a form sent twice makes one line.
    :ivar place: its place in the plan, counted up.
    :ivar quantity: hours or visits a week, in digits; ``price``: pounds, in digits. Text, so that no
        database turns them into floating point.
    :ivar slots: day, start and end of each time that is set, as ``HH:MM``.
    """

    __tablename__ = "plan_line"
    __table_args__ = (
        UniqueConstraint("case_id", "made_with"),
        Index("ix_plan_line_case_id_place", "case_id", "place"),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    made_with: Mapped[str] = mapped_column(String(_LONGEST_KEY))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(Text, info=WORDS)
    who: Mapped[str] = mapped_column(Text, info=WORDS)
    needs: Mapped[list[Any]]
    days: Mapped[list[Any]]
    parts: Mapped[list[Any]]
    times: Mapped[str] = mapped_column(Text, info=WORDS)
    quantity: Mapped[str | None] = mapped_column(String(20))
    price: Mapped[str | None] = mapped_column(String(20))
    every: Mapped[str | None] = mapped_column(String(12))
    route: Mapped[str | None] = mapped_column(String(60))
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    changed: Mapped[datetime] = mapped_column(Moment)
    slots: Mapped[list[Any]]
    workers: Mapped[int]
    source: Mapped[str] = mapped_column(String(80))
    stream: Mapped[str | None] = mapped_column(String(60))
    award_months: Mapped[str | None] = mapped_column(String(12))
    longest_months: Mapped[str | None] = mapped_column(String(12))
    payee: Mapped[str | None] = mapped_column(String(20))
    same_home: Mapped[bool | None]
    care_home_weeks: Mapped[str | None] = mapped_column(String(12))
    instead: Mapped[str | None] = mapped_column(Text, info=WORDS)
    instead_quantity: Mapped[str | None] = mapped_column(String(20))
    instead_price: Mapped[str | None] = mapped_column(String(20))


class PlanNeed(Record):
    """What the person said in the plan about one need.

    :ivar words: what they want to happen; ``None`` while the assessment's words stand.
    :ivar met_by: who meets it without a line of support.
    """

    __tablename__ = "plan_need"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(30), primary_key=True)
    words: Mapped[str | None] = mapped_column(Text, info=WORDS)
    met_by: Mapped[str | None] = mapped_column(String(20))


class PlanText(Record):
    """What a plan says beside its lines, part by part.

    :ivar not_needed: the person said that this part is not needed.
    """

    __tablename__ = "plan_text"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    words: Mapped[str] = mapped_column(Text, info=WORDS)
    not_needed: Mapped[bool]
    changed: Mapped[datetime | None] = mapped_column(Moment)


class PlanSetback(Record):
    """One thing that could go wrong.

    :ivar id: random, its name in addresses.
    :ivar made_with: the key of the form it was made with, so that a form sent twice makes one.
    """

    __tablename__ = "plan_setback"
    __table_args__ = (
        UniqueConstraint("case_id", "made_with"),
        Index("ix_plan_setback_case_id_place", "case_id", "place"),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    made_with: Mapped[str] = mapped_column(String(_LONGEST_KEY))
    place: Mapped[int]
    wrong: Mapped[str] = mapped_column(Text, info=WORDS)
    then: Mapped[str] = mapped_column(Text, info=WORDS)
    call: Mapped[str] = mapped_column(Text, info=WORDS)
    signs: Mapped[str | None] = mapped_column(Text, info=WORDS)
    worth: Mapped[str | None] = mapped_column(String(12))
    worth_why: Mapped[str | None] = mapped_column(Text, info=WORDS)


_lines = table_of(PlanLine)
_needs = table_of(PlanNeed)
_texts = table_of(PlanText)
_setbacks = table_of(PlanSetback)


def read_lines(session: Session, case_id: str) -> tuple[Line, ...]:
    """The lines of a plan in their order."""
    rows = session.execute(
        select(_lines).where(PlanLine.case_id == case_id).order_by(PlanLine.place)
    ).mappings()
    return tuple(_line(session, row) for row in rows)


def read_line(session: Session, case_id: str, line_id: str) -> Line | None:
    """One line of this case, or ``None``: a line of another case does not exist here."""
    here = (PlanLine.case_id == case_id, PlanLine.id == line_id)
    row = session.execute(select(_lines).where(*here)).mappings().one_or_none()
    return _line(session, row) if row is not None else None


def add_line(session: Session, case_id: str, line: Line, made_with: str | None, at: datetime) -> str:
    """Add a line and give its id. The same form sent again adds none and gives the first one's id.

    :param made_with: the key of the form; without one, every line is a new one.
    """
    made_with = _key(made_with)
    made = _made(session, PlanLine, case_id, made_with)
    if made is not None:
        return made
    line = replace(line, id=secrets.token_urlsafe(12))
    values = values_of(line) | {"case_id": case_id, "id": line.id, "made_with": made_with}
    place = _next_place(session, PlanLine, case_id)
    session.execute(insert(PlanLine).values(**seal_row(session, _lines, values), place=place, changed=at))
    audit.record(session, case_id, "add", f"line {line.id}", at, said=audit.Said(None, as_said(line)))
    return line.id


def change_line(session: Session, case_id: str, line: Line, at: datetime) -> None:
    """Put a line as it is now in place of the one with its id."""
    here = (PlanLine.case_id == case_id, PlanLine.id == line.id)
    said = audit.Said(_line_before(session, case_id, line.id), as_said(line))
    values = seal_row(session, _lines, values_of(line) | {"case_id": case_id, "id": line.id})
    session.execute(update(PlanLine).where(*here).values(**values, changed=at))
    audit.record(session, case_id, "change", f"line {line.id}", at, said=said)


def _line_before(session: Session, case_id: str, line_id: str) -> dict[str, Any] | None:
    line = read_line(session, case_id, line_id)
    return None if line is None else as_said(line)


def remove_line(session: Session, case_id: str, line_id: str, at: datetime) -> None:
    """Take a line out of the plan."""
    said = audit.Said(_line_before(session, case_id, line_id), None)
    session.execute(delete(PlanLine).where(PlanLine.case_id == case_id, PlanLine.id == line_id))
    audit.record(session, case_id, "remove", f"line {line_id}", at, said=said)


def read_wishes(session: Session, case_id: str) -> dict[str, Wish]:
    """What the person said in the plan about each need, by outcome."""
    rows = session.execute(select(_needs).where(PlanNeed.case_id == case_id)).mappings()
    opened = [open_row(session, _needs, row) for row in rows]
    return {row["outcome"]: Wish(row["words"], row["met_by"]) for row in opened}


def write_words(session: Session, case_id: str, outcome: str, words: str, at: datetime) -> None:
    """Keep the person's own words about a need."""
    before = read_wishes(session, case_id).get(outcome, Wish())
    _write_wish(session, case_id, outcome, before, replace(before, words=words), at)


def write_met_by(session: Session, case_id: str, outcome: str, met_by: MetBy | None, at: datetime) -> None:
    """Keep who meets a need without a line of support."""
    before = read_wishes(session, case_id).get(outcome, Wish())
    _write_wish(session, case_id, outcome, before, replace(before, met_by=met_by), at)


def _write_wish(session: Session, case_id: str, outcome: str, before: Wish, wish: Wish, at: datetime) -> None:
    values = {"case_id": case_id, "outcome": outcome, "words": wish.words, "met_by": wish.met_by}
    session.merge(PlanNeed(**seal_row(session, _needs, values)))
    said = audit.Said([before.words, before.met_by], [wish.words, wish.met_by])
    audit.record(session, case_id, "change", f"need {outcome}", at, said=said)


def read_texts(session: Session, case_id: str) -> dict[PlanPart, str]:
    """The texts beside the lines, by part."""
    rows = session.execute(select(_texts).where(PlanText.case_id == case_id)).mappings()
    return {row["part"]: open_row(session, _texts, row)["words"] for row in rows}


def write_texts(session: Session, case_id: str, texts: Mapping[PlanPart, str], at: datetime) -> None:
    """Keep texts, each in place of the earlier one of its part."""
    before = read_texts(session, case_id)
    for part, words in texts.items():
        assert part in PLAN_PARTS
        _write_text(session, case_id, part, audit.Said(before.get(part), words), at, not_needed=False)


def read_not_needed(session: Session, case_id: str) -> frozenset[PlanPart]:
    """The parts that the person said are not needed."""
    here = (PlanText.case_id == case_id, PlanText.not_needed.is_(True))
    return frozenset(
        cast("PlanPart", part) for part in session.execute(select(PlanText.part).where(*here)).scalars()
    )


def write_not_needed(session: Session, case_id: str, part: PlanPart, at: datetime) -> None:
    """Keep that a part is not needed. Words that were written for it before stay."""
    words = read_texts(session, case_id).get(part, "")
    _write_text(session, case_id, part, audit.Said(words, words), at, not_needed=True)


def last_written(session: Session, case_id: str, parts: Collection[PlanPart]) -> datetime | None:
    """When one of some parts was written last; ``None`` when none was."""
    here = (PlanText.case_id == case_id, PlanText.part.in_(parts))
    return session.execute(select(func.max(PlanText.changed)).where(*here)).scalar()


def _write_text(
    session: Session, case_id: str, part: PlanPart, said: audit.Said, at: datetime, *, not_needed: bool
) -> None:
    values = {"case_id": case_id, "part": part, "words": said.after, "not_needed": not_needed, "changed": at}
    session.merge(PlanText(**seal_row(session, _texts, values)))
    audit.record(session, case_id, "change", f"text {part}", at, said=None if not_needed else said)


def read_setbacks(session: Session, case_id: str) -> tuple[Setback, ...]:
    """What could go wrong, in the order in which it was written."""
    found = select(_setbacks).where(PlanSetback.case_id == case_id).order_by(PlanSetback.place)
    rows = [open_row(session, _setbacks, row) for row in session.execute(found).mappings()]
    return tuple(
        Setback(
            id=row["id"],
            wrong=row["wrong"],
            signs=row["signs"] or "",
            then=row["then"],
            call=row["call"],
            worth=row["worth"],
            worth_why=row["worth_why"] or "",
        )
        for row in rows
    )


def add_setback(session: Session, case_id: str, setback: Setback, made_with: str | None, at: datetime) -> str:
    """Add something that could go wrong and give its id. The same form sent again adds nothing."""
    made_with = _key(made_with)
    made = _made(session, PlanSetback, case_id, made_with)
    if made is not None:
        return made
    setback = replace(setback, id=secrets.token_urlsafe(12))
    values = _setback_values(session, case_id, setback) | {"made_with": made_with}
    place = _next_place(session, PlanSetback, case_id)
    session.execute(insert(PlanSetback).values(**values, place=place))
    said = audit.Said(None, _setback_as_said(setback))
    audit.record(session, case_id, "add", f"setback {setback.id}", at, said=said)
    return setback.id


def change_setback(session: Session, case_id: str, setback: Setback, at: datetime) -> None:
    """Put what could go wrong as it is now in place of the one with its id."""
    here = (PlanSetback.case_id == case_id, PlanSetback.id == setback.id)
    before = _setback_before(session, case_id, setback.id)
    values = _setback_values(session, case_id, setback)
    session.execute(update(PlanSetback).where(*here).values(**values))
    said = audit.Said(before, _setback_as_said(setback))
    audit.record(session, case_id, "change", f"setback {setback.id}", at, said=said)


def remove_setback(session: Session, case_id: str, setback_id: str, at: datetime) -> None:
    """Take something that could go wrong out of the plan."""
    said = audit.Said(_setback_before(session, case_id, setback_id), None)
    session.execute(delete(PlanSetback).where(PlanSetback.case_id == case_id, PlanSetback.id == setback_id))
    audit.record(session, case_id, "remove", f"setback {setback_id}", at, said=said)


def _setback_values(session: Session, case_id: str, setback: Setback) -> dict[str, Any]:
    said = _setback_as_said(setback)
    return seal_row(session, _setbacks, {"case_id": case_id, "id": setback.id, **said})


def _setback_as_said(setback: Setback) -> dict[str, Any]:
    return {
        "wrong": setback.wrong,
        "signs": setback.signs or None,
        "then": setback.then,
        "call": setback.call,
        "worth": setback.worth,
        "worth_why": setback.worth_why or None,
    }


def _setback_before(session: Session, case_id: str, setback_id: str) -> dict[str, Any] | None:
    found = (one for one in read_setbacks(session, case_id) if one.id == setback_id)
    return next((_setback_as_said(one) for one in found), None)


def _key(made_with: str | None) -> str:
    return (made_with or secrets.token_urlsafe(12))[:_LONGEST_KEY]


def _made(session: Session, what: type[PlanLine | PlanSetback], case_id: str, made_with: str) -> str | None:
    return session.execute(
        select(what.id).where(what.case_id == case_id, what.made_with == made_with)
    ).scalar()


def _next_place(session: Session, what: type[PlanLine | PlanSetback], case_id: str) -> int:
    last = session.execute(select(func.max(what.place)).where(what.case_id == case_id)).scalar()
    return (last or 0) + 1


def _line(session: Session, kept: RowMapping) -> Line:
    return line_of(open_row(session, _lines, kept))
