"""The whole plan on screen, and making a version of it."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import steps
from portal.controls import controls_of
from portal.document.assembling import assemble
from portal.document.pages.blueprint import bp
from portal.document.printing.characters import cannot_print
from portal.document.printing.plan import NO_MARK
from portal.document.records import freeze, next_version, versions
from portal.document.rules.canonical import canonical_json, content_hash
from portal.document.rules.content import PlanDocument
from portal.document.rules.editions import EDITIONS, STANDARD
from portal.document.rules.redacting import to_share
from portal.document.rules.week import week_of
from portal.plan.fields import text_box
from portal.plan.pages.ready import told_readiness
from portal.plan.rules.agreement import who_agrees
from portal.plan.telling import tell_span
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case, role
from portal.text import _
from portal.unsaved.forms import Form
from portal.words import words


class ReasonForm(Form):
    """Asked when a version is made in place of an earlier one."""

    reason = text_box(
        _("What has changed, and why?"),
        _("It stands beside the new version. You may leave this empty."),
        rows=3,
    )


def _plan() -> PlanDocument:
    return assemble(db(), g.case, current_pack(), words(), next_version(db(), g.case.id, now()))


@bp.get("/document/check")
@needs_case("document", whole=True)
def check() -> str:
    """The whole plan as it will be printed, and what it still lacks."""
    return _check(ReasonForm(), errors=False)


@bp.post("/document/check")
@needs_case("document", "own")
def make() -> Response | tuple[str, int]:
    """Freeze the plan as it stands. When nothing has changed the newest version stands."""
    form = ReasonForm()
    if not form.validate():
        return _check(form, errors=True), 422
    freeze(db(), g.case.id, _plan(), now(), form.reason.data or "", current_pack().languages)
    return redirect(url_for("document.ready"), 303)


def _check(form: ReasonForm, *, errors: bool) -> str:
    plan = _plan()
    kept = versions(db(), g.case.id)
    unchanged = bool(kept) and kept[0].said == content_hash(plan)
    rule = current_pack().agreement
    budget = plan.budget.weekly if plan.budget.state == "amount" else None
    shown = plan if role().owns else to_share(plan)
    stops, warns = told_readiness()
    return render_template(
        "document/check.html",
        plan=shown,
        edition=STANDARD,
        mark=NO_MARK,
        week=week_of(shown.lines, lambda start, end: tell_span(start, end, words())),
        stops=stops,
        warns=warns,
        rule=rule,
        agrees=who_agrees(rule, plan.weekly_from_budget, budget),
        unprintable=cannot_print(canonical_json(shown).decode()),
        latest=kept[0] if kept else None,
        unchanged=unchanged,
        controls=controls_of(form) if kept and not unchanged else (),
        errors=errors,
        back=steps.before("document"),
    )


@bp.get("/document/ready")
@needs_case("document", whole=True)
def ready() -> str | Response:
    """The newest version in its editions, and what to do with it."""
    kept = versions(db(), g.case.id)
    if not kept:
        return redirect(url_for("document.check"), 303)
    owns = role().owns
    return render_template(
        "document/ready.html",
        latest=kept[0],
        earlier=kept[1:],
        owns=owns,
        editions=[one for one in EDITIONS.values() if one is not STANDARD and (owns or one.to_share)],
        back=url_for("document.check"),
        onward=steps.after("document"),
    )
