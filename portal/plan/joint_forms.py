"""Forms of joined plans: what is asked before they are joined, how a cost is split, what it is for."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from portal.carer.forms import AgreeForm
from portal.controls import offer
from portal.plan.rules.joint import Advocate, Age, Agrees, Conflict, Terms
from portal.text import _
from portal.unsaved.forms import Form

AGE_WORDS: Mapping[Age, str] = {
    "adult": _("18 or older"),
    "young": _("16 or 17"),
    "child": _("Under 16"),
}
AGREES_WORDS: Mapping[Agrees, str] = {
    "understands": _("I understand what is shared, and I agree"),
    "best_interests": _("It was decided in the best interests of the young person"),
    "not_sure": _("Not sure yet"),
}
ADVOCATE_WORDS: Mapping[Advocate, str] = {
    "none": _("No, I have no advocate"),
    "own": _("Yes, and they help only me"),
    "same": _("Yes, and they help both of us"),
}
CONFLICT_WORDS: Mapping[Conflict, str] = {
    "no": _("No. What is good for one is good for the other, and I agree to one advocate for both"),
    "yes": _("Yes, or it could happen"),
    "not_sure": _("I am not sure"),
}
LATER = "later"


class JoinForm(AgreeForm):
    """What is asked of each before two plans are joined."""

    age = RadioField(
        _("How old are you?"),
        description=_("Whoever is under 18 has more protection here."),
        choices=offer(AGE_WORDS.items()),
        validators=[InputRequired(_("Select how old you are"))],
    )
    agrees = RadioField(
        _("If you are under 18: do you understand what is shared?"),
        description=_("Leave this out if you are 18 or older. A worker can go through it with you."),
        choices=offer(AGREES_WORDS.items()),
        validate_choice=False,
    )
    advocate = RadioField(
        _("Does an advocate help you?"),
        description=_("An advocate is somebody independent who helps you to say what you want."),
        choices=offer(ADVOCATE_WORDS.items()),
        validators=[InputRequired(_("Select whether an advocate helps you"))],
    )
    conflict = RadioField(
        _("If one advocate helps you both: could you two want different things?"),
        description=_("Leave this out if you have no advocate, or one of your own."),
        choices=offer(CONFLICT_WORDS.items()),
        validate_choice=False,
    )

    def validate_agrees(self, field: RadioField) -> None:
        """Asked of whoever is under 18."""
        if self.age.data in {"young", "child"} and field.data not in AGREES_WORDS:
            raise ValidationError(_("Select whether the young person understands what is shared"))

    def validate_conflict(self, field: RadioField) -> None:
        """Asked of whoever has the same advocate as the other."""
        if self.advocate.data == "same" and field.data not in CONFLICT_WORDS:
            raise ValidationError(_("Select whether you two could want different things"))

    def terms(self) -> Terms:
        """What was answered."""
        under_18 = self.age.data != "adult"
        same = self.advocate.data == "same"
        return Terms(
            age=self.age.data,
            agrees=self.agrees.data if under_18 else None,
            advocate=self.advocate.data,
            conflict=self.conflict.data if same else None,
        )


class SplitForm(Form):
    """How much of a cost one's own plan carries."""

    percent = IntegerField(
        _("How much of the cost does your plan pay?"),
        description=_("A whole number from 1 to 99. 50 is half each."),
        validators=[
            InputRequired(_("Enter a whole number from 1 to 99")),
            NumberRange(min=1, max=99, message=_("Enter a whole number from 1 to 99")),
        ],
        default=50,
        render_kw={"suffix": "%", "width": 4},
    )


class PartForm(Form):
    """What a shared support is for in one's own plan, and who looks after one's part of the money."""

    needs = SelectMultipleField(_("What does it help you with?"), description=_("Select all that fit."))
    route = RadioField(
        _("Who looks after your part of the money?"),
        validators=[InputRequired(_("Select who looks after your part of the money"))],
    )
