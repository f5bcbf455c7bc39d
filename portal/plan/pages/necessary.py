"""Paying somebody close with a direct payment: the person asks, and an officer says if it is necessary."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import audit
from portal.controls import controls_of
from portal.identity.records import Account
from portal.identity.sessions import actor
from portal.plan.agreed import (
    Asked,
    Necessary,
    ask_if_necessary,
    asked_by_all,
    asked_for,
    asked_of,
    record_necessary,
)
from portal.plan.fields import controls_of_plan
from portal.plan.money_forms import DecideForm, NecessaryForm
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import line_or_404
from portal.plan.records import read_line
from portal.plan.rules.holding import too_close
from portal.plan.rules.lines import Line
from portal.plan.telling import PAYEE_WORDS, tell_how_much
from portal.safeguards import db, now, today, write_first
from portal.sharing.access import keeps_typed, needs_case, needs_fresh, needs_staff
from portal.sharing.records import hold_case, read_case
from portal.words import translate, words


@bp.get("/line/<line_id>/necessary")
@needs_case("plan", "own")
def ask_necessary(line_id: str) -> str:
    """Ask the council, and say why."""
    line = _close_or_404(line_id)
    return _ask_page(line, _ask_form(line))


@bp.post("/line/<line_id>/necessary")
@needs_case("plan", "own")
def send_necessary(line_id: str) -> Response | tuple[str, int]:
    """Keep what is asked. From now on an officer sees this line."""
    line = _close_or_404(line_id)
    form = _ask_form(line)
    if not form.validate():
        return _ask_page(line, form), 422
    assert line.payee is not None
    ask_if_necessary(db(), g.case.id, line.id, line.payee, form.why.data or "", now())
    return redirect(url_for("plan.paid", line_id=line.id), 303)


@bp.get("/asked")
@needs_staff
def waiting_asked() -> str:
    """For officers: what waits for them, the longest wait first."""
    return render_template("plan/asked-all.html", rows=asked_now())


def asked_now() -> list[tuple[Asked, str, str]]:
    """What waits for officers, with the reference of the case and whom the person wants to pay."""
    return [
        (one, case.reference, translate(PAYEE_WORDS[one.payee]))
        for one in asked_by_all(db())
        if _line_of(one) is not None and (case := read_case(db(), one.case_id)) is not None
    ]


@bp.get("/asked/<request_id>")
@needs_staff
@keeps_typed
def show_asked(request_id: str) -> str:
    """For officers: one of them, with what the person says."""
    asked, line = _asked_or_404(request_id)
    officer = f"staff {actor().account_id}"
    write_first(lambda noted: audit.record(noted, asked.case_id, "view", f"line {line.id}", now(), officer))
    return _decide_page(asked, line, DecideForm())


@bp.post("/asked/<request_id>")
@needs_fresh
@needs_staff
@keeps_typed
def decide_asked(request_id: str) -> Response | tuple[str, int]:
    """Keep what the officer decided, why, who it was and when."""
    asked, line = _asked_or_404(request_id)
    hold_case(db(), asked.case_id)
    form = DecideForm()
    if not form.validate():
        return _decide_page(asked, line, form), 422
    account = db().get(Account, actor().account_id)
    assert account is not None
    decided = Necessary(
        reason=form.reason.data or "",
        author=account.name or account.email,
        role=form.role.data or "",
        decided_on=today(),
        necessary=form.says_yes(),
        payee=asked.payee,
    )
    record_necessary(db(), asked.case_id, line.id, decided, now(), f"staff {account.id}")
    return redirect(url_for("plan.waiting_asked"), 303)


def _close_or_404(line_id: str) -> Line:
    line = line_or_404(line_id)
    if not too_close(line):
        abort(404)
    return line


def _line_of(asked: Asked) -> Line | None:
    """The line that is asked about, while the same person is still to be paid for it."""
    line = read_line(db(), asked.case_id, asked.line_id)
    return line if line is not None and too_close(line) and line.payee == asked.payee else None


def _asked_or_404(request_id: str) -> tuple[Asked, Line]:
    asked = asked_for(db(), request_id)
    line = _line_of(asked) if asked is not None else None
    if asked is None or line is None:
        abort(404)
    return asked, line


def _ask_form(line: Line) -> NecessaryForm:
    before = asked_of(db(), g.case.id).get(line.id)
    return NecessaryForm(data={"why": before.why if before is not None else ""}, about=f"line {line.id}")


def _ask_page(line: Line, form: NecessaryForm) -> str:
    return render_template(
        "plan/line-necessary.html", line=line, controls=controls_of_plan(form), errors=form.is_submitted()
    )


def _decide_page(asked: Asked, line: Line, form: DecideForm) -> str:
    case = read_case(db(), asked.case_id)
    return render_template(
        "plan/asked-one.html",
        asked=asked,
        line=line,
        reference=case.reference if case is not None else "",
        payee=translate(PAYEE_WORDS[asked.payee]),
        how_much=tell_how_much(line, words()),
        controls=controls_of(form),
        errors=form.is_submitted(),
    )
