"""What a line of support is in place of, and what that would cost: side by side, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.choices.telling import tell_unit_price
from portal.pack.prices import Price
from portal.plan.fields import controls_of_plan
from portal.plan.forms import NOT_LISTED, InsteadForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import line_or_404
from portal.plan.records import change_line
from portal.plan.rules.lines import Line, weekly_cost
from portal.plan.telling import tell_instead
from portal.plan.whole import Plan
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case
from portal.words import say, words

_COUNTED = frozenset({"hour", "visit", "session", "day", "night", "week", "meal", "mile"})
"""Units of which so many make a week."""


@dataclass(frozen=True)
class Beside:
    """A line beside what it is in place of; both costs are pounds a week."""

    what: str
    cost: Decimal
    instead: str
    instead_cost: Decimal


@bp.get("/line/<line_id>/instead")
@needs_case("plan", "write")
def instead(line_id: str) -> str:
    """Say what a line is in place of."""
    line = line_or_404(line_id)
    return _page(line, _form(line))


@bp.post("/line/<line_id>/instead")
@needs_case("plan", "write")
def change_instead(line_id: str) -> Response | tuple[str, int]:
    """Keep it. A price of the list is kept as it is today."""
    line = line_or_404(line_id)
    form = _form(line)
    if not form.validate():
        return _page(line, form), 422
    said = form.instead.data or ""
    listed = next((one for one in _prices() if one.id == form.book.data), None)
    price = listed.amount if listed is not None else form.price.data
    changed = replace(
        line,
        instead=said,
        instead_quantity=form.quantity.data if said else None,
        instead_price=price if said else None,
    )
    change_line(db(), g.case.id, changed, now())
    return redirect(url_for("plan.show_line", line_id=line_id), 303)


def side_by_side(plan: Plan) -> list[Beside]:
    """The lines of a plan that cost something a week beside what they are in place of."""
    return [
        Beside(line.what, cost, line.instead, other)
        for line in plan.lines
        if (other := line.instead_cost) is not None
        and (cost := weekly_cost(line, plan.weeks_in_year)) is not None
    ]


def _prices() -> Iterator[Price]:
    return (one for one in current_pack().prices.prices if one.unit in _COUNTED)


def _form(line: Line) -> InsteadForm:
    listed = next((one.id for one in _prices() if one.amount == line.instead_price), NOT_LISTED)
    kept = {
        "instead": line.instead,
        "book": listed,
        "price": line.instead_price if listed == NOT_LISTED else None,
        "quantity": line.instead_quantity,
    }
    form = InsteadForm(data=kept, about=f"line {line.id}")
    language = words()
    form.offer_prices(
        [(one.id, f"{say(one.name)}: {tell_unit_price(one.amount, one.unit, language)}") for one in _prices()]
    )
    return form


def _page(line: Line, form: InsteadForm) -> str:
    return render_template(
        "plan/line-instead.html",
        line=line,
        controls=controls_of_plan(form),
        told=tell_instead(line, words()),
        errors=form.is_submitted(),
    )
