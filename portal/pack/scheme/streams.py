"""Streams of money, the ordered steps after them, and what happens when needs are complex."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.money import RoundingMode
from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.scheme.awards import Residual, Tier
from portal.pack.scheme.models import (
    Linear,
    LineRule,
    Matrix,
    PoolRatio,
    PricePerPoint,
    Table,
)
from portal.pack.scheme.parts import Amount, Quantity, SchemePeriod
from portal.pack.text import Text
from portal.pack.values import Identifier, Value

Funder = Literal["social_care", "carer", "health", "housing", "employment", "independent_living", "other"]
ModelName = Literal["price_per_point", "table", "matrix", "lines", "linear", "tier", "residual", "pool_ratio"]
MODEL_NAMES: tuple[ModelName, ...] = (
    "price_per_point",
    "table",
    "matrix",
    "lines",
    "linear",
    "tier",
    "residual",
    "pool_ratio",
)


class Stream(Value):
    """Money from one funder for one purpose, worked out in one way and accounted for on its own.

    :ivar period: the period of every amount in it; the scheme's base period when absent.
    :ivar paid_weeks: weeks of a year in which a weekly stream is paid, when fewer than the year's.
    :ivar weeks_away: weeks to take off the year's, worked out from answers.
    :ivar paid_every: how often it is paid out.
    :ivar additions: named lines on top of the model's amount.
    :ivar funder: whose money it is.
    :ivar price_per_point: so many pounds a point.
    :ivar table: points to pounds by rows.
    :ivar matrix: levels by area of need.
    :ivar lines: named lines, such as hours at a price.
    :ivar linear: a fitted line.
    :ivar tier: a set sum for a set time.
    :ivar residual: what is left after other streams.
    :ivar pool_ratio: a share of a fixed pool, for study only.
    """

    id: Identifier
    title: Text
    funder: Funder = "social_care"
    eligible_when: Condition | None = None
    period: SchemePeriod | None = None
    paid_weeks: Decimal | None = Field(default=None, gt=0, le=53)
    weeks_away: Amount | None = None
    paid_every: SchemePeriod | None = None
    price_per_point: PricePerPoint | None = None
    table: Table | None = None
    matrix: Matrix | None = None
    lines: tuple[LineRule, ...] | None = None
    linear: Linear | None = None
    tier: Tier | None = None
    residual: Residual | None = None
    pool_ratio: PoolRatio | None = None
    additions: tuple[LineRule, ...] = ()
    source: Identifier | None = None

    @model_validator(mode="after")
    def _one_model(self) -> Self:
        if sum(getattr(self, name) is not None for name in MODEL_NAMES) != 1:
            raise Fault("a stream has exactly one way to an amount", f"Write one of {', '.join(MODEL_NAMES)}")
        if (self.paid_weeks is not None or self.weeks_away is not None) and self.period not in (None, "week"):
            raise Fault("paid_weeks and weeks_away belong to a weekly stream", "Write period: week", "period")
        return self

    @property
    def model(self) -> ModelName:
        """The name of the one model that it has."""
        return next(name for name in MODEL_NAMES if getattr(self, name) is not None)

    @property
    def score(self) -> str | None:
        """The score that its model reads, if any."""
        for model in (self.price_per_point, self.table, self.pool_ratio, self.tier):
            if model is not None:
                return model.score
        return None

    def line_rules(self) -> tuple[LineRule, ...]:
        """Every named line that it may bring."""
        target = self.residual.target if self.residual is not None else ()
        return (self.lines or ()) + target + self.additions

    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity it works out."""
        found: list[Quantity] = []
        for rule in self.line_rules():
            found += [part for part in (rule.quantity, rule.workers, rule.amount) if part is not None]
        if self.linear is not None:
            found += [term.quantity for term in self.linear.terms]
        if self.residual is not None:
            found += [deduction.amount for deduction in self.residual.less_also]
        if self.tier is not None and self.tier.given_this_year is not None:
            found.append(self.tier.given_this_year)
        if self.weeks_away is not None:
            found.append(self.weeks_away)
        return tuple(part for quantity in found for part in quantity.inner())


StepName = Literal[
    "add",
    "subtract",
    "multiply",
    "weight",
    "percent",
    "uprate",
    "contingency",
    "cap",
    "floor",
    "transition",
    "reduce",
    "round",
    "refer",
]
NEEDS_VALUE = frozenset(
    {
        "add",
        "subtract",
        "multiply",
        "weight",
        "percent",
        "uprate",
        "contingency",
        "cap",
        "floor",
        "transition",
    }
)


class Step(Value):
    """One step after the streams are worked out. Steps are done in the order listed.

    :ivar scope: ``lines``: the lines whose rules ``of`` lists; ``stream``: the streams listed, or
        every one; ``total``: the whole.
    :ivar op: what it does. ``subtract`` takes off, never below nought.
    :ivar value: pounds for ``add``, ``subtract``, ``cap`` and ``floor``; a factor for ``multiply`` and
        ``weight``; a percentage for ``percent``, ``uprate``, ``contingency`` and ``transition``
        (where it is the most that the figure may fall from ``baseline``).
    :ivar per: the period of pounds in ``value``; the stream's or scheme's own when absent.
    :ivar form: for contingency: ``withheld``: taken off here; ``in_rate``: already taken off the
        rates, told here so that it can be seen.
    :ivar lift_nothing: a floor also lifts a figure of nought. Otherwise nought stays nought.
    :ivar of: the rules, questions or streams that it acts on; none for the whole.
    :ivar baseline: pounds from which a transition protects.
    :ivar reducer: the id of a reducer that acts here, for ``reduce``.
    :ivar unit: the step in pounds, for ``round``.
    :ivar mode: which way ``round`` goes.
    """

    id: Identifier
    op: StepName
    label: Text
    reason: Text
    scope: Literal["lines", "stream", "total"] = "total"
    of: tuple[Identifier, ...] = ()
    when: Condition | None = None
    value: Amount | None = None
    per: SchemePeriod | None = None
    form: Literal["withheld", "in_rate"] = "withheld"
    lift_nothing: bool = False
    baseline: Amount | None = None
    reducer: Identifier | None = None
    unit: Decimal | None = Field(default=None, gt=0)
    mode: RoundingMode = "half_up"
    source: Identifier | None = None

    @model_validator(mode="after")
    def _fits_its_op(self) -> Self:
        if (self.op in NEEDS_VALUE) != (self.value is not None):
            needs = self.op in NEEDS_VALUE
            raise Fault(
                f"op: {self.op} {'needs' if needs else 'takes no'} value",
                "Add value:" if needs else "Remove value:",
            )
        if (self.op == "round") != (self.unit is not None):
            raise Fault("unit and op: round belong together", "Write both, or neither", "op")
        if (self.op == "reduce") != (self.reducer is not None):
            raise Fault("reducer and op: reduce belong together", "Write both, or neither", "op")
        if (self.op == "transition") != (self.baseline is not None):
            raise Fault("baseline and op: transition belong together", "Write both, or neither", "op")
        if self.scope == "lines" and not self.of:
            raise Fault("a step on lines names them", "List their ids under of", "scope")
        if self.scope == "total" and self.of:
            raise Fault(
                "a step on the whole names nothing", "Remove of, or write scope: lines or stream", "of"
            )
        if self.op in ("refer", "transition") and self.scope != "total":
            raise Fault(f"op: {self.op} acts on the whole", "Write scope: total", "scope")
        constant = self.value.value if self.value is not None else None
        if self.op == "contingency" and constant is not None and not 0 <= constant <= 100:
            raise Fault("contingency is a percentage", "Write a number from 0 to 100", "value")
        return self


class Complexity(Value):
    """What the scheme does when needs are complex or go up and down.

    :ivar action: ``caveat``: a warning stands beside the figure; ``refer``: no figure, a person
        works it out; ``add_lines``: named lines are added to a stream.
    :ivar message: what is said of it to the person.
    :ivar lines: the lines added, for ``add_lines``.
    """

    id: Identifier
    when: Condition
    action: Literal["caveat", "refer", "add_lines"]
    message: Text
    stream: Identifier | None = None
    lines: tuple[LineRule, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        adds = self.action == "add_lines"
        if adds != bool(self.lines) or adds != (self.stream is not None):
            raise Fault("lines and stream belong to action: add_lines", "Write all three, or none", "action")
        return self


class Contribution(Value):
    """Who pays what of the figure: the person the most they can pay, or less; the council the rest.

    The financial assessment that finds how much a person can pay is no part of a scheme.

    :ivar most: the most that the person can pay, in pounds.
    :ivar per: the period of ``most`` and ``chargeable``; the scheme's base period when absent.
    :ivar chargeable: pounds of the figure that may be charged for; the whole figure when absent.
    :ivar percent: how much of the chargeable part may be charged, in percent.
    """

    most: Amount
    per: SchemePeriod | None = None
    chargeable: Amount | None = None
    percent: Decimal = Field(default=Decimal(100), ge=0, le=100)
    source: Identifier | None = None


class OverrideRule(Value):
    """Who may set another amount beside the figure, and what they must write. The figure itself stays.

    :ivar allowed_roles: the roles that may, in words that people read; any role when left out.
    :ivar requires: what has to be written; a reason and an author always have to, listed or not.
    """

    allowed_roles: tuple[Text, ...] = ()
    requires: tuple[Literal["reason", "author", "evidence"], ...] = ("reason", "author")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that may, as they are written; none for any."""
        return tuple(role.text for role in self.allowed_roles)


class ExampleUse(Value):
    """One use in the example week: a share of the budget spent at a price of the book.

    :ivar percent: percent of the weekly figure.
    :ivar step: units are counted in steps of this, rounded down.
    """

    price: Identifier
    percent: Decimal = Field(gt=0, le=100)
    step: Decimal = Field(default=Decimal("0.5"), gt=0)


class ExampleWeek(Value):
    """How the weekly figure could be used, so that it means something.

    :ivar uses: shares of the figure, at most 100 percent together.
    """

    about: Text
    uses: tuple[ExampleUse, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _at_most_all(self) -> Self:
        if sum(use.percent for use in self.uses) > 100:
            raise Fault("the uses come to more than 100 percent", "Lower a percent", "uses")
        return self
