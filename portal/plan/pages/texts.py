"""Texts beside the lines: why it costs more, who helped, when to look again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.pack.support import PlanPart
from portal.plan.fields import controls_of_plan
from portal.plan.forms import TextForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import the_plan
from portal.plan.records import read_texts, write_texts
from portal.plan.rules.left import PLAN_PARTS
from portal.safeguards import db, now
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate


@dataclass(frozen=True, slots=True)
class Ask:
    """How a text is asked for."""

    ask: str
    hint: str


ASKS: Mapping[PlanPart, Ask] = {
    "over": Ask(
        _("Why does your plan cost more than your budget?"),
        _("For example, “I need two people to help me to stand up safely.”"),
    ),
    "helped": Ask(
        _("Who helped you with this plan?"),
        _("Names, and what they did. If nobody helped, write “nobody”."),
    ),
    "review": Ask(
        _("When would you like to look at your plan again?"),
        _("For example, after the summer. We look at every plan with you in any case."),
    ),
}


@bp.get("/<any(over, helped, review):part>")
@needs_case("plan", "write")
def text(part: str) -> str:
    """One text of the plan."""
    known = _known(part)
    return _page(known, _form(known), errors=False)


@bp.post("/<any(over, helped, review):part>")
@needs_case("plan", "write")
def keep_text(part: str) -> Response | tuple[str, int]:
    """Keep it."""
    known = _known(part)
    form = _form(known)
    if not form.validate():
        return _page(known, form, errors=True), 422
    write_texts(db(), g.case.id, {known: form.words.data or ""}, now())
    return redirect(url_for("plan.board"), 303)


def _form(part: PlanPart) -> TextForm:
    form = TextForm(data={"words": read_texts(db(), g.case.id).get(part, "")}, about=f"text {part}")
    form.words.label.text = ASKS[part].ask
    return form


def _known(part: str) -> PlanPart:
    known = next((one for one in PLAN_PARTS if one == part), None)
    if known is None:
        abort(404)
    return known


def _page(part: PlanPart, form: TextForm, *, errors: bool) -> str:
    ask = ASKS[part]
    control = replace(
        controls_of_plan(form)[0],
        label=translate(ask.ask),
        hint=translate(ask.hint),
        heading=True,
        optional=False,
    )
    return render_template(
        "plan/text.html", part=part, control_=control, comparison=the_plan().comparison, errors=errors
    )
