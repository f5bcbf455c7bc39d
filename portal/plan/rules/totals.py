"""What the whole plan costs, route by route, and how that compares with the indicative budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from portal.choices.rules import OWN_MONEY
from portal.plan.rules.lines import NOTHING, Line, one_off_cost, weekly_cost

Standing = Literal["no_budget", "left", "exact", "over"]


@dataclass(frozen=True)
class RouteTotal:
    """What goes through one route. ``route`` is ``None`` for lines without one."""

    route: str | None
    weekly: Decimal
    once: Decimal


@dataclass(frozen=True)
class Totals:
    """What a plan costs. Pounds a week, and what is bought once beside it, never mixed.

    :ivar routes: every route that money goes through, in the order of its first line.
    :ivar unpriced: lines whose price is not known yet. They are in no sum.
    :ivar beside: routes whose money is not the budget's.
    """

    routes: tuple[RouteTotal, ...]
    unpriced: tuple[Line, ...]
    beside: frozenset[str] = frozenset({OWN_MONEY})

    @property
    def weekly(self) -> Decimal:
        """All weekly support, own money included."""
        return sum((total.weekly for total in self.routes), NOTHING)

    @property
    def once(self) -> Decimal:
        """Everything that is bought once, own money included."""
        return sum((total.once for total in self.routes), NOTHING)

    @property
    def weekly_from_budget(self) -> Decimal:
        """Pounds a week that the budget pays: not the person's own money, nor other public money."""
        return sum((total.weekly for total in self.routes if total.route not in self.beside), NOTHING)

    @property
    def weekly_beside(self) -> Decimal:
        """Pounds a week that come from elsewhere: the person's own money, and other public money."""
        return self.weekly - self.weekly_from_budget

    @property
    def once_from_budget(self) -> Decimal:
        """One-off pounds that the budget pays: not the person's own money, nor other public money."""
        return sum((total.once for total in self.routes if total.route not in self.beside), NOTHING)


@dataclass(frozen=True)
class Comparison:
    """A plan beside the indicative budget, both in pounds a week.

    :ivar difference: how much is left or over; never negative; nought without a budget.
    """

    planned: Decimal
    budget: Decimal | None
    standing: Standing
    difference: Decimal

    @property
    def over(self) -> bool:
        """Whether the plan costs more. It may be sent, with a reason."""
        return self.standing == "over"


def totals(
    lines: Iterable[Line], weeks_in_year: Decimal, beside: frozenset[str] = frozenset({OWN_MONEY})
) -> Totals:
    """Add up a plan. Lines that cost nothing go through no route.

    :param beside: routes whose money is not the budget's: the person's own, and other public money.
    """
    weekly: dict[str | None, Decimal] = {}
    once: dict[str | None, Decimal] = {}
    unpriced = []
    for line in lines:
        a_week, one_time = weekly_cost(line, weeks_in_year), one_off_cost(line)
        if a_week is None or one_time is None:
            unpriced.append(line)
        elif a_week or one_time:
            weekly[line.route] = weekly.get(line.route, NOTHING) + a_week
            once[line.route] = once.get(line.route, NOTHING) + one_time
    return Totals(
        routes=tuple(RouteTotal(route, weekly[route], once[route]) for route in weekly),
        unpriced=tuple(unpriced),
        beside=beside,
    )


def compare(planned: Decimal, budget: Decimal | None) -> Comparison:
    """A plan's weekly cost beside the indicative budget.

    :param budget: pounds a week; ``None`` where there is no figure, which is not the same as nought.
    """
    if budget is None:
        return Comparison(planned, None, "no_budget", NOTHING)
    standing: Standing = "exact" if planned == budget else "over" if planned > budget else "left"
    return Comparison(planned, budget, standing, abs(budget - planned))
