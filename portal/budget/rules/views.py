"""One person's answers and an assessor's to the same questions: both figures, and what each answer brings.

Each is worked out by itself. Neither replaces the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from portal.budget.rules.allocate import allocate, evaluate
from portal.budget.rules.receipt import Allocation
from portal.budget.rules.run import ZERO, as_number
from portal.pack.conditions import Answers, Kept
from portal.pack.scheme.whole import Scheme


class Figure(NamedTuple):
    """What an allocation comes to.

    :ivar regular: pounds each base period. ``once``: pounds paid once, nought where there are none.
    """

    regular: Decimal
    once: Decimal

    def less(self, other: Figure) -> Figure:
        """How much more than the other figure."""
        return Figure(self.regular - other.regular, self.once - other.once)


class AnswerDifference(NamedTuple):
    """A question that the two answered differently.

    :ivar person: the person's answer; ``None`` for none. ``assessor``: the assessor's.
    :ivar alone: how much more the person's figure would be with this one answer of the assessor's, all
        others their own; ``None`` where there would be no figure.
    """

    question: str
    person: Kept | None
    assessor: Kept | None
    alone: Figure | None


class Views(NamedTuple):
    """The two allocations, and where they part.

    :ivar difference: how much more the assessor's figure is; ``None`` unless both have one.
    :ivar answers: the questions answered differently, in the order of the scheme.
    :ivar together: what the answers bring only together: ``difference`` less every ``alone`` that is
        known. ``None`` where there is no difference to share out.
    """

    person: Allocation
    assessor: Allocation
    difference: Figure | None
    answers: tuple[AnswerDifference, ...]
    together: Figure | None


def both_views(scheme: Scheme, person: Answers, assessor: Answers, *, on: dt.date) -> Views:
    """Work out both, and what each answer that differs brings when it alone is changed.

    :param on: the day whose prices hold.
    """
    mine, theirs = allocate(scheme, person, on=on), allocate(scheme, assessor, on=on)
    before, after = _figure(mine), _figure(theirs)
    answers = tuple(
        AnswerDifference(
            question,
            person.get(question),
            assessor.get(question),
            None if before is None else _alone(scheme, person, assessor, question, before, on),
        )
        for question in _answered_differently(scheme, person, assessor)
    )
    if before is None or after is None:
        return Views(mine, theirs, None, answers, None)
    difference = after.less(before)
    together = difference
    for answer in answers:
        if answer.alone is not None:
            together = together.less(answer.alone)
    return Views(mine, theirs, difference, answers, together)


def _figure(allocation: Allocation) -> Figure | None:
    if allocation.status != "figure" or allocation.amount is None:
        return None
    return Figure(allocation.amount, allocation.one_off or ZERO)


def _answered_differently(scheme: Scheme, person: Answers, assessor: Answers) -> Iterator[str]:
    for question in scheme.questions:
        if _sense(person.get(question.id)) != _sense(assessor.get(question.id)):
            yield question.id


def _sense(given: Kept | None) -> object:
    """An answer without what makes no difference: 5.0 is 5, and options have no order."""
    if isinstance(given, list):
        if all(isinstance(option, str) for option in given):
            return sorted(given)
        return [_sense(part) for part in given]
    if isinstance(given, Mapping):
        return {name: _sense(part) for name, part in given.items()}
    number = as_number(given)
    return given if number is None else number


def _alone(
    scheme: Scheme, person: Answers, assessor: Answers, question: str, before: Figure, on: dt.date
) -> Figure | None:
    then = {name: given for name, given in person.items() if name != question}
    if question in assessor:
        then[question] = assessor[question]
    # The assessor's answer may ask a question that the person was not asked; all others stay as they are.
    after = _figure(evaluate(scheme, then, on, with_help=True, as_given=True))
    return None if after is None else after.less(before)
