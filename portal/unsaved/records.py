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

from sqlalchemy import ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.database import INSERT, Moment, Record, table_of
from portal.identity.records import Account
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
    :ivar account_id: who typed it; ``None`` for the person in a browser without an account.
    :ivar address: the page it belongs to, with what stands after the question mark.
    """

    __tablename__ = "kept_form"
    __table_args__ = (Index("ix_kept_form_case_id", "case_id"), Index("ix_kept_form_at", "at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    fields: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept form to work with; what its parts mean is said at :class:`KeptForm`."""

    id: str
    case_id: str
    account_id: int | None
    address: str
    fields: Fields
    why: Why
    at: datetime


_table = table_of(KeptForm)


def new_id() -> str:
    """A name for a form that is going to be kept."""
    return secrets.token_urlsafe(16)


def keep_form(
    session: Session,
    case_id: str,
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
        "fields": {field: list(typed) for field, typed in fields.items()},
        "why": why,
        "at": at,
    }
    added = INSERT[session.connection().dialect.name](_table).values(id=name, **values)
    kept = added.on_conflict_do_update(
        index_elements=[_table.c.id],
        set_=values,
        where=(_table.c.case_id == case_id) & _table.c.account_id.is_not_distinct_from(who),
    ).returning(_table.c.id)
    found: str | None = session.execute(kept).scalar()
    return found


def kept_form(session: Session, case_id: str, id: str) -> Kept | None:
    """One kept form of a case; ``None`` when this case has none of that name."""
    found = select(_table).where(_table.c.case_id == case_id, _table.c.id == id)
    row = session.execute(found).one_or_none()
    return _kept(row) if row is not None else None


def kept_forms(
    session: Session,
    case_id: str,
    *,
    address: str | None = None,
    whys: Sequence[Why] = WHYS,
) -> tuple[Kept, ...]:
    """The kept forms of a case, the newest first.

    :param address: of one page only.
    """
    found = select(_table).where(_table.c.case_id == case_id, _table.c.why.in_(whys))
    if address is not None:
        found = found.where(_table.c.address == address)
    return tuple(_kept(row) for row in session.execute(found.order_by(_table.c.at.desc(), _table.c.id)))


def drop_form(session: Session, case_id: str, id: str) -> None:
    """Keep a form no longer: it was saved, or thrown away."""
    session.execute(delete(_table).where(_table.c.case_id == case_id, _table.c.id == id))


def drop_old_forms(session: Session, before: datetime, whys: Sequence[Why]) -> None:
    """Delete the forms that were kept before a time, for one of these reasons."""
    session.execute(delete(_table).where(_table.c.at < before, _table.c.why.in_(whys)))


def _kept(row: Any) -> Kept:
    return Kept(
        id=row.id,
        case_id=row.case_id,
        account_id=row.account_id,
        address=row.address,
        fields=row.fields,
        why=row.why,
        at=row.at,
    )
