"""Two people and what each shows the other: asked of each apart, shown only while both sides hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, g, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from portal import audit
from portal.assessment.records import answers_of
from portal.budget.parts import HEADS
from portal.carer.forms import AgreeForm, CodeForm, NameForm, WishForm
from portal.carer.pages.blueprint import bp
from portal.carer.records import (
    Linked,
    end_pair,
    give_consent,
    join_pair,
    make_pair,
    read_pair,
    read_pairs,
    wish,
    withdraw_consent,
)
from portal.carer.rules.consent import What, combined, in_force, may_show
from portal.carer.shown import Shown, preview, shown_by
from portal.controls import control_of, controls_of
from portal.safeguards import current_pack, db, now, today, write_first
from portal.sharing.access import needs_case, needs_fresh
from portal.text import _
from portal.words import words

WHATS = "any(needs, stop, doing, going_on)"

WHAT_WORDS: Mapping[What, str] = {
    "needs": _("What I need help with"),
    "stop": _("My budget, with their help and without it"),
    "doing": _("What I do, and for how many hours"),
    "going_on": _("Whether and for how long I can go on"),
    "plan": _("The supports that our two plans share"),
}
THEIRS: Mapping[What, str] = {
    "needs": _("What they need help with"),
    "stop": _("Their budget, with your help and without it"),
    "doing": _("What they do, and for how many hours"),
    "going_on": _("Whether and for how long they can go on"),
    "plan": _("The supports that your two plans share"),
}
_FROM_ANSWERS: Mapping[str, str] = {
    "together": "together",
    "apart": "apart",
    "both_agree": "together",
    "ask_carer": "together",
}
"""What was answered to the question about both assessments, as a wish to begin with."""


@bp.get("/together")
@needs_case("together", "own")
def together() -> str:
    """Whom this record is linked with."""
    return render_template("carer/together.html", pairs=read_pairs(db(), g.case.id))


@bp.get("/together/new")
@needs_case("together", "own")
def new_pair() -> str:
    """Ask what to call the person to link with."""
    return _form_page("carer/new.html", NameForm())


@bp.post("/together/new")
@needs_case("together", "own")
def make_new_pair() -> Response | tuple[str, int]:
    """Make a code to hand over."""
    form = NameForm()
    if not form.validate():
        return _form_page("carer/new.html", form, errors=True), 422
    pair_id = make_pair(db(), g.case.id, str(form.called.data), now())
    return redirect(url_for("carer.pair", pair_id=pair_id), 303)


@bp.get("/together/enter")
@needs_case("together", "own")
def enter() -> str:
    """Ask for the code that the other handed over."""
    return _form_page("carer/enter.html", CodeForm())


@bp.post("/together/enter")
@needs_case("together", "own")
def enter_code() -> Response | tuple[str, int]:
    """Link this record with the other one. What is wrong with a code is never told."""
    form = CodeForm()
    pair_id = None
    if form.validate():
        code, called = str(form.code.data), str(form.called.data)
        pair_id = join_pair(db(), g.case.id, g.case.kind, code, called, now())
        if pair_id is None:
            form.code.errors = [_("This code does not work here. Ask for a new one")]
    if pair_id is None:
        return _form_page("carer/enter.html", form, errors=True), 422
    return redirect(url_for("carer.pair", pair_id=pair_id), 303)


@bp.get("/together/<pair_id>")
@needs_case("together", "own")
def pair(pair_id: str) -> str:
    """One link: what I show, what the other shows, and what each wishes."""
    link = _pair_or_404(pair_id)
    shown = _shown_by_other(link)
    return render_template(
        "carer/pair.html",
        link=link,
        mine=_mine(link),
        earlier=[one for one in link.consents if one.giver == g.case.id and one.withdrawn is not None],
        shown=shown,
        theirs=[THEIRS[what] for what in _agreed_by_other(link)],
        what_words=WHAT_WORDS,
        combined=combined(link.combine, link.others_wish),
        period=words().gettext(HEADS["week"]),
        is_carer=g.case.kind == "carer",
    )


@bp.get(f"/together/<pair_id>/agree/<{WHATS}:what>")
@needs_fresh
@needs_case("together", "own")
def agree(pair_id: str, what: What) -> str:
    """Ask for consent to one thing, with what exactly would be shown."""
    return _agree_page(_offered_or_404(pair_id, what), what, AgreeForm())


@bp.post(f"/together/<pair_id>/agree/<{WHATS}:what>")
@needs_fresh
@needs_case("together", "own")
def give(pair_id: str, what: What) -> Response | tuple[str, int]:
    """Record the consent. It holds from now on."""
    link, form = _offered_or_404(pair_id, what), AgreeForm()
    if not form.validate():
        return _agree_page(link, what, form, errors=True), 422
    give_consent(db(), g.case.id, link.id, what, form.basis.data, str(form.decided.data or ""), now())
    return redirect(url_for("carer.pair", pair_id=link.id), 303)


@bp.post(f"/together/<pair_id>/withdraw/<{WHATS}:what>")
@needs_case("together", "own")
def withdraw(pair_id: str, what: What) -> Response:
    """Take a consent back. It ends now."""
    link = _pair_or_404(pair_id)
    withdraw_consent(db(), g.case.id, link.id, what, now())
    return redirect(url_for("carer.pair", pair_id=link.id), 303)


@bp.get("/together/<pair_id>/wish")
@needs_case("together", "own")
def ask_wish(pair_id: str) -> str:
    """Ask whether both assessments are to be done together."""
    link = _pair_or_404(pair_id)
    return _wish_page(link, _wish_form(link))


@bp.post("/together/<pair_id>/wish")
@needs_case("together", "own")
def keep_wish(pair_id: str) -> Response | tuple[str, int]:
    """Record this one's wish. The other's is asked of the other."""
    link = _pair_or_404(pair_id)
    form = _wish_form(link)
    if not form.validate():
        return _wish_page(link, form, errors=True), 422
    wish(db(), g.case.id, link.id, form.combine.data, now())
    return redirect(url_for("carer.pair", pair_id=link.id), 303)


@bp.get("/together/<pair_id>/end")
@needs_case("together", "own")
def ask_end(pair_id: str) -> str:
    """Ask before a link is ended."""
    return render_template("carer/end.html", link=_pair_or_404(pair_id))


@bp.post("/together/<pair_id>/end")
@needs_case("together", "own")
def end(pair_id: str) -> Response:
    """End it for both, with everything that either agreed to."""
    end_pair(db(), g.case.id, _pair_or_404(pair_id).id, now())
    return redirect(url_for("carer.together"), 303)


def _pair_or_404(pair_id: str) -> Linked:
    link = read_pair(db(), g.case.id, pair_id)
    if link is None:
        abort(404)
    return link


def _offered_or_404(pair_id: str, what: What) -> Linked:
    link = _pair_or_404(pair_id)
    if link.other_kind is None or what not in may_show(g.case.kind, link.other_kind):
        abort(404)
    return link


def _mine(link: Linked) -> list[dict[str, Any]]:
    """What I may show, each with whether I do and since when."""
    if link.other_kind is None:
        return []
    given = in_force(link.consents, g.case.id)
    return [
        {"what": what, "words": WHAT_WORDS[what], "given": given.get(what)}
        for what in may_show(g.case.kind, link.other_kind)
    ]


def _agreed_by_other(link: Linked) -> Iterable[What]:
    return in_force(link.consents, link.other) if link.other is not None else ()


def _shown_by_other(link: Linked) -> Shown:
    """What the other shows. That it is looked at stands in the other's own trail before it is shown."""
    other = link.other
    if other is None or not set(_agreed_by_other(link)) - {"plan"}:
        return Shown()
    subject, at = f"what link {link.id} shows", now()
    write_first(lambda noted: audit.record(noted, other, "view", subject, at, f"link {link.id}"))
    return shown_by(db(), link.id, other, current_pack(), words(), today())


def _agree_page(link: Linked, what: What, form: AgreeForm, *, errors: bool = False) -> str:
    return render_template(
        "carer/agree.html",
        link=link,
        what=what,
        title=WHAT_WORDS[what],
        controls=controls_of(form),
        shown=preview(db(), g.case.id, {what}, current_pack(), words(), today()),
        period=words().gettext(HEADS["week"]),
        errors=errors,
    )


def _wish_form(link: Linked) -> WishForm:
    known = link.combine or _answered()
    return WishForm(data={"combine": known}, about=f"combining by link {link.id}")


def _wish_page(link: Linked, form: WishForm, *, errors: bool = False) -> str:
    return render_template("carer/wish.html", link=link, control_=control_of(form.combine), errors=errors)


def _form_page(template: str, form: FlaskForm, *, errors: bool = False) -> str:
    return render_template(template, controls=controls_of(form), errors=errors)


def _answered() -> str | None:
    """What this person answered in their assessment about doing both together."""
    answers = answers_of(db(), g.case.id)
    said = answers.get("carer_combine" if g.case.kind == "carer" else "combine_assessments")
    return _FROM_ANSWERS.get(said) if isinstance(said, str) else None
