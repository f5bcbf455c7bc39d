"""Sign in and sign out."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask_login import logout_user

from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.passphrases import matches
from portal.identity.records import account_by_email
from portal.safeguards import db, keep
from portal.sharing.access import open_page
from portal.signing_in.entering import enter, key_of
from portal.signing_in.forms import SignInForm
from portal.signing_in.known import is_known
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.slowed import WAIT, too_early, was_right, was_wrong
from portal.text import _

WRONG = _("That email address and passphrase do not belong together. Check both and try again.")


def _page(form: SignInForm, *, errors: bool) -> str:
    return render_template(
        "signing_in/sign-in.html",
        controls=controls_of(form),
        errors=errors,
        to=request.values.get("to", ""),
        out="out" in request.args,
    )


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
    email = key_of(form.email.data)
    account = account_by_email(db(), email)
    known = is_known(account.id if account else None)
    if too_early(email, known=known):
        form.passphrase.errors = [WAIT]
        return keep((_page(form, errors=True), 429))
    if not matches(account.passphrase if account else None, str(form.passphrase.data)) or account is None:
        was_wrong(email)
        form.passphrase.errors = [WRONG]
        return keep((_page(form, errors=True), 422))
    was_right(email)
    return enter(account, strong=False, to=request.form.get("to", ""))


@bp.post("/sign-out")
@open_page
def sign_out() -> Response:
    """End the session here, in the database and in the browser."""
    logout_user()
    sessions.forget()
    response: Response = redirect(url_for("guide.start"), 303)  # type: ignore[assignment]
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
