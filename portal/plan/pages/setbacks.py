"""What if things go wrong: what then, and who to call."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import steps
from portal.plan.fields import controls_of_plan
from portal.plan.forms import SetbackForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import the_plan
from portal.plan.records import add_setback, change_setback, read_setbacks, read_texts, remove_setback
from portal.plan.rules.left import Setback
from portal.plan.telling import WORTH_WORDS
from portal.safeguards import db, now
from portal.sharing.access import needs_case
from portal.unsaved.carried import as_a_whole, shows, unchanged_since_shown


@bp.get("/backup")
@needs_case("plan")
def backup() -> str:
    """Everything that was thought of; the first one is asked for here."""
    setbacks = the_plan().setbacks
    if not setbacks:
        return _new_page(SetbackForm(), errors=False)
    return render_template(
        "plan/backup.html",
        setbacks=setbacks,
        worth=WORTH_WORDS,
        carer_ill=read_texts(db(), g.case.id).get("carer_ill", ""),
        onward=steps.after("backup"),
    )


@bp.get("/backup/new")
@needs_case("plan", "write")
def new_backup() -> str:
    """Room for one more."""
    return _new_page(SetbackForm(), errors=False)


@bp.post("/backup/new")
@needs_case("plan", "write")
def add_backup() -> Response | tuple[str, int]:
    """Keep one more. Sent twice, it is kept once."""
    form = SetbackForm()
    if not form.validate():
        return _new_page(form, errors=True), 422
    add_setback(db(), g.case.id, form.setback(), None, now())
    return redirect(url_for("plan.backup"), 303)


@bp.get("/backup/<setback_id>")
@needs_case("plan", "write")
def one_backup(setback_id: str) -> str:
    """One of them, to change."""
    found = _setback_or_404(setback_id)
    return _one_page(found, SetbackForm.showing(found), errors=False)


@bp.post("/backup/<setback_id>")
@needs_case("plan", "write")
def change_backup(setback_id: str) -> Response | tuple[str, int]:
    """Keep it as it is now."""
    found = _setback_or_404(setback_id)
    form = SetbackForm.showing(found)
    if not form.validate():
        return _one_page(found, form, errors=True), 422
    change_setback(db(), g.case.id, form.setback(found.id), now())
    return redirect(url_for("plan.backup"), 303)


@bp.get("/backup/<setback_id>/remove")
@needs_case("plan", "write")
def ask_remove_backup(setback_id: str) -> str:
    """Ask before it is taken out."""
    return _remove_page(_setback_or_404(setback_id))


@bp.post("/backup/<setback_id>/remove")
@needs_case("plan", "write")
def remove_backup(setback_id: str) -> Response | tuple[str, int]:
    """Take it out of the plan, if it is still as it was shown."""
    found = _setback_or_404(setback_id)
    if not unchanged_since_shown(as_a_whole(found)):
        return _remove_page(found, changed=True), 409
    remove_setback(db(), g.case.id, found.id, now())
    return redirect(url_for("plan.backup"), 303)


def _remove_page(setback: Setback, *, changed: bool = False) -> str:
    shows(as_a_whole(setback))
    return render_template("plan/remove-backup.html", setback=setback, changed=changed)


def _setback_or_404(setback_id: str) -> Setback:
    found = next((one for one in read_setbacks(db(), g.case.id) if one.id == setback_id), None)
    if found is None:
        abort(404)
    return found


def _new_page(form: SetbackForm, *, errors: bool) -> str:
    return render_template(
        "plan/backup-new.html",
        form=form,
        controls=controls_of_plan(form),
        onward=steps.after("backup"),
        errors=errors,
    )


def _one_page(found: Setback, form: SetbackForm, *, errors: bool) -> str:
    return render_template(
        "plan/backup-one.html", setback=found, form=form, controls=controls_of_plan(form), errors=errors
    )
