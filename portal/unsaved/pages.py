"""Pages of what was typed and not saved: keep it while it is typed, choose between two, list, throw away."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from portal import audit
from portal.safeguards import current_pack, db, is_local, now
from portal.sharing.access import Need, account_id, needs_case, role
from portal.unsaved import suggesting
from portal.unsaved.carried import KEPT, MADE_FROM, Clash, carried, may_be_kept, need_of, page_of
from portal.unsaved.forms import told
from portal.unsaved.guarding import undo
from portal.unsaved.records import (
    LONGEST_ADDRESS,
    Kept,
    drop_form,
    drop_surplus,
    keep_form,
    kept_form,
    kept_forms,
)
from portal.unsaved.rules import CARRIED, unit_of, version_of

bp = Blueprint("unsaved", __name__, url_prefix="/unsaved")

bp.add_url_rule("/suggestions", endpoint="suggestions", view_func=suggesting.show, methods=["GET"])
bp.add_url_rule("/<kept_id>/decline", endpoint="decline", view_func=suggesting.decline, methods=["POST"])

PAGE = "page"
_LONGEST_ID = 32
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")
"""What an option of a pack is called; a single small word or number that somebody typed looks the same."""
_TEXTS = frozenset({"text", "textarea"})


@bp.get("")
@needs_case("tasks")
def show() -> str:
    """Everything that was typed and not saved, to be taken back or thrown away."""
    days = timedelta(days=current_pack().retention.draft_days)
    forms = [(kept, _first_words(kept), kept.at + days) for kept in _mine()]
    return render_template("unsaved/show.html", forms=forms)


@bp.post("/typing")
@needs_case("tasks", "see")
def keep_typing() -> Response:
    """Keep what stands in a form while somebody types; nothing of the record is changed."""
    page, name = page_of(request.form.get(PAGE, "")), request.form.get(KEPT, "")
    if not 0 < len(name) <= _LONGEST_ID or len(page) > LONGEST_ADDRESS or not _may_type_on(page):
        abort(404)
    fields = {
        field: values
        for field, values in request.form.to_dict(flat=False).items()
        if field == MADE_FROM or field not in {*CARRIED, PAGE}
    }
    if keep_form(db(), g.case.id, page, fields, why="typing", who=account_id(), at=now(), id=name) is None:
        abort(404)
    drop_surplus(db(), g.case.id)
    return Response(status=204, mimetype="text/plain")


@bp.post("/<kept_id>/throw-away")
@needs_case("tasks", "see")
def throw_away(kept_id: str) -> AnyResponse:
    """Keep it no longer, and go back to the page as it is saved."""
    kept = kept_form(db(), g.case.id, kept_id)
    if kept is None or kept.account_id != account_id():
        abort(404)
    drop_form(db(), g.case.id, kept_id)
    there = kept.address if _may_type_on(kept.address) else url_for("tasks.show")
    return redirect(there, 303)


@bp.app_errorhandler(Clash)
def choose(clash: Clash) -> tuple[str, int]:
    """Both are shown, and the person chooses: nothing is overwritten that they have not seen."""
    undo()
    carried().version = version_of(clash.stored)
    g.merged = clash.merged
    units = set(clash.merged.clashes)
    shown = [control for control in clash.controls if unit_of(control.name) in units]
    last = audit.last_about(db(), g.case.id, clash.about)
    page = render_template(
        "unsaved/choose.html",
        rows=[
            (control.label, told(control, clash.stored), told(control, clash.merged.fields))
            for control in shown
        ],
        fields=[
            (name, value)
            for name, values in clash.merged.fields.items()
            if name not in CARRIED
            for value in values
        ],
        action=request.full_path.rstrip("?"),
        kept_id=carried().kept_id,
        texts=any(control.kind in _TEXTS for control in shown),
        at=last.at if last is not None else None,
        by_me=last is not None and last.actor.startswith(role().audited),
    )
    return page, 409


def _mine() -> list[Kept]:
    return [
        kept
        for kept in kept_forms(db(), g.case.id)
        if kept.account_id == account_id() and kept.why != "suggested"
    ]


def _first_words(kept: Kept) -> list[str]:
    """What was typed, the longest text first, without the codes of what was only chosen."""
    sent = (value for name, values in kept.fields.items() if name != MADE_FROM for value in values if value)
    return sorted((value for value in sent if not _CODE.fullmatch(value)), key=len, reverse=True)[:3]


def _may_type_on(page: str) -> bool:
    """Whether a page is one on which this visitor may type something that is kept."""
    if not is_local(page):
        return False
    try:
        endpoint, _parts = current_app.url_map.bind("").match(urlsplit(page).path, method="GET")
    except HTTPException:
        return False
    need = need_of(endpoint)
    return isinstance(need, Need) and may_be_kept(need) and role().may(need.section, "write")
