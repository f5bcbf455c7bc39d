"""More about a line of support, page by page: when it happens, what it helps with, its dates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.controls import control_of, offer
from portal.fields import Control
from portal.plan.fields import controls_of_plan
from portal.plan.forms import MoreForm, TimesForm, WhenForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import line_or_404, the_plan, title_of, who_is_asked
from portal.plan.records import change_line
from portal.plan.rules.clock import DAYS, hours_of
from portal.plan.rules.lines import Day, Line
from portal.plan.telling import DAY_WORDS
from portal.safeguards import db, now
from portal.sharing.access import needs_case
from portal.words import translate


@bp.get("/line/<line_id>/when")
@needs_case("plan", "write")
def when(line_id: str) -> str:
    """Days, parts of the day, times."""
    line = line_or_404(line_id)
    return _step_page("when", _when_form(line), line, errors=False)


@bp.post("/line/<line_id>/when")
@needs_case("plan", "write")
def change_when(line_id: str) -> Response | tuple[str, int]:
    """Keep when it happens. Times that differ from day to day stay for the days that stay."""
    line = line_or_404(line_id)
    form = _when_form(line)
    if not form.validate():
        return _step_page("when", form, line, errors=True), 422
    days, parts = tuple(form.days.data or ()), tuple(form.parts.data or ())
    slots = form.slots()
    if not slots and _differing(line):
        slots = tuple(slot for slot in line.slots if slot.day in days)
    line = _counted(replace(line, days=days, parts=parts, times=form.times.data or "", slots=slots))
    change_line(db(), g.case.id, line, now())
    return _onward(line, "plan.more")


@bp.get("/line/<line_id>/times")
@needs_case("plan", "write")
def times(line_id: str) -> str:
    """A start and an end for each day."""
    line = line_or_404(line_id)
    return _times_page(TimesForm.showing(line.slots, f"line {line.id}"), line, errors=False)


@bp.post("/line/<line_id>/times")
@needs_case("plan", "write")
def change_times(line_id: str) -> Response | tuple[str, int]:
    """Keep the times; a day with times is one of its days."""
    line = line_or_404(line_id)
    form = TimesForm.showing(line.slots, f"line {line.id}")
    if not form.validate():
        return _times_page(form, line, errors=True), 422
    slots = form.slots()
    timed = {slot.day for slot in slots}
    before = {slot.day for slot in line.slots}
    days = tuple(day for day in DAYS if day in timed or (day in line.days and day not in before))
    change_line(db(), g.case.id, _counted(replace(line, slots=slots, days=days)), now())
    return _onward(line, "plan.more")


@bp.get("/line/<line_id>/more")
@needs_case("plan", "write")
def more(line_id: str) -> str:
    """What it helps with, and from when to when."""
    line = line_or_404(line_id)
    return _step_page("more", _more_form(line), line, errors=False)


@bp.post("/line/<line_id>/more")
@needs_case("plan", "write")
def change_more(line_id: str) -> Response | tuple[str, int]:
    """Keep what it helps with, and its dates."""
    line = line_or_404(line_id)
    form = _more_form(line)
    if not form.validate():
        return _step_page("more", form, line, errors=True), 422
    needs = tuple(form.needs.data or ()) if "needs" in form else line.needs
    line = replace(line, needs=needs, starts=form.starts.data, ends=form.ends.data)
    change_line(db(), g.case.id, line, now())
    if "new" in request.args and not who_is_asked(line):
        return redirect(url_for("plan.board", _anchor=line.needs[0] if line.needs else None), 303)
    return _onward(line, "plan.paid")


def _when_form(line: Line) -> WhenForm:
    same = {(slot.start, slot.end) for slot in line.slots}
    start, end = next(iter(same)) if len(same) == 1 else (None, None)
    kept = {"days": line.days, "parts": line.parts, "times": line.times, "start": start, "end": end}
    return WhenForm(data=kept, about=f"line {line.id}")


def _differing(line: Line) -> bool:
    return len({(slot.start, slot.end) for slot in line.slots}) > 1


def _counted(line: Line) -> Line:
    """The hours a week that the times come to, where none were written."""
    if line.kind == "hours" and line.quantity is None and line.slots:
        return replace(line, quantity=round(hours_of(line.slots), 2))
    return line


def _onward(line: Line, page: str) -> Response:
    if "new" in request.args:
        return redirect(url_for(page, line_id=line.id, new=1), 303)
    return redirect(url_for("plan.show_line", line_id=line.id), 303)


def _more_form(line: Line) -> MoreForm:
    form = MoreForm(
        data={"needs": line.needs, "starts": line.starts, "ends": line.ends}, about=f"line {line.id}"
    )
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
        times=url_for("plan.times", line_id=line.id, new=new),
        differing=_differing(line),
        errors=errors,
    )


def _times_page(form: TimesForm, line: Line, *, errors: bool) -> str:
    days = [(translate(DAY_WORDS[day]), _pair(form, day)) for day in DAYS]
    new = 1 if "new" in request.args else None
    return render_template(
        "plan/line-times.html",
        line=line,
        days=days,
        controls=[control for _, pair in days for control in pair],
        action=url_for("plan.times", line_id=line.id, new=new),
        back=url_for("plan.when", line_id=line.id, new=new),
        errors=errors,
    )


def _pair(form: TimesForm, day: Day) -> tuple[Control, ...]:
    group = translate(DAY_WORDS[day])
    return tuple(replace(control_of(field), optional=False, group=group) for field in form.day_controls(day))
