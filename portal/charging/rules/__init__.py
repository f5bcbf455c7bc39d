"""What a person may have to pay: circumstances and a year's figures become an estimate with its steps."""

from portal.charging.rules.circumstances import (
    Circumstances,
    Cost,
    Income,
    Saving,
    Support,
    unknown_kinds,
)
from portal.charging.rules.estimate import estimate
from portal.charging.rules.paper import tariff_income
from portal.charging.rules.result import Estimate, Free, Statement, Step
from portal.charging.rules.serial import as_data

__all__ = [
    "Circumstances",
    "Cost",
    "Estimate",
    "Free",
    "Income",
    "Saving",
    "Statement",
    "Step",
    "Support",
    "as_data",
    "estimate",
    "tariff_income",
    "unknown_kinds",
]
