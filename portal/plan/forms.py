"""Forms of the plan. What a kind of support asks is decided here and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.choices.rules import OWN_MONEY
from portal.controls import offer
from portal.plan.fields import DayBox, NumberBox, PoundsBox, line_box, text_box
from portal.plan.rules.left import Setback
from portal.plan.rules.lines import Every, Line, LineKind
from portal.plan.telling import DAY_WORDS, EVERY_WORDS, MET_BY_WORDS, PART_WORDS
from portal.text import _

HOURS_IN_WEEK = Decimal(168)
NOT_CHOSEN = "not_chosen"
NOT_MET = "not_met"
_NO_PRICE = _("Leave this empty if you do not know yet.")


def _hidden_key() -> HiddenField:
    """The key of a page: sent twice, it makes one thing."""
    return HiddenField(default=lambda: secrets.token_urlsafe(12))


def _every_box() -> SelectField:
    choices = offer(EVERY_WORDS.items())
    return SelectField(_("How often"), choices=choices, default="week")


def _route_box() -> RadioField:
    return RadioField(_("Who looks after the money for this?"), default=NOT_CHOSEN)


class LineForm(FlaskForm):
    """What every kind of support asks, and how the answers become a line."""

    made_with = _hidden_key()
    what = line_box(_("What is the support?"), missing=_("Say what the support is"))

    def offer_routes(self, routes: Sequence[tuple[str, str]]) -> None:
        """Say which routes the money may take, where the kind asks."""
        if "route" in self:
            own = (OWN_MONEY, _("I pay for it with my own money"))
            self.route.choices = offer([*routes, own, (NOT_CHOSEN, _("I have not decided yet"))])

    def show(self, line: Line) -> None:
        """Fill the form with a line, unless something was typed."""
        if self.is_submitted():
            return
        kept: Mapping[str, Any] = {
            "what": line.what,
            "who": line.who,
            "quantity": line.quantity,
            "price": line.price,
            "every": line.every or "week",
            "route": line.route or NOT_CHOSEN,
        }
        for name, value in kept.items():
            if name in self:
                self[name].data = value

    def line(self, before: Line) -> Line:
        """The line with what was typed."""
        route = self._said("route")
        every: Every | None = self._said("every") if self._said("price") is not None else None
        return replace(
            before,
            what=str(self.what.data),
            who=self._said("who") or "",
            quantity=self._said("quantity"),
            price=self._said("price"),
            every=every,
            route=None if route in (None, NOT_CHOSEN) else route,
        )

    def _said(self, name: str) -> Any:
        return self[name].data if name in self else None


class SelfForm(LineForm):
    """Something the person does."""

    what = line_box(
        _("What do you do yourself?"),
        _("For example, I cook on good days and freeze some of it."),
        missing=_("Say what you do yourself"),
    )


class FamilyForm(LineForm):
    """Help from family or friends, unpaid."""

    what = line_box(
        _("What do they do?"), _("For example, cooks with me on Sundays."), missing=_("Say what they do")
    )
    who = line_box(_("Who helps you?"), _("A name, or for example “my sister”."))


class CommunityForm(LineForm):
    """A group, a club or a place nearby; free or for a little money."""

    what = line_box(
        _("What is it?"), _("For example, lunch club at the church hall."), missing=_("Say what it is")
    )
    who = line_box(_("Who runs it, or who goes with you?"))
    price = PoundsBox(_("What does it cost you?"), _("Leave this empty if it is free."))
    every = _every_box()
    route = _route_box()


class HoursForm(LineForm):
    """Support paid by the hour."""

    what = line_box(
        _("What is the support?"),
        _("For example, help to cook and eat."),
        missing=_("Say what the support is"),
    )
    who = line_box(_("Who will do it?"), _("For example, Anna, my personal assistant."))
    quantity = NumberBox(
        _("How many hours a week?"),
        _NO_PRICE,
        unit="hour hours",
        most=HOURS_IN_WEEK,
        too_much=_("There are 168 hours in a week. Enter 168 or less."),
    )
    price = PoundsBox(_("What does one hour cost?"), _NO_PRICE)
    route = _route_box()


class SessionsForm(LineForm):
    """Support paid each time: a visit, a day, a meal, a ride."""

    what = line_box(
        _("What is the support?"),
        _("For example, a day at the day centre."),
        missing=_("Say what the support is"),
    )
    who = line_box(_("Who will do it?"))
    quantity = NumberBox(
        _("How many times a week?"),
        _NO_PRICE,
        unit="time times",
        most=Decimal(200),
        too_much=_("Enter 200 or less"),
    )
    price = PoundsBox(_("What does it cost each time?"), _NO_PRICE)
    route = _route_box()


class SumForm(LineForm):
    """A sum that comes again and again."""

    what = line_box(
        _("What is the money for?"),
        _("For example, an alarm button."),
        missing=_("Say what the money is for"),
    )
    who = line_box(_("Who gives the support?"))
    price = PoundsBox(_("How much is it?"), _NO_PRICE)
    every = _every_box()
    route = _route_box()


class OneOffForm(LineForm):
    """Something that is bought or fitted once."""

    what = line_box(_("What is it?"), _("For example, a chair for the shower."), missing=_("Say what it is"))
    who = line_box(_("Who sells it or fits it?"))
    price = PoundsBox(
        _("What does it cost?"), _("Write 0 if it is free. Leave this empty if you do not know yet.")
    )
    route = _route_box()


FORMS: Mapping[LineKind, type[LineForm]] = {
    "self": SelfForm,
    "family": FamilyForm,
    "community": CommunityForm,
    "hours": HoursForm,
    "sessions": SessionsForm,
    "sum": SumForm,
    "one_off": OneOffForm,
}


class WhenForm(FlaskForm):
    """Days, parts of the day, and the time in the person's words."""

    days = SelectMultipleField(
        _("Which days?"),
        choices=offer(DAY_WORDS.items()),
        validators=[Optional()],
    )
    parts = SelectMultipleField(
        _("What part of the day?"),
        choices=offer(PART_WORDS.items()),
        validators=[Optional()],
    )
    times = line_box(_("What time?"), _("For example, 11 to 1. Leave this empty if the time can change."))


class MoreForm(FlaskForm):
    """What it helps with, and from when to when."""

    needs = SelectMultipleField(_("What does this help with?"), validators=[Optional()])
    starts = DayBox(
        _("When does it start?"), _("For example, 27 3 2027. Leave this empty if you do not know yet.")
    )
    ends = DayBox(_("When does it end?"), _("Leave this empty if it goes on."))

    def validate_ends(self, field: DayBox) -> None:
        """It ends after it starts."""
        if field.data and self.starts.data and field.data < self.starts.data:
            raise ValidationError(_("Enter a day that is not before the start"))


class WordsForm(FlaskForm):
    """What the person wants, in their own words."""

    words = text_box(
        _("What matters to you about this, and what do you want to happen?"),
        _("Write as you would say it. For example, “I want to cook on Sundays again.”"),
    )


class MetByForm(FlaskForm):
    """Who meets a need without a line of support."""

    met_by = RadioField(
        _("Is something or somebody helping with this already?"),
        choices=offer([*MET_BY_WORDS.items(), (NOT_MET, _("No, I would like support with this"))]),
        validators=[InputRequired(_("Choose one answer"))],
    )


class SetbackForm(FlaskForm):
    """One thing that could go wrong."""

    made_with = _hidden_key()
    wrong = text_box(
        _("What could go wrong?"),
        _("For example, the person who helps me is ill."),
        missing=_("Say what could go wrong"),
        rows=2,
    )
    then = text_box(_("What happens then?"), _("For example, my sister comes in the evening."), rows=3)
    call = text_box(_("Who do you call?"), _("A name and a phone number, if you know it."), rows=2)

    def setback(self, id_: str = "") -> Setback:
        """What was typed."""
        return Setback(
            id=id_, wrong=self.wrong.data or "", then=self.then.data or "", call=self.call.data or ""
        )


class TextForm(FlaskForm):
    """One text of the plan."""

    words = text_box("")
