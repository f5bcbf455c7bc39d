"""The honest cost of employing somebody, and each cost as a line of the plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField

from portal.controls import offer
from portal.pack.employing import Employing, Rate
from portal.plan.employing_telling import COST_WORDS, tell_cost
from portal.plan.fields import NumberBox, PoundsBox, controls_of_plan
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import need_or_404, the_plan
from portal.plan.records import add_line
from portal.plan.rules.employing import EmployingCost, Job, cost_of, hours_for
from portal.plan.rules.lines import Line
from portal.safeguards import current_pack, db, now, today
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate, words

_HELPERS = {"1": _("One"), "2": _("Two"), "3": _("Three"), "4": _("Four"), "5": _("Five")}


class EmployForm(FlaskForm):
    """A wage, and how much work there is."""

    wage = PoundsBox(_("What do you pay for one hour?"))
    hours = NumberBox(
        _("How many hours a week?"),
        _("All helpers together."),
        unit="hour hours",
        most=Decimal(168),
        too_much=_("There are 168 hours in a week. Enter 168 or less."),
    )
    helpers = SelectField(_("How many people do you employ?"), choices=offer(_HELPERS.items()), default="1")
    allowance = BooleanField(_("I claim the Employment Allowance, if I can"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A wage that the law allows, and some hours."""
        sound = bool(super().validate(extra_validators))
        least = _rates().minimum_wage.is_
        if self.wage.data is None and not self.wage.errors:
            self.wage.errors = [_("Write the wage for one hour")]
        elif self.wage.data is not None and self.wage.data < least:
            told = words().money(least)
            self.wage.errors = [translate(_("Write at least %(least)s. The law allows no less"), least=told)]
        if not self.hours.data and not self.hours.errors:
            self.hours.errors = [_("Write how many hours a week")]
        return sound and not (self.wage.errors or self.hours.errors)

    def job(self) -> Job:
        """What was typed."""
        assert self.wage.data is not None
        assert self.hours.data
        return Job(
            wage=self.wage.data,
            hours=self.hours.data,
            helpers=int(self.helpers.data or 1),
            allowance=bool(self.allowance.data),
        )


@bp.get("/employing")
@needs_case("plan")
def employing() -> str:
    """A wage and hours; the cost beneath once both are there."""
    asked = "wage" in request.args
    rates = _rates()
    first = {"wage": rates.minimum_wage.is_, "allowance": True}
    form = EmployForm(request.args, meta={"csrf": False}) if asked else EmployForm(data=first)
    if not asked or not form.validate():
        return _page(form, None, errors=asked)
    return _page(form, cost_of(form.job(), rates, the_plan().weeks_in_year), errors=False)


@bp.post("/employing")
@needs_case("plan", "write")
def employ() -> Response | tuple[str, int]:
    """Each cost becomes a line of the plan. Sent twice, it is kept once."""
    rates, form = _rates(), EmployForm()
    if not form.validate():
        return _page(form, None, errors=True), 422
    need = request.args.get("need")
    needs = (need_or_404(need).outcome,) if need else ()
    cost = cost_of(form.job(), rates, the_plan().weeks_in_year)
    for line in _lines(cost):
        add_line(db(), g.case.id, replace(line, needs=needs), None, now())
    return redirect(url_for("plan.board"), 303)


def _lines(cost: EmployingCost) -> list[Line]:
    """The wage as hours at a price, every other cost as a sum a week, the checks as paid once."""
    direct = next((route.id for route in current_pack().money_routes if route.direct), None)
    who = translate(_("Somebody I employ"))
    made = []
    for one in cost.lines:
        what = translate(COST_WORDS[one.kind])
        line = Line(id="", kind="sum", what=what, price=one.weekly, every="week", route=direct, who=who)
        if one.kind == "wage":
            line = replace(
                line,
                kind="hours",
                what=translate(_("Support from somebody I employ")),
                quantity=cost.job.hours,
                price=cost.job.wage,
                every=None,
            )
        elif one.kind == "insurance":
            kept = next(other.weekly for other in cost.lines if other.kind == "allowance")
            line = replace(line, price=one.weekly + kept)
        if one.kind != "allowance" and line.price:
            made.append(line if one.kind == "wage" else replace(line, payee="nobody_close"))
    check = translate(_("The check that somebody is safe to work with"))
    once = Line(id="", kind="one_off", what=check, price=cost.once, route=direct)
    return [*made, *([once] if cost.once else [])]


def _rates() -> Employing:
    rates = current_pack().employing
    if rates is None or not rates.holds_on(today()):
        abort(404)
    return rates


def _page(form: EmployForm, cost: EmployingCost | None, *, errors: bool) -> str:
    rates, plan, language = _rates(), the_plan(), words()
    budget = plan.comparison.budget
    buys = hours_for(budget, cost.job, rates, plan.weeks_in_year) if cost and budget else None
    sources = dict.fromkeys(
        (rate.source, rate.illustrative)
        for name in Employing.model_fields
        if isinstance(rate := getattr(rates, name), Rate)
    )
    return render_template(
        "plan/employing.html",
        form=form,
        controls=[replace(control, optional=False) for control in controls_of_plan(form)],
        rates=rates,
        cost=cost,
        lines=[
            {"words": translate(COST_WORDS[one.kind]), "note": tell_cost(one, language), "amount": one.weekly}
            for one in (cost.lines if cost else ())
        ],
        budget=budget,
        buys=buys,
        sources=list(sources),
        action=url_for("plan.employ", need=request.args.get("need")),
        need=request.args.get("need", ""),
        errors=errors,
    )
