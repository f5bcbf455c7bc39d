"""Around every request: a form sent twice does once what it does, and one that is not saved is kept."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from portal.safeguards import AWAY, Work, database_away, db, now
from portal.sharing.access import account_id, keep_forms_with
from portal.unsaved.carried import (
    KEPT,
    MADE_FROM,
    ONCE,
    carried,
    given,
    hidden_fields,
    keeping,
    look_for_kept,
    may_be_kept,
    need_of,
    offers,
    typed_fields,
    with_kept,
)
from portal.unsaved.records import Why, drop_form, drop_surplus, first_answer, keep_form, note_answer

_WHY: dict[int, Why] = {400: "expired", 404: "refused", 409: "refused", 422: "wrong"}
"""Why a form was not saved, by the answer that it got."""
_LONGEST_KEY = 64


def guard(app: Flask) -> None:
    """Put this around every request of an app, inside what finds the visitor's case."""
    app.before_request(_answer_a_repeat)
    app.before_request(look_for_kept)
    app.after_request(_keep)
    keep_forms_with(app, _keep_for)
    app.jinja_env.globals.update(
        form_fields=hidden_fields,
        form_keeping=keeping,
        unsaved_offers=offers,
        unsaved_given=given,
        with_kept=with_kept,
    )


def _answer_a_repeat() -> AnyResponse | None:
    """Answer a form that was sent before as it was answered then."""
    once = request.form.get(ONCE) if request.method == "POST" else None
    if not once or len(once) > _LONGEST_KEY:
        return None
    sent = hashlib.sha256(request.full_path.encode())
    for name, values in request.form.lists():
        sent.update("\x1f".join(("\x1e", name, *values)).encode())
    key = sent.hexdigest()
    location = first_answer(db(), key, now())
    if location:
        return redirect(location, 303)
    g.sent_form = key
    return None


def _keep(response: Response) -> Response:
    """After the page: note what a form did; keep what was typed in one that was not saved."""
    if request.method != "POST":
        return response
    try:
        _note(response)
        if request.blueprint != "unsaved":
            _keep_typed(response)
    except AWAY as error:
        return database_away(error)
    return response


def _note(response: Response) -> None:
    key = g.pop("sent_form", None)
    if key is None or (response.status_code >= 400 and not g.get("keep", False)):
        return
    note_answer(db(), key, response.location if response.status_code == 303 else None)


def _keep_typed(response: Response) -> None:
    case = g.get("case")
    if case is None:
        return
    if response.status_code < 400:
        if request.form.get(KEPT):
            drop_form(db(), case.id, carried().kept_id)
        return
    why = _WHY.get(response.status_code)
    if why is not None and may_be_kept(need_of(request.endpoint)):
        if not g.get("keep", False):
            undo()
        keep_sent(db(), case.id, account_id(), why)
        g.keep = True


def _keep_for(who: int, case_id: str | None, _why: str) -> None:
    """Keep what was sent by somebody who has to show first who they are."""
    if case_id is not None and may_be_kept(need_of(request.endpoint)):
        keep_sent(db(), case_id, who, "expired")


def undo() -> None:
    """Undo what the request did so far."""
    work: Work | None = g.get("db")
    if work is not None:
        work.undo()


def keep_sent(session: Session, case_id: str, who: int | None, why: Why) -> None:
    """Keep the form that was sent, if anything was typed in it."""
    fields = typed_fields()
    if "merged" in g:
        # The person was shown both: what is kept is made from what is stored now.
        fields = {**g.merged.fields, MADE_FROM: [carried().version]}
    if not fields.keys() - {MADE_FROM}:
        return
    address = request.full_path.rstrip("?")
    keep_form(session, case_id, address, fields, why=why, who=who, at=now(), id=carried().kept_id)
    drop_surplus(session, case_id)
