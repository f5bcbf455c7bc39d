"""Disagree with a line of the budget: what the person would say, what it costs, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.budget.disagreeing import Doubt, keep_doubt, read_doubts, withdraw_doubt
from portal.budget.parts import sum_each
from portal.budget.telling import ToldLine, line_name, told_lines, told_once
from portal.pack.scheme.parts import SchemePeriod
from portal.plan.fields import PoundsBox, controls_of_plan, text_box
from portal.plan.pages.blueprint import bp
from portal.plan.pages.starts import allocation
from portal.safeguards import current_pack, db, now, today
from portal.sharing.access import needs_case
from portal.text import _
from portal.unsaved.forms import Form
from portal.words import words


class DoubtForm(Form):
    """What is wrong about a line."""

    instead = text_box(
        _("What would you say instead?"),
        _("For example, I need a lot of help with this, not a little."),
        missing=_("Say what you would say instead"),
        rows=3,
    )
    cost = PoundsBox(_("What do you think it costs?"))
    why = text_box(_("Why?"), _("For example, it takes two people to get me out of bed."), rows=4)


_HINTS: Mapping[SchemePeriod, str] = {
    "day": _("In pounds a day. Leave this empty if you do not know."),
    "week": _("In pounds a week. Leave this empty if you do not know."),
    "four_weeks": _("In pounds every 4 weeks. Leave this empty if you do not know."),
    "month": _("In pounds a month. Leave this empty if you do not know."),
    "year": _("In pounds a year. Leave this empty if you do not know."),
    "one_off": _("In pounds, paid once. Leave this empty if you do not know."),
}


class Doubted(NamedTuple):
    """A line of the budget, and what was said against it. Its sums come each ``period``."""

    number: int
    line: ToldLine
    doubt: Doubt | None
    period: SchemePeriod

    @property
    def says(self) -> str:
        """What the line brings, with how often."""
        return sum_each(self.line.amount, self.period, words())

    @property
    def costs(self) -> str:
        """What the person thinks it costs, with how often; empty when they did not say."""
        cost = self.doubt.cost if self.doubt else None
        return "" if cost is None else sum_each(cost, self.period, words())


@bp.get("/disagree")
@needs_case("budget")
def disagree() -> str:
    """Every line of the budget, with what was said against it."""
    return render_template("plan/disagree.html", all=_all(), gone=_gone())


@bp.get("/disagree/<int:number>")
@needs_case("budget", "write")
def disagree_with(number: int) -> str:
    """One line."""
    found = _found_or_404(number)
    return _page(found, _form(found), errors=False)


@bp.post("/disagree/<int:number>")
@needs_case("budget", "write")
def keep_disagreement(number: int) -> Response | tuple[str, int]:
    """Keep what was said. The figure does not move by itself."""
    found = _found_or_404(number)
    form = _form(found)
    if not form.validate():
        return _page(found, form, errors=True), 422
    doubt = Doubt(
        about=line_name(found.line),
        label=found.line.words,
        amount=found.line.amount,
        period=found.period,
        instead=form.instead.data or "",
        cost=form.cost.data,
        why=form.why.data or "",
        on=today(),
    )
    keep_doubt(db(), g.case.id, doubt, now())
    return redirect(url_for("plan.disagree"), 303)


@bp.post("/disagree/<int:number>/withdraw")
@needs_case("budget", "write")
def withdraw(number: int) -> Response:
    """Take back what was said."""
    withdraw_doubt(db(), g.case.id, line_name(_found_or_404(number).line), now())
    return redirect(url_for("plan.disagree"), 303)


def _all() -> list[Doubted]:
    known = allocation()
    if known is None or known.status != "figure":
        return []
    said = {doubt.about: doubt for doubt in read_doubts(db(), g.case.id)}
    pack, language = current_pack(), words()
    lines = [(line, known.base_period) for line in told_lines(known, pack, language)]
    once: list[tuple[ToldLine, SchemePeriod]] = [
        (line, "one_off") for line in told_once(known, pack, language)
    ]
    return [
        Doubted(number, line, said.get(line_name(line)), period)
        for number, (line, period) in enumerate([*lines, *once], start=1)
    ]


def _gone() -> list[Doubt]:
    """What was said against lines that the budget has no more. It stays in the plan."""
    there = {line_name(one.line) for one in _all()}
    return [doubt for doubt in read_doubts(db(), g.case.id) if doubt.about not in there]


def _found_or_404(number: int) -> Doubted:
    found = next((one for one in _all() if one.number == number), None)
    if found is None:
        abort(404)
    return found


def _form(found: Doubted) -> DoubtForm:
    doubt = found.doubt
    if doubt is None:
        form = DoubtForm()
    else:
        kept = {"instead": doubt.instead, "cost": doubt.cost, "why": doubt.why}
        form = DoubtForm(data=kept, about=doubt.about)
    form.cost.description = _HINTS[found.period]
    return form


def _page(found: Doubted, form: DoubtForm, *, errors: bool) -> str:
    return render_template(
        "plan/disagree-with.html", one=found, controls=controls_of_plan(form), errors=errors
    )
