"""What is opened or saved after somebody else has removed it: that is said, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from flask import g, request
from sqlalchemy import select

from portal.audit import AuditEntry, said_at
from portal.database import table_of
from portal.safeguards import db
from portal.sharing.access import role
from portal.sharing.private import NAMED_IN_ADDRESS

_entries = table_of(AuditEntry)
_ADD_AGAIN: Mapping[str, str] = {"setback": "/plan/backup/new", "line": "/plan/line/new"}
"""Where something of its kind is added, by the first word of its name in the trail."""


class Removed(NamedTuple):
    """Something that was here.

    :ivar by_me: whether the visitor removed it, in another window; ``add``: where it can be added again.
    """

    at: datetime
    by_me: bool
    add: str


def removed_here() -> Removed | None:
    """Whether what this address names was removed from the case that is open; asked when it is not found.

    Only of a part that the visitor may open: to anybody else it is as if it had never been.
    """
    named = request.view_args or {}
    if "case" not in g or "need" not in g:
        return None
    subjects = [f"{NAMED_IN_ADDRESS[name]} {named[name]}" for name in named if name in NAMED_IN_ADDRESS]
    listed = "question_id" in named and "place" in named
    here = (_entries.c.case_id == g.case.id, _entries.c.subject.in_(subjects))
    done = (_entries.c.action == "remove") if not listed else _entries.c.said.is_not(None)
    asked = select(_entries.c.place, _entries.c.at, _entries.c.actor).where(*here, done)
    row = db().execute(asked.order_by(_entries.c.place.desc()).limit(1)).one_or_none()
    if row is None or (listed and not _took_out(row.place, int(named["place"]))):
        return None
    add = f"/assessment/{named['question_id']}/add" if listed else _ADD_AGAIN.get(subjects[0].split()[0], "")
    return Removed(row.at, row.actor.startswith(role().audited), add)


def _took_out(entry: int, place: int) -> bool:
    """Whether a change of a list made it too short for a place that it had before."""
    said = said_at(db(), g.case.id, entry)
    before, after = ([] if one is None else one for one in said or (None, None))
    return isinstance(before, list) and isinstance(after, list) and len(after) < place <= len(before)
