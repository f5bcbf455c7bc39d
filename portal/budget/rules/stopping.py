"""What the help that a person gets for free does to their budget, and what is to be met when it stops."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from portal.budget.rules.allocate import allocate
from portal.budget.rules.compare import differences, without_help
from portal.budget.rules.receipt import Allocation
from portal.budget.rules.run import ZERO
from portal.pack.conditions import Answers
from portal.pack.scheme.whole import Scheme


class ToMeet(NamedTuple):
    """A need that is to be met in another way when the help stops, in pounds each base period."""

    question: str
    amount: Decimal


class WhenHelpStops(NamedTuple):
    """One person's budget with the help they get for free, and without it.

    :ivar with_help: the figure as the scheme tells it; ``without``: as if nobody helped, which is also
        what the council must see met from the day on which the help stops.
    :ivar more: how much more that is, each base period.
    :ivar needs: what was taken off for the help and is to be met then, the largest first.
    :ivar carers: money for the carer that falls away with them, nought or less.
    :ivar rest: what limits and rounding do to it. ``needs``, ``carers`` and ``rest`` add up to ``more``.
    """

    with_help: Allocation
    without: Allocation
    more: Decimal
    needs: tuple[ToMeet, ...]
    carers: Decimal
    rest: Decimal


def when_help_stops(scheme: Scheme, answers: Answers, *, on: dt.date) -> WhenHelpStops | None:
    """Both figures from the same answers; ``None`` unless there is a figure in both.

    Whether the help goes on is nobody's to assume: the figure without it is always worked out beside
    the one with it.
    """
    now, then = allocate(scheme, answers, on=on), without_help(scheme, answers, on=on)
    if now.amount is None or then.amount is None:
        return None
    parted = differences(now, then)
    streams = {stream.id for stream in scheme.streams if stream.funder == "carer"}
    sums: dict[str, Decimal] = {}
    carers = ZERO
    for part in parted:
        if part.stream in streams:
            carers += part.difference
        elif part.question is not None:
            sums[part.question] = sums.get(part.question, ZERO) + part.difference
    needs = sorted((ToMeet(*one) for one in sums.items() if one[1] > 0), key=lambda need: -need.amount)
    more = then.amount - now.amount
    rest = more - carers - sum((need.amount for need in needs), ZERO)
    return WhenHelpStops(now, then, more, tuple(needs), carers, rest)
