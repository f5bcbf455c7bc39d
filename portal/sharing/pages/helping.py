"""People I help: use a code, accept, open somebody's case, say whose words I write, stop helping."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from portal.controls import controls_of
from portal.fields import Choice, Control
from portal.identity import sessions
from portal.identity.records import Account
from portal.identity.sessions import actor
from portal.identity.slowing import CODE, NETWORK, forget_failures, must_wait, note_failure
from portal.safeguards import db, keep, now, settings, today
from portal.sharing.access import WORDS, account_id, needs_case, needs_sign_in, open_page, role
from portal.sharing.forms import CodeForm, OwnForm
from portal.sharing.grants import (
    Passport,
    accept,
    given_by,
    invited_by,
    passports,
    passports_of,
    revoke,
    waiting,
)
from portal.sharing.pages.blueprint import bp
from portal.sharing.pages.told import told_rights
from portal.sharing.paper import case_of_code, is_unclaimed, take_over
from portal.sharing.records import hold_case, read_case
from portal.sharing.rules import WHOSE
from portal.sharing.wording import WHOSE_WORDS
from portal.text import _
from portal.words import translate, words

INVITED = "invited"
"""Where a session holds the passport whose code was shown."""

TYPED = "typed"
"""Where it holds the case that was typed from paper, whose code was shown."""


@bp.get("/code")
@open_page
def ask_code() -> str:
    """Ask for the code of an invitation."""
    return _code_page(CodeForm(), errors=False)


@bp.post("/code")
@open_page
def check_code() -> Response:
    """Go on with the invitation of a code that is known, whoever it is that types it."""
    form, from_where = CodeForm(), request.remote_addr or ""
    if not form.validate():
        return keep((_code_page(form, errors=True), 422))
    visitor = f"helper {account_id() or ''} {from_where}"
    if must_wait(db(), CODE, visitor, now()) or must_wait(db(), NETWORK, from_where, now()):
        form.code.errors = [_("There were many wrong tries. Wait a few minutes and try again.")]
        return keep((_code_page(form, errors=True), 429))
    code = str(form.code.data)
    typed, found = case_of_code(db(), code, settings().secret_key), None
    if typed is None or actor().staff:
        typed, found = None, invited_by(db(), code, settings().secret_key, now())
    if typed is None and found is None:
        note_failure(db(), CODE, visitor, now())
        note_failure(db(), NETWORK, from_where, now())
        form.code.errors = [_("This code does not work. Check it, or ask for a new one.")]
        return keep((_code_page(form, errors=True), 422))
    forget_failures(db(), CODE, visitor)
    if found is None:
        session[TYPED] = typed
        return redirect(url_for("sharing.ask_own"), 303)
    session[INVITED] = found.id
    return redirect(url_for("sharing.ask_accept"), 303)


@bp.get("/accept")
@open_page
def ask_accept() -> str | Response:
    """Who invites, and to what. Whoever is not signed in yet signs in, or makes an account."""
    given = _invited()
    if given is None:
        return redirect(url_for("sharing.ask_code"), 303)
    account = db().get(Account, account_id()) if account_id() else None
    return render_template(
        "people/accept.html",
        given=given,
        rights=told_rights(given),
        until=given.until,
        email=account.email if account else "",
    )


@bp.post("/accept")
@needs_sign_in
def agree() -> Response:
    """Take the passport. The code works for nobody else from now on."""
    given, me = _invited(), account_id()
    session.pop(INVITED, None)
    if given is None or me is None:
        return redirect(url_for("sharing.ask_code"), 303)
    hold_case(db(), given.case_id)
    accept(db(), given, me, now())
    return redirect(url_for("sharing.helping"), 303)


@bp.get("/own")
@open_page
def ask_own() -> str | Response:
    """For the person whose form was typed: take it over, and say whether who typed may go on."""
    waits = _typed()
    return redirect(url_for("sharing.ask_code"), 303) if waits is None else _own_page(waits, OwnForm())


@bp.post("/own")
@open_page
def take_own() -> Response | tuple[str, int]:
    """Make it the person's own. The code works for nobody else from now on."""
    waits, form = _typed(), OwnForm()
    if waits is None:
        return redirect(url_for("sharing.ask_code"), 303)
    if _draft_in_the_way() or not form.validate():
        return _own_page(waits, form, errors=True), 422
    case_id = waits.case_id
    hold_case(db(), case_id)
    if account_id() is None:
        sessions.renew()
    take_over(db(), case_id, account_id(), waits, keep=form.goes_on.data == "yes", at=now())
    session.pop(TYPED, None)
    session["case"] = case_id
    return redirect(url_for("tasks.show"), 303)


@bp.get("/helping")
@needs_sign_in
def helping() -> str:
    """Everybody whom the visitor helps."""
    return render_template(
        "people/helping.html",
        people=[_helped(one) for one in _mine()],
        open_now=role().grant,
    )


@bp.post("/helping/<grant_id>")
@needs_sign_in
def open_case(grant_id: str) -> Response:
    """Open the case of somebody whom the visitor helps. Whose words they write is asked once for each."""
    given = _one_of_mine(grant_id)
    if session.get("case") != given.case_id:
        session.pop(WORDS, None)
    session["case"] = given.case_id
    writes = any(right != "see" for right in given.rights.values())
    ask = writes and WORDS not in session and not is_unclaimed(db(), given.case_id)
    return redirect(url_for("sharing.whose" if ask else "tasks.show"), 303)


@bp.post("/helping/<grant_id>/end")
@needs_sign_in
def end(grant_id: str) -> Response:
    """Help somebody no longer."""
    given = _one_of_mine(grant_id)
    hold_case(db(), given.case_id)
    revoke(db(), given.case_id, given.id, now(), actor=f"helper {given.id}")
    if session.get("case") == given.case_id:
        session.pop("case")
    return redirect(url_for("sharing.helping"), 303)


@bp.get("/words")
@needs_case("passport")
def whose() -> str | Response:
    """Ask whose words the helper writes."""
    if role().grant is None:
        return redirect(url_for("tasks.show"), 303)
    name = given_by(db(), g.case)
    return render_template("people/words.html", name=name, control_=whose_control(name))


@bp.post("/words")
@needs_case("passport", "write")
def keep_whose() -> Response:
    """Keep it until the helper says otherwise."""
    said = request.form.get(WORDS)
    if said in WHOSE:
        session[WORDS] = said
    return redirect(url_for("tasks.show"), 303)


def whose_control(name: str) -> Control:
    """The choice whose words a helper writes."""
    options = tuple(
        Choice(whose, translate(label), hint=translate(hint, name=name))
        for whose, (label, hint) in WHOSE_WORDS.items()
    )
    chosen = session.get(WORDS, "theirs")
    label = translate(_("Whose words do you write?"))
    return Control("radios", WORDS, label, value=chosen, options=options, heading=True)


def _invited() -> Passport | None:
    known = session.get(INVITED)
    return waiting(db(), known, now()) if known else None


def _typed() -> Passport | None:
    """The passport of who typed the case whose code was shown, while the case waits."""
    known = session.get(TYPED)
    if not known or actor().staff or not is_unclaimed(db(), known):
        return None
    return passports(db(), known)[-1]


def _draft_in_the_way() -> bool:
    """Whether this browser has a draft that nobody could open again if another case took its place."""
    held = session.get("case")
    case = read_case(db(), held) if held and account_id() is None else None
    return case is not None and case.account_id is None


def _own_page(waits: Passport, form: OwnForm, *, errors: bool = False) -> str:
    return render_template(
        "people/own.html",
        waits=waits,
        controls=controls_of(form),
        in_the_way=_draft_in_the_way(),
        signed_in_as=account_id(),
        errors=errors,
    )


def _mine() -> list[Passport]:
    me = account_id()
    return [one for one in passports_of(db(), me or 0) if one.is_good(today())]


def _one_of_mine(grant_id: str) -> Passport:
    found = next((one for one in _mine() if one.id == grant_id), None)
    if found is None:
        abort(404)
    return found


def _helped(one: Passport) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.given_by,
        "rights": told_rights(one),
        "until": words().day(one.until),
        "writes": any(right != "see" for right in one.rights.values()),
    }


def _code_page(form: CodeForm, *, errors: bool) -> str:
    return render_template("people/code.html", controls=controls_of(form), errors=errors)
