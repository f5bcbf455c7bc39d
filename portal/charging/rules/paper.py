"""The sheet an estimate is worked out on: its steps so far, and the figures it has looked up."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from portal.budget.rules.receipt import Phrase
from portal.charging.rules.circumstances import Cost, Every, Income, Saving, Support
from portal.charging.rules.result import Step, StepKind
from portal.money import to_penny
from portal.pack.charging import Charging, ChargingRates, FigureName
from portal.pack.eligibility import LegalSource

ZERO = Decimal(0)
HUNDRED = Decimal(100)
_TWELVE = Decimal(12)
_FOUR = Decimal(4)


class MissingFigure(Exception):
    """The year has no such figure."""

    def __init__(self, name: FigureName) -> None:
        super().__init__(name)
        self.name: FigureName = name


class Sheet:
    """Steps in order with what they come to, and the figures of the year."""

    def __init__(self, charging: Charging, rates: ChargingRates) -> None:
        self.charging = charging
        self.rates = rates
        self.steps: list[Step] = []
        self.running = ZERO
        self.derived: list[FigureName] = []

    def add(
        self,
        rule: str,
        kind: StepKind,
        label: Phrase,
        amount: Decimal | None,
        reason: Phrase | None = None,
        source: LegalSource | None = None,
    ) -> None:
        """Put a step at the end; ``None`` for one that only tells."""
        if amount is not None:
            amount = to_penny(amount) + ZERO
            self.running += amount
        title = source.title if source is not None else None
        self.steps.append(Step(rule, kind, label, amount, self.running, reason, title))

    def figure(self, name: FigureName) -> Decimal:
        """A figure of the year.

        :raises MissingFigure: when the year has none.
        """
        rate = self.rates.figures.get(name)
        if rate is None:
            raise MissingFigure(name)
        if rate.status == "derived" and name not in self.derived:
            self.derived.append(name)
        return rate.amount

    def source_of(self, name: FigureName) -> LegalSource:
        """Where a figure of the year stands written."""
        return self.rates.sources[self.rates.figures[name].source]

    def rule_source(self, id: str) -> LegalSource:
        """Where a rule on what counts stands written."""
        return self.charging.counts.sources[id]

    @property
    def policy_source(self) -> LegalSource:
        """Where the council's own choices stand written."""
        return self.charging.policy.sources[0]

    def weekly(self, amount: Decimal, every: Every) -> Decimal:
        """Pounds a week, to the penny."""
        weeks = self.charging.policy.weeks_in_year
        factor = {
            "week": Decimal(1),
            "four_weeks": 1 / _FOUR,
            "month": _TWELVE / weeks,
            "year": 1 / weeks,
        }[every]
        return to_penny(amount * factor)

    def own_part(self, told: Income | Cost) -> Decimal:
        """The person's own part, in pounds a week: half of what is joint."""
        week = self.weekly(told.amount or ZERO, told.every)
        return to_penny(week / 2) if told.share == "joint" else week


def own_saving(told: Saving) -> Decimal:
    """The person's own part of savings: half of what is joint."""
    return told.amount / 2 if told.share == "joint" else told.amount


def support_a_week(sheet: Sheet, support: Support) -> Decimal:
    """What support costs in pounds a week; nought for what is paid for once."""
    return ZERO if support.every == "once" else sheet.weekly(support.amount, support.every)


def tariff_income(capital: Decimal, lower: Decimal, upper: Decimal, step: Decimal = Decimal(250)) -> Decimal:
    """Pounds a week that savings are treated as bringing in: one for each 250 or part of 250 over the limit.

    Charging Regulations 2014, regulation 25. Nothing is added above the upper limit.
    """
    over = min(capital, upper) - lower
    return max(ZERO, (over / step).to_integral_value(rounding=ROUND_CEILING))
