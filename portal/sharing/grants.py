"""What a person lets others see and do in their case: one row for each helper, invited or accepted."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import Update

from portal import audit
from portal.database import Moment, Record, table_of
from portal.identity.records import Account
from portal.sealing import WORDS, open_columns, open_sealed, place_in, seal_columns
from portal.sharing.records import Case
from portal.sharing.rules import Basis, Confirmed, Given, holds


class Grant(Record):
    """A helper's passport for one case. It is kept when it is over, so that the trail has a name to tell.

    :ivar id: random; its name in addresses and in the audit trail.
    :ivar account_id: who accepted it; ``None`` while nobody has, and once their account is gone.
    :ivar name: what the person calls the helper; ``given_by``: what they call themself to them.
    :ivar relation: how they know each other, a code of ``RELATIONS``.
    :ivar rights: the right to each part, by part.
    :ivar until: the last day on which it holds.
    :ivar code: the hash of the code that it is accepted with; ``None`` once it was used or taken back.
    :ivar code_until: until when the code can be used.
    :ivar revoked: when it was taken away.
    :ivar basis: on what legal basis the helper acts for the person, a code of ``BASES``; ``None`` for a
        helper who does not. ``reference`` is what an officer can look it up by, ``basis_state`` what
        the officer said, ``basis_said`` in which words.
    """

    __tablename__ = "helper_grant"
    __table_args__ = (
        UniqueConstraint("case_id", "account_id"),
        UniqueConstraint("code"),
        Index("ix_helper_grant_account_id", "account_id"),
        Index("ix_helper_grant_basis_state", "basis_state"),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(Text, info=WORDS)
    given_by: Mapped[str] = mapped_column(Text, info=WORDS)
    relation: Mapped[str] = mapped_column(String(20))
    rights: Mapped[dict[str, Any]]
    until: Mapped[date]
    given: Mapped[datetime] = mapped_column(Moment)
    accepted: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)
    code: Mapped[str | None] = mapped_column(String(64))
    code_until: Mapped[datetime | None] = mapped_column(Moment)
    basis: Mapped[str | None] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(Text, info=WORDS)
    basis_state: Mapped[str | None] = mapped_column(String(10))
    basis_said: Mapped[str | None] = mapped_column(Text, info=WORDS)


_table = table_of(Grant)
BESIDE_CASE = (
    _table.c.id.label("grant_id"),
    _table.c.rights.label("grant_rights"),
    _table.c.until.label("grant_until"),
    _table.c.revoked.label("grant_revoked"),
    _table.c.basis_state.label("grant_basis"),
    _table.c.given_by.label("grant_given_by"),
)
"""What is read of a visitor's passport together with the case, in the same query."""


def passport_of(case_id: Any, account_id: Any) -> Any:
    """The condition on which a passport belongs to a case and an account."""
    return (_table.c.case_id == case_id) & (_table.c.account_id == account_id)


@dataclass(frozen=True, slots=True)
class Passport:
    """A passport to work with, its words opened; what its parts mean is said at :class:`Grant`."""

    id: str
    case_id: str
    account_id: int | None
    name: str
    given_by: str
    relation: str
    rights: Mapping[str, Given]
    until: date
    given: datetime
    accepted: datetime | None
    revoked: datetime | None
    code_until: datetime | None
    basis: Basis | None
    reference: str
    basis_state: Confirmed | None
    basis_said: str

    def waits(self, at: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.code_until is not None and at <= self.code_until and self.revoked is None

    def is_good(self, today: date) -> bool:
        """Whether somebody holds it today."""
        return self.accepted is not None and holds(self.until, self.revoked, today)


class Invitation(NamedTuple):
    """What the person decided about somebody they invite."""

    name: str
    given_by: str
    relation: str
    rights: Mapping[str, Given]
    until: date


CODE_FOR = timedelta(days=28)
"""How long a code can be used: long enough for a letter, and for whoever gets it to find the time."""


def invite(session: Session, case_id: str, invitation: Invitation, secret: str, at: datetime) -> str:
    """Write a passport that waits to be accepted; its id.

    :param secret: the portal's; :func:`code_of` makes the code from it that the passport is accepted with.
    """
    grant_id = secrets.token_urlsafe(12)
    sealed = {"name": invitation.name, "given_by": invitation.given_by}
    session.execute(
        insert(_table).values(
            id=grant_id,
            case_id=case_id,
            relation=invitation.relation,
            rights=dict(invitation.rights),
            until=invitation.until,
            given=at,
            code=hash_of(code_of(grant_id, secret), secret),
            code_until=at + CODE_FOR,
            **seal_columns(session, case_id, Grant.__tablename__, grant_id, sealed),
        )
    )
    audit.record(session, case_id, "share", f"helper {grant_id}", at)
    return grant_id


def write_own(session: Session, case_id: str, account_id: int, name: str, until: date, at: datetime) -> str:
    """Write a passport for somebody who keeps a case under their own account and acts for the person."""
    return _write(session, case_id, account_id, Invitation("", name, "other", {}, until), at)


def give_at_once(
    session: Session, case_id: str, account_id: int, invitation: Invitation, at: datetime, *, id: str
) -> None:
    """Write a passport under this id that needs no code: for who types what stands on paper."""
    _write(session, case_id, account_id, invitation, at, id)
    audit.record(session, case_id, "share", f"helper {id}", at)


def _write(
    session: Session,
    case_id: str,
    account_id: int,
    invitation: Invitation,
    at: datetime,
    grant_id: str | None = None,
) -> str:
    grant_id = grant_id or secrets.token_urlsafe(12)
    sealed = {"name": invitation.name, "given_by": invitation.given_by}
    session.execute(
        insert(_table).values(
            id=grant_id,
            case_id=case_id,
            account_id=account_id,
            relation=invitation.relation,
            rights=dict(invitation.rights),
            until=invitation.until,
            given=at,
            accepted=at,
            **seal_columns(session, case_id, Grant.__tablename__, grant_id, sealed),
        )
    )
    return grant_id


def passports(session: Session, case_id: str) -> tuple[Passport, ...]:
    """Every passport of a case that was ever given, the newest first."""
    found = select(_table).where(_table.c.case_id == case_id).order_by(_table.c.given.desc(), _table.c.id)
    return tuple(_opened(session, row) for row in session.execute(found))


def passport(session: Session, case_id: str, grant_id: str) -> Passport | None:
    """One passport; ``None`` when this case has none of that id."""
    found = select(_table).where(_table.c.case_id == case_id, _table.c.id == grant_id)
    row = session.execute(found).one_or_none()
    return _opened(session, row) if row is not None else None


def passports_of(session: Session, account_id: int) -> tuple[Passport, ...]:
    """The passports that an account has accepted and that were not taken away."""
    found = select(_table).where(_table.c.account_id == account_id, _table.c.revoked.is_(None))
    return tuple(_opened(session, row) for row in session.execute(found.order_by(_table.c.given)))


def invited_by(session: Session, code: str, secret: str, at: datetime) -> Passport | None:
    """The passport that a code accepts; ``None`` when there is none, or not any more."""
    found = select(_table).where(_table.c.code == hash_of(code, secret))
    row = session.execute(found).one_or_none()
    known = _opened(session, row) if row is not None else None
    return known if known is not None and known.waits(at) else None


def waiting(session: Session, grant_id: str, at: datetime) -> Passport | None:
    """A passport that waits to be accepted, for whoever has shown its code already."""
    row = session.execute(select(_table).where(_table.c.id == grant_id)).one_or_none()
    known = _opened(session, row) if row is not None else None
    return known if known is not None and known.waits(at) else None


def accept(session: Session, given: Passport, account_id: int, at: datetime) -> None:
    """Put a passport under the account of whoever accepted it. Its code is dead from now on.

    An older passport of theirs to the same case gives way to it.
    """
    theirs = (_table.c.case_id == given.case_id) & (_table.c.account_id == account_id)
    older = update(_table).where(theirs, _table.c.id != given.id)
    session.execute(older.values(account_id=None, revoked=func.coalesce(_table.c.revoked, at)))
    accepted = {"account_id": account_id, "accepted": at, "code": None, "code_until": None}
    session.execute(update(_table).where(_table.c.id == given.id).values(**accepted))
    audit.record(session, given.case_id, "accept", f"helper {given.id}", at, actor=f"helper {given.id}")


def change_rights(
    session: Session, case_id: str, grant_id: str, rights: Mapping[str, Given], until: date, at: datetime
) -> None:
    """Put other rights, and another last day, in place of those of a passport."""
    session.execute(_this(case_id, grant_id).values(rights=dict(rights), until=until))
    audit.record(session, case_id, "share", f"helper {grant_id}", at)


def revoke(session: Session, case_id: str, grant_id: str, at: datetime, actor: str | None = None) -> None:
    """Take a passport away. It opens nothing from now on, and neither does its code."""
    session.execute(_this(case_id, grant_id).values(revoked=at, code=None, code_until=None))
    audit.record(session, case_id, "stop", f"helper {grant_id}", at, actor)


def revoke_all(session: Session, case_id: str, account_id: int | None, at: datetime) -> None:
    """Take every passport of a case away, but for that of the account itself that keeps it."""
    for given in passports(session, case_id):
        if given.revoked is None and (given.account_id is None or given.account_id != account_id):
            revoke(session, case_id, given.id, at)


def claim(session: Session, case_id: str, grant_id: str, basis: Basis, reference: str, at: datetime) -> None:
    """Note on what legal basis somebody says that they act for the person. An officer decides about it."""
    sealed = seal_columns(
        session, case_id, Grant.__tablename__, grant_id, {"reference": reference, "basis_said": ""}
    )
    session.execute(_this(case_id, grant_id).values(basis=basis, basis_state="asked", **sealed))
    audit.record(session, case_id, "claim", f"helper {grant_id}", at)


def take_back_claim(session: Session, mine: Passport, *, keeps: bool, at: datetime) -> None:
    """Take back what was said of a legal basis.

    :param keeps: whether the case is kept under the account of whoever said it: then the passport was
        written for nothing else, and goes.
    """
    nothing = {"basis": None, "basis_state": None, "reference": None, "basis_said": None}
    gone = {"account_id": None, "revoked": at} if keeps else {}
    session.execute(_this(mine.case_id, mine.id).values(**nothing, **gone))
    audit.record(session, mine.case_id, "unclaim", f"helper {mine.id}", at)


def claims(session: Session) -> tuple[Passport, ...]:
    """The legal bases that wait for an officer, the oldest first."""
    found = select(_table).where(_table.c.basis_state == "asked", _table.c.revoked.is_(None))
    return tuple(_opened(session, row) for row in session.execute(found.order_by(_table.c.given)))


def claimed(session: Session, grant_id: str) -> Passport | None:
    """A passport on which a legal basis was claimed, for an officer."""
    found = select(_table).where(_table.c.id == grant_id, _table.c.basis_state.is_not(None))
    row = session.execute(found).one_or_none()
    return _opened(session, row) if row is not None else None


def decide_claim(
    session: Session, given: Passport, decided: Confirmed, said: str, officer: str, at: datetime
) -> None:
    """Keep what an officer decided about a legal basis, and why."""
    sealed = seal_columns(session, given.case_id, Grant.__tablename__, given.id, {"basis_said": said})
    session.execute(_this(given.case_id, given.id).values(basis_state=decided, **sealed))
    action = "sign" if decided == "confirmed" else "refuse"
    audit.record(session, given.case_id, action, f"helper {given.id}", at, officer)


def forget_old_codes(session: Session, at: datetime) -> None:
    """Forget the codes of invitations that nobody used in time. Who was invited stays on the list."""
    late = (_table.c.code_until < at) & _table.c.code.is_not(None)
    session.execute(update(_table).where(late).values(code=None))


def given_by(session: Session, row: Any) -> str:
    """What the person calls themself to the helper whose passport was read beside the case."""
    place = place_in(Grant.__tablename__, "given_by", row.grant_id)
    return str(open_sealed(session, row.id, place, row.grant_given_by))


_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's, which leaves out what is mistaken for something else; see https://www.crockford.com/base32.html."""
_MISREAD = str.maketrans("OIL", "011")
_SIGNS = 10


def code_of(grant_id: str, secret: str) -> str:
    """The code of a passport, such as ``7K3F9-QXM2B``: 50 bits that follow from its id, kept nowhere."""
    made = hmac.new(secret.encode(), f"helper code {grant_id}".encode(), hashlib.sha256).digest()
    signs = "".join(_ALPHABET[byte % 32] for byte in made[:_SIGNS])
    return f"{signs[:5]}-{signs[5:]}"


def hash_of(code: str, secret: str) -> str:
    """What is kept of a code, however it was typed: with small letters, with or without its dash."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_MISREAD)
    return hmac.new(secret.encode(), f"helper code hash {signs}".encode(), hashlib.sha256).hexdigest()


def _this(case_id: str, grant_id: str) -> Update:
    return update(_table).where(_table.c.case_id == case_id, _table.c.id == grant_id)


def _opened(session: Session, row: Any) -> Passport:
    kept = {name: getattr(row, name) for name in ("name", "given_by", "reference", "basis_said")}
    words = open_columns(session, row.case_id, Grant.__tablename__, row.id, kept)
    return Passport(
        id=row.id,
        case_id=row.case_id,
        account_id=row.account_id,
        name=words["name"],
        given_by=words["given_by"],
        relation=row.relation,
        rights=row.rights,
        until=row.until,
        given=row.given,
        accepted=row.accepted,
        revoked=row.revoked,
        code_until=row.code_until,
        basis=row.basis,
        reference=words["reference"] or "",
        basis_state=row.basis_state,
        basis_said=words["basis_said"] or "",
    )
