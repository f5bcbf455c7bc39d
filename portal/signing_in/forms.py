"""Forms of signing in."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Email, InputRequired, Length, ValidationError

from portal.identity.passphrases import SHORTEST, SHORTEST_OF_TWO, problem_with
from portal.safeguards import current_pack
from portal.text import _

NEW = {"autocomplete": "new-password"}
CURRENT = {"autocomplete": "current-password"}
CODE = {"autocomplete": "one-time-code", "inputmode": "text", "width": 12}
HINTS = {
    SHORTEST: _("At least 15 characters. Four or five words that do not belong together work well."),
    SHORTEST_OF_TWO: _("At least 12 characters. Three or four words that do not belong together work well."),
}


def easily_guessed(email: str) -> tuple[str, ...]:
    """What somebody who guesses this person's passphrase would try first."""
    council = current_pack().council
    return (email, email.partition("@")[0], council.name, council.short_name, council.service.text)


class SignInForm(FlaskForm):
    """Email and passphrase of an account that exists."""

    email = EmailField(
        _("Your email address"),
        validators=[InputRequired(_("Enter your email address")), Length(max=254)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    passphrase = PasswordField(
        _("Your passphrase"), validators=[InputRequired(_("Enter your passphrase"))], render_kw=CURRENT
    )


class PassphraseForm(FlaskForm):
    """The passphrase of whoever is signed in."""

    passphrase = PasswordField(
        _("Your passphrase"), validators=[InputRequired(_("Enter your passphrase"))], render_kw=CURRENT
    )


class CodeForm(FlaskForm):
    """A code of an app, or one for when it is lost."""

    code = StringField(
        _("Your code"),
        description=_("6 numbers from your app. Or one of your recovery codes, if you lost the app."),
        validators=[InputRequired(_("Enter your code")), Length(max=40)],
        render_kw=CODE,
    )


class FirstCodeForm(FlaskForm):
    """The first code of an app that has just been set up."""

    code = StringField(
        _("The code that your app shows"),
        description=_("6 numbers"),
        validators=[InputRequired(_("Enter the code that your app shows")), Length(max=40)],
        render_kw=CODE,
    )


class AddressForm(FlaskForm):
    """An email address."""

    email = EmailField(
        _("Your email address"),
        validators=[
            InputRequired(_("Enter your email address")),
            Length(max=254, message=_("Enter a shorter email address")),
            Email(_("Enter an email address like name@example.com")),
        ],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )


class NewAddressForm(FlaskForm):
    """Another email address for an account."""

    email = EmailField(
        _("Your new email address"),
        description=_("We send a link to it. Nothing changes until you open the link."),
        validators=[
            InputRequired(_("Enter your new email address")),
            Length(max=254, message=_("Enter a shorter email address")),
            Email(_("Enter an email address like name@example.com")),
        ],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class NewPassphraseForm(FlaskForm):
    """A passphrase to be made.

    :param about: what it must not be made of: see :func:`easily_guessed`.
    :param shortest: how long it must be at least.
    """

    new = PasswordField(
        _("Make a passphrase"), validators=[InputRequired(_("Enter a passphrase"))], render_kw=NEW
    )

    def __init__(self, *args: Any, about: tuple[str, ...], shortest: int = SHORTEST, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about, self.shortest = about, shortest
        self.new.description = HINTS[shortest]

    def validate_new(self, field: PasswordField) -> None:
        """Refuse one that is too short or too easy, and say what to do."""
        problem = problem_with(field.data or "", self.about, shortest=self.shortest)
        if problem:
            raise ValidationError(problem)


class ChangePassphraseForm(NewPassphraseForm):
    """Another passphrase in place of the one that is known; that one is asked for first."""

    passphrase = PasswordField(
        _("Your passphrase until now"),
        validators=[InputRequired(_("Enter the passphrase you have until now"))],
        render_kw=CURRENT,
    )
    new = PasswordField(
        _("Your new passphrase"), validators=[InputRequired(_("Enter a new passphrase"))], render_kw=NEW
    )


class PasskeyForm(FlaskForm):
    """What somebody calls a passkey that is going to be made."""

    name = StringField(
        _("What do you want to call it?"),
        description=_("For example, “My phone”."),
        validators=[InputRequired(_("Enter a name for it")), Length(max=60)],
        default="",
    )
