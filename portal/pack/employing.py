"""What it costs to employ somebody, beside the wage: dated rates, each with where it comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from portal.pack.faults import Fault
from portal.pack.text import Text
from portal.pack.values import Value

Number = Annotated[Decimal, Field(ge=0, max_digits=9)]


class Rate(Value):
    """One rate.

    :ivar is_: the number: pounds, a percentage, weeks or hours, as its name says.
    :ivar source: where it was published.
    :ivar illustrative: it is invented, to show how the portal works.
    """

    is_: Number = Field(alias="is")
    source: Text
    illustrative: bool = False


class Employing(Value):
    """``employing.yaml``: what an employer pays beside the wage.

    :ivar name: what the rates are called.
    :ivar from_day: the first day on which they hold.
    :ivar last_day: the last day on which they hold; open when absent.
    :ivar about: what to know before working it out.
    :ivar advice: who helps with being an employer.
    :ivar minimum_wage: the lowest wage the law allows, pounds an hour.
    :ivar holiday_weeks: weeks of paid holiday in a year.
    :ivar pension_percent: what an employer pays at least, per cent of qualifying earnings.
    :ivar pension_from: qualifying earnings begin here, pounds a year.
    :ivar pension_to: qualifying earnings end here, pounds a year.
    :ivar pension_trigger: who earns so much must be put into a pension, pounds a year.
    :ivar insurance_percent: employer’s National Insurance, per cent of what is above the threshold.
    :ivar insurance_from: the threshold, pounds a year.
    :ivar insurance_allowance: what an employer may keep of it, pounds a year.
    :ivar liability: insurance for an employer, pounds a year.
    :ivar payroll: a payroll service, pounds a month for each helper.
    :ivar training_hours: paid hours of training in a year for each helper.
    :ivar sickness_weeks: weeks of wages in a year to set aside for when a helper is ill.
    :ivar check: the check that somebody is safe to work with, pounds, once for each helper.
    """

    name: Text
    from_day: date
    last_day: date | None = None
    about: Text
    advice: Text | None = None
    minimum_wage: Rate
    holiday_weeks: Rate
    pension_percent: Rate
    pension_from: Rate
    pension_to: Rate
    pension_trigger: Rate
    insurance_percent: Rate
    insurance_from: Rate
    insurance_allowance: Rate
    liability: Rate
    payroll: Rate
    training_hours: Rate
    sickness_weeks: Rate
    check: Rate

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.last_day is not None and self.last_day < self.from_day:
            raise Fault(
                "last_day is before from_day", "Write a later last_day, or remove the line", "last_day"
            )
        if self.holiday_weeks.is_ >= 52:
            raise Fault("a year has no room for work", "Write fewer holiday_weeks", "holiday_weeks")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the rates hold on a day."""
        return self.from_day <= day and (self.last_day is None or day <= self.last_day)
