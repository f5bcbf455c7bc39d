"""Allocation: a scheme and a person's answers become an indicative budget with its receipt."""

from portal.budget.rules.allocate import allocate
from portal.budget.rules.compare import (
    Counterfactual,
    Difference,
    differences,
    what_would_change,
    without_help,
)
from portal.budget.rules.compiled import compile_scheme
from portal.budget.rules.example import Example, ExampleUse, example_week, hours_at
from portal.budget.rules.paying import Split, split
from portal.budget.rules.receipt import (
    Allocation,
    Caveat,
    Line,
    Message,
    Percent,
    Phrase,
    Pounds,
    ReviewFlag,
    StreamResult,
    TierAward,
)
from portal.budget.rules.serial import as_data, in_one_form, to_json
from portal.budget.rules.stopping import ToMeet, WhenHelpStops, when_help_stops

__all__ = [
    "Allocation",
    "Caveat",
    "Counterfactual",
    "Difference",
    "Example",
    "ExampleUse",
    "Line",
    "Message",
    "Percent",
    "Phrase",
    "Pounds",
    "ReviewFlag",
    "Split",
    "StreamResult",
    "TierAward",
    "ToMeet",
    "WhenHelpStops",
    "allocate",
    "as_data",
    "compile_scheme",
    "differences",
    "example_week",
    "hours_at",
    "in_one_form",
    "split",
    "to_json",
    "what_would_change",
    "when_help_stops",
    "without_help",
]
