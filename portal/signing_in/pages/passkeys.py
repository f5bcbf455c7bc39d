"""Passkeys: make, name and take away one's own, and sign in or show again who one is with one."""

from __future__ import annotations

from flask import Response, abort, current_app, redirect, render_template, request, session, url_for

from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.passkeys import (
    Asked,
    Place,
    ask_to_make,
    ask_to_use,
    drop_passkey,
    keep_passkey,
    name_passkey,
    owner_of,
    passkeys_of,
)
from portal.identity.records import Account
from portal.identity.rules import has_lapsed
from portal.identity.sessions import actor
from portal.identity.slowing import NETWORK, must_wait
from portal.safeguards import current_pack, db, keep, now, own_address
from portal.sharing.access import needs_fresh, needs_sign_in, open_page
from portal.signing_in.entering import enter
from portal.signing_in.forms import PasskeyForm
from portal.signing_in.mails import PASSKEY_ADDED, PASSKEY_GONE, tell
from portal.signing_in.pages.again import onward
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.pages.ways import done
from portal.signing_in.slowed import network
from portal.signing_in.whose import may_add_factor, second_factors, signed_in
from portal.text import clean

CHALLENGE = "challenge"
"""Where a session keeps what a browser must answer; an answer is looked at once."""


def _place() -> Place:
    origin = own_address()
    if not origin:
        abort(404)
    return Place(origin)


def _asking(asked_for: Asked) -> Response:
    session[CHALLENGE] = asked_for.challenge
    return Response(asked_for.options, content_type="application/json")


@bp.post("/passkeys/ask")
@needs_fresh
@needs_sign_in
def ask_passkey() -> Response:
    """What a browser needs to make a passkey."""
    name = current_pack().council.service.text
    return _asking(ask_to_make(db(), signed_in(), _place(), name, str(current_app.secret_key)))


def _new_page(form: PasskeyForm, *, errors: bool) -> str:
    return render_template("signing_in/new-passkey.html", controls=controls_of(form), errors=errors)


@bp.get("/passkeys/new")
@needs_fresh
@needs_sign_in
def new_passkey() -> str | Response:
    """Ask what to call a new passkey; then the browser makes it."""
    if not may_add_factor(signed_in()):
        return redirect(url_for("signing_in.ways"), 303)  # type: ignore[return-value]
    return _new_page(PasskeyForm(formdata=None), errors=False)


@bp.post("/passkeys/new")
@needs_fresh
@needs_sign_in
def add_passkey() -> Response:
    """Keep the passkey that a browser has made."""
    account, form = signed_in(), PasskeyForm()
    if not form.validate():
        return keep((_new_page(form, errors=True), 422))
    challenge, answer = session.pop(CHALLENGE, ""), request.form.get("answer", "")
    name = clean(str(form.name.data))
    if not may_add_factor(account) or not challenge:
        return done("not-made")
    if not keep_passkey(db(), account.id, _place(), challenge, answer, name, now()):
        return done("not-made")
    sessions.made_fresh(strong=True)
    tell(account.email, PASSKEY_ADDED)
    return done("passkey")


def _mine() -> str:
    """The passkey a form is about, if it is one of this account."""
    asked_for = request.values.get("which", "")
    if asked_for not in {each.id for each in passkeys_of(db(), signed_in().id)}:
        abort(404)
    return asked_for


@bp.post("/passkeys/name")
@needs_fresh
@needs_sign_in
def rename_passkey() -> Response:
    """Call a passkey something else."""
    which, name = _mine(), clean(request.form.get("name", ""))[:60]
    if name:
        name_passkey(db(), signed_in().id, which, name)
    return done("")


@bp.post("/passkeys/remove")
@needs_fresh
@needs_sign_in
def remove_passkey() -> Response:
    """Take a passkey away. Staff keep at least one second factor, everybody one way in."""
    account, which = signed_in(), _mine()
    last_factor = account.staff and second_factors(account) == 1
    last_way = account.passphrase is None and len(passkeys_of(db(), account.id)) == 1
    if last_factor or last_way:
        return done("")
    drop_passkey(db(), account.id, which)
    tell(account.email, PASSKEY_GONE)
    return done("no-passkey")


@bp.post("/passkey/ask")
@open_page
def ask_to_show() -> Response:
    """What a browser needs to sign in with a passkey."""
    return _asking(ask_to_use(_place()))


@bp.post("/passkey")
@open_page
def show_passkey() -> Response:
    """Sign in with a passkey; or, for who is signed in, show again that it is them."""
    challenge, place = session.pop(CHALLENGE, ""), network()
    if not challenge or (place is not None and must_wait(db(), NETWORK, place, now())):
        return _not_taken()
    owner = owner_of(db(), _place(), challenge, request.form.get("answer", ""), now())
    account = db().get(Account, owner) if owner is not None else None
    if account is None or (account.staff and has_lapsed(account.used, account.made, now())):
        return _not_taken()
    known = actor().account_id
    if known is None:
        return enter(account, strong=True, to=request.form.get("to", ""))
    if known != account.id:
        return _not_taken()
    sessions.made_fresh(strong=True)
    return onward()


def _not_taken() -> Response:
    to = request.form.get("to", "")
    page = "signing_in.sign_in" if actor().account_id is None else "signing_in.again"
    return redirect(url_for(page, to=to, passkey="no"), 303)  # type: ignore[return-value]
