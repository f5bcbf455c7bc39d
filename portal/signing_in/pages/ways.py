"""How one signs in: everything about it on one page."""

from __future__ import annotations

from flask import render_template

from portal.sharing.access import needs_sign_in
from portal.signing_in.pages.again import signed_in
from portal.signing_in.pages.blueprint import bp


@bp.get("/ways")
@needs_sign_in
def ways() -> str:
    """How this person signs in, and where to change it."""
    return render_template("signing_in/ways.html", account=signed_in())
