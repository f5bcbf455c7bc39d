"""Forms of a link: what to call the other, a code, who agrees, and the wish about both assessments."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.carer.rules.consent import Basis, Combine
from portal.controls import offer
from portal.text import _, clean
from portal.unsaved.forms import Form

LONGEST_NAME, LONGEST_WORDS = 60, 500

BASIS_WORDS: Mapping[Basis, str] = {
    "self": _("I decide this myself"),
    "attorney": _("I decide it for the person: I have a power of attorney, or I am their deputy"),
    "best_interests": _("The person cannot decide this. It was decided in their best interests"),
}
COMBINE_WORDS: Mapping[Combine, str] = {
    "together": _("Yes, together"),
    "apart": _("No, please keep them apart"),
    "not_sure": _("I am not sure"),
}


def _cleaned(typed: str | None) -> str:
    return clean(typed or "").strip()


class NameForm(Form):
    """What this person calls the other. The other never sees it."""

    called = StringField(
        _("What do you call this person?"),
        description=_("Only you see this name. For example: my mum."),
        validators=[
            DataRequired(_("Enter what you call this person")),
            Length(max=LONGEST_NAME, message=_("Use fewer than 60 characters")),
        ],
        filters=[_cleaned],
        render_kw={"width": 20},
    )


class CodeForm(NameForm):
    """The code that the other has handed over."""

    code = StringField(
        _("The code that you were given"),
        description=_("It has 12 letters and numbers. Spaces and dashes do not matter."),
        validators=[
            DataRequired(_("Enter the code that you were given")),
            Length(max=40, message=_("This code is too long. It has 12 letters and numbers")),
        ],
        filters=[_cleaned],
        render_kw={"width": 20, "autocomplete": "off"},
    )


class AgreeForm(Form):
    """Who agrees, and who took part where the person did not decide alone."""

    basis = RadioField(
        _("Who decides this?"),
        choices=offer(BASIS_WORDS.items()),
        validators=[InputRequired(_("Select who decides this"))],
    )
    decided = TextAreaField(
        _("Who took part, and when?"),
        description=_("Leave this empty if you decide it yourself."),
        validators=[Length(max=LONGEST_WORDS, message=_("Use fewer than 500 characters"))],
        filters=[_cleaned],
        render_kw={"rows": 3, "maximum": LONGEST_WORDS},
    )

    def validate_decided(self, field: TextAreaField) -> None:
        """Whoever decides for another says who took part."""
        if self.basis.data in {"attorney", "best_interests"} and not field.data:
            raise ValidationError(_("Enter who took part in this, and when"))


class WishForm(Form):
    """Whether both assessments are to be done together."""

    combine = RadioField(
        _("Do you want both assessments done together?"),
        choices=offer(COMBINE_WORDS.items()),
        description=_("We do this only if each of you says yes. You can change it at any time."),
        validators=[InputRequired(_("Select whether you want both assessments done together"))],
        render_kw={"heading": True},
    )
