"""Show again who one is, before something that matters: sharing, exporting, signing, changing the way in."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for

from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.passphrases import matches
from portal.identity.records import Account
from portal.identity.sessions import actor
from portal.safeguards import db, is_local, keep
from portal.sharing.access import needs_sign_in
from portal.signing_in.forms import AgainForm
from portal.signing_in.known import is_known
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.slowed import WAIT, too_early, was_right, was_wrong
from portal.text import _

NOT_YOURS = _("That is not your passphrase. Check it and try again.")


def signed_in() -> Account:
    """The account that is signed in."""
    account = db().get(Account, actor().account_id)
    assert account is not None, "a session of an account goes with it"
    return account


def _page(form: AgainForm, account: Account, *, errors: bool) -> str:
    return render_template(
        "signing_in/again.html",
        controls=controls_of(form),
        errors=errors,
        email=account.email,
        to=request.values.get("to", ""),
    )


@bp.get("/again")
@needs_sign_in
def again() -> str:
    """Ask who it is."""
    return _page(AgainForm(formdata=None), signed_in(), errors=False)


@bp.post("/again")
@needs_sign_in
def check_again() -> Response:
    """Go on to where the person was going, with a new session."""
    form, account = AgainForm(), signed_in()
    if not form.validate():
        return keep((_page(form, account, errors=True), 422))
    if too_early(account.email_key, known=is_known(account.id)):
        form.passphrase.errors = [WAIT]
        return keep((_page(form, account, errors=True), 429))
    if not matches(account.passphrase, str(form.passphrase.data)):
        was_wrong(account.email_key)
        form.passphrase.errors = [NOT_YOURS]
        return keep((_page(form, account, errors=True), 422))
    was_right(account.email_key)
    sessions.made_fresh(strong=False)
    to = request.form.get("to", "")
    return redirect(to if is_local(to) else url_for("signing_in.ways"), 303)  # type: ignore[return-value]
