"""A lower and a higher figure around the likely one, where a council tells people all three."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from portal.pack.faults import Fault
from portal.pack.text import Text
from portal.pack.values import Value


class SpreadRow(Value):
    """How far from the likely figure support may cost, for figures of some size.

    :ivar up_to: the largest figure that the row is for, pounds each base period; left out in the last row.
    :ivar lower: what the likely figure is multiplied by for the lower one, at most 1.
    :ivar higher: the same for the higher one, at least 1.
    """

    up_to: Decimal | None = Field(default=None, gt=0)
    lower: Decimal = Field(gt=0, le=1)
    higher: Decimal = Field(ge=1, le=10)


class Spread(Value):
    """The lower and the higher figure. The likely one is the figure itself, and does not move.

    :ivar about: why support may cost less or more, in plain words.
    :ivar rows: by the size of the figure, from small to large; the last one has no ``up_to``.
    :ivar unit: both figures are told to the nearest so many pounds.
    :ivar source: where the numbers come from.
    """

    about: Text
    rows: tuple[SpreadRow, ...] = Field(min_length=1)
    unit: Decimal = Field(default=Decimal(1), gt=0, le=100)
    source: str | None = None

    @model_validator(mode="after")
    def _rows_follow_each_other(self) -> Self:
        *others, last = self.rows
        if last.up_to is not None:
            raise Fault("there is no row for larger figures", "Leave up_to out of the last row", "rows")
        if any(row.up_to is None for row in others):
            raise Fault("only the last row has no up_to", "Write up_to in each row before it", "rows")
        sizes = [row.up_to for row in others if row.up_to is not None]
        if any(smaller >= larger for smaller, larger in pairwise(sizes)):
            raise Fault("the rows are not from small to large", "Put the smallest up_to first", "rows")
        return self
