"""Look around as somebody who does not exist."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal.demonstration.linking import set_up_linked
from portal.demonstration.mail import mails_in
from portal.demonstration.setting_up import officer_account
from portal.identity import sessions
from portal.safeguards import current_pack, db, now, settings
from portal.sharing.access import open_page

bp = Blueprint("demonstration", __name__)


@bp.post("/demo/officer")
@open_page
def be_officer() -> Response:
    """Sign in as the invented officer, without a passphrase or a code: only here, where nobody is real."""
    officer = current_pack().officer
    if not settings().demonstration or officer is None:
        abort(404)
    sessions.forget()
    sessions.sign_in(officer_account(db(), officer, now()), staff=True, strong=True)
    return redirect(url_for("staff.home"), 303)


@bp.get("/demo/mail")
@open_page
def mail() -> str:
    """The mails that would have been sent. Whoever looks around sees all of them."""
    if not settings().demonstration:
        abort(404)
    return render_template("demonstration/mail.html", mails=mails_in(settings().mail_folder))


@bp.post("/demo/<sample_id>")
@open_page
def look_around(sample_id: str) -> Response:
    """Begin a case of this visitor's own, filled in as the sample has filled it in."""
    pack = current_pack()
    sample = next((person for person in pack.samples if person.id == sample_id), None)
    if not settings().demonstration or sample is None:
        abort(404)
    sessions.forget()
    session["case"] = set_up_linked(db(), pack, sample, now())
    return redirect(url_for("tasks.show"), 303)
