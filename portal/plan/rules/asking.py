"""A request for more money: what the plan needs beyond the budget, told from its lines and needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.plan.rules.lines import Line, weekly_cost
from portal.plan.rules.needs import Need


@dataclass(frozen=True)
class Reason:
    """What one need takes from the budget.

    :ivar lines: with what each costs a week; a line for several needs stands with the first.
    """

    need: Need
    lines: tuple[tuple[Line, Decimal], ...]

    @property
    def weekly(self) -> Decimal:
        """All of it, pounds a week."""
        return sum((cost for _line, cost in self.lines), Decimal("0.00"))


def reasons(needs: Iterable[Need], weeks: Decimal, beside: frozenset[str]) -> tuple[Reason, ...]:
    """The needs with what each takes from the budget, eligible ones first. Each line is told once.

    :param beside: routes whose money is not the budget's.
    """
    told: set[str] = set()
    found = []
    for need in sorted(needs, key=lambda need: not need.eligible):
        lines = []
        for line in need.lines:
            cost = weekly_cost(line, weeks)
            if cost and line.id not in told and line.route not in beside:
                lines.append((line, cost))
                told.add(line.id)
        if lines:
            found.append(Reason(need, tuple(lines)))
    return tuple(found)
