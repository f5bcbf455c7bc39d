"""Money is Decimal pounds. Rounding happens only here, and only where a rule says so."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

RoundingMode = Literal["half_up", "half_even", "up", "down"]
PENNY = Decimal("0.01")
_MODES = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_CEILING,
    "down": ROUND_FLOOR,
}


def pounds(amount: str | int | Decimal) -> Decimal:
    """Pounds from what a file or a form holds. Refuses float, which cannot hold pence.

    :raises TypeError: for a float.
    :raises decimal.InvalidOperation: for anything that is not a number.
    """
    if isinstance(amount, float):
        raise TypeError("money is never a float; write it as a string")
    return Decimal(amount)


def round_to(amount: Decimal, unit: Decimal, mode: RoundingMode = "half_up") -> Decimal:
    """An amount to the nearest multiple of ``unit`` pounds, for example 0.01, 1 or 10."""
    return (amount / unit).quantize(Decimal(1), rounding=_MODES[mode]) * unit


def to_penny(amount: Decimal) -> Decimal:
    """An amount to the penny, half a penny up."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)
