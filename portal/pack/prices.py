"""The price book: what support usually costs here, dated and sourced."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from portal.pack.faults import Fault
from portal.pack.questions import Outcome
from portal.pack.text import Text
from portal.pack.values import Identifier, Value
from portal.pack.written import Amount, Unit


class Price(Value):
    """What one unit of a kind of support costs, in pounds.

    :ivar id: its name.
    :ivar name: what is paid for.
    :ivar amount: pounds.
    :ivar unit: what the amount buys: an hour, a session, ... or ``once``.
    :ivar includes: what is in the price, for example the costs of being an employer.
    :ivar outcomes: the outcomes it usually serves; any when empty.
    :ivar source: where the price comes from, with a date.
    """

    id: Identifier
    name: Text
    amount: Amount
    unit: Unit
    includes: Text | None = None
    outcomes: tuple[Outcome, ...] = ()
    source: Text


class Prices(Value):
    """``prices.yaml``: one dated list.

    :ivar name: the list's name.
    :ivar illustrative: the amounts are invented, to show how the portal works.
    :ivar from_day: the first day on which the prices hold.
    :ivar last_day: the last day on which the prices hold; open when absent.
    :ivar source: where the list comes from.
    :ivar prices: in the order in which they are offered.
    """

    name: Text
    illustrative: bool
    from_day: date
    last_day: date | None = None
    source: Text
    prices: tuple[Price, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Self:
        if self.last_day is not None and self.last_day < self.from_day:
            raise Fault(
                "last_day is before from_day", "Write a later last_day, or remove the line", "last_day"
            )
        return self
