"""Lines of support: a new one, what it is, fact by fact, and away with it."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.plan.fields import controls_of_plan
from portal.plan.line_forms import FORMS, LineForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import (
    line_or_404,
    price_words,
    route_words,
    stream_words,
    the_plan,
    title_of,
    who_is_asked,
)
from portal.plan.pages.starts import OWN_WORDS, choose_page, first_line, need_asked, start_asked, streams
from portal.plan.records import add_line, change_line, remove_line
from portal.plan.rules.lines import ALWAYS_FREE, WITHOUT_TIMES, Line
from portal.plan.telling import (
    PAYEE_WORDS,
    tell_award,
    tell_dates,
    tell_how_much,
    tell_instead,
    tell_sum,
    tell_when,
)
from portal.safeguards import current_pack, db, now
from portal.sharing.access import needs_case
from portal.text import _
from portal.unsaved.carried import as_a_whole, page_of, shows, unchanged_since_shown
from portal.words import say, translate, words


@bp.get("/line/new")
@needs_case("plan", "write")
def new_line() -> str:
    """Choose what to start from: free, family and community ideas first. Then fill it in."""
    need, start = need_asked(), start_asked()
    if start is None and "kind" not in request.args:
        return choose_page(need)
    line = first_line(need, start)
    form = _form(line)
    return _new_page(form, line, errors=False)


@bp.post("/line/new")
@needs_case("plan", "write")
def make_line() -> Response | tuple[str, int]:
    """Keep a new line. Sent twice, it is kept once."""
    line = first_line(need_asked(), start_asked())
    form = _form(line)
    if not form.validate():
        return _new_page(form, line, errors=True), 422
    line_id = add_line(db(), g.case.id, form.line(line), None, now())
    page = "plan.more" if line.kind in WITHOUT_TIMES else "plan.when"
    return redirect(url_for(page, line_id=line_id, new=1), 303)


@bp.get("/line/<line_id>")
@needs_case("plan")
def show_line(line_id: str) -> str:
    """One line, fact by fact, each with where to change it."""
    line = line_or_404(line_id)
    return render_template("plan/line.html", line=line, rows=_rows(line), price=price_words(line))


@bp.get("/line/<line_id>/what")
@needs_case("plan", "write")
def what(line_id: str) -> str:
    """What it is, who does it, how much and what it costs."""
    line = line_or_404(line_id)
    form = _form(line)
    return _what_page(form, line, errors=False)


@bp.post("/line/<line_id>/what")
@needs_case("plan", "write")
def change_what(line_id: str) -> Response | tuple[str, int]:
    """Keep what it is now."""
    line = line_or_404(line_id)
    form = _form(line)
    if not form.validate():
        return _what_page(form, line, errors=True), 422
    change_line(db(), g.case.id, form.line(line), now())
    return redirect(url_for("plan.show_line", line_id=line_id), 303)


@bp.get("/line/<line_id>/remove")
@needs_case("plan", "write")
def ask_remove(line_id: str) -> str:
    """Ask before a line is taken out."""
    return _remove_page(line_or_404(line_id))


@bp.post("/line/<line_id>/remove")
@needs_case("plan", "write")
def remove(line_id: str) -> Response | tuple[str, int]:
    """Take a line out of the plan, if it is still as it was shown."""
    line = line_or_404(line_id)
    if not unchanged_since_shown(as_a_whole(line)):
        return _remove_page(line, changed=True), 409
    remove_line(db(), g.case.id, line.id, now())
    return redirect(url_for("plan.board"), 303)


def _remove_page(line: Line, *, changed: bool = False) -> str:
    shows(as_a_whole(line))
    return render_template("plan/remove-line.html", line=line, changed=changed)


def _form(line: Line) -> LineForm:
    form = FORMS[line.kind].showing(line)
    if line.kind == "core" and line.source:
        form.hold_price()
    form.offer_routes(
        [(route.id, say(route.short)) for route in current_pack().money_routes],
        [(stream.id, say(stream.title)) for stream in streams()],
    )
    return form


def _new_page(form: LineForm, line: Line, *, errors: bool) -> str:
    return render_template(
        "plan/line-form.html",
        form=form,
        line=line,
        controls=controls_of_plan(form),
        action=page_of(request.full_path),
        back=url_for("plan.new_line", need=request.args.get("need")),
        heading=OWN_WORDS[line.kind],
        need_title=title_of(line.needs[0]) if line.needs else "",
        how_much=tell_how_much(line, words()),
        errors=errors,
    )


def _what_page(form: LineForm, line: Line, *, errors: bool) -> str:
    return render_template(
        "plan/line-form.html",
        form=form,
        line=line,
        controls=controls_of_plan(form),
        action=url_for("plan.what", line_id=line.id),
        back=url_for("plan.show_line", line_id=line.id),
        heading=OWN_WORDS[line.kind],
        need_title="",
        how_much=tell_how_much(line, words()),
        errors=errors,
    )


def _rows(line: Line) -> list[dict[str, Any]]:
    """The facts of a line, as a list to read and change."""
    language, here = words(), f"/plan/line/{line.id}"
    rows: list[tuple[str, Any, str]] = [(_("What it is"), line.what, "what")]
    if line.kind not in ("self", "cash"):
        rows.append((_("Who does it"), line.who, "what"))
    if line.kind not in ALWAYS_FREE:
        rows.append((_("What it costs"), tell_how_much(line, language), "what"))
    if award := tell_award(line, language):
        rows.append((_("How long it is given for"), award, "what"))
    if not line.free:
        rows.append((_("Who looks after the money"), route_words(line.route), "what"))
        if streams():
            rows.append((_("Which part of your budget pays"), stream_words(line.stream), "what"))
    if who_is_asked(line):
        payee = translate(PAYEE_WORDS[line.payee]) if line.payee else ""
        rows.append((_("Who is paid"), payee, "paid"))
    if not line.once:
        rows.append((_("When"), tell_when(line, language), "when"))
    rows.append((_("From when to when"), tell_dates(line, language), "more"))
    rows.append((_("What it is in place of"), tell_instead(line, language), "instead"))
    rows.append((_("What it helps with"), [title_of(need) for need in line.needs], "more"))
    drawn = [{"key": translate(key), "value": value, "href": f"{here}/{page}"} for key, value, page in rows]
    worked = tell_sum(line, the_plan().weeks_in_year, language)
    for row in drawn:
        if worked and row["key"] == translate(_("What it costs")):
            row["note"] = worked
    return drawn
