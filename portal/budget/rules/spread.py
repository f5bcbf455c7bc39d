"""Lower, likely and higher: how far from the figure support may cost, where the scheme says so.

The likely figure is the allocation's own, which nothing here works out again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from portal.budget.rules.receipt import Allocation
from portal.budget.rules.showing import penny
from portal.money import round_to
from portal.pack.scheme.spread import SpreadRow
from portal.pack.scheme.whole import Scheme
from portal.pack.text import Words


class Range(NamedTuple):
    """Three figures, pounds each base period, and what the two others are the figure times."""

    lower: Decimal
    likely: Decimal
    higher: Decimal
    row: SpreadRow
    about: Words


def range_of(scheme: Scheme, allocation: Allocation) -> Range | None:
    """The lower and the higher figure; ``None`` without a figure, or where the scheme has none."""
    spread, likely = scheme.spread, allocation.amount
    if spread is None or allocation.status != "figure" or not likely:
        return None
    row = next(row for row in spread.rows if row.up_to is None or likely <= row.up_to)
    lower = penny(min(round_to(likely * row.lower, spread.unit), likely))
    higher = penny(max(round_to(likely * row.higher, spread.unit), likely))
    return Range(lower, likely, higher, row, spread.about)
