"""Who typed what stands in a case, and in whose words, as the audit trail tells it.

Each change names who made it: whoever changed a thing last typed what stands there now. So nothing more
is kept for it, and nobody can say otherwise later than the trail does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.database import table_of
from portal.safeguards import db
from portal.sharing.grants import passports
from portal.sharing.rules import WHOSE, Whose

_entries = table_of(audit.AuditEntry)
_WRITES = ("change", "add", "choose")


@dataclass(frozen=True, slots=True)
class By:
    """Whoever did something, as the trail names them.

    :ivar kind: ``person``, ``helper``, ``representative``, ``staff`` and others.
    :ivar id: the passport of a helper, the account of an officer.
    :ivar words: whose words a helper wrote.
    :ivar accepted: whether the person looked at what a helper suggested, and took it over.
    """

    kind: str
    id: str = ""
    words: Whose = "mine"
    accepted: bool = False


def read_by(actor: str) -> By:
    """Whoever the trail names: ``person``, ``helper k3f… theirs``, ``accepted k3f… mine``, ``staff 12``."""
    kind, _, rest = actor.partition(" ")
    name, _, said = rest.partition(" ")
    words: Whose = next((one for one in WHOSE if one == said), "mine")
    return By("helper" if kind == "accepted" else kind, name, words, kind == "accepted")


@dataclass(frozen=True, slots=True)
class Typed:
    """Who typed something, when that was not the person themself.

    :ivar name: what the person calls them.
    """

    name: str
    words: Whose
    accepted: bool = False


def typed_here() -> Mapping[str, Typed]:
    """What others typed in the case that the visitor has open, read once for a request."""
    found: Mapping[str, Typed] | None = g.get("typed")
    if found is None:
        shared = getattr(g.case, "shared", True)
        found = g.typed = typed_by_others(db(), g.case.id) if shared else {}
    return found


def typed_by_others(session: Session, case_id: str) -> Mapping[str, Typed]:
    """What others typed of what stands in a case, by subject as the trail names it: ``answer nutrition``."""
    here = (_entries.c.case_id == case_id, _entries.c.action.in_(_WRITES))
    others = select(_entries.c.subject).where(*here, _entries.c.actor != audit.PERSON).distinct()
    subjects = list(session.execute(others).scalars())
    if not subjects:
        return {}
    found = select(_entries.c.subject, _entries.c.actor).where(*here, _entries.c.subject.in_(subjects))
    last = {row.subject: read_by(row.actor) for row in session.execute(found.order_by(_entries.c.place))}
    names = {one.id: one.name for one in passports(session, case_id)}
    return {
        subject: Typed(names.get(by.id, ""), by.words, by.accepted)
        for subject, by in last.items()
        if by.kind == "helper"
    }
