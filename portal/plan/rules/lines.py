"""A line of support: one thing that meets needs, who does it, when, and what it costs a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from portal.money import to_penny
from portal.pack.support import Day, Every, LineKind, Part, Payee
from portal.plan.rules.clock import DAYS, Slot
from portal.plan.rules.sharing import Share, part_of

__all__ = ["DAYS", "EVERY", "KINDS", "PARTS", "PAYEES", "Day", "Every", "Line", "LineKind", "Part", "Payee"]

KINDS: tuple[LineKind, ...] = get_args(LineKind)
"""Free, family and community support first: the order in which they are offered."""

PARTS: tuple[Part, ...] = get_args(Part)
EVERY: tuple[Every, ...] = get_args(Every)
PAYEES: tuple[Payee, ...] = get_args(Payee)

ALWAYS_FREE: frozenset[LineKind] = frozenset({"self", "family", "free"})
FREE_UNLESS_PRICED: frozenset[LineKind] = ALWAYS_FREE | {"community"}
BY_QUANTITY: frozenset[LineKind] = frozenset({"hours", "flexible", "sessions"})
BY_THE_HOUR: frozenset[LineKind] = frozenset({"hours", "flexible"})
BY_PERIOD: frozenset[LineKind] = frozenset({"community", "core", "sum", "cash", "award"})
ONCE: frozenset[LineKind] = frozenset({"equipment", "one_off"})
WITHOUT_TIMES: frozenset[LineKind] = ONCE | {"core", "flexible", "sum", "cash", "award"}
"""Support that no day needs to be said for: it is always there, or the person chooses as they go."""
WITHOUT_NAME: frozenset[LineKind] = ONCE | {"self", "cash", "award"}
"""Support that nobody needs to be named for."""
PAID_WORK: frozenset[LineKind] = frozenset({"hours", "flexible", "sessions", "sum"})
"""Support for which somebody may be paid who is close to the person."""

MONTHS_IN_YEAR = 12
WEEKS_IN_FOUR = 4
MOST_WORKERS = 4
NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a plan.

    :ivar id: its public name, in addresses; random.
    :ivar needs: the outcomes it helps with. None is allowed, and told to the person.
    :ivar times: the time of day in the person's words, for example "11 to 1".
    :ivar slots: from when to when on each day, where the person said so.
    :ivar quantity: hours or visits a week, where the kind counts them.
    :ivar workers: how many people help at the same time; each of them is paid.
    :ivar price: pounds for an hour, for a visit, or for each ``every``; ``None`` is *not known yet*,
        or free where the kind is free unless it has a price.
    :ivar source: where the price comes from: ``price:`` or ``catalogue:`` and an id; empty when typed.
    :ivar route: whose hands the money goes through; ``None`` is not chosen yet.
    :ivar stream: which part of a budget of several parts it is spent from; ``None`` is not chosen yet.
    :ivar award_months: how long one award lasts; ``longest_months``: all awards together, ``None`` for
        no limit.
    :ivar payee: who is paid with a direct payment; ``same_home``: whether they live with the person.
    :ivar care_home_weeks: weeks in a care home within 12 months; ``None`` when it is no such stay.
    :ivar instead: what it is in place of, in words: ``instead_quantity`` times a week at
        ``instead_price`` pounds each, where that is known.
    :ivar share: the part of its cost that this plan carries, where two plans share it; ``None`` for all.
    """

    id: str
    kind: LineKind
    what: str
    needs: tuple[str, ...] = ()
    who: str = ""
    days: tuple[Day, ...] = ()
    parts: tuple[Part, ...] = ()
    times: str = ""
    slots: tuple[Slot, ...] = ()
    quantity: Decimal | None = None
    workers: int = 1
    price: Decimal | None = None
    every: Every | None = None
    source: str = ""
    route: str | None = None
    stream: str | None = None
    starts: date | None = None
    ends: date | None = None
    award_months: Decimal | None = None
    longest_months: Decimal | None = None
    payee: Payee | None = None
    same_home: bool | None = None
    care_home_weeks: Decimal | None = None
    instead: str = ""
    instead_quantity: Decimal | None = None
    instead_price: Decimal | None = None
    share: Share | None = None

    @property
    def instead_cost(self) -> Decimal | None:
        """What it is in place of would cost, in pounds a week; ``None`` when that is not known."""
        if not self.instead or self.instead_quantity is None or self.instead_price is None:
            return None
        return to_penny(self.instead_quantity * self.instead_price)

    @property
    def elsewhere(self) -> bool:
        """Whether it stands in the plan of somebody else, and this one only carries a part of its cost."""
        return self.share is not None and self.share.rest

    @property
    def once(self) -> bool:
        """Whether it is paid for one time only."""
        return self.kind in ONCE

    @property
    def free(self) -> bool:
        """Whether it costs nothing, and we know it."""
        if self.kind in ALWAYS_FREE:
            return True
        return self.price == 0 if self.price is not None else self.kind in FREE_UNLESS_PRICED

    @property
    def has_time(self) -> bool:
        """Whether the person said when it happens."""
        return bool(self.days or self.parts or self.times or self.slots)


def sum_a_week(amount: Decimal, every: Every, weeks_in_year: Decimal) -> Decimal:
    """Pounds a week, to the penny, of a sum that comes every so often.

    :param weeks_in_year: the year rule of the pack: 52 in most schemes, never assumed here.
    """
    if every == "week":
        return to_penny(amount)
    if every == "four_weeks":
        return to_penny(amount / WEEKS_IN_FOUR)
    a_year = amount * MONTHS_IN_YEAR if every == "month" else amount
    return to_penny(a_year / weeks_in_year)


def weekly_cost(line: Line, weeks_in_year: Decimal) -> Decimal | None:
    """What a line costs this plan in pounds a week, to the penny; ``None`` when its price is not known yet.

    The penny is settled here, line by line, so that every total is the sum of what is shown.
    Something bought once costs nothing a week: see :func:`one_off_cost`.
    """
    if line.once or line.free:
        return NOTHING
    if line.price is None:
        return None
    if line.kind in BY_QUANTITY:
        if line.quantity is None:
            return None
        return part_of(to_penny(line.quantity * line.workers * line.price), line.share)
    return part_of(sum_a_week(line.price, line.every or "week", weeks_in_year), line.share)


def one_off_cost(line: Line) -> Decimal | None:
    """What a line costs this plan one time, in pounds; ``None`` when its price is not known yet."""
    if not line.once:
        return NOTHING
    return None if line.price is None else part_of(to_penny(line.price), line.share)


def four_weekly(weekly: Decimal) -> Decimal:
    """What four weeks come to, in pounds: how direct payments are usually paid."""
    return weekly * WEEKS_IN_FOUR
