"""What a line may start from: free, family and community ideas first, then what has a price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.budget.rules.receipt import Allocation, StreamResult
from portal.catalogue.rules.prices import unit_of, usual_cost
from portal.catalogue.rules.services import Service
from portal.pack.choices import StreamUse
from portal.pack.prevention import Idea, Offer
from portal.pack.prices import Price
from portal.pack.questions import Outcome
from portal.pack.text import Words
from portal.pack.written import Unit
from portal.plan.rules.lines import BY_QUANTITY, EVERY, KINDS, Every, Line, LineKind

_THINGS = ("technology", "equipment")


@dataclass(frozen=True)
class Start:
    """Something a line of support may start from.

    :ivar id: its name in addresses.
    :ivar line: the line as it starts, without words of its own.
    :ivar unit: what its price is for; ``None`` when it is free.
    """

    id: str
    title: Words | str
    about: Words | str | None
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
            line=replace(_priced(one.amount, one.unit, None), source=f"price:{one.id}"),
            unit=one.unit,
            outcomes=one.outcomes,
        )
        for one in prices
    )
    return tuple(start for start in starts if start.serves(outcome))


def from_catalogue(id_: int, service: Service, outcomes: tuple[Outcome, ...] = ()) -> Start:
    """A service of the catalogue, with its usual price. One that tells none is left to be asked for."""
    cost = usual_cost(service)
    unit = None if cost is None else unit_of(cost)
    if cost is None or cost.amount is None:
        line = Line(id="", what="", kind="sessions")
    elif cost.free:
        line = Line(id="", what="", kind="community")
    else:
        line = _priced(cost.amount, unit or "session", None)
    line = replace(line, who=service.organization, source=f"catalogue:{id_}")
    return Start(f"service-{id_}", service.name, service.description, line, unit, outcomes)


def from_budget(allocation: Allocation | None, uses: Iterable[StreamUse]) -> tuple[Start, ...]:
    """What the parts of a budget start as, where the council fixed it: a core, hours, cash, an award."""
    if allocation is None or allocation.status != "figure":
        return ()
    known = {use.id: use for use in uses}
    several = len(known) > 1
    return tuple(
        Start(
            id=f"budget-{stream.id}",
            title=stream.tier.label if stream.tier is not None else stream.title,
            about=known[stream.id].about,
            line=replace(
                _of_stream(stream, kind, allocation),
                stream=stream.id if several else None,
                route=known[stream.id].route,
            ),
            unit=None,
            outcomes=(),
        )
        for stream in allocation.streams
        for kind in (known[stream.id].line if stream.id in known else None,)
        if kind is not None and stream.status == "figure" and stream.amount
    )


def _of_stream(stream: StreamResult, kind: LineKind, allocation: Allocation) -> Line:
    source = f"budget:{stream.id}"
    if kind in BY_QUANTITY:
        counted = next((one for one in allocation.lines if one.stream == stream.id and one.rate), None)
        quantity, price = (counted.quantity, counted.rate) if counted else (None, None)
        return Line(id="", what="", kind=kind, quantity=quantity, price=price, source=source)
    every = next((every for every in EVERY if every == stream.period), None)
    line = Line(id="", what="", kind=kind, price=stream.amount, every=every, source=source)
    if stream.tier is None or kind != "award":
        return line
    months, tier = stream.tier.award_months, stream.tier
    longest = tier.max_months
    if longest is None and tier.most_awards is not None and months is not None:
        longest = months * tier.most_awards
    return replace(line, award_months=months, longest_months=longest)


def _start(id_: str, one: Idea | Offer, kind: LineKind | None) -> Start:
    free = not one.price
    if free:
        line = Line(id="", what="", kind=kind or "equipment", price=None if kind else Decimal(0))
    else:
        line = _priced(one.price, one.price_unit, kind)
    if line.kind == "one_off" and isinstance(one, Offer):
        line = replace(line, kind="equipment")
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
