"""Forms of signing in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from portal.text import _


class SignInForm(FlaskForm):
    """Email and passphrase of an account that exists."""

    email = EmailField(
        _("Your email address"),
        validators=[InputRequired(_("Enter your email address")), Length(max=254)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    passphrase = PasswordField(
        _("Your passphrase"),
        validators=[InputRequired(_("Enter your passphrase"))],
        render_kw={"autocomplete": "current-password"},
    )


class AgainForm(FlaskForm):
    """The passphrase of whoever is signed in."""

    passphrase = PasswordField(
        _("Your passphrase"),
        validators=[InputRequired(_("Enter your passphrase"))],
        render_kw={"autocomplete": "current-password"},
    )
