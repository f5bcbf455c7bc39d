"""Where somebody who looks after another begins an assessment of their own."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal.carer.pages.blueprint import bp
from portal.identity import sessions
from portal.pack.carers import Carers
from portal.safeguards import current_pack, db, now
from portal.sharing.access import account_id, open_page
from portal.sharing.records import Case, start_case


@bp.get("/carer/start")
@open_page
def start() -> str:
    """What a carer's own assessment is, who else helps carers, and where it begins."""
    held = _held()
    return render_template(
        "carer/start.html",
        carers=_carers_or_404(),
        begun=held is not None and held.kind == "carer",
        draft_in_the_way=_in_the_way(held),
        beside=held is not None and held.kind == "adult",
    )


@bp.post("/carer/start")
@open_page
def begin() -> Response:
    """Begin a record of the carer's own, or go on with the one that is here.

    A private draft of this browser is never put aside for it: nobody could open that again.
    """
    _carers_or_404()
    held = _held()
    if held is not None and held.kind == "carer":
        return redirect(url_for("tasks.show"), 303)
    if _in_the_way(held):
        return redirect(url_for("carer.start"), 303)
    if not account_id():
        sessions.renew()
    pack = current_pack()
    session["case"] = start_case(
        db(), pack_id=pack.id, pack_version=pack.version, at=now(), account_id=account_id(), kind="carer"
    )
    return redirect(url_for("tasks.show"), 303)


def _held() -> Case | None:
    """The case that this browser has open, of whatever kind."""
    held: Case | None = g.get("held")
    return held


def _in_the_way(held: Case | None) -> bool:
    return held is not None and held.kind == "adult" and held.account_id is None


def _carers_or_404() -> Carers:
    carers = current_pack().carers_file
    if carers is None:
        abort(404)
    return carers
