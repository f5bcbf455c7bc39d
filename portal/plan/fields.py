"""Boxes of the plan's forms: what people type about hours, pounds and days, read as questions read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.controls import controls_of
from portal.fields import DATE_PARTS, Control
from portal.pack.questions import Question
from portal.plan.rules.clock import time_in
from portal.questions.kinds.base import Message, first
from portal.questions.kinds.date import DateKind, box
from portal.questions.kinds.money import pounds_in
from portal.questions.kinds.number import number_in, plainly
from portal.text import _, clean

SHORT = 200
"""Characters a line of text may have."""
LONG = 4000
"""Characters a longer text may have."""
MOST_POUNDS = Decimal(100_000)
"""Pounds; more than this is a slip of the finger."""


def _cleaned(typed: str | None) -> str:
    return clean(typed or "")


def line_box(label: str, hint: str = "", *, missing: str = "") -> StringField:
    """A line of text; needed when there are words for its absence."""
    needed = InputRequired(missing) if missing else Optional()
    shorter = Length(max=SHORT, message=_("Use 200 characters or fewer"))
    return StringField(label, description=hint, validators=[needed, shorter], filters=[_cleaned])


def text_box(label: str, hint: str = "", *, missing: str = "", rows: int = 5) -> TextAreaField:
    """A longer text; needed when there are words for its absence.

    Its room is counted down only where a long text is asked for: elsewhere the count would say more
    than the question.
    """
    needed = InputRequired(missing) if missing else Optional()
    shorter = Length(max=LONG, message=_("Use 4,000 characters or fewer"))
    return TextAreaField(
        label,
        description=hint,
        validators=[needed, shorter],
        filters=[_cleaned],
        render_kw={"rows": rows, "maximum": LONG if rows >= 5 else 0},
    )


class NumberBox(Field):
    """A number as people write numbers: "2", "2½", "about 2 hours"."""

    def __init__(
        self, label: str, hint: str = "", *, unit: str, most: Decimal, too_much: str, **kwargs: Any
    ) -> None:
        look = {"kind": "number", "inputmode": "decimal"}
        super().__init__(label, [Optional()], description=hint, render_kw=look, **kwargs)
        self.unit, self.most, self.too_much = unit, most, too_much

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed.

        :raises ValueError: with what to do, when it is no number that can be.
        """
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        number = number_in(typed, self.unit)
        if number is None or number < 0:
            raise ValueError(_("Enter a number in figures, like 2 or 2.5"))
        if number > self.most:
            raise ValueError(self.too_much)
        if number != round(number, 2):
            raise ValueError(_("Use at most 2 figures after the point, like 2.25"))
        self.data = Decimal(plainly(number))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return plainly(self.data) if self.data is not None else ""


class PoundsBox(Field):
    """Pounds as people write them: "£14.50", "1,200", "50p"."""

    def __init__(self, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, [Optional()], description=hint, render_kw={"kind": "money"}, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed.

        :raises ValueError: with what to do, when it is no sum that can be.
        """
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        amount = pounds_in(typed)
        if amount is None or amount < 0 or amount != round(amount, 2):
            raise ValueError(_("Enter an amount in pounds, like 12.50"))
        if amount > MOST_POUNDS:
            raise ValueError(_("Enter £100,000 or less"))
        self.data = amount

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:.2f}".removesuffix(".00") if self.data is not None else ""


class TimeBox(Field):
    """A time of day as people write it: "9", "9.30", "2pm", "noon". Kept as ``HH:MM``."""

    def __init__(self, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, [Optional()], description=hint, render_kw={"width": 8}, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed.

        :raises ValueError: with what to do, when it is no time of day.
        """
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = time_in(typed) if typed else None
        if typed and self.data is None:
            raise ValueError(_("Enter a time like 9.30 or 2pm"))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data or ""


class DayBox(DateField):
    """A date in three boxes, read as a question of kind *date* reads it. It may be left empty."""

    def __init__(self, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, [], description=hint, **kwargs)
        self.flags.optional = True
        self.question = Question.model_validate(
            {"id": "day", "kind": "date", "ask": "-", "short": "-", "optional": True}
        )
        self.typed: tuple[str, ...] = ("", "", "")
        self.wrong: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002
        """Read the three boxes, or show the date that is kept."""
        self.process_errors = []
        self.data = data
        if formdata is None:
            if data is not None:
                self.typed = (str(data.day), str(data.month), str(data.year))
            return
        kind, name = DateKind(), self.name
        typed = kind.read(self.question, formdata, name)
        self.typed = tuple(first(typed, box(name, part)) for part in DATE_PARTS)
        # The question has no limits of past or future, so that no day is needed to compare with.
        problems = kind.problems(self.question, typed, name, date.min)
        for problem in problems:
            message = problem.message
            self.process_errors.append(message.msgid if isinstance(message, Message) else message.text)
            self.wrong = problem.ends
        kept = None if problems else kind.keep(self.question, typed, name, date.min)
        self.data = date.fromisoformat(kept) if isinstance(kept, str) else None

    def drawn(self, control: Control) -> Control:
        """The control with what was typed into each box, and which of them is wrong."""
        return replace(control, value=self.typed, wrong=self.wrong)


def controls_of_plan(form: FlaskForm) -> tuple[Control, ...]:
    """Every field a person fills in, in the form's order."""
    return controls_of(form)
