"""Who is here and whose case they have open, read in one go: the first thing every page does."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, column, exists, select, table
from sqlalchemy.orm import Session

from portal.database import table_of
from portal.identity.records import VisitSession, hash_token
from portal.prepared import Prepared
from portal.safeguards import today
from portal.sharing.grants import BESIDE_CASE, Grant, passport_of
from portal.sharing.records import Case
from portal.sharing.rules import role_of

_visits = table_of(VisitSession)
_cases = table_of(Case)
_grants = table_of(Grant)
_kept = table("kept_form", column("case_id"))
_keeps = exists().where(_kept.c.case_id == _visits.c.held).label("keeps")
"""Whether anything was typed and not saved: most pages need not look for it."""
_helped = table("helper_grant", column("case_id"))
_shared = exists().where(_helped.c.case_id == _visits.c.held).label("shared")
"""Whether anybody was ever given a passport: what nobody else could have typed need not be looked for."""
_read = Prepared(
    select(
        _visits.c.data,
        _visits.c.began,
        _visits.c.seen,
        _visits.c.device,
        _visits.c.fresh,
        _visits.c.strong,
        _visits.c.staff,
        _visits.c.account_id.label("visitor"),
        _keeps,
        _shared,
        _cases,
        *BESIDE_CASE,
    )
    .select_from(
        _visits.outerjoin(_cases, _visits.c.held == _cases.c.id).outerjoin(
            _grants, passport_of(_visits.c.held, _visits.c.account_id)
        )
    )
    .where(_visits.c.token == bindparam("token"))
)
_held = (
    select(_cases, *BESIDE_CASE)
    .select_from(_cases.outerjoin(_grants, passport_of(bindparam("case"), bindparam("account"))))
    .where(_cases.c.id == bindparam("case"))
)
_one = Prepared(_held)
# Where writers do not take turns for the whole database, they do for a case.
_one_to_write = Prepared(_held.with_for_update(of=_cases))


class NoCase(NamedTuple):
    """Stands where a case would: none is open, or none that this visitor may open.

    :ivar lost: whether it was open to them once.
    """

    id: None = None
    lost: bool = False


class Found(NamedTuple):
    """What a token led to.

    :ivar data: what the session holds; ``began`` and ``seen``: when it began and was last used.
    :ivar case: a row with the attributes of :class:`Case` and, beside it, of the visitor's passport;
        its ``id`` is ``None`` when no case is open.

    The others are those of :class:`portal.identity.records.VisitSession`.
    """

    data: dict[str, Any]
    began: datetime
    seen: datetime
    device: str
    fresh: datetime | None
    strong: bool
    staff: bool
    case: Any


def read_visit(session: Session, token: str, since: datetime) -> Found | None:
    """The visit of a token; ``None`` when it is unknown or was not used since a time.

    A case that the visitor has no right to any more is not among what it leads to.
    """
    row = _read.first(session, {"token": hash_token(token)})
    if row is None or row.seen < since:
        return None
    case = NoCase(lost=True) if row.id is not None and role_of(row, row.visitor, today()) is None else row
    return Found(row.data, row.began, row.seen, row.device, row.fresh, row.strong, row.staff, case)


def read_held(session: Session, case_id: str, account_id: int | None, *, to_write: bool = False) -> Any:
    """A case with the visitor's passport beside it, or ``None``.

    :param to_write: until the transaction ends nobody else writes to this case.
    """
    asked = _one_to_write if to_write else _one
    return asked.first(session, {"case": case_id, "account": account_id})
