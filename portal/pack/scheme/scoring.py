"""How a scheme scores answers, and what help from others takes off."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.questions import Outcome
from portal.pack.scheme.parts import Amount, Round
from portal.pack.text import Text
from portal.pack.values import Identifier, Value

Unanswered = Literal["block", "lowest", "flag"]


class PointsBand(Value):
    """Points for a number given, both ends included. ``to`` may be open.

    :ivar from_: the lowest number of the band.
    :ivar to: the highest; open when left out.
    :ivar points: points that a number in the band brings.
    """

    from_: Decimal = Field(alias="from")
    to: Decimal | None = None
    points: Decimal


class ScoredQuestion(Value):
    """A question that the scheme reads, and the points its answers carry, if any.

    Every question named anywhere in a scheme is listed here, so that the list is the whole of
    what decides the figure.

    :ivar points: points by option. Where several options may be chosen their points are added.
    :ivar each: points for each unit of a number given.
    :ivar bands: points by a number given.
    :ivar options: the options of a question that carries no points, in order from least to most.
    :ivar levels: a level's name by option, for scores that count levels.
    :ivar domain: the group it belongs to, for reducers that act on a whole group.
    :ivar scope: ``carer_blind``: answered as if nobody helped; ``with_help``: help already counted.
    :ivar ask_when: counted only when this holds.
    :ivar required: without an answer there is no figure.
    :ivar unanswered: what "not sure" and "rather not say" do: ``block``: no figure;
        ``lowest``: the lowest points above nought; ``flag``: nothing yet, and the figure says so.
    :ivar outcomes: the outcomes of the Care Act that it is about; ``named_in`` of a reducer may name
        them.
    """

    id: str
    label: Text | None = None
    domain: Identifier | None = None
    outcomes: tuple[Outcome, ...] = ()
    points: dict[str, Decimal] = Field(default_factory=dict)
    each: Decimal | None = None
    bands: tuple[PointsBand, ...] = ()
    options: tuple[str, ...] = ()
    levels: dict[str, str] = Field(default_factory=dict)
    scope: Literal["carer_blind", "with_help", "fact"] = "carer_blind"
    ask_when: Condition | None = None
    required: bool = True
    unanswered: Unanswered = "block"

    @model_validator(mode="after")
    def _one_way_to_score(self) -> Self:
        if (bool(self.points) + (self.each is not None) + bool(self.bands)) > 1:
            raise Fault(f"{self.id} is scored in two ways", "Keep one of points, each and bands")
        if self.unanswered == "lowest" and not any(value > 0 for value in self.points.values()):
            raise Fault(
                f"{self.id} has no lowest need to count", "Write unanswered: block or flag", "unanswered"
            )
        ordered = sorted(self.bands, key=lambda band: band.from_)
        for band, following in itertools.pairwise(ordered):
            if band.to is None or band.to >= following.from_:
                raise Fault(
                    f"two bands cover {following.from_}", f"End the first below {following.from_}", "bands"
                )
        return self

    @property
    def scored(self) -> bool:
        """Whether answers to it carry points."""
        return bool(self.points or self.bands) or self.each is not None

    @property
    def steps(self) -> tuple[str, ...]:
        """Its options from least to most: by points, else in the order written."""
        if self.points:
            return tuple(sorted(self.points, key=lambda option: self.points[option]))
        return self.options

    @property
    def lowest_need(self) -> Decimal:
        """The lowest points above nought that an option carries."""
        return min(value for value in self.points.values() if value > 0)


class Reducer(Value):
    """What help from others takes off, once and at one scope, always as a line of its own.

    :ivar driver: the question that tells how much help there is.
    :ivar named_in: a question whose chosen options name the questions that are reduced; without it
        all of ``of`` are.
    :ivar scope: what ``of`` lists: questions, domains, blocks of lines, scores, streams. For
        ``total`` it lists nothing.
    :ivar method: ``multiply_remaining``: 0.6 leaves 60%; ``subtract_percent``: 40 takes off 40%;
        ``subtract_points``, ``subtract_hours`` and ``subtract_amount`` take off a number, never
        below ``floor``; ``days_met_of_7``: 3 leaves 4 sevenths; ``none``: recorded, nothing off.
    :ivar table: the number by the driver's option. Without it the driver's own number is used.
    :ivar of: the names of what is reduced, of the kind that ``scope`` says.
    :ivar floor: the least that stays, in points, hours or pounds as the method has it.
    """

    id: Identifier
    label: Text
    reason: Text
    driver: str
    named_in: str | None = None
    scope: Literal["question", "domain", "block", "score", "stream", "total"] = "question"
    of: tuple[str, ...] = ()
    method: Literal[
        "multiply_remaining",
        "subtract_percent",
        "subtract_points",
        "subtract_hours",
        "subtract_amount",
        "days_met_of_7",
        "none",
    ]
    table: dict[str, Decimal] | None = None
    floor: Decimal = Field(default=Decimal(0), ge=0)
    when: Condition | None = None
    source: Identifier | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.scope == "total") == bool(self.of):
            raise Fault(
                "of lists what is reduced, and is left out for the total",
                "List it under of, or write scope: total without of",
            )
        if self.named_in is not None and self.scope != "question":
            raise Fault("named_in names questions", "Write scope: question, or remove it", "named_in")
        allowed = {
            "subtract_points": ("question", "domain", "score"),
            "subtract_hours": ("question", "domain", "block"),
            "subtract_amount": ("stream", "total"),
        }.get(self.method)
        if allowed is not None and self.scope not in allowed:
            raise Fault(
                f"{self.method} does not work at scope {self.scope}",
                f"Write scope: {' or '.join(allowed)}",
                "scope",
            )
        low, high = {
            "multiply_remaining": (0, 1),
            "subtract_percent": (0, 100),
            "days_met_of_7": (0, 7),
        }.get(self.method, (0, None))
        for option, number in (self.table or {}).items():
            if number < low or (high is not None and number > high):
                most = f"{low} to {high}" if high is not None else f"{low} or more"
                raise Fault(
                    f"{number} is out of range for {self.method}",
                    f"Write a number of {most}",
                    "table",
                    option,
                )
        return self


class Scale(Value):
    """A score brought from one range to another, for example 0 to 100.

    :ivar from_: the lowest and highest score before; outside it the nearer end counts.
    :ivar to: the lowest and highest after.
    """

    from_: tuple[Decimal, Decimal] = Field(alias="from")
    to: tuple[Decimal, Decimal] = (Decimal(0), Decimal(100))

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.from_[0] >= self.from_[1] or self.to[0] >= self.to[1]:
            raise Fault("a range goes from the lower number to the higher", "Write the lower number first")
        return self


class Modifier(Value):
    """A change to a score that shows as a line: add to it, multiply it, or set it.

    :ivar op: add points, multiply the score, or set it.
    :ivar value: points, or the factor.
    """

    id: Identifier
    label: Text
    reason: Text
    op: Literal["add", "multiply", "set"]
    value: Amount
    when: Condition | None = None
    source: Identifier | None = None


class Score(Value):
    """Points brought together. A scheme that lists none has one, ``points``, of all its questions.

    :ivar of: the questions it counts; all that carry points when empty.
    :ivar aggregate: ``sum`` of points, each times its weight; ``max``: the highest; ``top``: the
        ``top`` highest added; ``count``: how many answers are at one of ``levels``.
    :ivar weights: a factor by question; 1 for those not listed.
    :ivar top: how many of the highest count, for ``aggregate: top``.
    :ivar levels: the levels counted, for ``aggregate: count``.
    :ivar modifiers: changes after help was taken off, in order.
    :ivar scale: another range to bring it to, after the modifiers.
    """

    id: Identifier = "points"
    label: Text | None = None
    of: tuple[str, ...] = ()
    aggregate: Literal["sum", "max", "top", "count"] = "sum"
    weights: dict[str, Decimal] = Field(default_factory=dict)
    weights_reason: Text | None = None
    top: int = Field(default=1, ge=1)
    levels: tuple[str, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    scale: Scale | None = None
    round: Round | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.aggregate == "count") != bool(self.levels):
            raise Fault("levels and aggregate: count belong together", "Write both, or neither")
        if self.weights and self.weights_reason is None:
            raise Fault("weights change what people get", "Say why in weights_reason", "weights")
        if self.weights and self.aggregate == "count":
            raise Fault("an answer is counted once", "Remove weights, or write aggregate: sum", "weights")
        return self
