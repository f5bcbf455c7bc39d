"""A cost that two plans share: counted once, the two parts adding up to the penny."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portal.money import to_penny

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a cost that one of two plans carries.

    :ivar percent: what the plan that the support stands in carries, of a hundred.
    :ivar rest: whether this is the other plan, which carries what is left.
    """

    percent: int
    rest: bool = False


def part_of(cost: Decimal, share: Share | None) -> Decimal:
    """What one plan carries of a cost, in pounds and pence; all of it where nothing is shared.

    The penny is settled for the plan that the support stands in. The other carries exactly the rest, so
    that the two parts always add up to the cost.
    """
    if share is None:
        return cost
    first = to_penny(cost * share.percent / HUNDRED)
    return cost - first if share.rest else first
