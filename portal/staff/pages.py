"""Where the council's staff begin."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.identity.records import Account
from portal.identity.sessions import actor
from portal.safeguards import db
from portal.sharing.access import needs_staff

bp = Blueprint("staff", __name__, url_prefix="/staff")


@bp.get("")
@needs_staff
def home() -> str:
    """What there is to do."""
    return render_template("staff/home.html", account=db().get(Account, actor().account_id))
