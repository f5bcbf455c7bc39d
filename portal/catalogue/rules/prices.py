"""What a price of a service buys, told from the feed's own words for it."""

from __future__ import annotations

from collections.abc import Mapping

from portal.catalogue.rules.services import Cost, Service
from portal.pack.written import Unit

UNITS: Mapping[str, Unit] = {
    "hour": "hour",
    "session": "session",
    "class": "session",
    "lesson": "session",
    "visit": "visit",
    "time": "visit",
    "trip": "visit",
    "day": "day",
    "night": "night",
    "week": "week",
    "month": "month",
    "year": "year",
    "meal": "meal",
    "mile": "mile",
}
"""By a word of the feed; the first that it has."""


def unit_of(cost: Cost) -> Unit | None:
    """What a price buys; ``None`` when the feed's words do not tell."""
    said = cost.unit.casefold().replace(",", " ").replace("/", " ").split()
    return next((unit for word, unit in UNITS.items() if word in said), None)


def usual_cost(service: Service) -> Cost | None:
    """The price to plan with: the first that is for everybody, or else the first; ``None``: none is known."""
    known = [cost for cost in service.costs if cost.amount is not None]
    return next((cost for cost in known if not cost.option), known[0] if known else None)
