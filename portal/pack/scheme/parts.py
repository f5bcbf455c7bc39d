"""The small parts of an allocation scheme: periods, prices, quantities, rounding, sources."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from portal.money import RoundingMode
from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.text import Text
from portal.pack.values import Identifier, Value

SchemePeriod = Literal["day", "week", "four_weeks", "month", "year", "one_off"]
"""How often a sum of money or a quantity comes. ``one_off`` is never turned into another period."""

Route = Literal["any", "personal_assistant", "agency", "council", "service_fund"]
"""Who employs or buys the support. A price may hold for one route only."""

PriceUnit = Literal["hour", "half_hour", "visit", "session", "meal", "day", "night", "week", "mile", "item"]


class Source(Value):
    """Where a rule or a price comes from, for whoever wants to check it."""

    id: Identifier
    title: Text
    url: str | None = None
    note: Text | None = None


class Effective(Value):
    """The days on which a scheme or a price holds, both included. ``to`` may be open.

    :ivar from_: the first day.
    :ivar to: the last day; open when left out.
    """

    from_: dt.date = Field(alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise Fault(f"it ends on {self.to} before it starts", f"Write {self.from_} or a later day", "to")
        return self

    def holds_on(self, day: dt.date) -> bool:
        """Whether this day is one of them."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Year(Value):
    """How a scheme turns weeks into years: 52 weeks of 7 days unless it says otherwise.

    :ivar weeks: weeks paid in a year, for example 52 or 52.142857.
    :ivar days: days in a year; ``weeks`` times ``days_per_week`` when absent.
    :ivar days_per_week: paid days in a week.
    """

    weeks: Decimal = Field(default=Decimal(52), gt=0, le=53)
    days_per_week: Decimal = Field(default=Decimal(7), gt=0, le=7)
    days: Decimal | None = Field(default=None, gt=0, le=366)

    def times(self, period: SchemePeriod) -> Decimal:
        """How often a period comes in a year.

        :raises ValueError: for ``one_off``, which has no year.
        """
        match period:
            case "day":
                return self.days if self.days is not None else self.weeks * self.days_per_week
            case "week":
                return self.weeks
            case "four_weeks":
                return self.weeks / 4
            case "month":
                return Decimal(12)
            case "year":
                return Decimal(1)
            case "one_off":
                raise ValueError("a one-off sum has no year")

    def convert(self, amount: Decimal, period: SchemePeriod, to: SchemePeriod) -> Decimal:
        """An amount for each ``period`` as an amount for each ``to``, unrounded."""
        if period == to:
            return amount
        if to == "year":
            return amount * self.times(period)
        return amount * self.times(period) / self.times(to)


class Round(Value):
    """Rounding to the nearest multiple of ``unit`` (pounds, or points for a score).

    :ivar unit: the step, in pounds, points or units: 0.01, 1, 5, 10.
    :ivar mode: ``half_up``: half goes up; ``half_even``: half goes to the even one; ``up``; ``down``.
    """

    unit: Decimal = Field(default=Decimal("0.01"), gt=0)
    mode: RoundingMode = "half_up"


class Rounding(Round):
    """Rounding of money at one scope: every line, every stream's total, or the total.

    :ivar scope: every line, every stream's total, or the total.
    """

    scope: Literal["line", "stream", "total"] = "total"


_NAME = re.compile(r"[a-z][a-z0-9_.]*\Z")


def _from_number(given: Any) -> Any:
    if isinstance(given, str) and _NAME.match(given):
        fix = f"Write figures, or {{answer: {given}}} for the answer to that question"
        raise Fault(f"“{given}” is no number", fix)
    if isinstance(given, str | int | float | Decimal) and not isinstance(given, bool):
        return {"value": given}
    return given


class NumberBand(Value):
    """What a number from one to another, both included, counts as.

    :ivar from_: the lowest number.
    :ivar to: the highest; open when left out.
    :ivar value: what it counts as.
    """

    from_: Decimal = Field(alias="from")
    to: Decimal | None = None
    value: Decimal


class Quantity(Value):
    """A number worked out from the answers. Written as a plain number, or as one of:

    - ``{answer: hours_needed}``: the number given; money is brought to the period in use;
    - ``{by: eating, values: {some: 3, lot: 7}}``: looked up by the option chosen (the values of
      all options chosen are added when several may be); ``otherwise`` for any option not listed;
    - ``{total_of: helpers.hours}``: one number field added up over everything in a list;
    - ``{count_of: helpers}``: how many there are, of a list or of options chosen;
    - ``{score: need}``: a score of this scheme; ``{stream: care}``: an earlier stream's total;
    - ``{sum: [..]}``, ``{product: [..]}``, ``{least: [..]}``, ``{most: [..]}``,
      ``{less: [a, b, ..]}``: a minus b and all that follow, never below nought, and
      ``{quotient: [a, b]}``: a divided by b, such as hours shared by so many people.

    An answer that was not given counts as ``otherwise``, or nought when that is absent. So does
    a quotient by nought. ``when`` makes the quantity nought unless it holds. ``bands`` turns the
    number into that of the first band that holds it, such as points into hours; ``round`` rounds it.

    :ivar value: a number, in the unit of its place.
    :ivar answer: the id of a question, or ``group.field``.
    :ivar by: the id of a question with options.
    :ivar values: a number by option, for ``by``.
    :ivar total_of: ``list.field``: a number field of a list.
    :ivar count_of: the id of a list, or of a question where several options may be chosen.
    :ivar sum: added up.
    :ivar product: multiplied.
    :ivar least: the smallest of them.
    :ivar most: the largest of them.
    :ivar less: the first minus all others, never below nought.
    :ivar quotient: the first divided by the second.
    :ivar bands: what the number counts as, band by band; ``otherwise``, or nought, in none of them.
    """

    value: Decimal | None = None
    answer: str | None = None
    by: str | None = None
    values: dict[str, Decimal] | None = None
    total_of: str | None = None
    count_of: str | None = None
    score: Identifier | None = None
    stream: Identifier | None = None
    sum: tuple[Amount, ...] | None = None
    product: tuple[Amount, ...] | None = None
    least: tuple[Amount, ...] | None = None
    most: tuple[Amount, ...] | None = None
    less: tuple[Amount, ...] | None = None
    quotient: tuple[Amount, Amount] | None = None
    otherwise: Decimal | None = None
    when: Condition | None = None
    bands: tuple[NumberBand, ...] = ()
    round: Round | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = (
            self.value,
            self.answer,
            self.by,
            self.total_of,
            self.count_of,
            self.score,
            self.stream,
            *self.inner_lists(),
        )
        if sum(form is not None for form in forms) != 1:
            raise Fault(
                "this is no quantity",
                "Write a number, or exactly one of answer, by, total_of, count_of, score, stream, sum, "
                "product, least, most, less or quotient",
            )
        if (self.by is None) != (self.values is None):
            raise Fault("by and values belong together", "Write by: a question, and values: {option: number}")
        ordered = sorted(self.bands, key=lambda band: band.from_)
        for band, following in pairwise(ordered):
            if band.to is None or band.to >= following.from_:
                fix = f"End the first below {following.from_}"
                raise Fault(f"two bands cover {following.from_}", fix, "bands")
        return self

    def banded(self, number: Decimal) -> Decimal:
        """What a number counts as."""
        if not self.bands:
            return number
        inside = (
            band for band in self.bands if band.from_ <= number and (band.to is None or number <= band.to)
        )
        found = next(inside, None)
        if found is not None:
            return found.value
        return self.otherwise if self.otherwise is not None else Decimal(0)

    def inner_lists(self) -> tuple[tuple[Quantity, ...] | None, ...]:
        """The lists of further quantities, those not used being ``None``."""
        return (self.sum, self.product, self.least, self.most, self.less, self.quotient)

    def inner(self) -> tuple[Quantity, ...]:
        """The quantities this one is made of, itself first."""
        found: tuple[Quantity, ...] = (self,)
        for group in self.inner_lists():
            for part in group or ():
                found += part.inner()
        return found


Amount = Annotated[Quantity, BeforeValidator(_from_number)]
"""A :class:`Quantity` that may be written as a plain number."""


class OnCost(Value):
    """What an employer pays on top of a wage, as a percentage.

    :ivar on: ``rate``: added to the price of one unit, then multiplied; ``amount``: a line of its
        own, worked out on the whole line.
    :ivar round: rounding of the on-cost itself; none when absent.
    :ivar percent: percent of the wage.
    """

    percent: Decimal = Field(ge=0)
    on: Literal["rate", "amount"] = "amount"
    round: Round | None = None


class Price(Value):
    """What one unit of support costs, in pounds, on given days and by a given route.

    :ivar unit: what one of them is.
    :ivar amount: pounds for one unit.
    :ivar route: for whom it holds; ``any`` where no price of the person's own route does.
    :ivar on_cost: what an employer pays on top.
    """

    id: Identifier
    label: Text
    unit: PriceUnit = "hour"
    amount: Decimal = Field(ge=0)
    route: Route = "any"
    effective: Effective
    on_cost: OnCost | None = None
    source: Identifier | None = None


class RouteChoice(Value):
    """Which price of the book holds, read off one answer.

    :ivar values: the route by option.
    """

    question: str
    values: dict[str, Route]
    otherwise: Route = "council"


Quantity.model_rebuild()
