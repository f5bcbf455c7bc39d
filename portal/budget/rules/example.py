"""The same money as hours at named rates, so that a figure means something."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from portal.budget.rules.receipt import Allocation
from portal.budget.rules.showing import penny
from portal.money import round_to
from portal.pack.scheme.parts import Price
from portal.pack.scheme.whole import Scheme
from portal.pack.text import Words


class ExampleUse(NamedTuple):
    """So many units at a price. ``amount`` is units times rate, pounds a week."""

    price: str
    label: Words
    unit: str
    quantity: Decimal
    rate: Decimal
    amount: Decimal


class Example(NamedTuple):
    """One way to use a weekly figure. The uses and what is left add up to it."""

    about: Words
    uses: tuple[ExampleUse, ...]
    left: Decimal
    weekly: Decimal


def example_week(scheme: Scheme, allocation: Allocation) -> Example | None:
    """An example week that spends the figure; ``None`` without a figure or an example to follow."""
    week, weekly = scheme.example_week, allocation.weekly
    if week is None or weekly is None or weekly <= 0:
        return None
    uses: list[ExampleUse] = []
    for use in week.uses:
        price = _held(scheme, allocation, use.price)
        if price is None or price.amount <= 0:
            continue
        quantity = round_to(weekly * use.percent / 100 / price.amount, use.step, "down")
        if quantity > 0:
            amount = penny(quantity * price.amount)
            uses.append(ExampleUse(price.id, price.label, price.unit, quantity, price.amount, amount))
    spent = sum((use.amount for use in uses), Decimal(0))
    return Example(week.about, tuple(uses), penny(weekly - spent), weekly)


def hours_at(scheme: Scheme, allocation: Allocation, price: str) -> Decimal | None:
    """How many units a week the whole figure would buy at one price, to a tenth, rounded down."""
    held = _held(scheme, allocation, price)
    if held is None or allocation.weekly is None or held.amount <= 0:
        return None
    return round_to(allocation.weekly / held.amount, Decimal("0.1"), "down")


def _held(scheme: Scheme, allocation: Allocation, id: str) -> Price | None:
    prices = [
        price for price in scheme.price_book if price.id == id and price.effective.holds_on(allocation.on)
    ]
    return prices[0] if prices else None
