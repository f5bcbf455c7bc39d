"""The ways in which a stream of money turns scores and answers into pounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.pack.conditions import Condition
from portal.pack.scheme.parts import Amount, OnCost, Round, SchemePeriod
from portal.pack.text import Text
from portal.pack.values import Identifier, Value


class Breakpoint(Value):
    """From ``above`` points on, each further point brings ``rate`` pounds."""

    above: Decimal = Field(ge=0)
    rate: Decimal = Field(ge=0)


class PricePerPoint(Value):
    """So many pounds a point, and a fixed sum if any.

    :ivar breakpoints: other rates for the points above a number, rising.
    :ivar rate_by: another rate while a condition holds; the first that holds counts.
    """

    score: Identifier = "points"
    rate: Decimal = Field(ge=0)
    fixed: Decimal = Field(default=Decimal(0), ge=0)
    breakpoints: tuple[Breakpoint, ...] = ()
    rate_by: tuple[SegmentRate, ...] = ()

    @model_validator(mode="after")
    def _rising(self) -> Self:
        points = [point.above for point in self.breakpoints]
        if points != sorted(set(points)):
            raise ValueError("breakpoints rise, and no two are at the same points")
        if self.breakpoints and self.rate_by:
            raise ValueError("breakpoints and rate_by do not go together; use a stream for each")
        return self


class SegmentRate(Value):
    """A rate for some people only. It needs a reason that can be defended."""

    id: Identifier
    when: Condition
    rate: Decimal = Field(ge=0)
    reason: Text


class Row(Value):
    """One row of a table. ``amount: null`` means no amount at all, which is not nought pounds."""

    at: Decimal | None = None
    from_: Decimal | None = Field(default=None, alias="from")
    to: Decimal | None = None
    amount: Decimal | None = Field(ge=0)
    label: Text | None = None

    @property
    def low(self) -> Decimal:
        """The lowest points that it covers."""
        low = self.at if self.at is not None else self.from_
        assert low is not None
        return low

    @property
    def high(self) -> Decimal:
        """The highest points that it covers."""
        return self.to if self.to is not None else self.low


Outside = Literal["none", "zero", "refer", "last", "extrapolate"]


class Table(Value):
    """Points to pounds by the rows of a table.

    :ivar match: ``exact``: the row at exactly these points; ``band``: the row whose whole numbers,
        both ends included, hold them; ``interpolate``: in a straight line between two rows.
    :ivar below: under the first row: ``none`` (no amount), ``zero``, ``refer`` (a person decides),
        ``last`` (the first row's), ``extrapolate`` (on along the first two rows).
    :ivar above: over the last row, likewise.
    :ivar between: for ``exact``, at points that have no row.
    """

    score: Identifier = "points"
    match: Literal["exact", "band", "interpolate"]
    rows: tuple[Row, ...] = Field(min_length=1)
    below: Outside = "refer"
    above: Outside = "refer"
    between: Literal["none", "zero", "refer", "lower"] = "refer"

    @model_validator(mode="after")
    def _covers(self) -> Self:
        for row in self.rows:
            banded = row.from_ is not None and row.to is not None and row.at is None
            single = row.at is not None and row.from_ is None and row.to is None
            if not (banded if self.match == "band" else single):
                raise ValueError(
                    "a row of a band table has from and to"
                    if self.match == "band"
                    else f"a row of a table matched by {self.match} has at"
                )
            if banded and (row.low > row.high or row.low % 1 or row.high % 1):
                raise ValueError(f"a band goes from a whole number up: {row.low} to {row.high} does not")
        for row, following in zip(self.rows, self.rows[1:], strict=False):
            if following.low <= row.high:
                raise ValueError(
                    f"the row at {following.low} overlaps or comes after the row that ends at {row.high}; "
                    "rows rise and share no points"
                )
            if self.match == "band" and following.low != row.high + 1:
                raise ValueError(
                    f"no row covers {row.high + 1} to {following.low - 1}; "
                    f"start the next row at {row.high + 1}, or add one with amount: null"
                )
        self._check_lines()
        return self

    def _check_lines(self) -> None:
        straight = self.match == "interpolate" or "extrapolate" in (self.below, self.above)
        if straight and any(row.amount is None for row in self.rows):
            raise ValueError("a line between rows needs an amount in every row")
        if self.match == "band" and "extrapolate" in (self.below, self.above):
            raise ValueError("bands cannot be extrapolated: write refer, last, zero or none")
        if "extrapolate" in (self.below, self.above) and len(self.rows) < 2:
            raise ValueError("extrapolate needs two rows or more")


class LineRule(Value):
    """One named line of support: a quantity at a price, or a sum.

    ``quantity`` units a ``per`` at ``price`` (of the price book) or ``rate`` (pounds), times
    ``workers``; or ``amount``, a sum a ``per``. An on-cost shows as a line of its own.

    :ivar per: the period of the quantity or sum; the stream's own when absent.
    :ivar question: the answer that it rests on, for the receipt and for reducers.
    :ivar block: the block it belongs to, for reducers and caps that act on a block.
    """

    id: Identifier
    label: Text
    reason: Text | None = None
    question: str | None = None
    block: Identifier | None = None
    quantity: Amount | None = None
    price: Identifier | None = None
    rate: Decimal | None = Field(default=None, ge=0)
    workers: Amount | None = None
    on_cost: OnCost | None = None
    amount: Amount | None = None
    per: SchemePeriod | None = None
    weight: Decimal | None = Field(default=None, ge=0)
    weight_reason: Text | None = None
    round: Round | None = None
    when: Condition | None = None
    source: Identifier | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        priced = (self.price is not None) + (self.rate is not None)
        if self.amount is not None:
            if self.quantity is not None or priced or self.workers is not None:
                raise ValueError(f"{self.id}: write amount alone, or quantity with price or rate")
        elif self.quantity is None or priced != 1:
            raise ValueError(f"{self.id}: write amount, or quantity with either price or rate")
        if (self.weight is None) != (self.weight_reason is None):
            raise ValueError(f"{self.id}: a weight has a weight_reason, and only a weight has one")
        return self


class Cell(Value):
    """What one combination of answers is worth: a sum, or a quantity at a price of the book.

    :ivar at: the option of each axis, in the order of the axes.
    """

    at: tuple[str, ...] = Field(min_length=1)
    amount: Decimal | None = Field(default=None, ge=0)
    quantity: Decimal | None = Field(default=None, ge=0)
    price: Identifier | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.amount is None) == (self.price is None) or (self.price is None) != (self.quantity is None):
            raise ValueError(f"{', '.join(self.at)}: write amount, or quantity and price")
        return self


class MatrixRow(Value):
    """One line of a matrix: the answers to ``axes`` pick a cell, its weight is shown beside it.

    :ivar amounts: pounds by option, for a row with one axis; ``cells`` for more axes or prices.
    """

    id: Identifier
    label: Text | None = None
    axes: tuple[str, ...] = Field(min_length=1)
    amounts: dict[str, Decimal] = Field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    weight: Decimal = Field(default=Decimal(1), ge=0)
    weight_reason: Text | None = None
    block: Identifier | None = None
    when: Condition | None = None
    source: Identifier | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.amounts) == bool(self.cells):
            raise ValueError(f"{self.id}: write amounts or cells")
        if self.amounts and len(self.axes) != 1:
            raise ValueError(f"{self.id}: amounts is for one axis; write cells for {len(self.axes)}")
        places = [cell.at for cell in self.cells]
        if any(len(place) != len(self.axes) for place in places):
            raise ValueError(f"{self.id}: each cell has one option for each of {', '.join(self.axes)}")
        if len(set(places)) != len(places):
            raise ValueError(f"{self.id}: two cells stand at the same place")
        if self.weight != 1 and self.weight_reason is None:
            raise ValueError(f"{self.id}: a weight changes what people get: say why in weight_reason")
        return self


class Matrix(Value):
    """Levels by outcome or setting, each row a line."""

    rows: tuple[MatrixRow, ...] = Field(min_length=1)
    per: SchemePeriod | None = None


class Term(Value):
    """One part of a fitted line: a quantity times its coefficient."""

    id: Identifier
    label: Text
    quantity: Amount
    coefficient: Decimal


class Linear(Value):
    """A fitted line: intercept plus terms, on pounds or on the logarithm of pounds.

    :ivar clip: the lowest and highest amounts, in pounds; the lowest is nought unless said.
    """

    intercept: Decimal = Decimal(0)
    terms: tuple[Term, ...] = Field(min_length=1)
    link: Literal["identity", "log"] = "identity"
    clip: tuple[Decimal, Decimal | None] = (Decimal(0), None)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        low, high = self.clip
        if low < 0 or (high is not None and high < low):
            raise ValueError("clip goes from nought or more to the same or more")
        return self


class Level(Value):
    """One tier: its amount, what that amount means, and for how long it is awarded.

    :ivar meaning: ``fixed``: this sum; ``up_to``: at most this sum; ``from``: at least this sum.
    :ivar award_months: how long one award lasts.
    :ivar renewals: how often it may be renewed; ``unlimited``, or a number.
    :ivar max_months: the longest that all awards together may last.
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
                raise ValueError(f"{self.id}: max_months is at least award_months")
            if isinstance(self.renewals, int) and (self.renewals + 1) * self.award_months > self.max_months:
                raise ValueError(
                    f"{self.id}: {self.renewals + 1} awards of {self.award_months} months pass "
                    f"max_months, {self.max_months}"
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
            raise ValueError("two tiers have the same id")
        if self.question is not None and self.score is not None:
            raise ValueError("pick tiers by question or by score, not by both")
        if self.score is not None and any(level.points_from is None for level in self.levels):
            raise ValueError("tiers picked by score have points_from, and points_to unless open")
        if (
            self.question is None
            and self.score is None
            and any(level.when is None for level in self.levels[:-1])
        ):
            raise ValueError("every tier but the last has when; or pick them by question or score")
        return self


class Deduction(Value):
    """Something taken from a residual stream's target, as a line."""

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
            raise ValueError("threshold and threshold_stream belong together")
        return self


class PoolRatio(Value):
    """A score shared out from a fixed pool: supply divided by demand.

    For analysis only. It rations need by what there is, which the Care Act 2014 does not allow, so
    a scheme that is live cannot hold it.
    """

    score: Identifier = "points"
    supply: Decimal = Field(ge=0)
    demand: Decimal = Field(gt=0)
    unit_amount: Decimal = Field(default=Decimal(1), ge=0)


PricePerPoint.model_rebuild()
