"""A whole allocation scheme: everything that turns answers into an indicative budget."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.scheme.checks import check
from portal.pack.scheme.models import LineRule, MatrixRow
from portal.pack.scheme.parts import (
    Effective,
    Price,
    Rounding,
    RouteChoice,
    Source,
    Year,
)
from portal.pack.scheme.scoring import Reducer, Score, ScoredQuestion
from portal.pack.scheme.spread import Spread
from portal.pack.scheme.streams import Complexity, Contribution, ExampleWeek, OverrideRule, Step, Stream
from portal.pack.text import Text
from portal.pack.values import Value


class Scheme(Value):
    """How answers become an indicative budget, as data that can be published and defended.

    :ivar status: ``illustrative`` is shown as such wherever a figure stands; ``draft`` and
        ``retired`` are never used for a new figure.
    :ivar base_period: the period in which the figure is worked out and rounded. The weekly and
        yearly figures are derived from it with ``year``.
    :ivar questions: every question the scheme reads, and the points that answers carry.
    :ivar pipeline: the steps after the streams, done in this order.
    :ivar contribution: who pays what of the figure; it changes no line of it.
    :ivar monotone: declares that more need never means less money; checked by the validator.
    :ivar authority: the body that decided it.
    :ivar plain_summary: the whole of it in plain words, shown with every figure.
    :ivar year: how weeks become a year.
    :ivar reducers: what help from others takes off.
    :ivar scores: how points are brought together; one score, ``points``, of every scored question when
        left out.
    :ivar price_book: what units of support cost, by day and route.
    :ivar route: which answer tells the route by which prices hold.
    :ivar streams: the money, stream by stream, in the order of the receipt.
    :ivar complexity: what to do when a form cannot see the whole.
    :ivar override: who may set another amount beside the figure, and what they must write.
    :ivar example_week: how the weekly figure could be used.
    :ivar spread: a lower and a higher figure, told beside the figure.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    version: str = Field(min_length=1, max_length=40)
    title: Text
    authority: Text
    status: Literal["draft", "live", "retired", "illustrative"]
    effective: Effective
    plain_summary: Text
    sources: tuple[Source, ...] = ()
    year: Year = Year()
    base_period: Literal["week", "four_weeks", "month", "year", "one_off"] = "week"
    eligible_when: Condition | None = None
    questions: tuple[ScoredQuestion, ...] = Field(min_length=1)
    reducers: tuple[Reducer, ...] = ()
    scores: tuple[Score, ...] = (Score(),)
    price_book: tuple[Price, ...] = ()
    route: RouteChoice | None = None
    streams: tuple[Stream, ...] = Field(min_length=1)
    complexity: tuple[Complexity, ...] = ()
    pipeline: tuple[Step, ...] = ()
    rounding: tuple[Rounding, ...] = ()
    contribution: Contribution | None = None
    override: OverrideRule | None = None
    example_week: ExampleWeek | None = None
    spread: Spread | None = None
    monotone: bool = False

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the scheme's canonical form: the same rules have the same hash."""
        return hashlib.sha256(canonical(self).encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def matrix_rows(self) -> Iterator[MatrixRow]:
        """Every row of every matrix."""
        for stream in self.streams:
            if stream.matrix is not None:
                yield from stream.matrix.rows

    @property
    def illustrative(self) -> bool:
        """Whether its points and prices are made up to show how a scheme works."""
        return self.status == "illustrative"

    def question(self, id: str) -> ScoredQuestion | None:
        """The question with this id, if the scheme reads it."""
        return next((question for question in self.questions if question.id == id), None)

    def line_rules(self) -> Iterator[LineRule]:
        """Every named line that the scheme may bring."""
        for stream in self.streams:
            yield from stream.line_rules()
        for flag in self.complexity:
            yield from flag.lines

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        check(self)
        if self.status != "draft" and any(stream.pool_ratio for stream in self.streams):
            raise Fault(
                "pool_ratio shares out what there is whatever people need, which the Care Act 2014 does not "
                "allow, so that people can never be shown it",
                "Write status: draft to study it, or use another way to an amount",
                "status",
            )
        return self


def canonical(value: Value) -> str:
    """A value as JSON in one form only: sorted keys, plain decimals, nothing left at its default."""
    data = value.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    return str(value)


def plain_decimal(value: Decimal) -> str:
    """A decimal without needless noughts or powers of ten, so that 5.10 and 5.1 are the same."""
    if value == 0:
        return "0"
    return format(value.normalize(), "f")
