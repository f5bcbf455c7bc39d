"""The mix of money: what goes through each route, what it needs, and how it is held."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.choices.rules import OWN_MONEY
from portal.pack.choices import MoneyRoute
from portal.plan.agreed import write_route
from portal.plan.fields import controls_of_plan
from portal.plan.money_forms import NO, YES, DirectForm, FundForm, HeldForm, PaidForm
from portal.plan.money_telling import PAYMENTS, tell_needed, told_facts
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import line_or_404, line_shown, route_words, the_plan, who_is_asked
from portal.plan.records import change_line
from portal.plan.rules.holding import Held, Needed, payment, too_close
from portal.plan.rules.lines import BY_THE_HOUR, Line, four_weekly
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case
from portal.words import words


@bp.get("/line/<line_id>/paid")
@needs_case("plan", "write")
def paid(line_id: str) -> str:
    """Who is paid with a direct payment: not everybody may be."""
    line = line_or_404(line_id)
    if not who_is_asked(line):
        abort(404)
    return _paid_page(_paid_form(line), line, errors=False)


@bp.post("/line/<line_id>/paid")
@needs_case("plan", "write")
def change_paid(line_id: str) -> Response | tuple[str, int]:
    """Keep who is paid. Whoever is too close stands in the plan, and what the rule says stands beside it."""
    line = line_or_404(line_id)
    form = _paid_form(line)
    if not who_is_asked(line):
        abort(404)
    if not form.validate():
        return _paid_page(form, line, errors=True), 422
    line = replace(
        line,
        payee=form.payee_said(),
        same_home=form.same_home_said(),
        care_home_weeks=form.weeks_said(),
    )
    change_line(db(), g.case.id, line, now())
    if "new" in request.args and not too_close(line):
        return redirect(url_for("plan.board", _anchor=line.needs[0] if line.needs else None), 303)
    return redirect(url_for("plan.show_line", line_id=line_id), 303)


@bp.get("/money")
@needs_case("plan")
def money_mix() -> str:
    """Each route with its lines, its total, its duties, and what it still needs."""
    plan = the_plan()
    held = plan.held
    offered = {route.id: route for route in current_pack().money_routes}
    cards = []
    for total in plan.sums.routes:
        route = offered.get(total.route or "")
        lines = [line for line in plan.lines if line.route == total.route and not line.free]
        cards.append(
            {
                "title": route_words(total.route),
                "route": route,
                "own": total.route == OWN_MONEY,
                "total": total,
                "four_weekly": four_weekly(total.weekly),
                "payment": _payment(route, held.get(total.route or "", Held()), total.weekly),
                "lines": [line_shown(line) for line in lines],
                "facts": told_facts(held.get(total.route or "", Held()), words()),
                "decided": [
                    (line.what, plan.necessary[line.id]) for line in lines if line.id in plan.necessary
                ],
                "held": total.route in held,
                "needed": [_told(one) for one in plan.needed if one.route is route],
            }
        )
    return render_template("plan/money.html", plan=plan, cards=cards, money=current_pack().money)


@bp.get("/money/<route_id>")
@needs_case("plan", "write")
def hold(route_id: str) -> str:
    """How the money of a route is held."""
    route = _route_or_404(route_id)
    return _hold_page(route, _form(route), errors=False)


def _form(route: MoneyRoute) -> HeldForm:
    kept = the_plan().held.get(route.id, Held())
    first: dict[str, Any] = asdict(kept)
    if route.direct:
        rule = current_pack().money.paid
        first |= {"every": kept.every or rule.every, "net": kept.net or rule.net}
    elif not (kept.surplus or kept.disputes):
        language = words()
        first["surplus"] = language.say(route.unspent) if route.unspent else ""
        first["disputes"] = language.say(route.disputes) if route.disputes else ""
    form: HeldForm = (DirectForm if route.direct else FundForm)(data=first, about=f"route {route.id}")
    return form


@bp.post("/money/<route_id>")
@needs_case("plan", "write")
def keep_held(route_id: str) -> Response | tuple[str, int]:
    """Keep how it is held."""
    route = _route_or_404(route_id)
    form = _form(route)
    if not form.validate():
        return _hold_page(route, form, errors=True), 422
    facts, typed = form.facts()
    write_route(db(), g.case.id, route.id, facts, typed, now())
    return redirect(url_for("plan.money_mix", _anchor=route.id), 303)


def _route_or_404(route_id: str) -> MoneyRoute:
    offered = (route for route in current_pack().money_routes if route.direct or route.kind == "isf")
    found = next((route for route in offered if route.id == route_id), None)
    if found is None:
        abort(404)
    return found


def _payment(route: MoneyRoute | None, held: Held, weekly: Any) -> str:
    """What is paid each time; empty where nothing is paid out."""
    if route is None or not (route.direct or route.kind == "isf") or not weekly:
        return ""
    every = held.every or current_pack().money.paid.every
    language = words()
    sum_ = language.money(payment(weekly, every, the_plan().weeks_in_year))
    return language.gettext(PAYMENTS[every], sum=sum_)


def _told(one: Needed) -> tuple[str, str, bool]:
    """Where to put right what a route needs, what it is, and whether the plan cannot be agreed so."""
    if one.line is not None:
        address = url_for("plan.paid", line_id=one.line.id)
    elif one.lack in ("amount", "needs"):
        address = url_for("plan.board")
    else:
        address = url_for("plan.hold", route_id=one.route.id)
    return address, tell_needed(one, words()), one.stops


def _paid_form(line: Line) -> PaidForm:
    lives = {True: YES, False: NO}.get(line.same_home) if line.same_home is not None else None
    kept = {"payee": line.payee, "same_home": lives, "care_home_weeks": line.care_home_weeks}
    form = PaidForm(data=kept, about=f"line {line.id}")
    if line.kind in BY_THE_HOUR and line.care_home_weeks is None:
        form.without_stay()
    return form


def _hold_page(route: MoneyRoute, form: HeldForm, *, errors: bool) -> str:
    accounts = [one for one in current_pack().money_routes if one.kind == "direct_payment"]
    return render_template(
        "plan/hold.html",
        route=route,
        controls=controls_of_plan(form),
        account=accounts[0] if route.kind == "card" and accounts else None,
        errors=errors,
    )


def _paid_page(form: PaidForm, line: Any, *, errors: bool) -> str:
    return render_template(
        "plan/line-paid.html",
        line=line,
        controls=controls_of_plan(form),
        stopped=too_close(line),
        decided=the_plan().necessary.get(line.id),
        asked=the_plan().asked.get(line.id),
        action=url_for("plan.paid", line_id=line.id, new=1 if "new" in request.args else None),
        back=url_for("plan.show_line", line_id=line.id),
        errors=errors,
    )
