"""Where the council's staff begin, and where they type what came on paper."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal.controls import controls_of
from portal.identity.records import Account
from portal.identity.sessions import actor
from portal.pack.eligibility import PolicyGroup
from portal.plan.pages.necessary import asked_now
from portal.retention import goes_on
from portal.safeguards import current_pack, db, now, settings, today
from portal.sharing.access import keeps_typed, needs_fresh, needs_staff
from portal.sharing.forms import PaperForm
from portal.sharing.grants import claims, passports_of
from portal.sharing.paper import Typist, Waiting, begin_from_paper, claim_code, waiting_for_person
from portal.sharing.records import last_change

bp = Blueprint("staff", __name__, url_prefix="/staff")


@bp.get("")
@needs_staff
def home() -> str:
    """What there is to do, and how much of it waits."""
    return render_template("staff/home.html", account=_me(), claims=len(claims(db())), asked=len(asked_now()))


@bp.get("/paper")
@needs_fresh
@needs_staff
@keeps_typed
def paper() -> str:
    """Type in a paper form: whose it is, and those that wait for their people."""
    return _paper_page(_form())


@bp.post("/paper")
@needs_fresh
@needs_staff
@keeps_typed
def begin_paper() -> Response | tuple[str, int]:
    """Begin a case for the person whose form it is, and open it."""
    form, me = _form(), _me()
    if not form.validate():
        return _paper_page(form, errors=True), 422
    kind: PolicyGroup = form.kind.data if "kind" in form else "adult"
    given = begin_from_paper(
        db(),
        current_pack(),
        kind,
        form.name.data or "",
        Typist(me.id, me.name or me.email),
        # As long as the draft itself stays when nobody goes on with it.
        goes_on(current_pack(), now()).date(),
        settings().secret_key,
        now(),
    )
    session["case"] = given.case_id
    return redirect(url_for("staff.sheet", grant_id=given.id), 303)


@bp.get("/paper/<grant_id>")
@needs_staff
def sheet(grant_id: str) -> str:
    """The sheet for the person: the code with which they take over what was typed."""
    waits = next((one for one in _waiting() if one.given.id == grant_id), None)
    if waits is None:
        abort(404)
    code = claim_code(waits.given.case_id, settings().secret_key)
    return render_template("staff/sheet.html", waits=waits, code=code, goes=_goes(waits))


def _me() -> Account:
    found = db().get(Account, actor().account_id)
    assert found is not None
    return found


def _waiting() -> list[Waiting]:
    mine = tuple(one for one in passports_of(db(), _me().id) if one.is_good(today()))
    return waiting_for_person(db(), mine)


def _goes(waits: Waiting) -> datetime:
    """When the case is deleted in which nobody types any more."""
    return goes_on(current_pack(), last_change(db(), waits.given.case_id))


def _form() -> PaperForm:
    form = PaperForm()
    if current_pack().carers_file is None:
        del form.kind
    return form


def _paper_page(form: PaperForm, *, errors: bool = False) -> str:
    rows = [(one, _goes(one)) for one in _waiting()]
    return render_template("staff/paper.html", controls=controls_of(form), rows=rows, errors=errors)
