"""Choosing who helps to plan, and how the money is held."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from portal import steps
from portal.choices.changed import TELLERS
from portal.choices.forms import PaidForm, SeveralForm, names_form, several_form
from portal.choices.records import CHOSEN, read_choice, write_choice
from portal.choices.rules import MYSELF, alone, chosen_of
from portal.choices.telling import STANDS, tell_price, tell_start, tell_wait
from portal.controls import control_of, controls_of, offer
from portal.fields import Choice
from portal.pack.choices import MoneyRoute, Planner
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case, needs_fresh
from portal.sharing.changes import tell_changes_with
from portal.sharing.forms import InviteForm
from portal.sharing.pages.inviting import invite_page
from portal.text import _
from portal.words import say, translate, words

bp = Blueprint("choices", __name__, url_prefix="/choices")


@bp.record_once
def _tell_changes(state: BlueprintSetupState) -> None:
    tell_changes_with(state.app, TELLERS)


@bp.get("/planner")
@needs_case("choices")
def planner() -> str:
    """Who can help to plan: price, wait, independence, what they do afterwards, and the evidence."""
    return _planner_page(_planner_form())


@bp.post("/planner")
@needs_case("choices", "write")
def choose_planner() -> Response | tuple[str, int]:
    """Keep who was chosen. Planning alone is kept as it is, and earns a kind word."""
    form = _planner_form()
    if not form.validate():
        return _planner_page(form, errors=True), 422
    before = read_choice(db(), g.case.id, "planner")
    value = form.value()
    names = {one: name for one, name in before.get("names", {}).items() if one in value[CHOSEN]}
    write_choice(db(), g.case.id, "planner", value | ({"names": names} if names else {}), now())
    picked = _picked_planners()
    if alone(one.kind for one in picked):
        return redirect(url_for("choices.planning_alone"), 303)
    if any(one.asks_name for one in picked):
        return redirect(url_for("choices.who"), 303)
    return redirect(steps.after("planner"), 303)


@bp.get("/planner/alone")
@needs_case("choices")
def planning_alone() -> str | Response:
    """A kind word for whoever means to plan with nobody's help. Going on is one press."""
    picked = _picked_planners()
    if not alone(one.kind for one in picked):
        return redirect(url_for("choices.planner"), 303)
    return render_template(
        "choices/alone.html",
        planner=picked[0],
        caution=current_pack().planning.caution,
        onward=steps.after("planner"),
    )


@bp.get("/planner/who")
@needs_case("choices")
def who() -> str | Response:
    """Who the planners chosen are, if the person wants to say."""
    form = _names_form()
    if form is None:
        return redirect(steps.after("planner"), 303)
    return render_template("choices/who.html", controls=controls_of(form), errors=False)


@bp.post("/planner/who")
@needs_case("choices", "write")
def keep_who() -> Response | tuple[str, int]:
    """Keep who they are."""
    form = _names_form()
    if form is None:
        return redirect(url_for("choices.planner"), 303)
    if not form.validate():
        return render_template("choices/who.html", controls=controls_of(form), errors=True), 422
    names = {one.id: form[f"name_{one.id}"].data for one in _named_planners()}
    value = read_choice(db(), g.case.id, "planner") | {
        "names": {id_: name for id_, name in names.items() if name}
    }
    write_choice(db(), g.case.id, "planner", value, now())
    return redirect(steps.after("planner"), 303)


@bp.get("/planner/invite/<planner_id>")
@needs_fresh
@needs_case("people", "own")
def invite_planner(planner_id: str) -> str | Response:
    """Invite a planner who was chosen: they are given the outcomes only, unless the person gives more."""
    planner = next((one for one in _picked_planners() if one.id == planner_id), None)
    if planner is None:
        abort(404)
    if g.case.account_id is None:
        return redirect(url_for("sharing.show"), 303)
    name = read_choice(db(), g.case.id, "planner").get("names", {}).get(planner.id) or say(planner.name)
    return invite_page(
        InviteForm(data={"name": name, "relation": "planner", "level": "outcomes"}), errors=False
    )


@bp.get("/money")
@needs_case("choices")
def money() -> str:
    """The ways to hold the money: what each means, and what it asks of the person."""
    return _money_page(_money_form())


@bp.post("/money")
@needs_case("choices", "write")
def choose_money() -> Response | tuple[str, int]:
    """Keep the way, or the ways, to hold the money."""
    form = _money_form()
    if not form.validate():
        return _money_page(form, errors=True), 422
    value = form.value()
    before = read_choice(db(), g.case.id, "money").get("paid", {})
    paid = {route: way for route, way in before.items() if route in value[CHOSEN]}
    write_choice(db(), g.case.id, "money", value | ({"paid": paid} if paid else {}), now())
    return redirect(url_for("choices.paid") if _route_to_be_paid() else steps.after("money"), 303)


@bp.get("/money/paid")
@needs_case("choices")
def paid() -> str | Response:
    """Where a direct payment goes: a bank account always among the ways."""
    route = _route_to_be_paid()
    if route is None:
        return redirect(steps.after("money"), 303)
    return _paid_page(route, _paid_form(route))


@bp.post("/money/paid")
@needs_case("choices", "write")
def keep_paid() -> Response | tuple[str, int]:
    """Keep where it goes."""
    route = _route_to_be_paid()
    if route is None:
        return redirect(url_for("choices.money"), 303)
    form = _paid_form(route)
    if not form.validate():
        return _paid_page(route, form, errors=True), 422
    value = read_choice(db(), g.case.id, "money")
    value = value | {"paid": value.get("paid", {}) | {route.id: form.paid.data}}
    write_choice(db(), g.case.id, "money", value, now())
    return redirect(steps.after("money"), 303)


def _planner_form() -> SeveralForm:
    offered = [(one.id, say(one.name)) for one in current_pack().planners]
    return several_form(offered, read_choice(db(), g.case.id, "planner"), "planner")


def _planner_page(form: SeveralForm, *, errors: bool = False) -> str:
    pack, language = current_pack(), words()
    prices = {one.id: tell_price(one, language) for one in pack.planners}
    waits = {one.id: tell_wait(one, language) for one in pack.planners}
    options = [
        Choice(
            one.id,
            say(one.name),
            hint=translate(
                _("%(about)s %(price)s. %(start)s"),
                about=say(one.about),
                price=prices[one.id],
                start=tell_start(one, language),
            ),
        )
        for one in pack.planners
    ]
    control = form.control(translate(_("Who would you like to help you plan?")), options)
    return render_template(
        "choices/planner.html",
        control_=replace(control, hint=translate(_("Select all that you want."))),
        planning=pack.planning,
        picked=[one for one in _picked_planners() if one.kind != MYSELF],
        prices=prices,
        waits=waits,
        stands=STANDS,
        errors=errors,
    )


def _picked_planners() -> tuple[Planner, ...]:
    """The planners chosen, of those the council offers."""
    offered = {one.id: one for one in current_pack().planners}
    picked = read_choice(db(), g.case.id, "planner").get(CHOSEN, ())
    return tuple(offered[id_] for id_ in chosen_of(offered, picked))


def _named_planners() -> tuple[Planner, ...]:
    return tuple(one for one in _picked_planners() if one.asks_name)


def _names_form() -> Any:
    named = _named_planners()
    if not named:
        return None
    kept = read_choice(db(), g.case.id, "planner").get("names", {})
    return names_form([(one.id, say(one.name)) for one in named], kept)


def _money_form() -> SeveralForm:
    offered = [(one.id, say(one.name)) for one in current_pack().money_routes]
    return several_form(offered, read_choice(db(), g.case.id, "money"), "money")


def _money_page(form: SeveralForm, *, errors: bool = False) -> str:
    money = current_pack().money
    options = [Choice(one.id, say(one.name), hint=say(one.means)) for one in money.routes]
    control = form.control(translate(_("How would you like the money to be managed?")), options)
    hint = translate(_("Select all that you want."))
    return render_template(
        "choices/money.html", control_=replace(control, hint=hint), money=money, errors=errors
    )


def _route_to_be_paid() -> MoneyRoute | None:
    """The route chosen that has more than one way to be paid."""
    picked = read_choice(db(), g.case.id, "money").get(CHOSEN, ())
    routes = (route for route in current_pack().money_routes if route.id in picked)
    return next((route for route in routes if len(route.payments) > 1), None)


def _paid_form(route: MoneyRoute) -> PaidForm:
    kept = read_choice(db(), g.case.id, "money").get("paid", {})
    form = PaidForm(data={"paid": kept.get(route.id)}, about="money")
    form.paid.choices = offer((way.id, say(way.name)) for way in route.payments)
    return form


def _paid_page(route: MoneyRoute, form: PaidForm, *, errors: bool = False) -> str:
    options = tuple(Choice(way.id, say(way.name), hint=say(way.about)) for way in route.payments)
    control = replace(control_of(form.paid), options=options)
    return render_template("choices/paid.html", control_=control, route=route, errors=errors)
