"""Show again who one is, before something that matters: sharing, exporting, signing, changing the way in."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.codes import use_code
from portal.identity.passkeys import how_many_passkeys
from portal.identity.passphrases import matches
from portal.identity.records import Account, address_key
from portal.identity.slowing import ACCOUNT, CODE
from portal.safeguards import db, is_local, keep, now
from portal.sharing.access import needs_sign_in
from portal.signing_in.forms import CodeForm, PassphraseForm
from portal.signing_in.known import is_known
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.pages.entering import WRONG_CODE
from portal.signing_in.slowed import LATER, WAIT, too_early, was_right, was_wrong
from portal.signing_in.whose import signed_in
from portal.text import _

NOT_YOURS = _("That is not your passphrase. Check it and try again.")


def _with_code(account: Account) -> bool:
    """Whether a code is asked for: by choice, or because there is no passphrase."""
    return account.code_seed is not None and (
        account.passphrase is None or request.values.get("by") == "code"
    )


def _page(form: FlaskForm, account: Account, *, errors: bool) -> str:
    return render_template(
        "signing_in/again.html",
        controls=controls_of(form) if account.passphrase or account.code_seed else (),
        errors=errors,
        email=account.email,
        to=request.values.get("to", ""),
        with_code=_with_code(account),
        either=account.code_seed is not None and account.passphrase is not None,
        passkeys=how_many_passkeys(db(), account.id),
        passkey="passkey" in request.args,
    )


@bp.get("/again")
@needs_sign_in
def again() -> str:
    """Ask who it is."""
    account = signed_in()
    form = (CodeForm if _with_code(account) else PassphraseForm)(formdata=None)
    return _page(form, account, errors=False)


@bp.post("/again")
@needs_sign_in
def check_again() -> Response:
    """Go on to where the person was going, with a new session."""
    account = signed_in()
    with_code = _with_code(account)
    form = CodeForm() if with_code else PassphraseForm()
    if not form.validate():
        return keep((_page(form, account, errors=True), 422))
    field = next(iter(form))
    slowing, name = (CODE, str(account.id)) if with_code else (ACCOUNT, address_key(account.email))
    if too_early(name, known=is_known(account.id) and not with_code, slowing=slowing):
        field.errors = [WAIT]
        return keep((_page(form, account, errors=True), 429, LATER))
    right = (
        use_code(db(), account, str(field.data), now())
        if with_code
        else matches(account.passphrase, str(field.data))
    )
    if not right:
        was_wrong(name, slowing)
        field.errors = [WRONG_CODE if with_code else NOT_YOURS]
        return keep((_page(form, account, errors=True), 422))
    was_right(name, slowing)
    sessions.made_fresh(strong=with_code)
    return onward()


def onward() -> Response:
    """On to where the person was going."""
    to = request.form.get("to", "")
    return redirect(to if is_local(to) else url_for("signing_in.ways"), 303)  # type: ignore[return-value]
