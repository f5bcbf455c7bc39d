"""A second factor: codes of an app, and codes for when it is lost."""

from __future__ import annotations

import io

import segno
from flask import Response, current_app, redirect, render_template, session, url_for
from flask import session as visit

from portal.controls import controls_of
from portal.identity import sessions
from portal.identity.codes import (
    address_of,
    drop_seed,
    keep_recovery_codes,
    keep_seed,
    new_batch,
    new_seed,
    recovery_codes,
    step_of,
)
from portal.identity.passphrases import SHORTEST, matches
from portal.identity.records import Account
from portal.identity.slowing import CODE
from portal.safeguards import current_pack, db, keep, now
from portal.sharing.access import needs_fresh, needs_sign_in
from portal.signing_in.forms import FirstCodeForm, PassphraseForm
from portal.signing_in.mails import CODES_OFF, CODES_ON, tell
from portal.signing_in.pages.again import NOT_YOURS
from portal.signing_in.pages.asked import asked
from portal.signing_in.pages.blueprint import bp
from portal.signing_in.pages.ways import done
from portal.signing_in.slowed import WAIT, too_early, was_right, was_wrong
from portal.signing_in.whose import may_add_factor, signed_in
from portal.text import _

NOT_RIGHT = _("That code is not right. Wait for the next one and type it.")
TOO_SHORT = _("Your passphrase is too short without a code. Make a longer one first.")
BATCH = "recovery_codes"
"""Where a session notes which recovery codes are being shown."""


def _secret() -> str:
    return str(current_app.secret_key)


def _seed(account: Account) -> str:
    """The seed that is offered: the same on this visit until it is taken, and never kept before that."""
    return new_seed(_secret(), str(account.id), str(getattr(visit, "began", "")), account.code_seed or "")


def _app_page(form: FirstCodeForm, account: Account, *, errors: bool) -> str:
    seed = _seed(account)
    return render_template(
        "signing_in/code-app.html",
        controls=controls_of(form),
        errors=errors,
        key=[seed[at : at + 4] for at in range(0, len(seed), 4)],
        address=_address(account, seed),
    )


def _address(account: Account, seed: str) -> str:
    council = current_pack().council
    return address_of(seed, account.email, f"{council.service.text}, {council.short_name}")


def _refused(account: Account) -> Response | None:
    if may_add_factor(account):
        return None
    return redirect(url_for("signing_in.ways"), 303)  # type: ignore[return-value]


@bp.get("/code-app")
@needs_fresh
@needs_sign_in
def code_app() -> str | Response:
    """Show the square code for an app, and ask for the first code it makes."""
    account = signed_in()
    return _refused(account) or _app_page(FirstCodeForm(formdata=None), account, errors=False)


@bp.get("/code-app.svg")
@needs_fresh
@needs_sign_in
def code_picture() -> Response:
    """The square code, drawn here: no other host ever sees it."""
    account = signed_in()
    refused = _refused(account)
    if refused is not None:
        return refused
    drawn = io.BytesIO()
    square = segno.make(_address(account, _seed(account)), error="m")
    square.save(
        drawn, kind="svg", scale=5, dark="#000", light="#fff", title=None, svgclass=None, lineclass=None
    )
    return Response(drawn.getvalue(), content_type="image/svg+xml")


@bp.post("/code-app")
@needs_fresh
@needs_sign_in
def take_app() -> Response:
    """Ask for codes from now on, once one was right."""
    account = signed_in()
    refused = _refused(account)
    if refused is not None:
        return refused
    form = FirstCodeForm()
    if not form.validate():
        return keep((_app_page(form, account, errors=True), 422))
    seed = _seed(account)
    used = step_of(seed, str(form.code.data), now())
    if used is None:
        form.code.errors = [NOT_RIGHT]
        return keep((_app_page(form, account, errors=True), 422))
    keep_seed(db(), account.id, seed, used)
    sessions.made_fresh(strong=True)
    tell(account.email, CODES_ON)
    return _make_recovery_codes(account)


def _make_recovery_codes(account: Account) -> Response:
    batch = new_batch()
    keep_recovery_codes(db(), account.id, recovery_codes(_secret(), str(account.id), batch))
    session[BATCH] = batch
    return redirect(url_for("signing_in.show_recovery_codes"), 303)  # type: ignore[return-value]


@bp.post("/recovery-codes")
@needs_fresh
@needs_sign_in
def more_recovery_codes() -> Response:
    """Make ten new ones. The old ones are dead."""
    account = signed_in()
    return _make_recovery_codes(account) if account.code_seed else done("")


@bp.get("/recovery-codes")
@needs_fresh
@needs_sign_in
def show_recovery_codes() -> str | Response:
    """Show the codes until they are put away; only their hashes are kept."""
    if BATCH not in session:
        return redirect(url_for("signing_in.ways"), 303)  # type: ignore[return-value]
    codes = recovery_codes(_secret(), str(signed_in().id), session[BATCH])
    return render_template("signing_in/recovery-codes.html", codes=codes)


@bp.post("/recovery-codes/kept")
@needs_sign_in
def put_away() -> Response:
    """Show the codes no more."""
    session.pop(BATCH, None)
    return done("codes")


def _off_page(form: PassphraseForm, account: Account, *, errors: bool) -> str:
    return asked(
        form,
        title=_("Sign in without a code?"),
        lead=_("Then your passphrase alone opens your account. A code makes it much harder for others."),
        action="/account/code-app/off",
        button=_("Sign in without a code"),
        back="/account/ways",
        email=account.email,
        errors=errors,
    )


@bp.get("/code-app/off")
@needs_fresh
@needs_sign_in
def ask_off() -> str | Response:
    """Ask before codes are no longer needed. Staff always need them."""
    account = signed_in()
    if account.staff or account.code_seed is None:
        return redirect(url_for("signing_in.ways"), 303)  # type: ignore[return-value]
    return _off_page(PassphraseForm(formdata=None), account, errors=False)


@bp.post("/code-app/off")
@needs_fresh
@needs_sign_in
def turn_off() -> Response:
    """Ask for codes no more."""
    account = signed_in()
    if account.staff or account.code_seed is None:
        return redirect(url_for("signing_in.ways"), 303)  # type: ignore[return-value]
    form = PassphraseForm()
    if form.validate():
        typed = str(form.passphrase.data)
        if too_early(str(account.id), known=False, slowing=CODE):
            form.passphrase.errors = [WAIT]
        elif not matches(account.passphrase, typed):
            was_wrong(str(account.id), CODE)
            form.passphrase.errors = [NOT_YOURS]
        elif len(typed) < SHORTEST:
            form.passphrase.errors = [TOO_SHORT]
    if form.errors:
        return keep((_off_page(form, account, errors=True), 422))
    was_right(str(account.id), CODE)
    drop_seed(db(), account.id)
    sessions.made_fresh(strong=False)
    tell(account.email, CODES_OFF)
    return done("no-codes")
