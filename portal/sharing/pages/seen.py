"""Who has looked at my record: the audit trail in plain words, for the person whose record it is.

What a change said before and after is shown when it is asked for: to the person, and to who helps in the
parts that they may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort, current_app, g, render_template, request
from flask.blueprints import BlueprintSetupState
from sqlalchemy import select

from portal.audit import AuditEntry, said_at
from portal.database import table_of
from portal.safeguards import db, number_asked
from portal.sharing import changes
from portal.sharing.access import may, needs_case, pack_here, role
from portal.sharing.grants import passports
from portal.sharing.pages.blueprint import bp
from portal.sharing.private import hidden
from portal.sharing.telling import Entry, Row, told, told_thing
from portal.words import say, translate, words

AT_ONCE = 50
"""Rows on one page."""

_entries = table_of(AuditEntry)
_trail = select(
    _entries.c.at,
    _entries.c.actor,
    _entries.c.action,
    _entries.c.subject,
    _entries.c.place,
    _entries.c.said.is_not(None).label("tells"),
).order_by(_entries.c.place)


@bp.get("/seen")
@needs_case("people", "own")
def seen() -> str:
    """What others looked at and did, or everything that was done, the newest first."""
    everything = _told(_rows())
    others = [row for row in everything if row.by.kind != "person"]
    whole = "all" in request.args
    return _page("people/seen.html", everything if whole else others, whole=whole)


@bp.get("/changes")
@needs_case("passport")
def changed() -> str:
    """For somebody who helps: what was changed in the parts that they may see."""
    rows = _rows()
    return _page("people/changes.html", _told([row for row in rows if row.place in _open_here(rows)]))


@bp.get("/changes/<int:place>")
@needs_case("passport")
def change(place: int) -> str:
    """What one change said before, and what it says after."""
    rows = _rows()
    found = next((row for row in rows if row.place == place and row.tells), None)
    said = said_at(db(), g.case.id, place) if found and place in _open_here(rows) else None
    if found is None or said is None:
        abort(404)
    (row,) = _told([found])
    return render_template(
        "people/change.html",
        row=row,
        title=told_thing(found.subject, {}, name_of, translate),
        altered=changes.altered(current_app, found.subject, said, words()),
    )


def name_of(asked: str) -> str:
    """What a question of the pack, or a text of the plan, is called."""
    known = changes.question_called(pack_here(), asked)
    if known is not None:
        return say(known.short)
    text = changes.text_called(current_app, asked)
    return translate(text) if text else ""


def _rows() -> list[Any]:
    return list(db().execute(_trail.where(_entries.c.case_id == g.case.id)).all())


def _open_here(rows: Iterable[Any]) -> set[int]:
    """Which changes this visitor may see."""
    grant = role().grant
    if grant is None or role().owns:
        return {row.place for row in rows}
    entries = (changes.Entry(row.place, row.action, row.subject) for row in rows)
    return changes.open_to(entries, grant, may, hidden())


def _told(rows: Iterable[Any]) -> list[Row]:
    names = {one.id: one.name or one.given_by for one in passports(db(), g.case.id)}
    return told((Entry(*row) for row in rows), names, name_of, translate)


def _page(template: str, shown: list[Row], **more: Any) -> str:
    page = max(number_asked("page", 1), 1)
    return render_template(
        template,
        rows=shown[(page - 1) * AT_ONCE : page * AT_ONCE],
        page=page,
        more=len(shown) > page * AT_ONCE,
        **more,
    )


@bp.record_once
def _tell_answers(state: BlueprintSetupState) -> None:
    changes.tell_changes_with(
        state.app,
        {"answer": lambda name, kept, language: changes.tell_answer(pack_here(), name, kept, language)},
    )
