"""Save and come back: make an account; see, copy and delete what is kept."""

from __future__ import annotations

import json

from flask import Blueprint, Response, g, redirect, render_template, request, session, url_for
from flask_login import logout_user

from portal import audit
from portal.account import joining, private
from portal.account.copying import copy_of
from portal.account.enclosed import read_any, takes_pdf
from portal.account.forms import KeepForm
from portal.account.opening import open_copy
from portal.controls import controls_of
from portal.england import day_in_england
from portal.fields import Choice, Control
from portal.identity import sessions
from portal.identity.records import Account, delete_account
from portal.retention import goes_on
from portal.safeguards import current_pack, db, keep, now, number_asked
from portal.sealing import held_cases
from portal.sharing.access import account_id, needs_case, needs_fresh, pack_here
from portal.sharing.records import (
    delete_case,
    give_to,
    is_made,
    is_untouched,
    last_change,
    other_cases,
)
from portal.signing_in.known import remember
from portal.signing_in.making import new_account
from portal.text import _
from portal.words import translate

bp = Blueprint("account", __name__, url_prefix="/account")
bp.add_url_rule("/new", view_func=joining.ask, methods=["GET"])
bp.add_url_rule("/new", view_func=joining.join, methods=["POST"])
bp.add_url_rule("/private", endpoint="private", view_func=private.ask, methods=["GET"])
bp.add_url_rule("/private", endpoint="keep_private", view_func=private.keep, methods=["POST"])


@bp.get("/save")
@needs_case("account", "own")
def save() -> str:
    """How to save and come back."""
    return render_template("account/save.html", controls=controls_of(KeepForm()), errors=False)


@bp.post("/save")
@needs_case("account", "own")
def make() -> Response:
    """Make an account that takes the draft along."""
    form = KeepForm()
    if not form.validate():
        page = render_template("account/save.html", controls=controls_of(form), errors=True)
        return keep((page, 422))
    account = new_account(str(form.email.data), str(form.passphrase.data))
    session["case"] = g.case.id
    give_to(db(), g.case.id, account.id, now())
    saved: Response = redirect(url_for("account.show", saved="yes"), 303)  # type: ignore[assignment]
    return remember(saved, account.id)


@bp.get("")
@needs_case("account", "own")
def show() -> str:
    """What is kept, until when, and what one can do with it."""
    email = None
    if account_id():
        account = db().get(Account, account_id())
        email = account.email if account else None
    last = last_change(db(), g.case.id)
    others = other_cases(db(), account_id() or 0, g.case.id) if email else ()
    return render_template(
        "account/show.html",
        email=email,
        last=last,
        gone=day_in_england(goes_on(current_pack(), last, made=is_made(db(), g.case.id))),
        others=others,
        saved=bool(email) and "saved" in request.args,
    )


@bp.post("/open")
@needs_case("account", "own")
def open_other() -> Response:
    """Open another plan of the same account."""
    asked = request.form.get("reference", "")
    known = other_cases(db(), account_id() or 0, g.case.id) if account_id() else ()
    for other in known:
        if other.reference == asked:
            session["case"] = other.id
    return redirect(url_for("tasks.show"), 303)  # type: ignore[return-value]


@bp.get("/copy")
@needs_fresh
@needs_case("account", "own", noted="export")
def copy() -> Response:
    """Everything that is kept of this case, as one file."""
    body = json.dumps(copy_of(db(), g.case), ensure_ascii=False, indent=2, sort_keys=True)
    response = Response(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="plan-my-support.json"'
    return response


@bp.get("/open-copy")
@needs_case("account", "own")
def ask_copy() -> str:
    """Ask for a copy that was taken before, here or elsewhere."""
    return _ask_copy()


@bp.post("/open-copy")
@takes_pdf
@needs_case("account", "own")
def bring_copy() -> Response | tuple[str, int]:
    """Open a copy in place of what is here; of another form than a copy has, it changes nothing."""
    sent = request.files.get("copy")
    copy = read_any(sent.read()) if sent is not None and sent.filename else None
    if sent is None or not sent.filename:
        return _ask_copy(_("Choose the file with your copy")), 422
    if copy is None or copy.kind != g.case.kind:
        problem = _("We cannot open this file. Choose plan-my-support.json, or the PDF of a plan")
        return _ask_copy(problem), 422
    if not is_untouched(db(), g.case.id) and "replace" not in request.form:
        return _ask_copy(replace=_("Tick the box if the copy may replace what is here")), 422
    opened = open_copy(db(), g.case.id, pack_here(), copy, now())
    return redirect(url_for("account.opened", left_out=opened.left_out), 303)  # type: ignore[return-value]


@bp.get("/opened")
@needs_case("account", "own")
def opened() -> str:
    """Say that a copy is open, and what this council has no place for."""
    return render_template("account/opened.html", left_out=number_asked("left_out", 0))


def _ask_copy(problem: str | None = None, *, replace: str | None = None) -> str:
    file = Control(
        "file",
        "copy",
        translate(_("Your copy")),
        hint=translate(_("It is the file plan-my-support.json, or the PDF of a plan as we made it.")),
        error=translate(problem) if problem else None,
        accept=".json,application/json,.pdf,application/pdf",
    )
    tick = Control(
        "checkboxes",
        "replace",
        "",
        error=translate(replace) if replace else None,
        options=(Choice("yes", translate(_("Yes, the copy replaces what is here now"))),),
    )
    controls = (file,) if is_untouched(db(), g.case.id) else (file, tick)
    errors = bool(problem or replace)
    return render_template("account/open-copy.html", controls=controls, errors=errors)


@bp.get("/delete")
@needs_fresh
@needs_case("account", "own")
def ask_delete() -> str:
    """Ask before everything is deleted."""
    return render_template("account/delete.html", held=False)


@bp.post("/delete")
@needs_fresh
@needs_case("account", "own")
def delete() -> Response | tuple[str, int]:
    """Delete everything here and now: every plan of the visitor, and the account with its address."""
    account, case_ids = account_id(), [g.case.id]
    if account:
        case_ids += [other.id for other in other_cases(db(), account, g.case.id)]
    if held_cases(db()).intersection(case_ids):
        return render_template("account/delete.html", held=True), 409
    for case_id in case_ids:
        audit.record(db(), case_id, "delete", "case", now())
        delete_case(db(), case_id)
    del g.case
    if account:
        logout_user()
        delete_account(db(), account)
    sessions.forget()
    return redirect(url_for("guide.start", deleted="yes"), 303)  # type: ignore[return-value]
