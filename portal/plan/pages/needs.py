"""A need: what matters about it in the person's own words, and who meets it already."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.plan.fields import controls_of_plan
from portal.plan.forms import NOT_MET, MetByForm, WordsForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import need_or_404, title_of
from portal.plan.records import write_met_by, write_words
from portal.plan.rules.needs import MET_BY, Need
from portal.safeguards import db, now
from portal.sharing.access import needs_case


@bp.get("/need/<outcome>")
@needs_case("plan", "write")
def need(outcome: str) -> str:
    """The person's own words about a need, those of the assessment to begin with."""
    found = need_or_404(outcome)
    return _page("need", found, _words_form(found), errors=False)


@bp.post("/need/<outcome>")
@needs_case("plan", "write")
def keep_words(outcome: str) -> Response | tuple[str, int]:
    """Keep the words."""
    found = need_or_404(outcome)
    form = _words_form(found)
    if not form.validate():
        return _page("need", found, form, errors=True), 422
    write_words(db(), g.case.id, found.outcome, form.words.data or "", now())
    return redirect(url_for("plan.board", _anchor=found.outcome), 303)


@bp.get("/need/<outcome>/met")
@needs_case("plan", "write")
def met(outcome: str) -> str:
    """Who meets a need already."""
    found = need_or_404(outcome)
    return _page("met", found, _met_form(found), errors=False)


@bp.post("/need/<outcome>/met")
@needs_case("plan", "write")
def keep_met(outcome: str) -> Response | tuple[str, int]:
    """Keep who meets it."""
    found = need_or_404(outcome)
    form = _met_form(found)
    if not form.validate():
        return _page("met", found, form, errors=True), 422
    met_by = next((who for who in MET_BY if who == form.met_by.data), None)
    write_met_by(db(), g.case.id, found.outcome, met_by, now())
    return redirect(url_for("plan.board", _anchor=found.outcome), 303)


def _words_form(found: Need) -> WordsForm:
    return WordsForm(data={"words": found.words}, about=f"need {found.outcome}")


def _met_form(found: Need) -> MetByForm:
    return MetByForm(data={"met_by": found.met_by or NOT_MET}, about=f"need {found.outcome}")


def _page(name: str, found: Need, form: WordsForm | MetByForm, *, errors: bool) -> str:
    return render_template(
        f"plan/{name}.html",
        need=found,
        title=title_of(found.outcome),
        controls=controls_of_plan(form),
        errors=errors,
    )
