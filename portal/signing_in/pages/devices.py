"""Where somebody is signed in: sign out here, there, or everywhere else; and stay signed in."""

from __future__ import annotations

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask import session as visit

from portal.identity.records import end_other_places, end_place, places_of, see_visit
from portal.identity.rules import SEEN_EVERY, signed_out_at
from portal.identity.sessions import signed_in_until
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_sign_in
from portal.signing_in.known import forget_devices
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.whose import signed_in
from portal.text import _

KINDS = {"phone": _("phone"), "tablet": _("tablet"), "computer": _("computer"), "": _("device")}


@bp.get("/devices")
@needs_sign_in
def devices() -> str:
    """Every browser that is signed in."""
    account, limits = signed_in(), current_pack().council.sign_in
    # A session that has ended by itself stays in the database for a while, to say so when it is used.
    there = [
        place
        for place in places_of(db(), account.id, getattr(visit, "token", ""))
        if now() <= signed_out_at(place.began, place.seen, limits, staff=account.staff) + SEEN_EVERY
    ]
    return render_template(
        "signing_in/devices.html",
        places=[(place, *place.device.partition("/")[::2]) for place in there],
        kinds=KINDS,
        done="done" in request.args,
    )


@bp.post("/devices")
@needs_sign_in
def end() -> Response:
    """Sign out in one other browser, or in all of them: at once, whatever they have open."""
    account, token = signed_in(), getattr(visit, "token", "")
    where = request.form.get("where", "")
    if where == "others":
        end_other_places(db(), account.id, token)
        forget_devices(account.id)
    else:
        end_place(db(), account.id, where)
    return redirect(url_for("signing_in.devices", done="yes"), 303)  # type: ignore[return-value]


@bp.post("/stay")
@needs_sign_in
def stay() -> Response:
    """Stay signed in: for the warning before one is signed out."""
    see_visit(db(), getattr(visit, "token", ""), now())
    until = signed_in_until()
    return jsonify(seconds=until.seconds if until is not None else 0)
