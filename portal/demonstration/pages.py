"""Look around as somebody who does not exist."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response

from portal.demonstration.setting_up import set_up
from portal.identity import sessions
from portal.safeguards import current_pack, db, now, settings
from portal.sharing.access import open_page

bp = Blueprint("demonstration", __name__)


@bp.post("/demo/<sample_id>")
@open_page
def look_around(sample_id: str) -> Response:
    """Begin a case of this visitor's own, filled in as the sample has filled it in."""
    pack = current_pack()
    sample = next((person for person in pack.samples if person.id == sample_id), None)
    if not settings().demonstration or sample is None:
        abort(404)
    logout_user()
    sessions.renew()
    session["case"] = set_up(db(), pack, sample, now())
    return redirect(url_for("tasks.show"), 303)
