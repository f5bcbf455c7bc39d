"""People who help me: invite them, decide what they may do, take it away again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.controls import controls_of, offer
from portal.fields import Choice, Control
from portal.identity.records import Account
from portal.mail.outbox import send
from portal.safeguards import db, now, own_address, settings, today
from portal.sharing.access import account_id, needs_case, needs_fresh
from portal.sharing.forms import MONTHS, InviteForm, RightsForm, rights_form, typed_before
from portal.sharing.grants import (
    Invitation,
    Passport,
    change_rights,
    code_of,
    invite,
    passport,
    passports,
    revoke,
    revoke_all,
)
from portal.sharing.pages.blueprint import bp
from portal.sharing.pages.told import told_rights, told_state
from portal.sharing.rules import in_months, rights_of
from portal.sharing.wording import BASIS_WORDS, CONFIRMED_WORDS, LEVEL_WORDS, RELATIONS
from portal.text import _
from portal.words import translate, words

AS_IT_IS = "0"
"""The choice that leaves the last day of a passport as it is."""


@bp.get("")
@needs_case("people", "own")
def show() -> str:
    """Everybody who helps, or is invited, with what they may do."""
    everybody = [one for one in passports(db(), g.case.id) if one.account_id != g.case.account_id]
    return render_template(
        "people/show.html",
        kept=g.case.account_id is not None,
        helping=[_row(one) for one in everybody if one.is_good(today())],
        invited=[_row(one) for one in everybody if one.waits(now())],
        past=[_row(one) for one in everybody if not one.is_good(today()) and not one.waits(now())],
        stopped="stopped" in request.args,
    )


@bp.get("/invite")
@needs_fresh
@needs_case("people", "own")
def ask_invite() -> str | Response:
    """Ask who is invited, and to what."""
    if g.case.account_id is None:
        return redirect(url_for("sharing.show"), 303)
    return invite_page(InviteForm(formdata=typed_before()), errors=False)


@bp.post("/invite")
@needs_fresh
@needs_case("people", "own")
def make_invitation() -> Response | tuple[str, int]:
    """Write the passport, and a mail with its code where an address was given."""
    if g.case.account_id is None:
        return redirect(url_for("sharing.show"), 303)
    form = InviteForm()
    if not form.validate():
        return invite_page(form, errors=True), 422
    until = in_months(today(), int(form.months.data))
    rights = rights_of(form.level.data, money=form.money.data)
    name, given_by = form.name.data or "", form.given_by.data or ""
    invitation = Invitation(name, given_by, form.relation.data, rights, until)
    grant_id = invite(db(), g.case.id, invitation, settings().secret_key, now())
    if form.email.data:
        _send_code(form.email.data, grant_id, invitation)
    return redirect(url_for("sharing.one", grant_id=grant_id, sent="yes" if form.email.data else None), 303)


@bp.get("/<grant_id>")
@needs_case("people", "own")
def one(grant_id: str) -> str:
    """One helper: who accepted, what they may do, and the code while nobody has accepted."""
    given = _given(grant_id)
    return render_template(
        "people/one.html",
        given=given,
        state=_state(given),
        good=given.is_good(today()),
        waits=given.waits(now()),
        relation=translate(RELATIONS.get(given.relation, "")),
        rights=told_rights(given),
        code=code_of(given.id, settings().secret_key) if given.waits(now()) else "",
        sent="sent" in request.args,
        acts=_acts(given),
    )


@bp.get("/<grant_id>/rights")
@needs_fresh
@needs_case("people", "own")
def rights(grant_id: str) -> str:
    """What they may do, part by part."""
    given = _given(grant_id)
    if given.revoked is not None:
        abort(404)
    form = rights_form(given.rights, formdata=typed_before())
    return _rights_page(given, form, errors=False)


@bp.post("/<grant_id>/rights")
@needs_fresh
@needs_case("people", "own")
def keep_rights(grant_id: str) -> Response | tuple[str, int]:
    """Keep it. It holds from their next click on."""
    given = _given(grant_id)
    if given.revoked is not None:
        abort(404)
    form = rights_form(given.rights)
    _offer_months(form, given)
    if not form.validate():
        return _rights_page(given, form, errors=True), 422
    if form.shown.data not in ("", _version(given)):
        return _rights_page(given, form, errors=False, changed=True), 409
    until = given.until if form.months.data == AS_IT_IS else in_months(today(), int(form.months.data))
    change_rights(db(), g.case.id, given.id, form.rights(), until, now())
    return redirect(url_for("sharing.one", grant_id=given.id), 303)


@bp.post("/<grant_id>/remove")
@needs_case("people", "own")
def remove(grant_id: str) -> Response:
    """Take a passport away at once. Nobody is asked twice about it: it can be given again."""
    given = _given(grant_id)
    if given.revoked is None:
        revoke(db(), g.case.id, given.id, now())
    return redirect(url_for("sharing.show", stopped="yes"), 303)


@bp.post("/stop")
@needs_case("people", "own")
def stop() -> Response:
    """Take every passport away."""
    revoke_all(db(), g.case.id, account_id(), now())
    return redirect(url_for("sharing.show", stopped="yes"), 303)


def _given(grant_id: str) -> Passport:
    found = passport(db(), g.case.id, grant_id)
    if found is None:
        abort(404)
    return found


def _row(one: Passport) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "relation": translate(RELATIONS.get(one.relation, "")),
        "state": _state(one),
        "acts": CONFIRMED_WORDS[one.basis_state] if one.basis_state is not None else "",
    }


def _acts(given: Passport) -> dict[str, Any] | None:
    """On what basis they say that they act by law, what the council said of it, and whether it holds."""
    if given.basis is None or given.basis_state is None:
        return None
    return {
        "basis": BASIS_WORDS[given.basis],
        "state": CONFIRMED_WORDS[given.basis_state],
        "owns": given.basis_state == "confirmed",
    }


def _state(given: Passport) -> str:
    account = db().get(Account, given.account_id) if given.account_id is not None else None
    return told_state(given, account.email if account is not None else "", now(), words())


def _send_code(email: str, grant_id: str, invitation: Invitation) -> None:
    """Write the mail. Its code is typed on the page that it names: an address never carries it."""
    code = code_of(grant_id, settings().secret_key)
    page = own_address() + url_for("sharing.ask_code")
    body = [
        translate(_("%(name)s asks you to help with a plan."), name=invitation.given_by),
        translate(_("Go to this page: %(page)s"), page=page),
        translate(_("Type this code there: %(code)s"), code=code),
        translate(
            _("The code works once, for 28 days. If you do not know %(name)s, do nothing."),
            name=invitation.given_by,
        ),
    ]
    subject = translate(_("%(name)s asks you to help"), name=invitation.given_by)
    send(db(), email, subject, "\n\n".join(body), now())


def _months() -> tuple[Choice, ...]:
    return tuple(
        Choice(
            months,
            words().ngettext("%(num)s month", "%(num)s months", int(months)),
            hint=translate(_("Until %(day)s"), day=words().day(in_months(today(), int(months)))),
        )
        for months in MONTHS
    )


def invite_page(form: InviteForm, *, errors: bool) -> str:
    """The page that asks who is invited, for other pages too that know somebody to invite."""
    return render_template("people/invite.html", controls=_drawn(controls_of(form)), errors=errors)


def _drawn(controls: tuple[Control, ...]) -> list[Control]:
    """The controls of the form, with what each choice means said under it."""
    levels = tuple(
        Choice(level, translate(name), translate(about)) for level, (name, about) in LEVEL_WORDS.items()
    )
    options = {"level": levels, "months": _months()}
    return [replace(one, options=options.get(one.name, one.options)) for one in controls]


def _offer_months(form: RightsForm, given: Passport) -> None:
    as_it_is = translate(_("As it is: until %(day)s"), day=words().day(given.until))
    longer = ((one.value, f"{one.label}. {one.hint}") for one in _months())
    form.months.choices = offer([(AS_IT_IS, as_it_is), *longer])


def _version(given: Passport) -> str:
    """What a passport allows now, to be compared."""
    return " ".join(
        (given.until.isoformat(), *(f"{part}:{right}" for part, right in sorted(given.rights.items())))
    )


def _rights_page(given: Passport, form: RightsForm, *, errors: bool, changed: bool = False) -> str:
    """The page; ``changed`` when another window saved something else since it was made."""
    _offer_months(form, given)
    if form.months.data is None:
        form.months.data = AS_IT_IS
    return render_template(
        "people/rights.html",
        given=given,
        controls=controls_of(form),
        shown=_version(given),
        now=told_rights(given) if changed else (),
        until=given.until,
        changed=changed,
        errors=errors,
    )
