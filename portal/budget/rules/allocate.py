"""The indicative budget of one person, worked out in the quickest way that there is for the scheme."""

from __future__ import annotations

import datetime as dt

from portal.budget.rules.evaluation import evaluate
from portal.budget.rules.quick import quickly
from portal.budget.rules.receipt import Allocation
from portal.pack.conditions import Answers
from portal.pack.scheme.whole import Scheme

__all__ = ["allocate", "evaluate"]


def allocate(scheme: Scheme, answers: Answers, *, on: dt.date) -> Allocation:
    """Work out the indicative budget of one person.

    :param answers: the answers that count, by question id; those off the path left out.
    :param on: the day whose prices hold.
    """
    quick = quickly(scheme, on)
    found = quick.allocation(answers) if quick is not None else None
    return evaluate(scheme, answers, on, with_help=True) if found is None else found
