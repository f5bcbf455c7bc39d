"""Pages for anybody, and the beginning of a case."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.guide.look import change_look
from portal.identity import sessions
from portal.safeguards import current_pack, db, now, settings
from portal.sharing.access import account_id, open_page
from portal.sharing.records import start_case

bp = Blueprint("guide", __name__)


@bp.get("/")
@open_page
def start() -> str:
    """What this is, and where it begins."""
    return render_template(
        "guide/start.html",
        samples=current_pack().samples if settings().demonstration else (),
        officer=current_pack().officer if settings().demonstration else None,
        deleted="deleted" in request.args and "case" not in session,
        lost="lost" in g,
        nothing="nothing" in request.args and "case" not in session,
    )


@bp.post("/start")
@open_page
def begin() -> Response:
    """Begin a case on this browser, or go on with the one that is here."""
    if "case" not in session:
        pack = current_pack()
        if not account_id():
            sessions.renew()
        session["case"] = start_case(
            db(), pack_id=pack.id, pack_version=pack.version, at=now(), account_id=account_id()
        )
    return redirect(url_for("tasks.show"), 303)


@bp.get("/health")
@open_page
def health() -> Response:
    """For whatever watches the portal: it answers, and the database with it."""
    db().execute(select(1))
    return Response("ok", content_type="text/plain; charset=utf-8")


@bp.get("/look")
@open_page
def look() -> Response:
    """Change how pages look."""
    return change_look()


@bp.get("/language")
@open_page
def language() -> str:
    """The languages of the portal, and how to get an interpreter."""
    pack = current_pack()
    known = current_app.extensions["languages"]
    return render_template(
        "guide/language.html", languages=[known[code] for code in pack.languages if code in known]
    )


@bp.get("/right-now")
@open_page
def right_now() -> str:
    """The things that can start at any point of the journey."""
    return render_template("guide/right-now.html", triggers=current_pack().triggers)


@bp.get("/right-now/<trigger_id>")
@open_page
def trigger(trigger_id: str) -> str:
    """One of them: what to do, who to phone, what happens then."""
    found = next((item for item in current_pack().triggers if item.id == trigger_id), None)
    if found is None:
        abort(404)
    return render_template("guide/trigger.html", trigger=found, triggers=current_pack().triggers)


@bp.get("/safe")
@open_page
def safe() -> str:
    """“I am not safe”: who to phone. Nothing is asked and nothing is kept."""
    return render_template("guide/safe.html")


@bp.get("/leave")
@open_page
def leave() -> Response:
    """Leave quickly: out of this page, to one that tells nothing."""
    return redirect(current_pack().council.leave_to, 303)


def _plain(name: str) -> Any:
    def page() -> str:
        return render_template(f"guide/{name}.html")

    page.__name__ = name
    return open_page(page)


for _name in ("help", "privacy", "accessibility", "glossary"):
    bp.add_url_rule(f"/{_name}", endpoint=_name, view_func=_plain(_name))
