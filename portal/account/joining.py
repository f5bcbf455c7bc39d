"""Make an account without a plan of one's own: for somebody who was asked to help."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for

from portal.account.forms import KeepForm
from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.passphrases import hashed
from portal.identity.records import add_account
from portal.safeguards import db, keep, now
from portal.sharing.access import open_page
from portal.signing_in.entering import key_of
from portal.signing_in.known import remember
from portal.text import _


@open_page
def ask() -> str:
    """Ask for an email address and a passphrase."""
    return render_template("account/new.html", controls=controls_of(KeepForm()), errors=False)


@open_page
def join() -> Response:
    """Make the account, and go on with the invitation."""
    form = KeepForm()
    account = None
    if form.validate():
        email, passphrase = str(form.email.data).strip(), hashed(str(form.passphrase.data))
        account = add_account(db(), email, key_of(email), passphrase, now())
        if account is None:
            form.email.errors = [
                _("We could not make an account with this address. If you have one, sign in.")
            ]
    if account is None:
        return keep((render_template("account/new.html", controls=controls_of(form), errors=True), 422))
    sessions.sign_in(account.id, staff=False, strong=False)
    made: Response = redirect(url_for("sharing.ask_accept"), 303)  # type: ignore[assignment]
    return remember(made, account.id)
