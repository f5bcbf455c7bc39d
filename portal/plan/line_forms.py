"""Forms of lines of support. What a kind of support asks is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Self

from wtforms import RadioField, SelectField

from portal.choices.rules import OWN_MONEY
from portal.controls import offer
from portal.plan.fields import NumberBox, PoundsBox, line_box
from portal.plan.rules.lines import Every, Line, LineKind
from portal.plan.telling import EVERY_WORDS, WORKER_WORDS
from portal.text import _
from portal.unsaved.forms import Form

HOURS_IN_WEEK = Decimal(168)
NOT_CHOSEN = "not_chosen"
NO_STREAM = "none"
MOST_MONTHS = Decimal(600)
_ONE_PRICE = _("The price of one person. Leave this empty if you do not know yet.")
_NO_PRICE = _("Leave this empty if you do not know yet.")


def _every_box() -> SelectField:
    choices = offer(EVERY_WORDS.items())
    return SelectField(_("How often"), choices=choices, default="week")


def _route_box() -> RadioField:
    return RadioField(_("Who looks after the money for this?"), default=NOT_CHOSEN)


def _stream_box() -> RadioField:
    return RadioField(_("Which part of your budget pays for it?"), default=NO_STREAM)


def _workers_box() -> SelectField:
    choices = offer((str(number), words) for number, words in WORKER_WORDS.items())
    return SelectField(_("How many people help at the same time?"), choices=choices, default="1")


def _what_box(label: str, example: str, missing: str) -> Any:
    return line_box(label, example, missing=missing)


class LineForm(Form):
    """What every kind of support asks, and how the answers become a line."""

    first_every: Every = "week"

    what = line_box(_("What is the support?"), missing=_("Say what the support is"))

    def offer_routes(
        self, routes: Sequence[tuple[str, str]], streams: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Say which routes the money may take, and from which parts of a budget, where the kind asks."""
        if "route" in self:
            own = (OWN_MONEY, _("I pay for it with my own money"))
            self.route.choices = offer([*routes, own, (NOT_CHOSEN, _("I have not decided yet"))])
        if "stream" in self and streams:
            self.stream.choices = offer([*streams, (NO_STREAM, _("I am not sure, or none of these"))])
        elif "stream" in self:
            del self.stream

    def hold_price(self) -> None:
        """Ask for no price: it is fixed, and stays what it is."""
        for name in ("price", "every", "stream"):
            if name in self:
                del self[name]

    @classmethod
    def showing(cls, line: Line) -> Self:
        """The form with a line as it is kept, or as a new one starts."""
        kept: Mapping[str, Any] = {
            "what": line.what,
            "who": line.who,
            "quantity": line.quantity,
            "workers": str(line.workers),
            "price": line.price,
            "every": line.every or cls.first_every,
            "route": line.route or NOT_CHOSEN,
            "stream": line.stream or NO_STREAM,
            "award_months": line.award_months,
            "longest_months": line.longest_months,
        }
        return cls(data=kept, about=f"line {line.id}" if line.id else "")

    def line(self, before: Line) -> Line:
        """The line with what was typed; what the kind does not ask stays as it was."""
        said: dict[str, Any] = {"what": str(self.what.data), "who": self._said("who", before.who) or ""}
        for name in ("quantity", "price", "award_months", "longest_months"):
            said[name] = self._said(name, getattr(before, name))
        if "every" in self:
            said["every"] = self.every.data if said["price"] is not None else None
        for name, none in (("route", NOT_CHOSEN), ("stream", NO_STREAM)):
            if name in self:
                said[name] = None if self[name].data in (None, none) else self[name].data
        if "workers" in self:
            said["workers"] = int(self.workers.data or 1)
        if said["price"] != before.price:
            said["source"] = ""
        return replace(before, **said)

    def _said(self, name: str, otherwise: Any) -> Any:
        return self[name].data if name in self else otherwise


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
    workers = _workers_box()
    price = PoundsBox(_("What does one hour cost?"), _ONE_PRICE)
    route = _route_box()
    stream = _stream_box()


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
    workers = _workers_box()
    price = PoundsBox(
        _("What does it cost each time?"),
        _ONE_PRICE,
    )
    route = _route_box()
    stream = _stream_box()


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
    stream = _stream_box()


class FreeForm(LineForm):
    """A service that costs nothing: a library, a nurse, the fire service."""

    what = _what_box(_("What is it?"), _("For example, a visit from the fire service."), _("Say what it is"))
    who = line_box(_("Who gives it?"))


class CoreForm(LineForm):
    """A fixed part that is the same for everybody who lives there: nothing to choose."""

    what = _what_box(
        _("What is the fixed part?"),
        _("For example, the service that keeps the house safe."),
        _("Say what the fixed part is"),
    )
    who = line_box(_("Who gives it?"))
    price = PoundsBox(_("How much is it?"), _NO_PRICE)
    every = _every_box()
    route = _route_box()
    stream = _stream_box()


class FlexibleForm(LineForm):
    """Hours whose days the person chooses as they go."""

    what = _what_box(
        _("What are the hours for?"),
        _("For example, going out in the evening."),
        _("Say what the hours are for"),
    )
    who = line_box(_("Who will do it?"), _("You may choose somebody else each time."))
    quantity = NumberBox(
        _("How many hours a week?"),
        _("On average. You can save hours from one week for another."),
        unit="hour hours",
        most=HOURS_IN_WEEK,
        too_much=_("There are 168 hours in a week. Enter 168 or less."),
    )
    price = PoundsBox(_("What does one hour cost?"), _NO_PRICE)
    route = _route_box()
    stream = _stream_box()


class CashForm(LineForm):
    """A sum for the person to use as they choose."""

    what = _what_box(
        _("What will you use the cash for?"),
        _("For example, football boots and the bus."),
        _("Say what you will use the cash for"),
    )
    price = PoundsBox(_("How much is it?"), _NO_PRICE)
    every = _every_box()
    route = _route_box()
    stream = _stream_box()


class AwardForm(LineForm):
    """Money that is given for a time, and perhaps again."""

    what = _what_box(
        _("What is the award for?"),
        _("For example, learning to run a flat of my own."),
        _("Say what the award is for"),
    )
    who = line_box(_("Who helps you with it?"))
    price = PoundsBox(_("How much is it?"), _NO_PRICE)
    every = _every_box()
    award_months = NumberBox(
        _("How many months does one award last?"),
        unit="month months",
        most=MOST_MONTHS,
        too_much=_("Enter 600 months or less"),
    )
    longest_months = NumberBox(
        _("How many months may it last in all, if it is given again?"),
        _("Leave this empty if there is no limit."),
        unit="month months",
        most=MOST_MONTHS,
        too_much=_("Enter 600 months or less"),
    )
    route = _route_box()
    stream = _stream_box()

    first_every: Every = "four_weeks"


class EquipmentForm(LineForm):
    """A thing that helps: bought, or on loan for nothing."""

    what = _what_box(_("What is it?"), _("For example, a chair for the shower."), _("Say what it is"))
    who = line_box(_("Who lends it, sells it or fits it?"))
    price = PoundsBox(
        _("What does it cost?"),
        _("Write 0 if it is on loan or free. Leave this empty if you do not know yet."),
    )
    route = _route_box()
    stream = _stream_box()


class OneOffForm(LineForm):
    """Something that is paid once."""

    what = _what_box(_("What is it?"), _("For example, a course to use the bus."), _("Say what it is"))
    who = line_box(_("Who sells it or does it?"))
    price = PoundsBox(
        _("What does it cost?"), _("Write 0 if it is free. Leave this empty if you do not know yet.")
    )
    route = _route_box()
    stream = _stream_box()


FORMS: Mapping[LineKind, type[LineForm]] = {
    "self": SelfForm,
    "family": FamilyForm,
    "community": CommunityForm,
    "free": FreeForm,
    "core": CoreForm,
    "hours": HoursForm,
    "flexible": FlexibleForm,
    "sessions": SessionsForm,
    "sum": SumForm,
    "cash": CashForm,
    "award": AwardForm,
    "equipment": EquipmentForm,
    "one_off": OneOffForm,
}
