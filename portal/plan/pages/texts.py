"""Texts beside the lines: why it costs more, who helped, when to look again, and what if nobody comes."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.pack.support import PlanPart
from portal.plan.fields import controls_of_plan
from portal.plan.forms import TextForm
from portal.plan.headings import TEXTS
from portal.plan.pages.about import asked
from portal.plan.pages.blueprint import bp
from portal.plan.pages.requesting import request_for_more
from portal.plan.pages.shown import the_plan
from portal.plan.records import read_texts, write_texts
from portal.safeguards import db, now
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate


@bp.get("/<any(over, helped, review, nobody_comes, carer_ill):part>")
@needs_case("plan", "write")
def text(part: str) -> str:
    """One text of the plan. The request for more money begins as the plan's own lines say it."""
    known = _known(part)
    return _page(known, _form(known), errors=False)


@bp.post("/<any(over, helped, review, nobody_comes, carer_ill):part>")
@needs_case("plan", "write")
def keep_text(part: str) -> Response | tuple[str, int]:
    """Keep it."""
    known = _known(part)
    form = _form(known)
    if not form.validate():
        return _page(known, form, errors=True), 422
    write_texts(db(), g.case.id, {known: form.words.data or ""}, now())
    return redirect(url_for("plan.backup" if known == "carer_ill" else "plan.board"), 303)


def _form(part: PlanPart) -> TextForm:
    words = read_texts(db(), g.case.id).get(part, "")
    if part == "over" and not words and the_plan().comparison.over:
        words = request_for_more(the_plan())
    form = TextForm(data={"words": words}, about=f"text {part}")
    form.words.label.text = TEXTS[part].ask
    return form


def _known(part: str) -> PlanPart:
    known = next((one for one in TEXTS if one == part), None)
    if known is None:
        abort(404)
    return known


def _page(part: PlanPart, form: TextForm, *, errors: bool) -> str:
    over = the_plan().comparison if part == "over" and the_plan().comparison.over else None
    back = "plan.backup" if part == "carer_ill" else "plan.board"
    return render_template(
        "plan/text.html",
        control_=asked(controls_of_plan(form)[0], TEXTS[part]),
        action=url_for("plan.keep_text", part=part),
        back=url_for(back),
        back_words=translate(_("Back to your support plan")),
        over=over,
        errors=errors,
    )
