"""What the mails about signing in say. They tell nothing of why somebody has an account here."""

from __future__ import annotations

from flask import url_for

from portal.identity.links import Purpose, make_link
from portal.identity.records import address_key
from portal.identity.slowing import LETTERS, must_wait, note_failure
from portal.mail.outbox import send
from portal.safeguards import current_pack, db, now, own_address
from portal.text import _
from portal.words import translate

_PAGES: dict[Purpose, str] = {
    "confirm": "signing_in.confirm",
    "reset": "signing_in.reset",
    "change": "signing_in.change",
    "staff": "signing_in.join",
}


def can_write() -> bool:
    """Whether mails with links can be written at all."""
    return bool(own_address())


def _link(purpose: Purpose, account_id: int | None, email: str | None = None) -> str:
    token = make_link(db(), purpose, account_id, now(), email)
    return own_address() + url_for(_PAGES[purpose], token=token)


def _write(to: str, subject: str, *paragraphs: str) -> None:
    council = current_pack().council
    sign = translate(_("%(service)s, %(council)s"), service=council.service.text, council=council.name)
    phone = translate(_("If you did not expect this email, phone us on %(phone)s."), phone=council.phone)
    send(db(), to, translate(subject), "\n\n".join((*paragraphs, phone, sign)), now())


def may_write(email: str) -> bool:
    """Whether one more mail with a link may go to an address now. It is counted: nobody is flooded."""
    key = address_key(email)
    if not can_write() or must_wait(db(), LETTERS, key, now()):
        return False
    note_failure(db(), LETTERS, key, now())
    return True


def ask_to_confirm(account_id: int, email: str) -> None:
    """Ask whoever reads the mail of an address whether the account is theirs."""
    if may_write(email):
        _write(
            email,
            _("Confirm your email address"),
            translate(_("Open this link and press the button. Then we know that this address is yours.")),
            _link("confirm", account_id),
            translate(_("The link works once, for 3 days.")),
        )


def help_to_reset(account_id: int | None, email: str) -> None:
    """Send a link to make another passphrase, or say that there is no account, with the same work."""
    link = _link("reset", account_id)
    if account_id is not None:
        _write(
            email,
            _("Make a new passphrase"),
            translate(_("Open this link to make a new passphrase.")),
            link,
            translate(_("The link works once, for 30 minutes. If you asked again, only the last one works.")),
        )
    else:
        _write(
            email,
            _("Make a new passphrase"),
            translate(_("Somebody asked for a new passphrase for this address. Maybe it was you.")),
            translate(_("There is no account with this address. Did you use another one?")),
            own_address() + "/",
        )


def ask_to_change(account_id: int, email: str) -> None:
    """Ask whoever reads the mail of a new address whether it is theirs."""
    _write(
        email,
        _("Confirm your new email address"),
        translate(_("Open this link and press the button. From then on you sign in with this address.")),
        _link("change", account_id, email),
        translate(_("The link works once, for 1 hour.")),
    )


def tell(email: str, what: str) -> None:
    """Tell somebody, at the address they had until now, that how they sign in was changed.

    :param what: a sentence, for translating.
    """
    _write(email, _("How you sign in was changed"), translate(what))


ADDRESS_CHANGED = _("You now sign in with another email address.")
ADDRESS_ASKED = _("Somebody who is signed in as you asked to change your email address.")
PASSPHRASE_CHANGED = _("Your passphrase was changed. Everybody who was signed in as you is signed out.")
CODES_ON = _("To sign in, you now need a code from an app as well.")
CODES_OFF = _("To sign in, you do not need a code from an app any more.")
PASSKEY_ADDED = _("You can now sign in with one more passkey.")
PASSKEY_GONE = _("One of your passkeys does not work any more. It was taken away.")
