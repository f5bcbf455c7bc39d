"""A copy of everything that is kept of a case, for the person to take away."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.database import Record
from portal.sealing import open_row
from portal.sharing.records import Case, last_change

FORMAT = "plan-my-support/copy/1"
"""Names the form of the file; it changes when the form does."""

_INTERNAL = frozenset({"case_id", "hash", "code"})


def copy_of(session: Session, case: Case) -> dict[str, Any]:
    """Every row that belongs to a case, table by table.

    It is read off the tables themselves, so that nothing kept later can be forgotten here.
    """
    copy: dict[str, Any] = {
        "format": FORMAT,
        "kind": case.kind,
        "reference": case.reference,
        "council": case.pack_id,
        "started": case.started.isoformat(),
        "last_change": last_change(session, case.id).isoformat(),
    }
    for table in Record.metadata.sorted_tables:
        if "case_id" not in table.c:
            continue
        rows = session.execute(select(table).where(table.c.case_id == case.id)).mappings()
        copy[table.name] = [
            {
                name: _plain(value)
                for name, value in open_row(session, table, row).items()
                if name not in _INTERNAL
            }
            for row in rows
        ]
    return copy


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return str(value) if isinstance(value, Decimal) else value
