"""Forms of the account pages."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import Email, InputRequired, Length, ValidationError

from portal.identity.passphrases import problem_with
from portal.signing_in.forms import easily_guessed
from portal.text import _


class KeepForm(FlaskForm):
    """Email and passphrase of an account to be made."""

    email = EmailField(
        _("Your email address"),
        description=_("You sign in with it. We write to it only about your plan here."),
        validators=[
            InputRequired(_("Enter your email address")),
            Length(max=254, message=_("Enter a shorter email address")),
            Email(_("Enter an email address like name@example.com")),
        ],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    passphrase = PasswordField(
        _("Make a passphrase"),
        description=_("At least 15 characters. Four or five words that do not belong together work well."),
        validators=[InputRequired(_("Enter a passphrase"))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_passphrase(self, field: PasswordField) -> None:
        """Refuse one that is too short or too easy, and say what to do."""
        problem = problem_with(field.data or "", easily_guessed(self.email.data or ""))
        if problem:
            raise ValidationError(problem)
