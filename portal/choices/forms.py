"""Forms of the choices: who helps to plan, and how the money is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portal.choices.records import CHOSEN, NOT_DECIDED
from portal.controls import control_of, offer
from portal.fields import Choice, Control
from portal.text import _, clean
from portal.unsaved.forms import Form
from portal.words import translate

NAME_LENGTH = 200
NOT_DECIDED_WORDS = _("I have not decided yet")


class SeveralForm(Form):
    """One or several of what is offered, or "not decided yet" alone."""

    chosen = SelectMultipleField(_("You can choose more than one"), validate_choice=True)

    missing = _("Choose at least one, or “I have not decided yet”")
    both = _("Choose “I have not decided yet” on its own, or take it out")

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """Something was chosen, and "not decided" not beside something else."""
        picked = field.data or []
        if not picked:
            raise ValidationError(self.missing)
        if NOT_DECIDED in picked and len(picked) > 1:
            raise ValidationError(self.both)

    def value(self) -> dict[str, Any]:
        """The choice as it is kept."""
        picked = [one for one in self.chosen.data or [] if one != NOT_DECIDED]
        return {CHOSEN: picked} if picked else {CHOSEN: [], NOT_DECIDED: True}

    def control(self, label: str, options: Sequence[Choice]) -> Control:
        """The tick boxes, each with its line of explanation."""
        last = Choice(NOT_DECIDED, translate(NOT_DECIDED_WORDS), apart=True)
        return replace(control_of(self.chosen), label=label, options=(*options, last))


def several_form(offered: Sequence[tuple[str, str]], kept: dict[str, Any], topic: str) -> SeveralForm:
    """The form for a choice, with what was chosen before.

    :param offered: id and label of each.
    """
    before = [NOT_DECIDED] if kept.get(NOT_DECIDED) else kept.get(CHOSEN, [])
    form = SeveralForm(data={"chosen": before}, about=topic)
    form.chosen.choices = offer([*offered, (NOT_DECIDED, NOT_DECIDED_WORDS)])
    return form


def _cleaned(typed: str | None) -> str:
    return clean(typed or "")


def names_form(planners: Sequence[tuple[str, str]], kept: dict[str, str]) -> Form:
    """Who each planner is: one box for each that may have a name.

    :param planners: id and label of each.
    """
    fields: dict[str, Field] = {
        f"name_{id_}": StringField(
            label,
            validators=[Optional(), Length(max=NAME_LENGTH, message=_("Use fewer than 200 characters"))],
            filters=[_cleaned],
        )
        for id_, label in planners
    }
    form: type[Form] = type("NamesForm", (Form,), fields)
    return form(data={f"name_{id_}": kept.get(id_, "") for id_, _label in planners}, about="planner")


class PaidForm(Form):
    """Where a direct payment goes."""

    paid = RadioField(
        _("Where should your direct payment go?"),
        validators=[InputRequired(_("Choose where your direct payment should go"))],
        validate_choice=True,
        render_kw={"heading": True},
    )
