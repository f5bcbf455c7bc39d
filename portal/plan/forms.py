"""Forms of the plan beside its lines: when, for what, and the person's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.controls import offer
from portal.pack.support import Day
from portal.plan.fields import DayBox, NumberBox, PoundsBox, TimeBox, line_box, text_box
from portal.plan.rules.clock import DAYS, Slot
from portal.plan.rules.left import Setback
from portal.plan.telling import DAY_WORDS, MET_BY_WORDS, PART_WORDS, WORTH_WORDS
from portal.text import _
from portal.unsaved.forms import Form

NOT_LISTED = "none"
NOT_MET = "not_met"
NOT_ASKED = "not_asked"


class WhenForm(Form):
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
    start = TimeBox(
        _("From what time?"), _("For example, 9.30 or 2pm. Leave this empty if the time can change.")
    )
    end = TimeBox(_("Until what time?"))
    times = line_box(_("The time in your own words"), _("For example, when I come home from work."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Both times, or neither; and a day that they are for."""
        sound = bool(super().validate(extra_validators))
        start, end = self.start, self.end
        if not sound:
            return False
        if bool(start.data) != bool(end.data):
            (end if start.data else start).errors = [_("Write both times, or leave both empty")]
        elif start.data and not self.days.data:
            self.days.errors = [_("Choose the days that these times are for")]
        else:
            return True
        return False

    def slots(self) -> tuple[Slot, ...]:
        """The same time on each day that was ticked."""
        if not (self.start.data and self.end.data):
            return ()
        ticked = self.days.data or ()
        return tuple(Slot(day, self.start.data, self.end.data) for day in DAYS if day in ticked)


def _times_form() -> type[Form]:
    fields: dict[str, Any] = {}
    for day in DAYS:
        fields[f"start_{day}"] = TimeBox(_("From"))
        fields[f"end_{day}"] = TimeBox(_("Until"))
    made: type[Form] = type("TimesOfDays", (Form,), fields)
    return made


_TimesOfDays = _times_form()


class TimesForm(_TimesOfDays):  # type: ignore[misc, valid-type]
    """Other times on other days: a start and an end for each."""

    @classmethod
    def showing(cls, slots: tuple[Slot, ...], about: str) -> TimesForm:
        """The form with the times that are kept."""
        kept = {f"start_{slot.day}": slot.start for slot in slots}
        return cls(data=kept | {f"end_{slot.day}": slot.end for slot in slots}, about=about)

    def validate(self, extra_validators: Any = None) -> bool:
        """Both times of a day, or neither."""
        sound = bool(super().validate(extra_validators))
        for day in DAYS:
            start, end = self[f"start_{day}"], self[f"end_{day}"]
            if bool(start.data) != bool(end.data) and not start.errors and not end.errors:
                lacking = end if start.data else start
                lacking.errors = [_("Write both times of this day, or leave both empty")]
                sound = False
        return sound

    def day_controls(self, day: Day) -> tuple[Any, Any]:
        """The two fields of a day."""
        return self[f"start_{day}"], self[f"end_{day}"]

    def slots(self) -> tuple[Slot, ...]:
        """What was written, day by day."""
        read = ((day, *(field.data for field in self.day_controls(day))) for day in DAYS)
        return tuple(Slot(day, start, end) for day, start, end in read if start and end)


class MoreForm(Form):
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


class InsteadForm(Form):
    """What a line is in place of, and what that would cost."""

    instead = line_box(
        _("What is this in place of?"),
        _("For example, 3 days a week at a day centre. Leave this empty if it is in place of nothing."),
    )
    book = SelectField(
        _("Is it in the council’s list of prices?"), default=NOT_LISTED, validators=[Optional()]
    )
    price = PoundsBox(_("If it is not in the list: what does it cost each time, or for an hour?"))
    quantity = NumberBox(
        _("How many times or hours a week would it be?"),
        unit="time times hour hours day days visit visits night nights",
        most=Decimal(200),
        too_much=_("Enter 200 or less"),
    )

    def offer_prices(self, prices: Sequence[tuple[str, str]]) -> None:
        """Say what stands in the list of prices: the id of each, and its words."""
        self.book.choices = offer([(NOT_LISTED, _("It is not in the list")), *prices])

    def validate(self, extra_validators: Any = None) -> bool:
        """A price is of something."""
        if not super().validate(extra_validators):
            return False
        if not self.instead.data and (self.price.data is not None or self.quantity.data is not None):
            self.instead.errors = [_("Say what this is in place of")]
            return False
        return True


class WordsForm(Form):
    """What the person wants, in their own words."""

    words = text_box(
        _("What matters to you about this, and what do you want to happen?"),
        _("Write as you would say it. For example, “I want to cook on Sundays again.”"),
    )


class MetByForm(Form):
    """Who meets a need without a line of support."""

    met_by = RadioField(
        _("Is something or somebody helping with this already?"),
        choices=offer([*MET_BY_WORDS.items(), (NOT_MET, _("No, I would like support with this"))]),
        validators=[InputRequired(_("Choose one answer"))],
    )


class SetbackForm(Form):
    """One thing that could go wrong."""

    wrong = text_box(
        _("What could go wrong?"),
        _("For example, the person who helps me is ill."),
        missing=_("Say what could go wrong"),
        rows=2,
    )
    signs = text_box(
        _("How would you notice it early?"),
        _("For example, I sleep badly, or the money runs low before the month ends."),
        rows=2,
    )
    then = text_box(_("What happens then?"), _("For example, my sister comes in the evening."), rows=3)
    call = text_box(_("Who do you call?"), _("A name and a phone number, if you know it."), rows=2)

    worth = RadioField(
        _("Is it a risk worth taking?"),
        choices=offer([*WORTH_WORDS.items(), (NOT_ASKED, _("This is not a risk I choose"))]),
        default=NOT_ASKED,
        validators=[Optional()],
    )
    worth_why = text_box(
        _("Why is it worth it to you?"),
        _("For example, I may fall on the way, but I want to see my friends."),
        rows=2,
    )

    @classmethod
    def showing(cls, setback: Setback) -> SetbackForm:
        """The form with what is kept."""
        kept = asdict(setback) | {"worth": setback.worth or NOT_ASKED}
        return cls(data=kept, about=f"setback {setback.id}")

    def setback(self, id_: str = "") -> Setback:
        """What was typed."""
        return Setback(
            id=id_,
            wrong=self.wrong.data or "",
            signs=self.signs.data or "",
            then=self.then.data or "",
            call=self.call.data or "",
            worth=next((one for one in WORTH_WORDS if one == self.worth.data), None),
            worth_why=self.worth_why.data or "",
        )


class TextForm(Form):
    """One text of the plan."""

    words = text_box("")


class PictureForm(Form):
    """What a picture shows."""

    shows = line_box(
        _("What does the picture show?"),
        _("Say it in words, for people who cannot see it. For example, my dog asleep in the garden."),
        missing=_("Say what the picture shows"),
    )


class AnswerForm(Form):
    """One of the seven questions: an answer, or that none is needed."""

    words = text_box("")
    not_needed = BooleanField(_("This is not needed in my plan"))
