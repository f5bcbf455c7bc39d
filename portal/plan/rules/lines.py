"""A line of support: one thing that meets needs, who does it, when, and what it costs a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from portal.money import to_penny

LineKind = Literal["self", "family", "community", "hours", "sessions", "sum", "one_off"]
"""What sort of support it is. It decides what is asked, and how the cost is worked out."""

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Part = Literal["morning", "midday", "afternoon", "evening", "night"]
Every = Literal["week", "four_weeks", "month", "year"]

KINDS: tuple[LineKind, ...] = get_args(LineKind)
"""Free, family and community support first: the order in which they are offered."""

DAYS: tuple[Day, ...] = get_args(Day)
PARTS: tuple[Part, ...] = get_args(Part)
EVERY: tuple[Every, ...] = get_args(Every)

ALWAYS_FREE: frozenset[LineKind] = frozenset({"self", "family"})
FREE_UNLESS_PRICED: frozenset[LineKind] = ALWAYS_FREE | {"community"}
BY_QUANTITY: frozenset[LineKind] = frozenset({"hours", "sessions"})
BY_PERIOD: frozenset[LineKind] = frozenset({"community", "sum"})

MONTHS_IN_YEAR = 12
NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a plan.

    :ivar id: its public name, in addresses; random.
    :ivar needs: the outcomes it helps with. None is allowed, and told to the person.
    :ivar times: the time of day in the person's words, for example "11 to 1".
    :ivar quantity: hours or visits a week, where the kind counts them.
    :ivar price: pounds for an hour, for a visit, or for each ``every``; ``None`` is *not known yet*,
        or free where the kind is free unless it has a price.
    :ivar route: whose hands the money goes through; ``None`` is not chosen yet.
    """

    id: str
    kind: LineKind
    what: str
    needs: tuple[str, ...] = ()
    who: str = ""
    days: tuple[Day, ...] = ()
    parts: tuple[Part, ...] = ()
    times: str = ""
    quantity: Decimal | None = None
    price: Decimal | None = None
    every: Every | None = None
    route: str | None = None
    starts: date | None = None
    ends: date | None = None

    @property
    def once(self) -> bool:
        """Whether it is paid for one time only."""
        return self.kind == "one_off"

    @property
    def free(self) -> bool:
        """Whether it costs nothing, and we know it."""
        if self.kind in ALWAYS_FREE:
            return True
        return self.price == 0 if self.price is not None else self.kind in FREE_UNLESS_PRICED

    @property
    def has_time(self) -> bool:
        """Whether the person said when it happens."""
        return bool(self.days or self.parts or self.times)


def sum_a_week(amount: Decimal, every: Every, weeks_in_year: Decimal) -> Decimal:
    """Pounds a week, to the penny, of a sum that comes every so often.

    :param weeks_in_year: the year rule of the pack: 52 in most schemes, never assumed here.
    """
    if every == "week":
        return to_penny(amount)
    if every == "four_weeks":
        return to_penny(amount / 4)
    a_year = amount * MONTHS_IN_YEAR if every == "month" else amount
    return to_penny(a_year / weeks_in_year)


def weekly_cost(line: Line, weeks_in_year: Decimal) -> Decimal | None:
    """What a line costs in pounds a week, to the penny; ``None`` when its price is not known yet.

    The penny is settled here, line by line, so that every total is the sum of what is shown.
    Something bought once costs nothing a week: see :func:`one_off_cost`.
    """
    if line.once or line.free:
        return NOTHING
    if line.price is None:
        return None
    if line.kind in BY_QUANTITY:
        return None if line.quantity is None else to_penny(line.quantity * line.price)
    return sum_a_week(line.price, line.every or "week", weeks_in_year)


def one_off_cost(line: Line) -> Decimal | None:
    """What a line costs one time, in pounds; ``None`` when its price is not known yet."""
    if not line.once:
        return NOTHING
    return None if line.price is None else to_penny(line.price)
