"""How one signs in: everything about it on one page, and another passphrase or address."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, session, url_for
from flask import session as visit

from portal.identity import sessions
from portal.identity.codes import how_many_recovery_codes
from portal.identity.passkeys import passkeys_of
from portal.identity.passphrases import hashed, matches
from portal.identity.records import address_key, end_other_places, set_passphrase
from portal.identity.sessions import actor
from portal.safeguards import db, keep
from portal.sharing.access import keeps_typed, needs_fresh, needs_sign_in
from portal.signing_in.forms import ChangePassphraseForm, NewAddressForm, easily_guessed
from portal.signing_in.known import forget_devices
from portal.signing_in.mails import (
    ADDRESS_ASKED,
    PASSPHRASE_CHANGED,
    ask_to_change,
    ask_to_confirm,
    can_write,
    may_write,
    tell,
)
from portal.signing_in.pages.again import NOT_YOURS
from portal.signing_in.pages.asked import asked
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.slowed import LATER, WAIT, too_early, was_right, was_wrong
from portal.signing_in.whose import may_add_factor, second_factors, shortest_passphrase, signed_in
from portal.text import _

DONE = {
    "passphrase": _("Your passphrase is changed. You are signed out everywhere else."),
    "email": _("We sent a link to your new address. Open it, and the address is changed."),
    "confirm": _("We sent you the email again."),
    "codes": _("You now need a code from your app to sign in."),
    "no-codes": _("You do not need a code to sign in any more."),
    "passkey": _("Your passkey is ready. You can sign in with it."),
    "no-passkey": _("The passkey is taken away. It does not open your account any more."),
    "not-made": _("The passkey could not be made. Try again, or use another device."),
}


@bp.get("/ways")
@needs_sign_in
def ways() -> str:
    """How this person signs in, and where to change it."""
    account = signed_in()
    return render_template(
        "signing_in/ways.html",
        account=account,
        passkeys=passkeys_of(db(), account.id),
        codes_left=how_many_recovery_codes(db(), account.id),
        can_write=can_write(),
        must_set_up=account.staff and second_factors(account) == 0,
        must_show=not may_add_factor(account),
        strong=actor().strong,
        done=DONE.get(request.args.get("done", "")),
        went_wrong=request.args.get("done") == "not-made",
        has_plan="case" in session,
    )


def done(what: str) -> Response:
    """Back to the page about it all, which says what was done."""
    return redirect(url_for("signing_in.ways", done=what), 303)  # type: ignore[return-value]


@bp.post("/confirm-again")
@needs_sign_in
def confirm_again() -> Response:
    """Send the mail that asks to confirm an address once more."""
    account = signed_in()
    if account.confirmed is None:
        ask_to_confirm(account.id, account.email)
    return done("confirm")


def _passphrase_page(form: ChangePassphraseForm, email: str, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Change your passphrase"),
        lead=_("You are then signed out everywhere else."),
        action="/account/passphrase",
        button=_("Change my passphrase"),
        back="/account/ways",
        email=email,
        errors=errors,
    )


@bp.get("/passphrase")
@needs_fresh
@needs_sign_in
def passphrase() -> str:
    """Ask for the passphrase until now, and a new one."""
    account = signed_in()
    about, shortest = easily_guessed(account.email), shortest_passphrase(account)
    form = ChangePassphraseForm(formdata=None, about=about, shortest=shortest)
    return _passphrase_page(form, account.email, errors=False)


@bp.post("/passphrase")
@needs_fresh
@needs_sign_in
def change_passphrase() -> Response:
    """Keep another passphrase, and sign out everywhere else."""
    account = signed_in()
    form = ChangePassphraseForm(about=easily_guessed(account.email), shortest=shortest_passphrase(account))
    sound = form.validate()
    if sound and too_early(address_key(account.email), known=False):
        form.passphrase.errors = [WAIT]
        return keep((_passphrase_page(form, account.email, errors=True), 429, LATER))
    if sound and account.passphrase and not matches(account.passphrase, str(form.passphrase.data)):
        was_wrong(address_key(account.email))
        form.passphrase.errors = [NOT_YOURS]
        sound = False
    if not sound:
        return keep((_passphrase_page(form, account.email, errors=True), 422))
    was_right(address_key(account.email))
    set_passphrase(db(), account.id, hashed(str(form.new.data)))
    sessions.made_fresh(strong=False)
    end_other_places(db(), account.id, getattr(visit, "replaces", None))
    forget_devices(account.id)
    tell(account.email, PASSPHRASE_CHANGED)
    return done("passphrase")


def _address_page(form: NewAddressForm, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Change your email address"),
        action="/account/email",
        button=_("Send me a link"),
        back="/account/ways",
        errors=errors,
    )


@bp.get("/email")
@needs_fresh
@needs_sign_in
@keeps_typed
def address() -> str:
    """Ask for another address."""
    return _address_page(NewAddressForm(formdata=None), errors=False)


@bp.post("/email")
@needs_fresh
@needs_sign_in
@keeps_typed
def change_email() -> Response:
    """Send a link to the new address, and tell the old one. Nothing changes before the link is opened."""
    account = signed_in()
    form = NewAddressForm()
    if not form.validate():
        return keep((_address_page(form, errors=True), 422))
    email = str(form.email.data).strip()
    if may_write(email):
        ask_to_change(account.id, email)
        tell(account.email, ADDRESS_ASKED)
    return done("email")
