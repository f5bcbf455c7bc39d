"""Links out of mails: make another passphrase, confirm an address, change to a new one.

A link opens a page with a button and does nothing by itself: programs that look through mails follow
links. A link that is used, too old or made up leads to the same page.
"""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for

from portal.identity.claims import take_address
from portal.identity.links import LASTS, Purpose, find_link, use_link
from portal.identity.passphrases import hashed
from portal.identity.records import (
    Account,
    account_by_email,
    address_key,
    confirm_address,
    end_other_places,
    set_passphrase,
)
from portal.identity.slowing import ACCOUNT, NETWORK, forget_failures, must_wait
from portal.safeguards import db, keep, now
from portal.sharing.access import open_page
from portal.signing_in.entering import enter
from portal.signing_in.forms import AddressForm, NewPassphraseForm, easily_guessed
from portal.signing_in.known import forget_devices
from portal.signing_in.mails import PASSPHRASE_CHANGED, can_write, help_to_reset, may_write, tell
from portal.signing_in.making import confirm_owner
from portal.signing_in.pages.asked import asked
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.slowed import LATER, WAIT, network
from portal.signing_in.whose import shortest_passphrase
from portal.text import _

assert LASTS["reset"].total_seconds() == 30 * 60, "the pages say how long a link is good for"


def _ask_address(form: AddressForm, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Make a new passphrase"),
        lead=_("We send a link to your email address. It works for 30 minutes."),
        action="/account/forgotten",
        button=_("Send me a link"),
        back="/account/sign-in",
        errors=errors,
    )


@bp.get("/forgotten")
@open_page
def forgotten() -> str:
    """Ask for the address of an account whose passphrase is forgotten."""
    return _ask_address(AddressForm(formdata=None), errors=False)


@bp.post("/forgotten")
@open_page
def send_link() -> Response:
    """Send a link, or a mail that says that there is no account: here it looks, and takes, the same."""
    form = AddressForm()
    if not form.validate():
        return keep((_ask_address(form, errors=True), 422))
    email, place = address_key(str(form.email.data)), network()
    if place is not None and must_wait(db(), NETWORK, place, now()):
        form.email.errors = [WAIT]
        return keep((_ask_address(form, errors=True), 429, LATER))
    account = account_by_email(db(), email)
    if may_write(email):
        help_to_reset(account.id if account else None, str(form.email.data).strip())
    return redirect(url_for("signing_in.look_at_mail"), 303)  # type: ignore[return-value]


@bp.get("/look-at-your-email")
@open_page
def look_at_mail() -> str:
    """Say that a mail is on its way, whoever asked."""
    return render_template("signing_in/look-at-mail.html", can_write=can_write())


def _dead_link() -> tuple[str, int]:
    return render_template("signing_in/dead-link.html"), 410


def _owner(purpose: Purpose, token: str) -> Account | None:
    link = find_link(db(), purpose, token, now())
    return db().get(Account, link.account_id) if link is not None else None


def _new_passphrase(account: Account, *, fresh: bool = False) -> NewPassphraseForm:
    about, shortest = easily_guessed(account.email), shortest_passphrase(account)
    if fresh:
        return NewPassphraseForm(formdata=None, about=about, shortest=shortest)
    return NewPassphraseForm(about=about, shortest=shortest)


def _reset_page(form: NewPassphraseForm, token: str, account: Account, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Make a new passphrase"),
        lead=_("When you press the button, everybody who is signed in as you is signed out."),
        action=url_for("signing_in.reset", token=token),
        button=_("Use this passphrase"),
        back="/account/sign-in",
        email=account.email,
        errors=errors,
    )


@bp.get("/reset/<token>")
@open_page
def reset(token: str) -> str | tuple[str, int]:
    """Ask for a new passphrase."""
    account = _owner("reset", token)
    if account is None:
        return _dead_link()
    return _reset_page(_new_passphrase(account, fresh=True), token, account, errors=False)


@bp.post("/reset/<token>")
@open_page
def make_passphrase(token: str) -> Response | tuple[str, int]:
    """Keep the new passphrase. Whoever was signed in is not any more; a second factor is still asked for."""
    account = _owner("reset", token)
    if account is None:
        return _dead_link()
    form = _new_passphrase(account)
    if not form.validate():
        return keep((_reset_page(form, token, account, errors=True), 422))
    use_link(db(), "reset", token, now())
    set_passphrase(db(), account.id, hashed(str(form.new.data)))
    # Whoever could open the link reads the mail of this address.
    confirm_address(db(), account.id, now())
    end_other_places(db(), account.id)
    forget_devices(account.id)
    forget_failures(db(), ACCOUNT, address_key(account.email))
    tell(account.email, PASSPHRASE_CHANGED)
    return redirect(url_for("signing_in.sign_in", changed="yes"), 303)  # type: ignore[return-value]


def _button_page(
    purpose: Purpose, token: str, *, title: str, lead: str, button: str
) -> str | tuple[str, int]:
    if find_link(db(), purpose, token, now()) is None:
        return _dead_link()
    action = url_for(f"signing_in.{purpose}", token=token)
    return render_template("signing_in/press.html", title=title, lead=lead, button=button, action=action)


@bp.get("/confirm/<token>")
@open_page
def confirm(token: str) -> str | tuple[str, int]:
    """Ask whether an address is theirs."""
    return _button_page(
        "confirm",
        token,
        title=_("Confirm your email address"),
        lead=_("Press the button to say that this email address is yours."),
        button=_("Yes, it is mine"),
    )


@bp.post("/confirm/<token>")
@open_page
def confirmed(token: str) -> str | tuple[str, int]:
    """Note that an address belongs to whoever made the account."""
    link = use_link(db(), "confirm", token, now())
    if link is None:
        return _dead_link()
    account = db().get(Account, link.account_id)
    joined = account is not None and confirm_owner(account)
    return render_template("signing_in/confirmed.html", joined=joined)


@bp.get("/change/<token>")
@open_page
def change(token: str) -> str | tuple[str, int]:
    """Ask whether to sign in with a new address from now on."""
    return _button_page(
        "change",
        token,
        title=_("Confirm your new email address"),
        lead=_("Press the button to sign in with this address from now on."),
        button=_("Use this address"),
    )


@bp.post("/change/<token>")
@open_page
def changed(token: str) -> str | tuple[str, int]:
    """Sign in with another address from now on."""
    link = use_link(db(), "change", token, now())
    if link is None or link.email is None:
        return _dead_link()
    account = db().get(Account, link.account_id)
    # Of an address that somebody else has by now it is said that the link is dead: it gives nothing away.
    if account is None or not take_address(db(), account, link.email, now()):
        return _dead_link()
    return render_template("signing_in/confirmed.html", joined=False)


@bp.get("/join/<token>")
@open_page
def join(token: str) -> str | tuple[str, int]:
    """Greet somebody whom the council invited to its staff."""
    account = _owner("staff", token)
    if account is None:
        return _dead_link()
    return _join_page(_new_passphrase(account, fresh=True), token, account, errors=False)


def _join_page(form: NewPassphraseForm, token: str, account: Account, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Make a passphrase for your staff account"),
        lead=_("After this you set up a code from an app, or a passkey. Staff always need one."),
        action=url_for("signing_in.join", token=token),
        button=_("Go on"),
        back="/",
        email=account.email,
        errors=errors,
    )


@bp.post("/join/<token>")
@open_page
def joined(token: str) -> Response | tuple[str, int]:
    """Sign in somebody of the staff for the first time, to set up their second factor."""
    account = _owner("staff", token)
    if account is None:
        return _dead_link()
    form = _new_passphrase(account)
    if not form.validate():
        return keep((_join_page(form, token, account, errors=True), 422))
    use_link(db(), "staff", token, now())
    set_passphrase(db(), account.id, hashed(str(form.new.data)))
    confirm_address(db(), account.id, now())
    end_other_places(db(), account.id)
    return enter(account, strong=False, to=url_for("signing_in.ways"))
