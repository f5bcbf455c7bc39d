"""Make an account without a plan of one's own: for somebody who was asked to help."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for

from portal.account.forms import KeepForm
from portal.controls import controls_of
from portal.safeguards import keep
from portal.sharing.access import open_page
from portal.signing_in.known import remember
from portal.signing_in.making import new_account


@open_page
def ask() -> str:
    """Ask for an email address and a passphrase."""
    return render_template("account/new.html", controls=controls_of(KeepForm()), errors=False)


@open_page
def join() -> Response:
    """Make the account, and go on with the invitation."""
    form = KeepForm()
    if not form.validate():
        return keep((render_template("account/new.html", controls=controls_of(form), errors=True), 422))
    account = new_account(str(form.email.data), str(form.passphrase.data))
    made: Response = redirect(url_for("sharing.ask_accept"), 303)  # type: ignore[assignment]
    return remember(made, account.id)
