"""Plans of two people, joined while both agree: the supports they share, and each one's part of the cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.carer.records import Pair, PairSide, give_consent, shows, withdraw_consent
from portal.carer.rules.consent import Basis
from portal.database import Moment, Record, table_of
from portal.plan.records import PlanLine, read_line
from portal.plan.rules.joint import Hindrance, Side, Terms, hindrances, what_is_agreed
from portal.plan.rules.lines import Line
from portal.plan.rules.sharing import Share
from portal.sharing.private import private_of
from portal.sharing.records import Case


class JointTerms(Record):
    """What one of two people answered when they agreed to join their plans. The other never reads it."""

    __tablename__ = "joint_terms"

    pair_id: Mapped[str] = mapped_column(ForeignKey(Pair.id, ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    age: Mapped[str] = mapped_column(String(10))
    agrees: Mapped[str | None] = mapped_column(String(16))
    advocate: Mapped[str] = mapped_column(String(10))
    conflict: Mapped[str | None] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)


class SharedLine(Record):
    """A support of a plan whose cost is offered to another plan in part.

    :ivar case_id: whose plan it stands in; ``percent``: what that plan carries.
    """

    __tablename__ = "shared_line"
    __table_args__ = (Index("ix_shared_line_pair_id", "pair_id"),)

    line_id: Mapped[str] = mapped_column(ForeignKey(PlanLine.id, ondelete="CASCADE"), primary_key=True)
    pair_id: Mapped[str] = mapped_column(ForeignKey(Pair.id, ondelete="CASCADE"))
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    percent: Mapped[int]
    offered: Mapped[datetime] = mapped_column(Moment)


class SharedPart(Record):
    """What the other person agreed to of a shared support, and what it is for in their own plan.

    :ivar case_id: the other person's; ``agreed``: the costs and the split as they were when they agreed.
    """

    __tablename__ = "shared_part"

    line_id: Mapped[str] = mapped_column(ForeignKey(SharedLine.line_id, ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    agreed: Mapped[list[Any]]
    needs: Mapped[list[Any]]
    route: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Shared:
    """A support that two plans share, or that waits for the other's yes.

    :ivar line: the support, whole, as the plan that it stands in has it.
    :ivar owner: whose plan that is.
    :ivar agreed: whether the other has agreed to their part as it is now.
    :ivar now: the costs and the split as they are now, to be agreed to.
    :ivar asked_again: whether they had agreed, and the cost or the split has changed since.
    """

    line: Line
    pair_id: str
    owner: str
    percent: int
    now: list[str | None]
    agreed: bool
    asked_again: bool
    needs: tuple[str, ...] = ()
    route: str | None = None


_terms = table_of(JointTerms)
_lines = table_of(SharedLine)
_parts = table_of(SharedPart)
_sides = table_of(PairSide)
_pairs = table_of(Pair)


def agree_to_join(
    session: Session,
    case_id: str,
    pair_id: str,
    terms: Terms,
    basis: Basis,
    decided: str,
    at: datetime,
) -> None:
    """Record that somebody agrees to join their plan with the other's of a link, and what they answered."""
    values = {
        "age": terms.age,
        "agrees": terms.agrees,
        "advocate": terms.advocate,
        "conflict": terms.conflict,
        "at": at,
    }
    session.merge(JointTerms(pair_id=pair_id, case_id=case_id, **values))
    session.flush()
    give_consent(session, case_id, pair_id, "plan", basis, decided, at)


def split(session: Session, case_id: str, pair_id: str, at: datetime) -> None:
    """Make two plans of them again, as of now. Each support is whole again where it stands."""
    session.execute(delete(_lines).where(_lines.c.pair_id == pair_id))
    withdraw_consent(session, case_id, pair_id, "plan", at)
    audit.record(session, case_id, "change", f"joint {pair_id}", at)


def what_hinders(session: Session, pair_id: str, mine: str, theirs: str) -> tuple[Hindrance, ...]:
    """What keeps the plans of two cases apart at this moment; nothing when they are joined."""
    return hindrances(_side(session, pair_id, mine), _side(session, pair_id, theirs))


def _side(session: Session, pair_id: str, case_id: str) -> Side:
    return Side(shows(session, pair_id, case_id, "plan"), terms_of(session, pair_id, case_id))


def terms_of(session: Session, pair_id: str, case_id: str) -> Terms | None:
    """What somebody answered when they agreed; ``None`` when they never did."""
    here = (_terms.c.pair_id == pair_id, _terms.c.case_id == case_id)
    row = session.execute(select(_terms).where(*here)).one_or_none()
    return None if row is None else Terms(row.age, row.agrees, row.advocate, row.conflict)


def share_line(
    session: Session, case_id: str, pair_id: str, line_id: str, percent: int, at: datetime
) -> None:
    """Offer a part of a support's cost to the other plan of a link. It stays whole until they agree."""
    session.execute(delete(_lines).where(_lines.c.line_id == line_id))
    values = {"line_id": line_id, "pair_id": pair_id, "case_id": case_id, "percent": percent, "offered": at}
    session.execute(insert(_lines).values(**values))
    audit.record(session, case_id, "change", f"line {line_id}", at)


def stop_sharing(session: Session, case_id: str, line_id: str, at: datetime) -> None:
    """A support is whole again in the plan that it stands in. Either of the two may say so."""
    session.execute(delete(_lines).where(_lines.c.line_id == line_id))
    audit.record(session, case_id, "change", f"line {line_id}", at)


def take_part(
    session: Session, case_id: str, shared: Shared, needs: Sequence[str], route: str | None, at: datetime
) -> None:
    """Record that somebody carries their part of a shared support, as it is now."""
    session.execute(delete(_parts).where(_parts.c.line_id == shared.line.id))
    session.execute(
        insert(_parts).values(
            line_id=shared.line.id,
            case_id=case_id,
            agreed=shared.now,
            needs=list(needs),
            route=route,
            at=at,
        )
    )
    audit.record(session, case_id, "add", f"line {shared.line.id}", at)


def shared_lines(session: Session, case_id: str, weeks: Decimal) -> tuple[Shared, ...]:
    """Every support that a plan shares with one it is joined with, from either side, oldest first.

    Where plans are not joined, now, there are none: consent is asked for at each reading. Nor is there one
    that its owner has made private.

    :param weeks: the year rule by which costs are told by the week.
    """
    mine = select(_sides.c.pair_id).join(_pairs, _pairs.c.id == _sides.c.pair_id)
    rows = session.execute(
        select(_lines, _parts.c.agreed, _parts.c.needs, _parts.c.route, _parts.c.case_id.label("taken_by"))
        .outerjoin(_parts, _parts.c.line_id == _lines.c.line_id)
        .where(_lines.c.pair_id.in_(mine.where(_sides.c.case_id == case_id, _pairs.c.ended.is_(None))))
        .order_by(_lines.c.offered, _lines.c.line_id)
    ).all()
    joined: dict[str, bool] = {}
    private = {owner: private_of(session, owner) for owner in {row.case_id for row in rows}}
    found = []
    for row in rows:
        if row.pair_id not in joined:
            joined[row.pair_id] = _are_joined(session, row.pair_id, case_id)
        shown = joined[row.pair_id] and f"line {row.line_id}" not in private[row.case_id]
        line = read_line(session, row.case_id, row.line_id) if shown else None
        if line is None:
            continue
        as_it_is = what_is_agreed(line, row.percent, weeks)
        agreed = row.agreed == as_it_is
        found.append(
            Shared(
                line=line if row.case_id == case_id else _without_what_is_private(line),
                pair_id=row.pair_id,
                owner=row.case_id,
                percent=row.percent,
                now=as_it_is,
                agreed=agreed,
                asked_again=row.agreed is not None and not agreed,
                needs=tuple(row.needs or ()) if row.taken_by == case_id else (),
                route=row.route if row.taken_by == case_id else None,
            )
        )
    return tuple(found)


def _are_joined(session: Session, pair_id: str, case_id: str) -> bool:
    others = select(_sides.c.case_id).where(_sides.c.pair_id == pair_id, _sides.c.case_id != case_id)
    other = session.execute(others).scalar()
    return other is not None and not what_hinders(session, pair_id, case_id, other)


def _without_what_is_private(line: Line) -> Line:
    """A support as the other of two people is shown it: what, who, when, what it costs, and nothing else."""
    return Line(
        id=line.id,
        kind=line.kind,
        what=line.what,
        who=line.who,
        days=line.days,
        parts=line.parts,
        times=line.times,
        slots=line.slots,
        quantity=line.quantity,
        workers=line.workers,
        price=line.price,
        every=line.every,
        starts=line.starts,
        ends=line.ends,
    )


def with_shared(lines: Iterable[Line], shared: Iterable[Shared], case_id: str) -> tuple[Line, ...]:
    """The supports of a plan with its part of each shared cost, those of the other plan after its own.

    A support that the other has not agreed to is whole where it stands, so that each cost counts once.
    """
    agreed = {one.line.id: one for one in shared if one.agreed}
    own = [
        replace(line, share=Share(agreed[line.id].percent)) if line.id in agreed else line for line in lines
    ]
    others = [
        replace(one.line, needs=one.needs, route=one.route, share=Share(one.percent, rest=True))
        for one in agreed.values()
        if one.owner != case_id
    ]
    return (*own, *others)


def one_shared(session: Session, case_id: str, line_id: str, weeks: Decimal) -> Shared | None:
    """A shared support of this plan or of the one it is joined with, or ``None``."""
    return next((one for one in shared_lines(session, case_id, weeks) if one.line.id == line_id), None)
