"""Tiers awarded for a time, and what is left after other streams."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.scheme.models import LineRule
from portal.pack.scheme.parts import Amount, SchemePeriod
from portal.pack.text import Text
from portal.pack.values import Identifier, Value


class Level(Value):
    """One tier: its amount, what that amount means, and for how long it is awarded.

    :ivar meaning: ``fixed``: this sum; ``up_to``: at most this sum; ``from``: at least this sum.
    :ivar award_months: how long one award lasts.
    :ivar renewals: how often it may be renewed; ``unlimited``, or a number.
    :ivar max_months: the longest that all awards together may last.
    :ivar amount: pounds in the stream's period.
    :ivar points_from: the lowest score that picks it.
    :ivar points_to: the highest score that picks it; open when left out.
    """

    id: Identifier
    label: Text
    amount: Decimal = Field(ge=0)
    meaning: Literal["fixed", "up_to", "from"] = "fixed"
    award_months: Decimal | None = Field(default=None, gt=0)
    renewals: int | Literal["unlimited"] | None = None
    max_months: Decimal | None = Field(default=None, gt=0)
    when: Condition | None = None
    points_from: Decimal | None = None
    points_to: Decimal | None = None
    source: Identifier | None = None

    @model_validator(mode="after")
    def _times_fit(self) -> Self:
        if self.max_months is not None:
            if self.award_months is None or self.max_months < self.award_months:
                raise Fault("all awards together last as long as one or longer", "Write more", "max_months")
            if isinstance(self.renewals, int) and (self.renewals + 1) * self.award_months > self.max_months:
                raise Fault(
                    f"{self.renewals + 1} awards of {self.award_months} months pass {self.max_months} months",
                    "Write fewer renewals, or more months",
                    "renewals",
                )
        return self

    @property
    def most_awards(self) -> int | None:
        """How many awards one person may have at most; ``None`` for no limit."""
        by_renewals = self.renewals + 1 if isinstance(self.renewals, int) else None
        if self.max_months is not None and self.award_months is not None:
            by_months = int(self.max_months // self.award_months)
            return by_months if by_renewals is None else min(by_months, by_renewals)
        return by_renewals


class Tier(Value):
    """A tier with its amount, picked by an answer, by a score's range, or by conditions in order.

    :ivar question: its options are ids of levels.
    :ivar score: levels are picked by ``points_from`` and ``points_to``, both included.
    :ivar top_up: a question whose option is a dearer level that the person would like and pays
        the difference for.
    :ivar most_in_year: for sums given once a financial year: the most that one year can bring.
    :ivar given_this_year: what was already given this financial year.
    :ivar levels: the levels; the first that fits is picked.
    """

    levels: tuple[Level, ...] = Field(min_length=1)
    question: str | None = None
    score: Identifier | None = None
    top_up: str | None = None
    most_in_year: Decimal | None = Field(default=None, ge=0)
    given_this_year: Amount | None = None

    @model_validator(mode="after")
    def _picked_one_way(self) -> Self:
        ids = [level.id for level in self.levels]
        if len(set(ids)) != len(ids):
            raise Fault("two tiers have the same id", "Give each an id of its own", "levels")
        if self.question is not None and self.score is not None:
            raise Fault("tiers are picked in two ways", "Keep question or score", "score")
        if self.score is not None and any(level.points_from is None for level in self.levels):
            raise Fault(
                "a tier has no points", "Write points_from, and points_to unless it is open", "levels"
            )
        if (
            self.question is None
            and self.score is None
            and any(level.when is None for level in self.levels[:-1])
        ):
            raise Fault(
                "nothing picks this tier", "Write when in every tier but the last, or question", "levels"
            )
        return self


class Deduction(Value):
    """Something taken from a residual stream's target, as a line.

    :ivar amount: pounds.
    :ivar per: the period of the amount; the stream's own when left out.
    """

    id: Identifier
    label: Text
    amount: Amount
    per: SchemePeriod | None = None


class Residual(Value):
    """What is left of a target after other streams and own means, never below nought.

    :ivar target: lines that make up the target, for example hours at a price.
    :ivar less: streams whose totals are taken off.
    :ivar less_also: sums taken off besides.
    :ivar threshold_stream: only when this stream brings at least ``threshold`` is there anything.
    :ivar most: the highest award; where it binds, a person looks at it.
    :ivar threshold: pounds in the stream's period.
    """

    target: tuple[LineRule, ...] = Field(min_length=1)
    less: tuple[Identifier, ...] = ()
    less_also: tuple[Deduction, ...] = ()
    threshold_stream: Identifier | None = None
    threshold: Decimal | None = Field(default=None, ge=0)
    most: Decimal | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _threshold_whole(self) -> Self:
        if (self.threshold_stream is None) != (self.threshold is None):
            raise Fault("threshold and threshold_stream belong together", "Write both, or neither")
        return self
