"""A service of the catalogue, whichever form of feed it came from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

Status = Literal["active", "inactive", "defunct", "temporarily closed"]
"""As Open Referral UK has them. Only what is active is found; what is closed for a time says so."""

STATUSES: tuple[Status, ...] = get_args(Status)
SHOWN: frozenset[Status] = frozenset({"active", "temporarily closed"})


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One price of a service.

    :ivar amount: pounds; ``None`` when the feed tells it in words only.
    :ivar option: whom or what it is for; ``unit``: what it buys, in the feed's words.
    """

    amount: Decimal | None = None
    option: str = ""
    unit: str = ""
    ends: date | None = None

    @property
    def free(self) -> bool:
        """Whether it costs nothing, and that is known."""
        return self.amount == 0


@dataclass(frozen=True, kw_only=True)
class Opening:
    """When it happens: days as two letters (``MO``), times as ``HH:MM``; either may be unknown."""

    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Venue:
    """Where it happens.

    :ivar accessible: what the feed says of getting in and around.
    """

    name: str = ""
    address: str = ""
    town: str = ""
    postcode: str = ""
    accessible: str = ""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service as its feed tells it.

    :ivar source_id: its name in its feed; with the feed's own name it is one service for good.
    :ivar organization: who runs it; ``numbers``: their registered numbers, each with what it is.
    :ivar areas: where it is for, in the feed's words.
    :ivar confirmed: when somebody last made sure that all this is true; ``None``: not told.
    :ivar changed: when the feed last changed it.
    :ivar rating: the regulator's overall rating with ``rated`` its date. Most services are not regulated,
        and have none, which says nothing against them.
    """

    source_id: str
    name: str
    status: Status
    description: str = ""
    organization: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    web: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    fees: str = ""
    costs: tuple[Cost, ...] = ()
    openings: tuple[Opening, ...] = ()
    venues: tuple[Venue, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    least_age: int | None = None
    most_age: int | None = None
    confirmed: date | None = None
    changed: date | None = None
    rating: str = ""
    rated: date | None = None

    @property
    def free(self) -> bool:
        """Whether there is a way to have it for nothing, and that is known."""
        return any(cost.free for cost in self.costs)

    @property
    def least(self) -> Decimal | None:
        """Its lowest price in pounds; ``None`` when no price is known."""
        return min((cost.amount for cost in self.costs if cost.amount is not None), default=None)

    @property
    def places(self) -> tuple[str, ...]:
        """The towns where it happens and the areas that it is for, each once."""
        towns = (venue.town for venue in self.venues)
        return tuple(dict.fromkeys(place for place in (*towns, *self.areas) if place))

    @property
    def words(self) -> str:
        """Every word that it may be found by."""
        parts = (self.name, self.organization, *self.terms, *self.places, self.description, self.fees)
        return "\n".join(part for part in parts if part)


def as_data(service: Service) -> dict[str, Any]:
    """A service as JSON keeps it: sums as digits, dates as ISO 8601."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(service), default=str))
    return plain


def from_data(kept: dict[str, Any]) -> Service:
    """A service as :func:`as_data` told it."""
    told: dict[str, Any] = dict(kept)
    for name in ("confirmed", "changed", "rated"):
        told[name] = _day(kept[name])
    told["costs"] = tuple(
        Cost(**cost | {"amount": _pounds(cost["amount"]), "ends": _day(cost["ends"])})
        for cost in kept["costs"]
    )
    told["openings"] = tuple(Opening(**one | {"days": tuple(one["days"])}) for one in kept["openings"])
    told["venues"] = tuple(Venue(**venue) for venue in kept["venues"])
    told["numbers"] = tuple((what, number) for what, number in kept["numbers"])
    for name in ("phones", "areas", "languages", "terms"):
        told[name] = tuple(kept[name])
    return Service(**{each.name: told[each.name] for each in fields(Service)})


def fingerprint(service: Service) -> str:
    """The same for two services that say the same."""
    return hashlib.sha256(json.dumps(as_data(service), sort_keys=True).encode()).hexdigest()


def _day(kept: str | None) -> date | None:
    return None if kept is None else date.fromisoformat(kept)


def _pounds(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
