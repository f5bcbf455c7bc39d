"""Allocation schemes: how a council turns answers into an indicative budget, as data."""

from portal.pack.scheme.parts import (
    Amount,
    Effective,
    Price,
    Quantity,
    Round,
    Rounding,
    SchemePeriod,
    Source,
    Year,
)
from portal.pack.scheme.scoring import Reducer, Score, ScoredQuestion
from portal.pack.scheme.streams import Complexity, Contribution, OverrideRule, Step, Stream
from portal.pack.scheme.whole import Scheme, canonical, plain_decimal

__all__ = [
    "Amount",
    "Complexity",
    "Contribution",
    "Effective",
    "OverrideRule",
    "Price",
    "Quantity",
    "Reducer",
    "Round",
    "Rounding",
    "Scheme",
    "SchemePeriod",
    "Score",
    "ScoredQuestion",
    "Source",
    "Step",
    "Stream",
    "Year",
    "canonical",
    "plain_decimal",
]
