"""Who may agree a plan: no panel where it is near the indicative budget and not too dear."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from portal.pack.council import AgreementRule

_HUNDRED = Decimal(100)


class WhoAgrees(NamedTuple):
    """Who may agree a plan, and why.

    :ivar without_panel: whether it may be agreed without a panel: both of the next two.
    :ivar near_budget: whether its cost is from ``lowest`` to ``highest``, both included.
    :ivar under_cap: whether its cost is not above ``cap``.
    :ivar lowest: pounds a week; ``None`` without an indicative budget, and so is ``highest``.
    """

    without_panel: bool
    near_budget: bool
    under_cap: bool
    lowest: Decimal | None
    highest: Decimal | None
    cap: Decimal


def who_agrees(rule: AgreementRule, planned: Decimal, budget: Decimal | None) -> WhoAgrees:
    """Who may agree a plan at this cost.

    :param rule: the council's percentage and cap.
    :param planned: what the plan takes from the budget, pounds a week.
    :param budget: the indicative budget, pounds a week; without one, only a panel can agree.
    """
    under_cap = planned <= rule.cap
    if budget is None:
        return WhoAgrees(False, False, under_cap, None, None, rule.cap)
    lowest = budget * (_HUNDRED - rule.percent) / _HUNDRED
    highest = budget * (_HUNDRED + rule.percent) / _HUNDRED
    near = lowest <= planned <= highest
    return WhoAgrees(near and under_cap, near, under_cap, lowest, highest, rule.cap)
