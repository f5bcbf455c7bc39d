"""The honest cost of employing somebody: from a wage to what an hour really costs.

Each cost is a line with its pounds a week, to the penny; they add up to the whole. Rates are those of the
pack. National Insurance is reckoned by the year; a payroll does so by each payday, which may differ by pence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from portal.money import to_penny
from portal.pack.employing import Employing

CostKind = Literal[
    "wage", "holiday", "sickness", "training", "pension", "insurance", "allowance", "liability", "payroll"
]

_HUNDRED = Decimal(100)
_MONTHS = 12
STEP = Decimal("0.25")
"""Hours are found to a quarter of an hour."""
MOST_HOURS = Decimal(168)


@dataclass(frozen=True, kw_only=True)
class Job:
    """Work to pay for.

    :ivar wage: pounds an hour.
    :ivar hours: hours of support a week, the whole year round, all helpers together.
    :ivar helpers: how many are employed; the hours are shared evenly.
    :ivar allowance: whether the Employment Allowance is claimed.
    """

    wage: Decimal
    hours: Decimal
    helpers: int = 1
    allowance: bool = True


@dataclass(frozen=True)
class CostLine:
    """One cost in pounds a week, to the penny.

    :ivar values: what it was worked out from, by name: pounds, percentages, weeks, hours.
    """

    kind: CostKind
    weekly: Decimal
    values: Mapping[str, Decimal]


@dataclass(frozen=True)
class EmployingCost:
    """What a job costs.

    :ivar lines: they add up to ``weekly``.
    :ivar earnings: what each helper earns a year, in pounds.
    :ivar once: pounds paid once, for the checks of all helpers.
    """

    job: Job
    lines: tuple[CostLine, ...]
    earnings: Decimal
    once: Decimal

    @property
    def weekly(self) -> Decimal:
        """All of it, pounds a week."""
        return sum((line.weekly for line in self.lines), Decimal("0.00"))

    @property
    def an_hour(self) -> Decimal:
        """What one hour of support really costs, pounds, to the penny."""
        return to_penny(self.weekly / self.job.hours)


def cost_of(job: Job, rates: Employing, weeks: Decimal) -> EmployingCost:
    """What a job costs, line by line.

    :param weeks: weeks in a year, as the scheme counts them.
    :raises ValueError: for a job without hours or helpers.
    """
    if job.hours <= 0 or job.helpers < 1:
        raise ValueError("a job has hours, and somebody who does it")
    a_week, off = job.wage * job.hours, rates.holiday_weeks.is_
    holiday = a_week * weeks * off / (weeks - off)
    sickness = a_week * rates.sickness_weeks.is_
    training = job.wage * rates.training_hours.is_ * job.helpers
    earned = (a_week * weeks + holiday + training) / job.helpers
    pension, insurance = _pension(earned, rates) * job.helpers, _insurance(earned, rates) * job.helpers
    kept = min(insurance, rates.insurance_allowance.is_) if job.allowance else Decimal(0)
    helpers = Decimal(job.helpers)
    yearly: tuple[tuple[CostKind, Decimal, dict[str, Decimal]], ...] = (
        ("wage", a_week * weeks, {"hours": job.hours, "wage": job.wage}),
        ("holiday", holiday, {"pay": a_week, "off": off, "work": weeks - off}),
        ("sickness", sickness, {"pay": a_week, "off": rates.sickness_weeks.is_, "weeks": weeks}),
        (
            "training",
            training,
            {"hours": rates.training_hours.is_, "wage": job.wage, "helpers": helpers, "weeks": weeks},
        ),
        (
            "pension",
            pension,
            {
                "percent": rates.pension_percent.is_,
                "low": rates.pension_from.is_,
                "high": rates.pension_to.is_,
                "earned": earned,
                "trigger": rates.pension_trigger.is_,
            },
        ),
        (
            "insurance",
            insurance,
            {"percent": rates.insurance_percent.is_, "low": rates.insurance_from.is_, "earned": earned},
        ),
        ("allowance", -kept, {"most": rates.insurance_allowance.is_}),
        ("liability", rates.liability.is_, {"year": rates.liability.is_, "weeks": weeks}),
        (
            "payroll",
            rates.payroll.is_ * _MONTHS * job.helpers,
            {"month": rates.payroll.is_, "helpers": helpers, "weeks": weeks},
        ),
    )
    lines = [CostLine(kind, to_penny(amount / weeks), values) for kind, amount, values in yearly]
    # What is kept back may not be a penny more or less than what it is kept from.
    if kept == insurance:
        lines[6] = replace(lines[6], weekly=-lines[5].weekly)
    return EmployingCost(job, tuple(lines), to_penny(earned), rates.check.is_ * job.helpers)


def hours_for(budget: Decimal, job: Job, rates: Employing, weeks: Decimal) -> Decimal:
    """How many hours a week a budget pays for at a wage, all costs included; to a quarter of an hour.

    :param budget: pounds a week.
    :param job: its wage, helpers and allowance; its hours are not looked at.
    """
    low, high = 0, int(MOST_HOURS / STEP)
    while low < high:
        middle = (low + high + 1) // 2
        fits = cost_of(replace(job, hours=middle * STEP), rates, weeks).weekly <= budget
        low, high = (middle, high) if fits else (low, middle - 1)
    return low * STEP


def _pension(earned: Decimal, rates: Employing) -> Decimal:
    """An employer's part of a pension, pounds a year; none for who earns less than the trigger."""
    if earned < rates.pension_trigger.is_:
        return Decimal(0)
    counted = min(earned, rates.pension_to.is_) - rates.pension_from.is_
    return max(counted, Decimal(0)) * rates.pension_percent.is_ / _HUNDRED


def _insurance(earned: Decimal, rates: Employing) -> Decimal:
    """Employer's National Insurance, pounds a year."""
    return max(earned - rates.insurance_from.is_, Decimal(0)) * rates.insurance_percent.is_ / _HUNDRED
