"""What a line may start from: free, family and community ideas first, then what has a price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.pack.prevention import Idea, Offer
from portal.pack.prices import Price
from portal.pack.questions import Outcome
from portal.pack.text import Words
from portal.pack.written import Unit
from portal.plan.rules.lines import EVERY, KINDS, Every, Line, LineKind

_THINGS = ("technology", "equipment")


@dataclass(frozen=True)
class Start:
    """Something a line of support may start from.

    :ivar id: its name in addresses.
    :ivar line: the line as it starts, without words of its own.
    :ivar unit: what its price is for; ``None`` when it is free.
    """

    id: str
    title: Words
    about: Words | None
    line: Line
    unit: Unit | None
    outcomes: tuple[Outcome, ...]

    def serves(self, outcome: str | None) -> bool:
        """Whether it could help with a need; with any need when none is named."""
        return outcome is None or not self.outcomes or outcome in self.outcomes


def ideas(ideas: Iterable[Idea], offers: Iterable[Offer], outcome: str | None = None) -> tuple[Start, ...]:
    """Ideas for a need: the person's own doing, family and community first, then things to buy or fit."""
    starts = [_start(f"idea-{one.id}", one, one.kind) for one in ideas]
    starts += [_start(f"offer-{one.id}", one, None) for one in offers if one.kind in _THINGS]
    fitting = [start for start in starts if start.serves(outcome)]
    return tuple(sorted(fitting, key=lambda start: (KINDS.index(start.line.kind), start.line.price or 0)))


def prices(prices: Iterable[Price], outcome: str | None = None) -> tuple[Start, ...]:
    """What of the price book could help with a need."""
    starts = (
        Start(
            id=f"price-{one.id}",
            title=one.name,
            about=one.includes,
            line=_priced(one.amount, one.unit, None),
            unit=one.unit,
            outcomes=one.outcomes,
        )
        for one in prices
    )
    return tuple(start for start in starts if start.serves(outcome))


def _start(id_: str, one: Idea | Offer, kind: LineKind | None) -> Start:
    free = not one.price
    if free:
        line = Line(id="", what="", kind=kind or "one_off", price=None if kind else Decimal(0))
    else:
        line = _priced(one.price, one.price_unit, kind)
    return Start(id_, one.title, one.what, line, None if free else one.price_unit, one.outcomes)


def _priced(amount: Decimal, unit: Unit, kind: LineKind | None) -> Line:
    every = _every(unit)
    if kind == "community":
        # A club that is paid each time starts as going once a week.
        return Line(id="", what="", kind=kind, price=amount, every=every or "week")
    if every is not None:
        return Line(id="", what="", kind=kind or "sum", price=amount, every=every)
    if unit == "hour":
        return Line(id="", what="", kind="hours", price=amount)
    if unit in ("once", "plan"):
        return Line(id="", what="", kind="one_off", price=amount)
    return Line(id="", what="", kind="sessions", price=amount)


def _every(unit: Unit) -> Every | None:
    return next((every for every in EVERY if every == unit), None)
