"""What comes out: a figure or why there is none, and every step of the way to it as a line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from portal.budget.rules.receipt import Message, Phrase
from portal.pack.charging import FigureName

Status = Literal["pays", "pays_nothing", "full_cost", "cannot_say"]
StepKind = Literal[
    "savings",
    "income",
    "not_counted",
    "savings_income",
    "allowance",
    "housing",
    "disability",
    "left",
    "limit",
    "full_cost",
]


class Step(NamedTuple):
    """One step.

    :ivar rule: what made it: an id of a kind, a figure, or a key of the council's policy.
    :ivar amount: pounds a week that it adds or takes off, to the penny; ``None`` for a step that only tells.
    :ivar running: what all steps so far come to.
    :ivar source: where the rule or figure stands written, in words that name it.
    """

    rule: str
    kind: StepKind
    label: Phrase
    amount: Decimal | None
    running: Decimal
    reason: Phrase | None
    source: str | None


class Free(NamedTuple):
    """Support that nobody is charged for."""

    name: str
    reason: Message


class Statement(NamedTuple):
    """Care Act 2014, section 26: what the support costs, and who pays what of it. Pounds a week."""

    cost: Decimal
    person: Decimal
    council: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a person may have to pay. An estimate: the council must confirm it.

    The amounts of the steps add up to ``contribution``, unless there is none.

    :ivar status: ``pays`` and ``pays_nothing``: it was worked out; ``full_cost``: the whole cost of the
        support; ``cannot_say``: a figure of the year is missing, which is not nought pounds.
    :ivar contribution: pounds a week; ``None`` when it cannot be said, and for the full cost of support
        whose cost is not known.
    :ivar most: pounds a week that could be asked for if the support cost more; ``None`` without a limit.
    :ivar statement: who pays what; ``None`` when the cost is not known.
    :ivar capital: pounds of savings that count.
    :ivar disability_expenses_asked: a benefit for care needs was counted, so that its costs matter.
    :ivar derived: the figures used that were worked out from another year and not read.
    :ivar missing: the figures that the year lacks.
    """

    status: Status
    year: str
    contribution: Decimal | None
    most: Decimal | None
    statement: Statement | None
    capital: Decimal
    tariff: Decimal
    steps: tuple[Step, ...]
    free: tuple[Free, ...]
    disability_expenses_asked: bool
    derived: tuple[FigureName, ...]
    missing: tuple[FigureName, ...]
    caveats: tuple[Message, ...]
    illustrative: bool

    def of_kind(self, *kinds: StepKind) -> tuple[Step, ...]:
        """The steps of these kinds, in order."""
        return tuple(step for step in self.steps if step.kind in kinds)
