"""Plans of two people side by side: asked of each, shown to each, a cost counted once, split at any time."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.carer.records import Linked, read_pair
from portal.carer.rules.consent import in_force, may_show
from portal.choices.rules import OWN_MONEY
from portal.controls import control_of, controls_of, offer
from portal.plan.joint import (
    Shared,
    agree_to_join,
    one_shared,
    share_line,
    shared_lines,
    split,
    stop_sharing,
    take_part,
    what_hinders,
)
from portal.plan.joint_forms import LATER, JoinForm, PartForm, SplitForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import route_words, the_plan, title_of
from portal.plan.records import read_line, read_lines
from portal.plan.rules.lines import Line, one_off_cost, weekly_cost
from portal.plan.rules.sharing import Share, part_of
from portal.plan.telling import tell_how_much, tell_when
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case, needs_fresh
from portal.sharing.private import private_of
from portal.text import _
from portal.words import translate, words

HINDERS = {
    "me": _("You have not said yes yet."),
    "other": _("The other has not said yes yet."),
    "child": _("One of you is under 18, and it is not clear yet that they may agree. A worker looks at it."),
    "advocate": _("One advocate for both is only right if you both say that nothing stands in the way."),
}


@bp.get("/joint/<pair_id>")
@needs_case("plan", "own")
def joint(pair_id: str) -> str:
    """Whether the two plans are joined, what they share, and what could be shared."""
    link = _pair_or_404(pair_id)
    hindered = what_hinders(db(), link.id, g.case.id, str(link.other))
    shared = [one for one in _shared() if one.pair_id == link.id]
    offered = {one.line.id for one in shared}
    return render_template(
        "plan/joint.html",
        link=link,
        hindered=[HINDERS[one] for one in hindered],
        mine=in_force(link.consents, g.case.id).get("plan"),
        own=[_row(one) for one in shared if one.owner == g.case.id],
        others=[_row(one) for one in shared if one.owner != g.case.id],
        rest=[line for line in _to_share() if line.id not in offered],
        total=sum((row["cost"] for row in map(_row, shared) if row["agreed"] and row["cost"]), 0),
    )


@bp.get("/joint/<pair_id>/agree")
@needs_fresh
@needs_case("plan", "own")
def ask_to_join(pair_id: str) -> str:
    """Ask for consent, with what would be shared and what would not."""
    return _join_page(_pair_or_404(pair_id), JoinForm())


@bp.post("/joint/<pair_id>/agree")
@needs_fresh
@needs_case("plan", "own")
def join(pair_id: str) -> Response | tuple[str, int]:
    """Record the consent and what was answered with it."""
    link, form = _pair_or_404(pair_id), JoinForm()
    if not form.validate():
        return _join_page(link, form, errors=True), 422
    agree_to_join(
        db(), g.case.id, link.id, form.terms(), form.basis.data, str(form.decided.data or ""), now()
    )
    return redirect(url_for("plan.joint", pair_id=link.id), 303)


@bp.post("/joint/<pair_id>/split")
@needs_case("plan", "own")
def split_plans(pair_id: str) -> Response:
    """Make two plans of them again. It holds now."""
    link = _pair_or_404(pair_id)
    split(db(), g.case.id, link.id, now())
    return redirect(url_for("plan.joint", pair_id=link.id), 303)


@bp.get("/joint/<pair_id>/line/<line_id>")
@needs_case("plan", "own")
def ask_share(pair_id: str, line_id: str) -> str:
    """Ask how much of a cost one's own plan carries."""
    link, line = _to_share_or_404(pair_id, line_id)
    return _share_page(link, line, _split_form(line))


@bp.post("/joint/<pair_id>/line/<line_id>")
@needs_case("plan", "own")
def share(pair_id: str, line_id: str) -> Response | tuple[str, int]:
    """Offer the rest of the cost to the other plan."""
    link, line = _to_share_or_404(pair_id, line_id)
    form = _split_form(line)
    if not form.validate():
        return _share_page(link, line, form, errors=True), 422
    share_line(db(), g.case.id, link.id, line.id, int(form.percent.data or 0), now())
    return redirect(url_for("plan.joint", pair_id=link.id), 303)


@bp.get("/both/<line_id>")
@needs_case("plan", "own")
def ask_part(line_id: str) -> str:
    """A support of the other plan: ask whether one's own plan carries a part of its cost."""
    shared = _others_or_404(line_id)
    return _part_page(shared, _part_form(shared))


@bp.post("/both/<line_id>")
@needs_case("plan", "own")
def keep_part(line_id: str) -> Response | tuple[str, int]:
    """Record that one's own plan carries it."""
    shared = _others_or_404(line_id)
    form = _part_form(shared)
    if not form.validate():
        return _part_page(shared, form, errors=True), 422
    route = None if form.route.data == LATER else form.route.data
    take_part(db(), g.case.id, shared, form.needs.data or [], route, now())
    return redirect(url_for("plan.joint", pair_id=shared.pair_id), 303)


@bp.post("/both/<line_id>/stop")
@needs_case("plan", "own")
def stop(line_id: str) -> Response:
    """Share a cost no longer. Either of the two may say so, and it holds now."""
    shared = one_shared(db(), g.case.id, line_id, the_plan().weeks_in_year)
    if shared is None:
        abort(404)
    stop_sharing(db(), g.case.id, shared.line.id, now())
    return redirect(url_for("plan.joint", pair_id=shared.pair_id), 303)


def _pair_or_404(pair_id: str) -> Linked:
    link = read_pair(db(), g.case.id, pair_id)
    if link is None or link.other_kind is None or "plan" not in may_show(g.case.kind, link.other_kind):
        abort(404)
    return link


def _to_share_or_404(pair_id: str, line_id: str) -> tuple[Linked, Line]:
    """A support of one's own that costs something, while the plans are joined."""
    link, line = _pair_or_404(pair_id), read_line(db(), g.case.id, line_id)
    if line is None or line not in _to_share() or what_hinders(db(), link.id, g.case.id, str(link.other)):
        abort(404)
    return link, line


def _to_share() -> list[Line]:
    """One's own supports that cost something, but for what is private."""
    private = private_of(db(), g.case.id)
    lines = read_lines(db(), g.case.id)
    return [line for line in lines if not line.free and f"line {line.id}" not in private]


def _others_or_404(line_id: str) -> Shared:
    shared = one_shared(db(), g.case.id, line_id, the_plan().weeks_in_year)
    if shared is None or shared.owner == g.case.id:
        abort(404)
    return shared


def _shared() -> tuple[Shared, ...]:
    return shared_lines(db(), g.case.id, the_plan().weeks_in_year)


def _row(shared: Shared) -> dict[str, Any]:
    """A shared support as a row: what it is, the whole cost and each one's part of it."""
    weeks = the_plan().weeks_in_year
    whole = one_off_cost(shared.line) if shared.line.once else weekly_cost(shared.line, weeks)
    mine = Share(shared.percent, rest=shared.owner != g.case.id)
    part = None if whole is None else part_of(whole, mine)
    return {
        "line": shared.line,
        "when": tell_when(shared.line, words()),
        "how": tell_how_much(shared.line, words()),
        "once": shared.line.once,
        "whole": whole,
        "part": part,
        "rest": None if whole is None or part is None else whole - part,
        "cost": None if shared.line.once else whole,
        "agreed": shared.agreed,
        "asked_again": shared.asked_again,
    }


def _join_page(link: Linked, form: JoinForm, *, errors: bool = False) -> str:
    order = ("age", "agrees", "advocate", "conflict", "basis", "decided")
    controls = [control_of(form[name]) for name in order]
    return render_template("plan/joint-agree.html", link=link, controls=controls, errors=errors)


def _share_page(link: Linked, line: Line, form: SplitForm, *, errors: bool = False) -> str:
    return render_template(
        "plan/joint-share.html",
        link=link,
        line=line,
        how=tell_how_much(line, words()),
        controls=controls_of(form),
        errors=errors,
    )


def _split_form(line: Line) -> SplitForm:
    known = next((one.percent for one in _shared() if one.line.id == line.id), 50)
    return SplitForm(data={"percent": known}, about=f"line {line.id}")


def _part_form(shared: Shared) -> PartForm:
    route = shared.route or (LATER if shared.agreed else None)
    form = PartForm(data={"needs": list(shared.needs), "route": route}, about=f"line {shared.line.id}")
    form.needs.choices = offer((need.outcome, title_of(need.outcome)) for need in the_plan().needs)
    routes = [(route.id, route_words(route.id)) for route in current_pack().money_routes]
    own, later = (OWN_MONEY, route_words(OWN_MONEY)), (LATER, translate(_("I have not decided yet")))
    form.route.choices = offer([*routes, own, later])
    return form


def _part_page(shared: Shared, form: PartForm, *, errors: bool = False) -> str:
    controls = [control_of(form.route)]
    if the_plan().needs:
        controls.insert(0, control_of(form.needs))
    return render_template(
        "plan/joint-part.html", row=_row(shared), pair_id=shared.pair_id, controls=controls, errors=errors
    )
