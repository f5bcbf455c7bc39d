"""Acting for somebody who cannot decide alone: on what legal basis, and whether an officer confirms it."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal import audit
from portal.controls import controls_of
from portal.fields import Choice
from portal.identity.sessions import actor
from portal.safeguards import db, now, today, write_first
from portal.sharing.access import account_id, keeps_typed, needs_case, needs_fresh, needs_staff, role
from portal.sharing.forms import ClaimForm, DecideForm, typed_before
from portal.sharing.grants import (
    Passport,
    claim,
    claimed,
    claims,
    decide_claim,
    passport,
    take_back_claim,
    write_own,
)
from portal.sharing.pages.blueprint import bp
from portal.sharing.records import hold_case
from portal.sharing.rules import DECIDES, in_months
from portal.sharing.wording import BASIS_HINTS, BASIS_WORDS, CONFIRMED_WORDS
from portal.words import translate

_LONG = 12 * 20
"""Months: whoever keeps a case under their own account acts until they or an officer say otherwise."""


@bp.get("/acting")
@needs_case("passport")
def acting() -> str | Response:
    """On what basis the visitor acts for the person, and what an officer said of it."""
    if g.case.account_id is None:
        return redirect(url_for("account.save"), 303)
    mine = _mine()
    if mine is not None and mine.basis is not None and mine.basis_state is not None:
        return render_template(
            "people/acting.html",
            mine=mine,
            basis=BASIS_WORDS[mine.basis],
            state=CONFIRMED_WORDS[mine.basis_state],
            decides=mine.basis in DECIDES,
        )
    return _page(ClaimForm(formdata=typed_before()), errors=False)


@bp.post("/acting")
@needs_case("passport", "write")
def keep_claim() -> Response | tuple[str, int]:
    """Keep what was said. Until an officer has confirmed it, the visitor does what a helper does."""
    me = account_id()
    if g.case.account_id is None or me is None:
        return redirect(url_for("sharing.acting"), 303)
    form = ClaimForm()
    if not form.validate():
        return _page(form, errors=True), 422
    grant_id = role().grant or write_own(
        db(), g.case.id, me, form.name.data or "", in_months(today(), _LONG), now()
    )
    claim(db(), g.case.id, grant_id, form.basis.data, form.reference.data or "", now())
    return redirect(url_for("sharing.acting"), 303)


@bp.post("/acting/back")
@needs_case("passport", "write")
def take_back() -> Response:
    """Take it back. Whoever keeps the case under their own account is the person again."""
    mine = _mine()
    if mine is not None and mine.basis_state is not None:
        take_back_claim(db(), mine, keeps=g.case.account_id == mine.account_id, at=now())
    return redirect(url_for("tasks.show"), 303)


@bp.get("/claims")
@needs_staff
def waiting_claims() -> str:
    """For officers: whoever waits to be confirmed, the longest wait first."""
    rows = [(one, BASIS_WORDS[one.basis]) for one in claims(db()) if one.basis is not None]
    return render_template("people/claims.html", rows=rows)


@bp.get("/claims/<grant_id>")
@needs_staff
@keeps_typed
def show_claim(grant_id: str) -> str:
    """For officers: one of them."""
    given, officer = _claimed(grant_id), f"staff {actor().account_id}"
    write_first(
        lambda noted: audit.record(noted, given.case_id, "view", f"helper {grant_id}", now(), officer)
    )
    return _claim_page(given, DecideForm(given.basis or ""), errors=False)


@bp.post("/claims/<grant_id>")
@needs_fresh
@needs_staff
@keeps_typed
def decide(grant_id: str) -> Response | tuple[str, int]:
    """Keep what the officer decided, and why."""
    given = _claimed(grant_id)
    hold_case(db(), given.case_id)
    form = DecideForm(given.basis or "")
    if not form.validate():
        return _claim_page(given, form, errors=True), 422
    decide_claim(db(), given, form.decided.data, form.said.data or "", f"staff {actor().account_id}", now())
    return redirect(url_for("sharing.waiting_claims"), 303)


def _mine() -> Passport | None:
    grant = role().grant
    return passport(db(), g.case.id, grant) if grant is not None else None


def _claimed(grant_id: str) -> Passport:
    found = claimed(db(), grant_id)
    if found is None:
        abort(404)
    return found


def _page(form: ClaimForm, *, errors: bool) -> str:
    if role().grant is not None:
        del form.name
    first, *others = controls_of(form)
    options = tuple(
        Choice(basis, translate(name), hint=translate(BASIS_HINTS[basis]))
        for basis, name in BASIS_WORDS.items()
    )
    controls = (replace(first, options=options), *others)
    return render_template("people/claim.html", controls=controls, errors=errors)


def _claim_page(given: Passport, form: DecideForm, *, errors: bool) -> str:
    assert given.basis is not None
    return render_template(
        "people/claim-one.html",
        given=given,
        basis=BASIS_WORDS[given.basis],
        hint=BASIS_HINTS[given.basis],
        controls=controls_of(form),
        errors=errors,
    )
