"""The ways in which a stream of money turns scores and answers into pounds."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.scheme.parts import Amount, OnCost, Round, SchemePeriod
from portal.pack.text import Text
from portal.pack.values import Identifier, Value


class Breakpoint(Value):
    """From ``above`` points on, each further point brings ``rate`` pounds.

    :ivar above: points.
    :ivar rate: pounds for each point above them.
    """

    above: Decimal = Field(ge=0)
    rate: Decimal = Field(ge=0)


class PricePerPoint(Value):
    """So many pounds a point, and a fixed sum if any.

    :ivar breakpoints: other rates for the points above a number, rising.
    :ivar rate_by: another rate while a condition holds; the first that holds counts.
    :ivar rate: pounds for one point, in the stream's period.
    :ivar fixed: pounds that everybody gets besides.
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
            raise Fault("breakpoints rise, and no two are equal", "Put them in order", "breakpoints")
        if self.breakpoints and self.rate_by:
            raise Fault("breakpoints and rate_by do not go together", "Use a stream for each", "rate_by")
        return self


class SegmentRate(Value):
    """A rate for some people only. It needs a reason that can be defended.

    :ivar rate: pounds for one point.
    """

    id: Identifier
    when: Condition
    rate: Decimal = Field(ge=0)
    reason: Text


class Row(Value):
    """One row of a table. ``amount: null`` means no amount at all, which is not nought pounds.

    :ivar at: points, for ``exact`` and ``interpolate``.
    :ivar from_: the lowest points of a band.
    :ivar to: the highest points of a band.
    :ivar amount: pounds in the stream's period; ``null`` for no amount.
    """

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
    :ivar rows: the rows, rising; no two overlap.
    """

    score: Identifier = "points"
    match: Literal["exact", "band", "interpolate"]
    rows: tuple[Row, ...] = Field(min_length=1)
    below: Outside = "refer"
    above: Outside = "refer"
    between: Literal["none", "zero", "refer", "lower"] = "refer"

    @model_validator(mode="after")
    def _covers(self) -> Self:
        for at, row in enumerate(self.rows):
            banded = row.from_ is not None and row.to is not None and row.at is None
            single = row.at is not None and row.from_ is None and row.to is None
            if not (banded if self.match == "band" else single):
                keys = "from: and to:" if self.match == "band" else "at:"
                raise Fault(f"this row does not fit match: {self.match}", f"Write {keys} in it", "rows", at)
            if banded and (row.low > row.high or row.low % 1 or row.high % 1):
                raise Fault(
                    "a band goes from a whole number up to another", "Write whole numbers", "rows", at
                )
        for at, (row, following) in enumerate(pairwise(self.rows), start=1):
            if following.low <= row.high:
                raise Fault(
                    f"the row at {following.low} overlaps the one up to {row.high}, or is out of order",
                    f"Start it above {row.high}",
                    "rows",
                    at,
                )
            if self.match == "band" and following.low != row.high + 1:
                raise Fault(
                    f"no row covers {row.high + 1} to {following.low - 1}",
                    f"Start this row at {row.high + 1}, or add a row with amount: null before it",
                    "rows",
                    at,
                )
        self._check_lines()
        return self

    def _check_lines(self) -> None:
        straight = self.match == "interpolate" or "extrapolate" in (self.below, self.above)
        if straight and any(row.amount is None for row in self.rows):
            raise Fault("a line between rows needs an amount in every row", "Write the amounts", "rows")
        if self.match == "band" and "extrapolate" in (self.below, self.above):
            raise Fault("bands cannot be extrapolated", "Write refer, last, zero or none")
        if "extrapolate" in (self.below, self.above) and len(self.rows) < 2:
            raise Fault("extrapolate needs two rows or more", "Add a row, or write refer", "rows")


class LineRule(Value):
    """One named line of support: a quantity at a price, or a sum.

    ``quantity`` units a ``per`` at ``price`` (of the price book) or ``rate`` (pounds), times
    ``workers``; or ``amount``, a sum a ``per``. An on-cost shows as a line of its own.

    :ivar per: the period of the quantity or sum; the stream's own when absent.
    :ivar question: the answer that it rests on, for the receipt and for reducers.
    :ivar block: the block it belongs to, for reducers that act on a block.
    :ivar quantity: how many units.
    :ivar rate: pounds for one unit, in place of ``price``.
    :ivar workers: how many people do it at once; 1 when left out.
    :ivar on_cost: what an employer pays on top; the price's own when left out.
    :ivar amount: pounds, in place of a quantity at a price.
    :ivar weight: a factor; below 1 it is a cut.
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
                raise Fault(
                    "amount stands alone", "Remove quantity, price, rate and workers, or remove amount"
                )
        elif self.quantity is None or priced != 1:
            raise Fault("this line has no amount", "Write amount, or quantity with either price or rate")
        if (self.weight is None) != (self.weight_reason is None):
            raise Fault("a weight changes what people get", "Write both weight and weight_reason, or neither")
        return self


class Cell(Value):
    """What one combination of answers is worth: a sum, or a quantity at a price of the book.

    :ivar at: the option of each axis, in the order of the axes.
    :ivar amount: pounds.
    :ivar quantity: units of ``price``.
    """

    at: tuple[str, ...] = Field(min_length=1)
    amount: Decimal | None = Field(default=None, ge=0)
    quantity: Decimal | None = Field(default=None, ge=0)
    price: Identifier | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.amount is None) == (self.price is None) or (self.price is None) != (self.quantity is None):
            raise Fault("this cell has no amount", "Write amount, or quantity and price")
        return self


class MatrixRow(Value):
    """One line of a matrix: the answers to ``axes`` pick a cell, its weight is shown beside it.

    :ivar amounts: pounds by option, for a row with one axis; ``cells`` for more axes or prices.
    :ivar axes: questions whose answers pick the cell.
    :ivar cells: what each combination of answers is worth.
    :ivar weight: a factor; below 1 it is a cut.
    :ivar block: the block it belongs to, for reducers that act on a block.
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
            raise Fault("this row has no amounts", "Write either amounts or cells")
        if self.amounts and len(self.axes) != 1:
            raise Fault("amounts is for one axis", f"Write cells for {len(self.axes)} axes", "amounts")
        places = [cell.at for cell in self.cells]
        if any(len(place) != len(self.axes) for place in places):
            raise Fault("a cell has one option for each axis", f"Axes: {', '.join(self.axes)}", "cells")
        if len(set(places)) != len(places):
            raise Fault("two cells stand at the same place", "Remove one of them", "cells")
        if self.weight != 1 and self.weight_reason is None:
            raise Fault("a weight changes what people get", "Say why in weight_reason", "weight")
        return self


class Matrix(Value):
    """Levels by outcome or setting, each row a line.

    :ivar rows: the lines, in order.
    :ivar per: the period of the amounts; the stream's own when left out.
    """

    rows: tuple[MatrixRow, ...] = Field(min_length=1)
    per: SchemePeriod | None = None


class Term(Value):
    """One part of a fitted line: a quantity times its coefficient.

    :ivar quantity: a number from the answers.
    :ivar coefficient: pounds for one of it; may be below nought.
    """

    id: Identifier
    label: Text
    quantity: Amount
    coefficient: Decimal


class Linear(Value):
    """A fitted line: intercept plus terms, on pounds or on the logarithm of pounds.

    :ivar clip: the lowest and highest amounts, in pounds; the lowest is nought unless said.
    :ivar intercept: pounds at which everybody starts.
    :ivar terms: what is added or taken off.
    :ivar link: ``identity``: the line is pounds; ``log``: it is their natural logarithm.
    """

    intercept: Decimal = Decimal(0)
    terms: tuple[Term, ...] = Field(min_length=1)
    link: Literal["identity", "log"] = "identity"
    clip: tuple[Decimal, Decimal | None] = (Decimal(0), None)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        low, high = self.clip
        if low < 0 or (high is not None and high < low):
            raise Fault("clip has a lowest and a highest amount", "Write nought or more first", "clip")
        return self


class PoolRatio(Value):
    """A score shared out from a fixed pool: supply divided by demand.

    For analysis only. It rations need by what there is, which the Care Act 2014 does not allow, so
    a scheme that is live cannot hold it.

    :ivar supply: how much there is to share out.
    :ivar demand: how much is asked for.
    :ivar unit_amount: pounds for one of it.
    """

    score: Identifier = "points"
    supply: Decimal = Field(ge=0)
    demand: Decimal = Field(gt=0)
    unit_amount: Decimal = Field(default=Decimal(1), ge=0)


PricePerPoint.model_rebuild()
