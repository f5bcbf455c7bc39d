"""What help from others leaves of points, hours or money."""

from __future__ import annotations

from decimal import Decimal

from portal.pack.scheme.scoring import Reducer

ZERO = Decimal(0)
_WHOLE = Decimal(100)
_WEEK = Decimal(7)


def left(reducer: Reducer, number: Decimal, gross: Decimal) -> Decimal:
    """What is left of ``gross``: never more, never below the reducer's floor unless it was already."""
    match reducer.method:
        case "multiply_remaining":
            rest = gross * _within(number, Decimal(1))
        case "subtract_percent":
            rest = gross * (_WHOLE - _within(number, _WHOLE)) / _WHOLE
        case "days_met_of_7":
            rest = gross * (_WEEK - _within(number, _WEEK)) / _WEEK
        case "subtract_points" | "subtract_hours" | "subtract_amount":
            rest = gross - max(ZERO, number)
        case "none":
            return gross
    return min(gross, max(rest, reducer.floor))


def _within(number: Decimal, most: Decimal) -> Decimal:
    return max(ZERO, min(number, most))
