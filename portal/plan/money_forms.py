"""Forms about money: who is paid for a line, and how the money of a route is held."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, Optional

from portal.controls import offer
from portal.plan.fields import DayBox, NumberBox, line_box, text_box
from portal.plan.money_telling import CAPACITY_WORDS, NET_WORDS, PAID_EVERY_WORDS, RECEIVER_WORDS
from portal.plan.rules.lines import Payee
from portal.plan.telling import PAYEE_WORDS
from portal.text import _
from portal.unsaved.forms import Form

_WEEKS = Decimal(53)
YES, NO = "yes", "no"


class PaidForm(Form):
    """Who is paid with a direct payment, and whether they live with the person."""

    payee = RadioField(
        _("Who is paid for this?"),
        choices=offer(PAYEE_WORDS.items()),
        validators=[InputRequired(_("Choose who is paid"))],
    )
    same_home = RadioField(
        _("Do they live with you?"),
        choices=offer([(YES, _("Yes")), (NO, _("No"))]),
        validators=[Optional()],
    )
    care_home_weeks = NumberBox(
        _("If it is a stay in a care home, how many weeks in 12 months?"),
        _("Leave this empty if it is not. Stays that are less than 4 weeks apart count together."),
        unit="week weeks",
        most=_WEEKS,
        too_much=_("Enter 53 weeks or less"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Close family: also whether they live in the same home."""
        if not super().validate(extra_validators):
            return False
        if self.payee.data == "close_family" and self.same_home.data not in (YES, NO):
            self.same_home.errors = [_("Say whether they live with you")]
            return False
        return True

    def without_stay(self) -> None:
        """Do not ask about a stay in a care home: nobody pays for one by the hour."""
        del self.care_home_weeks

    def weeks_said(self) -> Decimal | None:
        """Weeks in a care home within 12 months; ``None`` for no such stay."""
        return self.care_home_weeks.data if "care_home_weeks" in self else None

    def payee_said(self) -> Payee | None:
        """Who was chosen."""
        return next((one for one in PAYEE_WORDS if one == self.payee.data), None)

    def same_home_said(self) -> bool | None:
        """Whether they live in the same home; ``None`` when that was not said."""
        return {YES: True, NO: False}.get(self.same_home.data or "")


class HeldForm(Form):
    """What is asked about the money of a route: its fields are kept by their names."""

    words: frozenset[str] = frozenset()
    """The fields whose words people wrote."""

    def facts(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What was chosen, and what was typed, each by name."""
        chosen: dict[str, Any] = {}
        typed: dict[str, str] = {}
        for field in self:
            if field.type in ("HiddenField", "CSRFTokenField"):
                continue
            if field.name in self.words:
                typed[field.name] = field.data or ""
            elif isinstance(field, DayBox):
                chosen[field.name] = field.data.isoformat() if field.data else None
            else:
                chosen[field.name] = field.data
        return chosen, typed


class DirectForm(HeldForm):
    """A direct payment, into an account or on a card."""

    words = frozenset({"receiver_name"})

    capacity = RadioField(
        _("Can you decide about a direct payment and look after it?"),
        choices=offer(CAPACITY_WORDS.items()),
        validators=[Optional()],
    )
    receiver = RadioField(
        _("Who receives the money?"), choices=offer(RECEIVER_WORDS.items()), validators=[Optional()]
    )
    receiver_name = line_box(
        _("The name of the person who receives it for you"), _("Leave this empty if it is you.")
    )
    receiver_agrees = BooleanField(_("They have agreed to receive it"))
    every = RadioField(
        _("How often should it be paid?"), choices=offer(PAID_EVERY_WORDS.items()), validators=[Optional()]
    )
    net = RadioField(_("Is your own part in it?"), choices=offer(NET_WORDS.items()), validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever receives it for the person has a name."""
        if not super().validate(extra_validators):
            return False
        if self.receiver.data in ("nominated", "authorised") and not self.receiver_name.data:
            self.receiver_name.errors = [_("Write the name of who receives it")]
            return False
        return True


class FundForm(HeldForm):
    """An individual service fund: a provider holds the money for the person."""

    words = frozenset({"provider", "surplus", "disputes"})

    provider = line_box(_("Which provider holds the money for you?"))
    asks_for_one = BooleanField(_("There is no provider yet. I ask the council to help me find one"))
    surplus = text_box(_("What happens to money that is left over?"), rows=3)
    disputes = text_box(_("What do you do if you and the provider disagree?"), rows=3)
    agreed_on = DayBox(
        _("When did you and the provider agree this?"),
        _("For example, 27 3 2027. Leave this empty if you have not agreed yet."),
    )
    share = BooleanField(_("The provider may see my plan"))


class NecessaryForm(Form):
    """Why it is necessary to pay somebody close."""

    why = text_box(
        _("Why is it necessary that this person is paid?"),
        _("For example, nobody else here speaks my language. What else have you tried?"),
        missing=_("Say why it is necessary"),
    )


class DecideForm(FlaskForm):
    """What an officer decides about paying somebody close."""

    decided = RadioField(
        _("Is it necessary to pay this person?"),
        choices=offer([(YES, _("Yes, it is necessary")), (NO, _("No, it is not necessary"))]),
        validators=[InputRequired(_("Select yes or no"))],
    )
    reason = text_box(
        _("Why?"),
        _("It stands in the plan. The person reads it."),
        missing=_("Say why"),
        rows=3,
    )
    role = line_box(
        _("Your role"),
        _("For example, social worker. Your name and the day go with it."),
        missing=_("Say what your role is"),
    )

    def says_yes(self) -> bool:
        """Whether it is necessary."""
        return bool(self.decided.data == YES)
