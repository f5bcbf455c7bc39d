"""An amount of money as the plan document keeps it: exact, and written in one way."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer


def _exact(given: Any) -> Any:
    if isinstance(given, float):
        raise ValueError("an amount is never a float; write it as a string")  # noqa: TRY004
    return given


def _written(amount: Decimal) -> str:
    """An amount in the one way it is kept: no exponent, two decimals or as many as it has."""
    plain = f"{amount:f}"
    whole, _, part = plain.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


Pounds = Annotated[Decimal, BeforeValidator(_exact), PlainSerializer(_written, return_type=str)]
"""An amount of money in pounds."""
