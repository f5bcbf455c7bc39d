"""Who has looked at my record: the audit trail in plain words, for the person whose record it is."""

from __future__ import annotations

from flask import g, render_template, request
from sqlalchemy import select

from portal.audit import AuditEntry
from portal.database import table_of
from portal.pack.questions import questions_of
from portal.safeguards import current_pack, db, number_asked
from portal.sharing.access import needs_case
from portal.sharing.grants import passports
from portal.sharing.pages.blueprint import bp
from portal.sharing.telling import Entry, told
from portal.words import say, translate

AT_ONCE = 50
"""Rows on one page."""

_entries = table_of(AuditEntry)


@bp.get("/seen")
@needs_case("people", "own")
def seen() -> str:
    """What others looked at and did, or everything that was done, the newest first."""
    found = select(_entries.c.at, _entries.c.actor, _entries.c.action, _entries.c.subject)
    rows = db().execute(found.where(_entries.c.case_id == g.case.id).order_by(_entries.c.place))
    names = {one.id: one.name or one.given_by for one in passports(db(), g.case.id)}
    everything = told((Entry(*row) for row in rows), names, name_of, translate)
    others = [row for row in everything if row.by.kind != "person"]
    whole = "all" in request.args
    shown = everything if whole else others
    page = max(number_asked("page", 1), 1)
    return render_template(
        "people/seen.html",
        rows=shown[(page - 1) * AT_ONCE : page * AT_ONCE],
        whole=whole,
        page=page,
        more=len(shown) > page * AT_ONCE,
    )


def name_of(question_id: str) -> str:
    """What a question of the pack is called."""
    pack = current_pack()
    known = pack.questions.get(question_id)
    if known is None and pack.charging_questions is not None:
        asked = questions_of(pack.charging_questions.sections)
        known = next((question for question in asked if question.id == question_id), None)
    return say(known.short) if known is not None else ""
