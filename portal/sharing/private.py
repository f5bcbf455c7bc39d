"""What a person keeps to themself: helpers see that something is private, and nothing of it.

A thing is named as the audit trail names it: ``answer nutrition``, ``line k3f…``, ``text over``. Pages
about one thing are closed to helpers by what stands in their address; pages made from all answers, by
saying so with ``needs_case(…, whole=True)``; lists leave out what :func:`hidden` names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, g, make_response, render_template, request
from sqlalchemy import ForeignKey, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import audit
from portal.database import Record, table_of
from portal.safeguards import WRITING, db, now
from portal.sharing.grants import given_by
from portal.sharing.records import Case
from portal.sharing.rules import Role

NEVER_SHOWN = frozenset({"answer safe"})
"""Answers that nobody who helps is shown, whether the person says so or not: it may be them they fear."""

NAMED_IN_ADDRESS: Mapping[str, str] = {
    "question_id": "answer",
    "outcome": "need",
    "line_id": "line",
    "setback_id": "setback",
    "part": "text",
}
"""What an argument of an address names, as the audit trail calls it."""


class PrivatePart(Record):
    """One thing that the person keeps to themself."""

    __tablename__ = "private_part"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(audit.LONGEST_SUBJECT), primary_key=True)


_table = table_of(PrivatePart)


def private_of(session: Session, case_id: str) -> frozenset[str]:
    """What the person keeps to themself."""
    return frozenset(session.execute(select(_table.c.subject).where(_table.c.case_id == case_id)).scalars())


def write_private(session: Session, case_id: str, subjects: Iterable[str]) -> None:
    """Keep these things private, and no others."""
    before, after = private_of(session, case_id), frozenset(subjects)
    for subject in sorted(before - after):
        session.execute(delete(_table).where(_table.c.case_id == case_id, _table.c.subject == subject))
        audit.record(session, case_id, "unhide", subject, now())
    for subject in sorted(after - before):
        session.execute(insert(_table).values(case_id=case_id, subject=subject))
        audit.record(session, case_id, "hide", subject, now())


def hidden() -> frozenset[str]:
    """What this visitor is not shown of the case that they have open; nothing for the person themself."""
    role: Role | None = g.get("role")
    if role is None or role.owns or role.keeps:
        return frozenset()
    found: frozenset[str] | None = g.get("hidden")
    if found is None:
        found = g.hidden = private_of(db(), g.case.id)
    return found


def keeps_private() -> str:
    """The name of the person who keeps something private, for the words that stand in its place."""
    return given_by(db(), g.case)


def keep_out_of_private(*, whole: bool) -> None:
    """Before a page for somebody who helps: close it when it is about what is private.

    :param whole: whether the page is made from everything that was answered.
    """
    named = {
        f"{NAMED_IN_ADDRESS[name]} {value}"
        for name, value in (request.view_args or {}).items()
        if name in NAMED_IN_ADDRESS
    }
    if (whole or named) and (named & hidden() or (whole and hidden())):
        close(whole=whole)


def close(*, whole: bool = False) -> Any:
    """Show that something is private in place of this page; refuse what was sent to it."""
    page = render_template("people/private-here.html", name=keeps_private(), whole=whole)
    abort(make_response(page, 403 if request.method in WRITING else 200))
