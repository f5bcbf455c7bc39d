"""Suggestions: what somebody sends who may only suggest changes nothing, and waits for the person.

Such a form goes the same way as every other. Its page reads it, says what is wrong with it, and writes
what it would write; then all of that is undone, and the form is kept in its place. So every page that
can be written on can be suggested on, and a suggestion is never less right than a change.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, render_template, request, session, url_for
from sqlalchemy.engine import NestedTransaction
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from portal import audit
from portal.current import the_g, the_request
from portal.lines import AWAY
from portal.retention import goes_on
from portal.safeguards import WRITING, Work, current_pack, database_away, db, now
from portal.sharing.access import MINE, WORDS, Need, account_id, needs_case, role
from portal.sharing.grants import passport, passports
from portal.sharing.pages.seen import name_of
from portal.sharing.telling import told_thing
from portal.unsaved.carried import SUGGESTED, SUGGESTION, carried, given, typed_fields, with_kept
from portal.unsaved.filled import fill
from portal.unsaved.records import Kept, drop_form, keep_form, kept_form, kept_forms
from portal.words import translate


def guard(app: Flask) -> None:
    """Put this around every request of an app, inside what keeps forms that were not saved."""
    app.before_request(_begin)
    app.after_request(_keep)
    app.jinja_env.globals.update(suggested_by=suggested_by)


def _begin() -> None:
    """Before a form is read: mark the place to go back to, or whose suggestion the person takes over."""
    need = the_g().get("need")
    if the_request().method not in WRITING or not isinstance(need, Need):
        return
    if need.right == "write" and role().suggests(need.section):
        db().info[audit.NOTED] = []
        g.suggesting = db().connection().begin_nested()
    elif role().owns and the_request().form.get(SUGGESTION):
        kept = _taken_up()
        if kept is not None:
            grant, words, _about = kept.fields[SUGGESTED]
            db().info[audit.ACTOR] = f"accepted {grant} {words}"


def _keep(response: Response) -> Response:
    """After the page: keep what somebody sent who may only suggest; what was said yes to waits no longer."""
    point = the_g().pop("suggesting", None)
    try:
        if point is not None:
            return _kept_instead(response, point)
        if the_request().method in WRITING and _is_saved(response) and the_request().form.get(SUGGESTION):
            _drop_taken_up()
    except AWAY as error:
        return database_away(error)
    return _shown(response)


def _is_saved(response: Response) -> bool:
    # What was too long to be read has no good answer, and is not read now either.
    return response.status_code < 400 and the_request().blueprint != "unsaved" and "put_off" not in g


def _kept_instead(response: Response, point: NestedTransaction) -> Response:
    """Undo what the page wrote; where it changed something, keep the form as a suggestion."""
    changed = [subject for action, subject in db().info.pop(audit.NOTED) if action in audit.CHANGES]
    work: Work = g.db
    work.undo_to(point)
    if response.status_code >= 400 or not changed:
        return response
    _drop_taken_up()
    _drop_earlier()
    grant, words = role().grant or "", session.get(WORDS, MINE)
    fields = typed_fields() | {SUGGESTED: [grant, words, changed[0]]}
    address = request.full_path.rstrip("?")
    keep_form(db(), g.case.id, address, fields, why="suggested", who=account_id(), at=now())
    audit.record(db(), g.case.id, "suggest", changed[0], now())
    response.location = _onward(response.location or "")
    return response


def _taken_up() -> Kept | None:
    """The suggestion that the page of this form was drawn from, if this visitor may decide about it."""
    kept = kept_form(db(), g.case.id, carried().suggestion) if carried().suggestion and "case" in g else None
    mine = kept is not None and kept.why == "suggested" and (role().owns or kept.account_id == account_id())
    return kept if mine else None


def _drop_taken_up() -> None:
    """It is saved, or suggested anew: it waits no longer."""
    kept = _taken_up()
    if kept is not None:
        drop_form(db(), g.case.id, kept.id)


def _shown(response: Response) -> Response:
    """A page opened from a suggestion shows it, filled in as it was."""
    kept = given()
    if kept is not None and kept.why == "suggested" and response.mimetype == "text/html":
        response.set_data(fill(response.get_data(as_text=True), request.path, kept.fields))
    return response


def _drop_earlier() -> None:
    """A later suggestion of the same person on the same page takes the place of an earlier one."""
    if request.path.rpartition("/")[2] in _ADDING:
        return
    for kept in kept_forms(db(), g.case.id, address=request.path, whys=("suggested",)):
        if kept.account_id == account_id():
            drop_form(db(), g.case.id, kept.id)


def _onward(address: str) -> str:
    """Where the page would have led to, unless that is about something that was not made after all."""
    try:
        _endpoint, named = current_app.url_map.bind("").match(urlsplit(address).path, "GET")
    except HTTPException:
        return url_for("tasks.show")
    here = (request.view_args or {}).values()
    made = [value for name, value in named.items() if name in _MADE and value not in here]
    return f"/{urlsplit(address).path.split('/')[1]}" if made else address


_ADDING = frozenset({"new", "add"})
"""How the address of a page ends on which one thing after another is added."""

_MADE = frozenset({"line_id", "setback_id", "picture_id"})
"""What an address names that comes into being by sending a form."""


@needs_case("tasks")
def show() -> str:
    """For the person every suggestion that waits; for whoever suggested, their own."""
    names = {one.id: one.name for one in passports(db(), g.case.id)}
    mine = role().grant if not role().owns else None
    rows = [
        {
            "id": kept.id,
            "at": kept.at,
            "who": names.get(kept.fields[SUGGESTED][0], ""),
            "what": told_thing(kept.fields[SUGGESTED][2], names, name_of, translate),
            "href": with_kept(kept),
            "goes": goes_on(current_pack(), kept.at),
        }
        for kept in kept_forms(db(), g.case.id, whys=("suggested",))
        if mine is None or kept.account_id == account_id()
    ]
    return render_template("unsaved/suggestions.html", rows=rows, mine=mine is not None)


def suggested_by(kept: Kept) -> str:
    """What the person calls whoever made a suggestion."""
    given_to = passport(db(), g.case.id, kept.fields[SUGGESTED][0])
    return given_to.name if given_to is not None else ""


def waiting() -> tuple[Kept, ...]:
    """The suggestions that wait in the case that is open: all for the person, their own for a helper."""
    if "case" not in g or not getattr(g.case, "keeps", True):
        return ()
    found = kept_forms(db(), g.case.id, whys=("suggested",))
    return found if role().owns else tuple(one for one in found if one.account_id == account_id())


@needs_case("tasks", "see")
def decline(kept_id: str) -> AnyResponse:
    """The person says no thank you, or whoever suggested it takes it back."""
    kept = kept_form(db(), g.case.id, kept_id)
    if kept is not None and kept.why == "suggested" and (role().owns or kept.account_id == account_id()):
        drop_form(db(), g.case.id, kept.id)
        audit.record(db(), g.case.id, "decline", kept.fields[SUGGESTED][2], now())
    return redirect(url_for("unsaved.suggestions"), 303)
