"""Who pays what of a personal budget: the person's part and the council's (Care Act 2014, section 26)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
_HUNDRED = Decimal(100)


class Split(NamedTuple):
    """The two parts of a budget, in its period. They add up to it."""

    person: Decimal
    council: Decimal


def split(budget: Decimal, most: Decimal, chargeable_percent: Decimal = _HUNDRED) -> Split:
    """The person pays what was assessed as the most they can pay, or the chargeable part if less.

    :param budget: the personal budget, in pounds.
    :param most: the most that the financial assessment says the person can pay, same period.
    :param chargeable_percent: how much of the budget may be charged for.
    :raises ValueError: for an amount below nought.
    """
    if budget < 0 or most < 0 or not 0 <= chargeable_percent <= _HUNDRED:
        raise ValueError("amounts are nought or more, and the percentage is from 0 to 100")
    person = min(budget * chargeable_percent / _HUNDRED, most)
    return Split(person, budget - person)
