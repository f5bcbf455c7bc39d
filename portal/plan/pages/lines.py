"""Lines of support: choose what to start from, fill in little by little, change, remove."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.choices.records import chosen
from portal.choices.rules import route_to_start_with
from portal.choices.telling import tell_unit_price
from portal.controls import offer
from portal.plan.fields import controls_of_plan
from portal.plan.forms import FORMS, LineForm, MoreForm, WhenForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import need_or_404, price_words, route_words, the_plan, title_of
from portal.plan.records import add_line, change_line, read_line, remove_line
from portal.plan.rules.lines import ALWAYS_FREE, KINDS, Line
from portal.plan.rules.offers import Start, ideas, prices
from portal.plan.telling import tell_dates, tell_how_much, tell_when
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import say, translate, words

OWN_WORDS = {
    "self": _("Something I do myself"),
    "family": _("Family or friends help"),
    "community": _("A group, a club or a place near me"),
    "hours": _("Somebody who is paid by the hour"),
    "sessions": _("Something that is paid each time"),
    "sum": _("A sum that comes again and again"),
    "one_off": _("Something to buy or fit once"),
}
"""The kinds of support, as they are offered to somebody who writes their own."""


@bp.get("/line/new")
@needs_case("plan", "write")
def new_line() -> str:
    """Choose what to start from: free, family and community ideas first. Then fill it in."""
    need, start = _need_asked(), _start_asked()
    if start is None and "kind" not in request.args:
        return _choose_page(need)
    line = _first_line(need, start)
    form = FORMS[line.kind]()
    form.show(line)
    return _new_page(form, line, errors=False)


@bp.post("/line/new")
@needs_case("plan", "write")
def make_line() -> Response | tuple[str, int]:
    """Keep a new line. Sent twice, it is kept once."""
    line = _first_line(_need_asked(), _start_asked())
    form = FORMS[line.kind]()
    _offer_routes(form)
    if not form.validate():
        return _new_page(form, line, errors=True), 422
    line_id = add_line(db(), g.case.id, form.line(line), form.made_with.data, now())
    page = "plan.more" if line.once else "plan.when"
    return redirect(url_for(page, line_id=line_id, new=1), 303)


@bp.get("/line/<line_id>")
@needs_case("plan")
def show_line(line_id: str) -> str:
    """One line, fact by fact, each with where to change it."""
    line = _line_or_404(line_id)
    return render_template("plan/line.html", line=line, rows=_rows(line), price=price_words(line))


@bp.get("/line/<line_id>/what")
@needs_case("plan", "write")
def what(line_id: str) -> str:
    """What it is, who does it, how much and what it costs."""
    line = _line_or_404(line_id)
    form = FORMS[line.kind]()
    form.show(line)
    return _what_page(form, line, errors=False)


@bp.post("/line/<line_id>/what")
@needs_case("plan", "write")
def change_what(line_id: str) -> Response | tuple[str, int]:
    """Keep what it is now."""
    line = _line_or_404(line_id)
    form = FORMS[line.kind]()
    _offer_routes(form)
    if not form.validate():
        return _what_page(form, line, errors=True), 422
    change_line(db(), g.case.id, form.line(line), now())
    return redirect(url_for("plan.show_line", line_id=line_id), 303)


@bp.get("/line/<line_id>/when")
@needs_case("plan", "write")
def when(line_id: str) -> str:
    """Days, parts of the day, time."""
    line = _line_or_404(line_id)
    form = WhenForm(data={"days": line.days, "parts": line.parts, "times": line.times})
    return _step_page("when", form, line, errors=False)


@bp.post("/line/<line_id>/when")
@needs_case("plan", "write")
def change_when(line_id: str) -> Response | tuple[str, int]:
    """Keep when it happens."""
    line, form = _line_or_404(line_id), WhenForm()
    if not form.validate():
        return _step_page("when", form, line, errors=True), 422
    days, parts = tuple(form.days.data or ()), tuple(form.parts.data or ())
    line = replace(line, days=days, parts=parts, times=form.times.data or "")
    change_line(db(), g.case.id, line, now())
    if "new" in request.args:
        return redirect(url_for("plan.more", line_id=line_id, new=1), 303)
    return redirect(url_for("plan.show_line", line_id=line_id), 303)


@bp.get("/line/<line_id>/more")
@needs_case("plan", "write")
def more(line_id: str) -> str:
    """What it helps with, and from when to when."""
    line = _line_or_404(line_id)
    return _step_page("more", _more_form(line), line, errors=False)


@bp.post("/line/<line_id>/more")
@needs_case("plan", "write")
def change_more(line_id: str) -> Response | tuple[str, int]:
    """Keep what it helps with, and its dates."""
    line = _line_or_404(line_id)
    form = _more_form(line)
    if not form.validate():
        return _step_page("more", form, line, errors=True), 422
    needs = tuple(form.needs.data or ()) if "needs" in form else line.needs
    line = replace(line, needs=needs, starts=form.starts.data, ends=form.ends.data)
    change_line(db(), g.case.id, line, now())
    if "new" in request.args:
        return redirect(url_for("plan.board", _anchor=line.needs[0] if line.needs else None), 303)
    return redirect(url_for("plan.show_line", line_id=line_id), 303)


@bp.get("/line/<line_id>/remove")
@needs_case("plan", "write")
def ask_remove(line_id: str) -> str:
    """Ask before a line is taken out."""
    return render_template("plan/remove-line.html", line=_line_or_404(line_id))


@bp.post("/line/<line_id>/remove")
@needs_case("plan", "write")
def remove(line_id: str) -> Response:
    """Take a line out of the plan."""
    line = _line_or_404(line_id)
    remove_line(db(), g.case.id, line.id, now())
    return redirect(url_for("plan.board"), 303)


def _line_or_404(line_id: str) -> Line:
    line = read_line(db(), g.case.id, line_id)
    if line is None:
        abort(404)
    return line


def _need_asked() -> str | None:
    """The need a new line is for, from the address."""
    asked = request.args.get("need")
    return need_or_404(asked).outcome if asked else None


def _start_asked() -> Start | None:
    asked = request.args.get("start")
    if asked is None:
        return None
    found = next((start for start in (*_ideas(None), *_prices(None)) if start.id == asked), None)
    if found is None:
        abort(404)
    return found


def _first_line(need: str | None, start: Start | None) -> Line:
    """A new line as it starts: from an idea, from a price, or empty of a kind."""
    needs = (need,) if need else ()
    if start is not None:
        return replace(start.line, what=say(start.title), needs=needs, route=_first_route())
    kind = next((kind for kind in KINDS if kind == request.args.get("kind")), None)
    if kind is None:
        abort(404)
    return Line(id="", kind=kind, what="", needs=needs, route=_first_route())


def _first_route() -> str | None:
    offered = tuple(route.id for route in current_pack().money_routes)
    return route_to_start_with(chosen(db(), g.case.id, "money", offered))


def _ideas(need: str | None) -> tuple[Start, ...]:
    return ideas(current_pack().ideas, current_pack().offers, need)


def _prices(need: str | None) -> tuple[Start, ...]:
    return prices(current_pack().prices.prices, need)


def _choose_page(need: str | None) -> str:
    free = [kind for kind in KINDS if kind in ALWAYS_FREE or kind == "community"]
    return render_template(
        "plan/choose.html",
        need=the_plan().need(need) if need else None,
        title=title_of(need) if need else "",
        ideas=[_offered(start, need) for start in _ideas(need)],
        prices=[_offered(start, need) for start in _prices(need)],
        price_book=current_pack().prices,
        own_free=[(url_for("plan.new_line", need=need, kind=kind), OWN_WORDS[kind]) for kind in free],
        own_paid=[
            (url_for("plan.new_line", need=need, kind=kind), OWN_WORDS[kind])
            for kind in KINDS
            if kind not in free
        ],
    )


def _offered(start: Start, need: str | None) -> dict[str, str]:
    return {
        "href": url_for("plan.new_line", need=need, start=start.id),
        "title": say(start.title),
        "about": say(start.about) if start.about else "",
        "price": tell_unit_price(start.line.price, start.unit, words())
        if start.line.price
        else translate(_("Free")),
    }


def _offer_routes(form: LineForm) -> None:
    form.offer_routes([(route.id, say(route.short)) for route in current_pack().money_routes])


def _new_page(form: LineForm, line: Line, *, errors: bool) -> str:
    _offer_routes(form)
    return render_template(
        "plan/line-form.html",
        form=form,
        controls=controls_of_plan(form),
        action=request.full_path.rstrip("?"),
        back=url_for("plan.new_line", need=request.args.get("need")),
        heading=OWN_WORDS[line.kind],
        need_title=title_of(line.needs[0]) if line.needs else "",
        errors=errors,
    )


def _what_page(form: LineForm, line: Line, *, errors: bool) -> str:
    _offer_routes(form)
    return render_template(
        "plan/line-form.html",
        form=form,
        controls=controls_of_plan(form),
        action=url_for("plan.what", line_id=line.id),
        back=url_for("plan.show_line", line_id=line.id),
        heading=OWN_WORDS[line.kind],
        need_title="",
        errors=errors,
    )


def _more_form(line: Line) -> MoreForm:
    form = MoreForm(data={"needs": line.needs, "starts": line.starts, "ends": line.ends})
    form.needs.choices = offer((need.outcome, title_of(need.outcome)) for need in the_plan().needs)
    if not form.needs.choices:
        del form.needs
    return form


def _step_page(name: str, form: Any, line: Line, *, errors: bool) -> str:
    new = 1 if "new" in request.args else None
    return render_template(
        f"plan/line-{name}.html",
        line=line,
        controls=controls_of_plan(form),
        action=url_for(f"plan.{name}", line_id=line.id, new=new),
        back=url_for("plan.show_line", line_id=line.id),
        errors=errors,
    )


def _rows(line: Line) -> list[dict[str, Any]]:
    """The facts of a line, as a list to read and change."""
    language, here = words(), f"/plan/line/{line.id}"
    rows: list[dict[str, Any]] = [
        {"key": translate(_("What it is")), "value": line.what, "href": f"{here}/what"},
    ]
    if line.kind != "self":
        rows.append({"key": translate(_("Who does it")), "value": line.who, "href": f"{here}/what"})
    if line.kind not in ALWAYS_FREE:
        rows.append(
            {
                "key": translate(_("What it costs")),
                "value": tell_how_much(line, language),
                "href": f"{here}/what",
            }
        )
    if not line.free:
        rows.append(
            {
                "key": translate(_("Who looks after the money")),
                "value": route_words(line.route),
                "href": f"{here}/what",
            }
        )
    if not line.once:
        rows.append({"key": translate(_("When")), "value": tell_when(line, language), "href": f"{here}/when"})
    rows += [
        {
            "key": translate(_("From when to when")),
            "value": tell_dates(line, language),
            "href": f"{here}/more",
        },
        {
            "key": translate(_("What it helps with")),
            "value": [title_of(need) for need in line.needs],
            "href": f"{here}/more",
        },
    ]
    return rows
