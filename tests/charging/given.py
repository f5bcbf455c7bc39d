"""Circumstances and packs that the tests of charging start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from portal.charging.rules import Circumstances, Estimate, estimate
from portal.pack.charging import Charging
from portal.pack.loading import load_pack
from portal.paths import PACKS

YEAR = "2026/27"
CASES = Path(__file__).with_name("cases.json")


@cache
def charging() -> Charging:
    """What the demonstration's pack says of charging."""
    found = load_pack(PACKS / "demo").charging
    assert found is not None
    return found


def told(**facts: Any) -> Circumstances:
    """Circumstances as they stand in a file."""
    return Circumstances.model_validate(facts)


def worked_out(year: str = YEAR, *, local: dict[str, Any] | None = None, **facts: Any) -> Estimate:
    """What somebody in these circumstances may have to pay.

    :param local: what the council decides itself.
    """
    rules = charging()
    rates = rules.rates_of(year)
    assert rates is not None
    return estimate(told(**facts, local=local), rules, rates)


PENSIONER: dict[str, Any] = {
    "age": "pension_age",
    "income": [
        {"kind": "state_pension", "amount": "241.30"},
        {"kind": "private_pension", "amount": "300", "every": "month"},
        {"kind": "attendance_higher"},
    ],
    "housing": [{"kind": "rent", "amount": "40"}],
    "disability_expenses": [{"kind": "laundry", "amount": "7.50"}],
    "support": [{"name": "Help at home", "amount": "300"}],
}
"""A person of pension age on their own, with Attendance Allowance at the higher rate."""
