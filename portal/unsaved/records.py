"""Forms that were typed and not saved, as they are kept.

A kept form changes nothing in the record: it holds what somebody typed on one page, so that it can be
given back. It is there because somebody is still typing, because a form was wrong, because it met an
ended session, because somebody else had saved meanwhile, or because it is only a suggestion.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import INSERT, Moment, Record, table_of
from portal.identity.records import Account
from portal.keys import ACCOUNTS
from portal.sealing import WORDS, open_own, open_sealed, place_in, seal, seal_own
from portal.sharing.records import Case

Why = Literal["typing", "wrong", "expired", "refused", "suggested"]
"""``typing``: kept while somebody typed; ``wrong``: something in it has to be put right first;
``expired``: it met a session that had ended; ``refused``: somebody else had saved meanwhile;
``suggested``: a helper suggests it, and the person decides."""

WHYS: tuple[Why, ...] = get_args(Why)
Fields = dict[str, list[str]]
"""What a form sends: every value of every field, as it was typed."""

LONGEST_ADDRESS = 400


class KeptForm(Record):
    """One form as it was typed.

    :ivar id: random; it says nothing by itself and opens nothing in another case.
    :ivar case_id: ``None`` for a page of no case, such as those on which staff decide.
    :ivar account_id: who typed it; ``None`` for the person in a browser without an account.
    :ivar address: the page it belongs to, with what stands after the question mark.
    :ivar fields: what was typed, sealed.
    """

    __tablename__ = "kept_form"
    __table_args__ = (Index("ix_kept_form_case_id", "case_id"), Index("ix_kept_form_at", "at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    fields: Mapped[str] = mapped_column(Text, info=WORDS)
    why: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept form to work with; what its parts mean is said at :class:`KeptForm`."""

    id: str
    case_id: str | None
    account_id: int | None
    address: str
    fields: Fields
    why: Why
    at: datetime


class SentForm(Record):
    """A form that was sent and did what it was to do, so that it does nothing when it is sent again.

    :ivar key: the hash of all that was sent; one sign changed makes it another form.
    :ivar location: where the first answer led to.
    """

    __tablename__ = "sent_form"
    __table_args__ = (Index("ix_sent_form_at", "at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    at: Mapped[datetime] = mapped_column(Moment)


_table = table_of(KeptForm)
_sent = table_of(SentForm)
MOST_KEPT = 40
"""Forms kept of one case; the oldest go when there are more."""


def new_id() -> str:
    """A name for a form that is going to be kept."""
    return secrets.token_urlsafe(16)


def keep_form(
    session: Session,
    case_id: str | None,
    address: str,
    fields: Mapping[str, Sequence[str]],
    *,
    why: Why,
    who: int | None,
    at: datetime,
    id: str | None = None,
) -> str | None:
    """Keep a form as it was typed, in place of what the same person kept under the same name.

    :param who: the account of whoever typed it; ``None`` without one.
    :param id: its name; a new one when there is none yet.
    :return: its name, or ``None`` when the name belongs to somebody else's form.
    """
    name = id or new_id()
    values = {
        "case_id": case_id,
        "account_id": who,
        "address": address[:LONGEST_ADDRESS],
        "fields": _sealed(session, case_id, name, {field: list(typed) for field, typed in fields.items()}),
        "why": why,
        "at": at,
    }
    added = INSERT[session.connection().dialect.name](_table).values(id=name, **values)
    kept = added.on_conflict_do_update(
        index_elements=[_table.c.id],
        set_=values,
        where=_table.c.case_id.is_not_distinct_from(case_id) & _table.c.account_id.is_not_distinct_from(who),
    ).returning(_table.c.id)
    found: str | None = session.execute(kept).scalar()
    return found


def kept_form(session: Session, case_id: str, id: str) -> Kept | None:
    """One kept form of a case; ``None`` when this case has none of that name."""
    found = select(_table).where(_table.c.case_id == case_id, _table.c.id == id)
    row = session.execute(found).one_or_none()
    return _kept(session, row) if row is not None else None


def kept_forms(
    session: Session,
    case_id: str,
    *,
    address: str | None = None,
    whys: Sequence[Why] = WHYS,
) -> tuple[Kept, ...]:
    """The kept forms of a case, the newest first.

    :param address: of one page only, whatever stands after its question mark.
    """
    found = select(_table).where(_table.c.case_id == case_id, _table.c.why.in_(whys))
    if address is not None:
        found = found.where(_is_at(address))
    rows = session.execute(found.order_by(_table.c.at.desc(), _table.c.id))
    return tuple(_kept(session, row) for row in rows)


def kept_for_account(session: Session, account_id: int, address: str) -> Kept | None:
    """What an account typed last on a page of no case, whatever stands after its question mark."""
    found = select(_table).where(_of_account(account_id), _is_at(address))
    row = session.execute(found.order_by(_table.c.at.desc(), _table.c.id).limit(1)).one_or_none()
    return _kept(session, row) if row is not None else None


def drop_form(session: Session, case_id: str | None, id: str) -> None:
    """Keep a form no longer: it was saved, or thrown away."""
    session.execute(delete(_table).where(_table.c.case_id.is_not_distinct_from(case_id), _table.c.id == id))


def drop_for_account(session: Session, account_id: int, address: str) -> None:
    """Keep nothing that an account typed on a page of no case: it was saved, or something newer is kept."""
    session.execute(delete(_table).where(_of_account(account_id), _is_at(address)))


def drop_old_forms(session: Session, before: datetime, whys: Sequence[Why]) -> None:
    """Delete the forms that were kept before a time, for one of these reasons."""
    session.execute(delete(_table).where(_table.c.at < before, _table.c.why.in_(whys)))


def drop_surplus(session: Session, case_id: str) -> None:
    """Delete the oldest forms of a case beyond :data:`MOST_KEPT`; what was suggested stays."""
    newest = (
        select(_table.c.id)
        .where(_table.c.case_id == case_id, _table.c.why != "suggested")
        .order_by(_table.c.at.desc(), _table.c.id)
        .offset(MOST_KEPT)
    )
    surplus = list(session.execute(newest).scalars())
    if surplus:
        session.execute(delete(_table).where(_table.c.id.in_(surplus)))


def first_answer(session: Session, key: str, at: datetime) -> str | None:
    """Where the first sending of a form led to; ``None`` when this is the first.

    Until the transaction ends the same form, sent at the same time, waits here.
    """
    new = INSERT[session.connection().dialect.name](_sent).values(key=key, location="", at=at)
    if session.execute(new.on_conflict_do_nothing().returning(_sent.c.key)).scalar() is not None:
        return None
    location: str = session.execute(select(_sent.c.location).where(_sent.c.key == key)).scalar_one()
    return location


def answered_with(session: Session, key: str) -> str | None:
    """Where a form led to that was sent before; ``None`` when it was not."""
    location: str | None = session.execute(select(_sent.c.location).where(_sent.c.key == key)).scalar()
    return location


def note_answer(session: Session, key: str, location: str | None) -> None:
    """Note where a form led to; ``None`` when it did nothing and may be sent again."""
    if location is None or len(location) > LONGEST_ADDRESS:
        session.execute(delete(_sent).where(_sent.c.key == key))
    else:
        session.execute(update(_sent).where(_sent.c.key == key).values(location=location))


def drop_sent_forms(session: Session, before: datetime) -> None:
    """Forget the forms that were sent before a time."""
    session.execute(delete(_sent).where(_sent.c.at < before))


def _of_account(account_id: int) -> ColumnElement[bool]:
    return _table.c.case_id.is_(None) & (_table.c.account_id == account_id)


def _is_at(address: str) -> ColumnElement[bool]:
    """Of one page, whatever stands after its question mark."""
    return (_table.c.address == address) | _table.c.address.startswith(f"{address}?", autoescape=True)


def _place(name: str) -> str:
    return place_in("kept_form", "fields", name)


def _sealed(session: Session, case_id: str | None, name: str, fields: Fields) -> str:
    if case_id is None:
        return seal_own(session, ACCOUNTS, _place(name), fields)
    return seal(session, case_id, _place(name), fields)


def _opened(session: Session, row: Any) -> Any:
    if row.case_id is None:
        return open_own(session, ACCOUNTS, _place(row.id), row.fields)
    return open_sealed(session, row.case_id, _place(row.id), row.fields)


def _kept(session: Session, row: Any) -> Kept:
    return Kept(
        id=row.id,
        case_id=row.case_id,
        account_id=row.account_id,
        address=row.address,
        fields=_opened(session, row),
        why=row.why,
        at=row.at,
    )
