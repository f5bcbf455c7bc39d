"""Who is linked with whom, and what each agreed to show the other. Each side's words are its own."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.carer.rules.consent import Basis, Combine, Given, What, may_pair
from portal.database import Moment, Record, table_of
from portal.pack.eligibility import PolicyGroup
from portal.sealing import WORDS, open_row, seal_row
from portal.sharing.records import Case

CODE_HOLDS = timedelta(days=14)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Pair(Record):
    """Two records that know of each other. By itself it shows neither anything of the other.

    :ivar code: the hash of the code that the second record is linked with; ``None`` once it was used.
    :ivar ended: when either of them ended it.
    """

    __tablename__ = "pair"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    made: Mapped[datetime] = mapped_column(Moment)
    code: Mapped[str | None] = mapped_column(String(64))
    code_until: Mapped[datetime | None] = mapped_column(Moment)
    ended: Mapped[datetime | None] = mapped_column(Moment)


class PairSide(Record):
    """One record's side of a link. The other never reads it.

    :ivar called: what this person calls the other; sealed, as ``code`` is, which is kept until it is used.
    :ivar combine: their wish about having both assessments done together.
    """

    __tablename__ = "pair_side"
    __table_args__ = (Index("ix_pair_side_case_id", "case_id"),)

    pair_id: Mapped[str] = mapped_column(ForeignKey(Pair.id, ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    called: Mapped[str] = mapped_column(Text, info=WORDS)
    code: Mapped[str | None] = mapped_column(Text, info=WORDS)
    combine: Mapped[str | None] = mapped_column(String(12))
    combine_at: Mapped[datetime | None] = mapped_column(Moment)


class Consent(Record):
    """That somebody agreed to show one thing to the other of a link. It is never deleted, only taken back.

    :ivar case_id: whose consent it is.
    :ivar decided: who took part, where the person did not decide alone; sealed.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_pair_id", "pair_id"), Index("ix_consent_case_id", "case_id"))

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    pair_id: Mapped[str] = mapped_column(ForeignKey(Pair.id, ondelete="CASCADE"))
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(12))
    basis: Mapped[str] = mapped_column(String(16))
    decided: Mapped[str | None] = mapped_column(Text, info=WORDS)
    given: Mapped[datetime] = mapped_column(Moment)
    withdrawn: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as one of the two sees it.

    :ivar called: what they call the other.
    :ivar code: the code to hand over; ``None`` once it was used.
    :ivar other: the other's case; ``None`` while nobody has come, and when their record is gone.
    :ivar combine: this one's wish about both assessments; ``others_wish``: the other's.
    """

    id: str
    called: str
    code: str | None
    code_until: datetime | None
    other: str | None
    other_kind: PolicyGroup | None
    combine: Combine | None
    others_wish: Combine | None
    consents: tuple[Given, ...]


_pairs = table_of(Pair)
_sides = table_of(PairSide)
_consents = table_of(Consent)
_cases = table_of(Case)


def new_code() -> str:
    """A code of twelve signs, for example 7K3F-9QXM-2BWD: 59 bits, to be written down or read out."""
    signs = "".join(secrets.choice(_ALPHABET) for _place in range(12))
    return "-".join(signs[at : at + 4] for at in range(0, 12, 4))


def _hashed(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def make_pair(session: Session, case_id: str, called: str, at: datetime) -> str:
    """Begin a link from one side, with a code for the other; its id."""
    pair_id, code = secrets.token_urlsafe(16), new_code()
    session.execute(
        insert(_pairs).values(id=pair_id, made=at, code=_hashed(code), code_until=at + CODE_HOLDS)
    )
    _add_side(session, pair_id, case_id, called, code)
    audit.record(session, case_id, "add", f"link {pair_id}", at)
    return pair_id


def join_pair(
    session: Session, case_id: str, kind: PolicyGroup, code: str, called: str, at: datetime
) -> str | None:
    """Link the record that a code came from with this one; the link's id.

    ``None`` when the code opens nothing: it is unknown, used, too old, of this very record, or of one that
    has nothing to agree on with it.
    """
    found = session.execute(
        select(_pairs.c.id, _sides.c.case_id, _cases.c.kind)
        .join(_sides, _sides.c.pair_id == _pairs.c.id)
        .join(_cases, _cases.c.id == _sides.c.case_id)
        .where(_pairs.c.code == _hashed(code), _pairs.c.code_until > at, _pairs.c.ended.is_(None))
        .with_for_update(of=_pairs)
    ).one_or_none()
    if found is None or found.case_id == case_id or not may_pair(kind, found.kind):
        return None
    session.execute(update(_pairs).where(_pairs.c.id == found.id).values(code=None, code_until=None))
    session.execute(update(_sides).where(_sides.c.pair_id == found.id).values(code=None))
    _add_side(session, found.id, case_id, called, None)
    for each in (case_id, found.case_id):
        audit.record(session, each, "link", f"link {found.id}", at)
    return str(found.id)


def _add_side(session: Session, pair_id: str, case_id: str, called: str, code: str | None) -> None:
    side = {"pair_id": pair_id, "case_id": case_id, "called": called, "code": code}
    session.execute(insert(_sides).values(**seal_row(session, _sides, side)))


def read_pairs(session: Session, case_id: str) -> tuple[Linked, ...]:
    """The links of a case that were not ended, the oldest first."""
    mine = select(_sides.c.pair_id).join(_pairs, _pairs.c.id == _sides.c.pair_id)
    asked = mine.where(_sides.c.case_id == case_id, _pairs.c.ended.is_(None)).order_by(
        _pairs.c.made, _pairs.c.id
    )
    found = (read_pair(session, case_id, pair_id) for pair_id in session.execute(asked).scalars().all())
    return tuple(pair for pair in found if pair is not None)


def read_pair(session: Session, case_id: str, pair_id: str) -> Linked | None:
    """One link of this case, or ``None``: what was ended, or is another's, does not exist here."""
    asked = (
        select(_sides, _pairs.c.code_until, _cases.c.kind)
        .join(_pairs, _pairs.c.id == _sides.c.pair_id)
        .join(_cases, _cases.c.id == _sides.c.case_id)
        .where(_sides.c.pair_id == pair_id, _pairs.c.ended.is_(None))
    )
    sides = {row["case_id"]: row for row in session.execute(asked).mappings()}
    if case_id not in sides:
        return None
    mine = open_row(session, _sides, sides.pop(case_id))
    other = next(iter(sides.values()), None)
    return Linked(
        id=pair_id,
        called=mine["called"],
        code=mine["code"],
        code_until=mine["code_until"],
        other=other["case_id"] if other else None,
        other_kind=other["kind"] if other else None,
        combine=mine["combine"],
        others_wish=other["combine"] if other else None,
        consents=_consents_of(session, pair_id, case_id),
    )


def _consents_of(session: Session, pair_id: str, case_id: str) -> tuple[Given, ...]:
    """Every consent of a link, the newest first. Only one's own says who took part."""
    asked = select(_consents).where(_consents.c.pair_id == pair_id)
    rows = session.execute(asked.order_by(_consents.c.given.desc(), _consents.c.id)).mappings()
    return tuple(_given(session, row, case_id) for row in rows)


def _given(session: Session, row: RowMapping, case_id: str) -> Given:
    own = row["case_id"] == case_id
    decided = open_row(session, _consents, row)["decided"] if own else None
    return Given(row["case_id"], row["what"], row["basis"], decided or "", row["given"], row["withdrawn"])


def shows(session: Session, pair_id: str, giver: str, what: What) -> bool:
    """Whether somebody shows this to the other of a link at this moment."""
    asked = (
        select(_consents.c.id)
        .join(_pairs, _pairs.c.id == _consents.c.pair_id)
        .where(
            _consents.c.pair_id == pair_id,
            _consents.c.case_id == giver,
            _consents.c.what == what,
            _consents.c.withdrawn.is_(None),
            _pairs.c.ended.is_(None),
        )
    )
    return session.execute(asked.limit(1)).scalar() is not None


def give_consent(
    session: Session, case_id: str, pair_id: str, what: What, basis: Basis, decided: str, at: datetime
) -> None:
    """Record that somebody agrees to show one thing. Saying it again changes nothing."""
    if shows(session, pair_id, case_id, what):
        return
    consent_id = secrets.token_urlsafe(16)
    values = {
        "id": consent_id,
        "pair_id": pair_id,
        "case_id": case_id,
        "what": what,
        "basis": basis,
        "decided": decided or None,
        "given": at,
    }
    session.execute(insert(_consents).values(**seal_row(session, _consents, values)))
    said = audit.Said(None, {"basis": basis, "decided": decided})
    audit.record(session, case_id, "sign", f"{what} to link {pair_id}", at, said=said)


def withdraw_consent(session: Session, case_id: str, pair_id: str, what: What, at: datetime) -> None:
    """Take a consent back, as of now."""
    here = (
        _consents.c.pair_id == pair_id,
        _consents.c.case_id == case_id,
        _consents.c.what == what,
        _consents.c.withdrawn.is_(None),
    )
    if session.execute(update(_consents).where(*here).values(withdrawn=at)).rowcount:  # type: ignore[attr-defined]
        audit.record(session, case_id, "withdraw", f"{what} to link {pair_id}", at)


def wish(session: Session, case_id: str, pair_id: str, combine: Combine, at: datetime) -> None:
    """Record what somebody wishes about having both assessments done together."""
    here = (_sides.c.pair_id == pair_id, _sides.c.case_id == case_id)
    before = session.execute(select(_sides.c.combine).where(*here)).scalar()
    session.execute(update(_sides).where(*here).values(combine=combine, combine_at=at))
    said = audit.Said(before, combine)
    audit.record(session, case_id, "choose", f"combining by link {pair_id}", at, said=said)


def end_pair(session: Session, case_id: str, pair_id: str, at: datetime) -> None:
    """End a link for both, and with it every consent of either, as of now."""
    still = (_consents.c.pair_id == pair_id, _consents.c.withdrawn.is_(None))
    session.execute(update(_consents).where(*still).values(withdrawn=at))
    session.execute(update(_pairs).where(_pairs.c.id == pair_id).values(ended=at, code=None, code_until=None))
    both = session.execute(select(_sides.c.case_id).where(_sides.c.pair_id == pair_id)).scalars().all()
    for each in both:
        audit.record(
            session, each, "remove", f"link {pair_id}", at, None if each == case_id else f"link {pair_id}"
        )
