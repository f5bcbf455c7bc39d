"""Draws a page that asks for one thing."""

from __future__ import annotations

from flask import render_template
from flask_wtf import FlaskForm

from portal.controls import controls_of


def asked(  # noqa: PLR0913 - the parts of a page, all by name
    form: FlaskForm,
    *,
    title: str,
    action: str,
    button: str,
    back: str,
    lead: str = "",
    more: str = "",
    to: str = "",
    email: str = "",
    errors: bool = False,
) -> str:
    """A page with a heading, a sentence or two, a form and its button.

    :param title: for translating, as ``lead``, ``more`` and ``button``.
    :param email: whose passphrase is asked for, so that password managers know which one to offer.
    """
    return render_template(
        "signing_in/asked.html",
        controls=controls_of(form),
        title=title,
        action=action,
        button=button,
        back=back,
        lead=lead,
        more=more,
        to=to,
        email=email,
        errors=errors,
    )
