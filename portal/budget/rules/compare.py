"""What would change the figure, and what others' help does to it: always worked out anew."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, NamedTuple

from portal.budget.rules.allocate import allocate, evaluate
from portal.budget.rules.receipt import Allocation
from portal.budget.rules.run import is_unknown
from portal.pack.conditions import Answers, holds
from portal.pack.scheme.scoring import ScoredQuestion
from portal.pack.scheme.whole import Scheme


class Counterfactual(NamedTuple):
    """The figure if one answer were one level higher or lower, all others as they are.

    :ivar amount: pounds each base period; ``None`` where there would be no figure.
    :ivar difference: from the figure now; ``None`` likewise.
    :ivar asks: a question that would be asked then and has no answer yet; the sum may rest on it too.
    """

    question: str
    answer: str
    direction: Literal["more", "less"]
    status: str
    amount: Decimal | None
    weekly: Decimal | None
    difference: Decimal | None
    asks: str | None = None


def what_would_change(scheme: Scheme, answers: Answers, *, on: dt.date) -> tuple[Counterfactual, ...]:
    """For each answer picked from a list that the scheme counts: one level up, and one down.

    Levels are in order of their points, or as written when they carry none. Empty without a figure.
    """
    now = allocate(scheme, answers, on=on)
    if now.status != "figure" or now.amount is None:
        return ()
    found: list[Counterfactual] = []
    for question in scheme.questions:
        given = answers.get(question.id)
        if not isinstance(given, str) or is_unknown(given) or given not in question.steps:
            continue
        if not holds(question.ask_when, answers):
            continue
        for option, direction in _beside(question, given):
            # A higher level may ask a question that has no answer yet; all others stay as they are.
            changed = {**answers, question.id: option}
            then = evaluate(scheme, changed, on, with_help=True, as_given=True)
            difference = then.amount - now.amount if then.amount is not None else None
            found.append(
                Counterfactual(
                    question.id,
                    option,
                    direction,
                    then.status,
                    then.amount,
                    then.weekly,
                    difference,
                    _asked_anew(scheme, answers, changed),
                )
            )
    return tuple(found)


def _asked_anew(scheme: Scheme, answers: Answers, changed: Answers) -> str | None:
    """The first question without an answer that is asked with these answers and was not with those."""
    for question in scheme.questions:
        if question.id in changed or not question.required:
            continue
        if holds(question.ask_when, changed) and not holds(question.ask_when, answers):
            return question.id
    return None


def _beside(question: ScoredQuestion, given: str) -> list[tuple[str, Literal["more", "less"]]]:
    steps = question.steps
    at = steps.index(given)
    beside: list[tuple[str, Literal["more", "less"]]] = []
    worth = question.points
    # Options worth the same are one level: going to another of them would change nothing.
    higher = [option for option in steps[at + 1 :] if not worth or worth[option] > worth[given]]
    lower = [option for option in steps[:at] if not worth or worth[option] < worth[given]]
    if higher:
        beside.append((higher[0], "more"))
    if lower:
        beside.append((lower[-1], "less"))
    return beside


def without_help(scheme: Scheme, answers: Answers, *, on: dt.date) -> Allocation:
    """The figure if nobody helped: nothing taken off for help, and no money for the carer's own needs."""
    return evaluate(scheme, answers, on, with_help=False)


class Difference(NamedTuple):
    """What one rule brings in two allocations, in pounds each base period, and the difference."""

    rule: str
    question: str | None
    stream: str | None
    before: Decimal
    after: Decimal
    difference: Decimal


def differences(before: Allocation, after: Allocation) -> tuple[Difference, ...]:
    """Where two allocations differ: the person's answers and an assessor's, or last year and this.

    The differences add up to the difference of the two figures.

    :raises ValueError: when there is not a figure in both, or their base periods are not the same.
    """
    if before.amount is None or after.amount is None:
        raise ValueError("only figures can be compared")
    if before.base_period != after.base_period:
        raise ValueError("amounts of two periods cannot be compared")
    sums: dict[tuple[str, str | None, str | None], list[Decimal]] = {}
    for place, allocation in enumerate((before, after)):
        for line in allocation.lines:
            both = sums.setdefault((line.rule, line.question, line.stream), [Decimal(0), Decimal(0)])
            both[place] += line.amount
    return tuple(Difference(*place, was, now, now - was) for place, (was, now) in sums.items() if was != now)
