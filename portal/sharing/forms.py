"""Forms about people who help: invite, decide what they may do, use a code, say on what basis one acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from portal.controls import offer
from portal.sharing.rules import BASES, DECIDES, GIVEN, LEVELS, LOOKED_AT, SECTIONS, Given, Section, right_in
from portal.sharing.wording import (
    BASIS_WORDS,
    GIVEN_WORDS,
    LEVEL_WORDS,
    NOTHING,
    RELATIONS,
    SECTION_WORDS,
)
from portal.text import _, clean

NAME = 80
NOT_GIVEN = "nothing"
MONTHS = ("1", "3", "6", "12")
"""How long a passport may hold; six months unless somebody says otherwise."""


def typed_before() -> MultiDict[str, str] | None:
    """What was typed here before and not saved, as what keeps forms found it; for a page that is opened.

    For example when the person had to show first who they are.
    """
    kept = getattr(g.get("carried"), "given", None)
    return MultiDict(kept.fields) if kept is not None else None


def _cleaned(typed: str | None) -> str:
    return clean(typed or "").strip()


def _name_box(label: str, hint: str, missing: str) -> StringField:
    longest = Length(max=NAME, message=_("Use 80 characters or fewer"))
    return StringField(
        label, description=hint, validators=[InputRequired(missing), longest], filters=[_cleaned]
    )


def _optional_choice(choices: Any, label: str, missing: str, **more: Any) -> RadioField:
    return RadioField(label, choices=offer(choices), validators=[InputRequired(missing)], **more)


class InviteForm(FlaskForm):
    """Who is invited, what they may do, and for how long."""

    name = _name_box(
        _("What do you call them?"), _("For example, Sam, or my advocate Kim."), _("Enter what you call them")
    )
    relation = _optional_choice(RELATIONS.items(), _("Who are they to you?"), _("Select who they are to you"))
    given_by = _name_box(
        _("What do they call you?"),
        _("They see this name, so that they know who invites them."),
        _("Enter what they call you"),
    )
    level = _optional_choice(
        [(level, LEVEL_WORDS[level][0]) for level in LEVELS],
        _("What may they do?"),
        _("Select what they may do"),
    )
    money = BooleanField(_("They may also see my own money, and what I may have to pay"))
    months = _optional_choice(
        [(months, months) for months in MONTHS], _("For how long?"), _("Select for how long"), default="6"
    )
    email = EmailField(
        _("Their email address"),
        description=_("We send them a code. Leave this empty if you want to give them the code on paper."),
        validators=[
            Optional(),
            Length(max=254, message=_("Enter a shorter email address")),
            Email(_("Enter an email address like name@example.com")),
        ],
        filters=[_cleaned],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )


class RightsForm(FlaskForm):
    """What somebody may do, part by part."""

    shown = HiddenField()
    """What they might do when the page was made, to notice what another window saved meanwhile."""
    months = RadioField(
        _("For how much longer?"), validators=[InputRequired(_("Select for how much longer"))]
    )

    def rights(self) -> dict[str, Given]:
        """The rights that were chosen, by part."""
        chosen = {section: self[section].data for section in SECTIONS}
        return {section: right for section, right in chosen.items() if right in GIVEN}


def rights_form(rights: Mapping[str, Given], **given_back: Any) -> RightsForm:
    """A form filled in with the rights somebody has.

    :param given_back: ``formdata``, what was typed here before and not saved.
    """

    class Parts(RightsForm):
        """One choice for each part."""

    for section in SECTIONS:
        setattr(Parts, section, _part(section))
    now = {section: right_in(section, right) for section, right in rights.items()}
    return Parts(data={section: now.get(section, NOT_GIVEN) for section in SECTIONS}, **given_back)


def _part(section: Section) -> SelectField:
    offered = GIVEN if section not in LOOKED_AT else GIVEN[:1]
    choices = [(NOT_GIVEN, NOTHING), *((right, GIVEN_WORDS[right]) for right in offered)]
    return SelectField(SECTION_WORDS[section], choices=offer(choices))


class CodeForm(FlaskForm):
    """The code of an invitation."""

    code = StringField(
        _("Your code"),
        description=_(
            "It has ten letters and numbers, like 7K3F9-QXM2B. It does not matter how you write it."
        ),
        validators=[InputRequired(_("Enter your code")), Length(max=40, message=_("Check your code"))],
        render_kw={"autocomplete": "off", "width": 16},
    )


class OwnForm(FlaskForm):
    """For whoever takes over what was typed from paper: whether who typed may go on."""

    goes_on = _optional_choice(
        [
            ("no", _("No, from now on I do this myself")),
            ("yes", _("Yes, they may go on typing for me")),
        ],
        _("May the person who typed your form go on helping you?"),
        _("Select whether they may go on helping you"),
    )


class PaperForm(FlaskForm):
    """For staff: whose paper form is typed."""

    name = _name_box(
        _("What does the person call themself?"),
        _("As it stands on the paper form. It is shown at the top of every page that you type in."),
        _("Enter the name of the person"),
    )
    kind = _optional_choice(
        [
            ("adult", _("Somebody who needs support")),
            ("carer", _("Somebody who looks after another, as a carer")),
        ],
        _("Whose form is it?"),
        _("Select whose form it is"),
        default="adult",
    )


class ClaimForm(FlaskForm):
    """On what legal basis somebody acts for a person who cannot decide alone."""

    basis = _optional_choice(
        [(basis, BASIS_WORDS[basis]) for basis in BASES],
        _("What lets you decide for them?"),
        _("Select what lets you decide for them"),
    )
    name = StringField(
        _("What is the person’s name?"),
        validators=[Optional(), Length(max=NAME, message=_("Use 80 characters or fewer"))],
        filters=[_cleaned],
    )
    reference = StringField(
        _("Its number"),
        description=_(
            "For a power of attorney or a deputy, the number on the paper. "
            "Otherwise, who at the council knows."
        ),
        validators=[InputRequired(_("Enter its number, or who at the council knows")), Length(max=200)],
        filters=[_cleaned],
    )


class DecideForm(FlaskForm):
    """What an officer decides about a legal basis."""

    decided = _optional_choice(
        [
            ("confirmed", _("Yes, I have seen proof of it")),
            ("refused", _("No, this does not let them decide")),
        ],
        _("Does it let them decide about care?"),
        _("Select yes or no"),
    )
    said = TextAreaField(
        _("What did you check?"),
        description=_("The person who asked reads this."),
        validators=[InputRequired(_("Say what you checked")), Length(max=1000)],
        filters=[_cleaned],
        render_kw={"rows": 3},
    )

    def __init__(self, basis: str) -> None:
        super().__init__()
        self._basis = basis

    def validate_decided(self, field: RadioField) -> None:
        """Refuse to confirm what gives no right to decide about care."""
        if field.data == "confirmed" and self._basis not in DECIDES:
            raise ValidationError(_("An appointee looks after benefits only. This cannot be confirmed."))
