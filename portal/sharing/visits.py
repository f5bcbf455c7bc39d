"""Who is here and whose case they have open, read in one go: the first thing every page does."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.database import table_of
from portal.identity.records import VisitSession, hash_token
from portal.sharing.records import Case

_visits = table_of(VisitSession)
_cases = table_of(Case)
_read = (
    select(_visits.c.data, _visits.c.seen, _cases)
    .select_from(_visits.outerjoin(_cases, _visits.c.held == _cases.c.id))
    .where(_visits.c.token == bindparam("token"))
)


class Found(NamedTuple):
    """What a token led to.

    :ivar data: what the session holds; ``seen``: when it was last used.
    :ivar case: a row with the attributes of :class:`Case`; its ``id`` is ``None`` when none is open.
    """

    data: dict[str, Any]
    seen: datetime
    case: Any


def read_visit(session: Session, token: str, since: datetime) -> Found | None:
    """The visit of a token; ``None`` when it is unknown or was not used since a time."""
    row = session.connection().execute(_read, {"token": hash_token(token)}).one_or_none()
    if row is None or row.seen < since:
        return None
    return Found(row.data, row.seen, row)
