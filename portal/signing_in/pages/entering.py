"""Sign in, with a second factor where there is one, and sign out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, session, url_for
from flask_login import logout_user

from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.claims import claimant
from portal.identity.codes import use_code
from portal.identity.passkeys import how_many_passkeys
from portal.identity.passphrases import matches
from portal.identity.records import Account, account_by_email, address_key
from portal.identity.rules import has_lapsed
from portal.identity.slowing import CODE
from portal.safeguards import db, keep, now
from portal.sharing.access import open_page
from portal.signing_in.entering import enter
from portal.signing_in.forms import CodeForm, SignInForm
from portal.signing_in.known import is_known
from portal.signing_in.mails import can_write
from portal.signing_in.pages.asked import asked
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.slowed import LATER, WAIT, too_early, was_right, was_wrong
from portal.text import _

WRONG = _("That email address and passphrase do not belong together. Check both and try again.")
WRONG_CODE = _("That code is not right, or it was used already. Enter the newest one.")
LAPSED = _("Your staff account was not used for 90 days. Ask for a new invitation.")
PASSKEY_ONLY = _("Staff sign in with their passkey. Press “Sign in with a passkey”.")
HALF = "half"
"""Where a session notes that somebody knew the passphrase, and what they have to show besides."""
HALF_LASTS = timedelta(minutes=10)


def _page(form: SignInForm, *, errors: bool) -> str:
    return render_template(
        "signing_in/sign-in.html",
        controls=controls_of(form),
        errors=errors,
        to=request.values.get("to", ""),
        out="out" in request.args,
        changed="changed" in request.args,
        passkey="passkey" in request.args,
        can_write=can_write(),
    )


def _again(form: SignInForm, problem: str, status: int = 422) -> Response:
    form.passphrase.errors = [problem]
    return keep((_page(form, errors=True), status, LATER if status == 429 else {}))


@bp.get("/sign-in")
@open_page
def sign_in() -> str:
    """Sign in to come back to a plan."""
    return _page(SignInForm(formdata=None), errors=False)


@bp.post("/sign-in")
@open_page
def check_sign_in() -> Response:
    """Let in who knows the passphrase; the same words for a wrong one and an unknown address."""
    form = SignInForm()
    if not form.validate():
        return keep((_page(form, errors=True), 422))
    email = address_key(str(form.email.data))
    holder = account_by_email(db(), email)
    if too_early(email, known=is_known(holder.id if holder else None)):
        return _again(form, WAIT, 429)
    account = _who_knows(str(form.passphrase.data), holder, email)
    if account is None:
        was_wrong(email)
        return _again(form, WRONG)
    was_right(email)
    if account.staff and has_lapsed(account.used, account.made, now()):
        return _again(form, LAPSED)
    if account.code_seed is not None:
        return _ask_code(account)
    if account.staff and how_many_passkeys(db(), account.id):
        return _again(form, PASSKEY_ONLY)
    return enter(account, strong=False, to=request.form.get("to", ""))


def _who_knows(passphrase: str, holder: Account | None, email: str) -> Account | None:
    """The account of an address whose passphrase this is. To find none takes the same for each address."""
    if matches(holder.passphrase if holder else None, passphrase):
        return holder
    other = claimant(db(), email)
    return other if matches(other.passphrase if other else None, passphrase) else None


def _ask_code(account: Account) -> Response:
    session[HALF] = {
        "account": account.id,
        "since": now().isoformat(),
        "to": request.form.get("to", ""),
    }
    return redirect(url_for("signing_in.code"), 303)  # type: ignore[return-value]


def _half() -> tuple[Account, str] | None:
    """Who knew the passphrase a little while ago, and where they were going."""
    known: dict[str, Any] | None = session.get(HALF)
    if known is None or now() - datetime.fromisoformat(known["since"]) > HALF_LASTS:
        return None
    account = db().get(Account, known["account"])
    return (account, str(known["to"])) if account is not None else None


def _code_page(form: CodeForm, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Enter your code"),
        lead=_("Your passphrase is right. Now open your app and type the code it shows."),
        action="/account/code",
        button=_("Sign in"),
        back="/account/sign-in",
        errors=errors,
    )


@bp.get("/code")
@open_page
def code() -> str | Response:
    """Ask for a code."""
    if _half() is None:
        return redirect(url_for("signing_in.sign_in"), 303)  # type: ignore[return-value]
    return _code_page(CodeForm(formdata=None), errors=False)


@bp.post("/code")
@open_page
def check_code() -> Response:
    """Let in who knew the passphrase and has the code. A code works once."""
    half = _half()
    if half is None:
        return redirect(url_for("signing_in.sign_in"), 303)  # type: ignore[return-value]
    account, to = half
    form = CodeForm()
    if not form.validate():
        return keep((_code_page(form, errors=True), 422))
    if too_early(str(account.id), known=False, slowing=CODE):
        form.code.errors = [WAIT]
        return keep((_code_page(form, errors=True), 429, LATER))
    if not use_code(db(), account, str(form.code.data), now()):
        was_wrong(str(account.id), CODE)
        form.code.errors = [WRONG_CODE]
        return keep((_code_page(form, errors=True), 422))
    was_right(str(account.id), CODE)
    session.pop(HALF)
    return enter(account, strong=True, to=to)


@bp.post("/sign-out")
@open_page
def sign_out() -> Response:
    """End the session here, in the database and in the browser."""
    logout_user()
    sessions.forget()
    response: Response = redirect(url_for("guide.start"), 303)  # type: ignore[assignment]
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
