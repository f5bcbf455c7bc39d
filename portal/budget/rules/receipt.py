"""What an allocation says: a figure, the lines that make it, and what to know about it.

Nothing here is formatted. Amounts are Decimal pounds, reasons are messages whose values stand
apart, so that each language can put them where it likes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from portal.pack.scheme.parts import SchemePeriod
from portal.pack.text import Words

Status = Literal["figure", "refer", "incomplete", "no_amount", "not_eligible"]
LineKind = Literal[
    "answer",
    "unanswered",
    "points",
    "reduction",
    "carer",
    "weight",
    "support",
    "on_cost",
    "table",
    "tier",
    "deduction",
    "addition",
    "percent",
    "uprate",
    "contingency",
    "cap",
    "floor",
    "transition",
    "conversion",
    "rounding",
]


class Pounds(NamedTuple):
    """A sum of money in a message, to be shown as such."""

    amount: Decimal


class Percent(NamedTuple):
    """A percentage in a message."""

    number: Decimal


Filling = Pounds | Percent | Decimal | int | str | Words


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the translators, with ``%(name)s`` for each of its values."""

    msgid: str
    values: Mapping[str, Filling] = field(default_factory=dict)


Phrase = Message | Words
"""What a line or a caveat says: a sentence of ours, or the words of the scheme."""


class Line(NamedTuple):
    """One line of the receipt.

    :ivar rule: the id in the scheme of what made it: a question, a rule or a step.
    :ivar label: its name; ``None`` for an answer whose question has a short text of its own.
    :ivar question: the question that it rests on, if any; ``answer`` is the option chosen.
    :ivar points: points that it adds or takes off.
    :ivar rate: pounds for one point or unit. ``quantity`` and ``unit``: how many of what, ``per``
        which period.
    :ivar amount: pounds, to the penny, that it adds to the figure or takes off, in the
        allocation's base period.
    :ivar before: the amount before it, where it takes off or limits.
    :ivar running: what all lines so far come to.
    :ivar reason: why, in plain words.
    :ivar source: id of a source of the scheme.
    :ivar stream: the stream it belongs to; ``None`` for steps on the whole.
    :ivar own_amount: the amount in the stream's own ``own_period``, when that is not the base period.
    """

    rule: str
    kind: LineKind
    label: Phrase | None
    question: str | None
    answer: str | None
    points: Decimal | None
    rate: Decimal | None
    quantity: Decimal | None
    unit: str | None
    per: str | None
    amount: Decimal
    before: Decimal | None
    running: Decimal
    reason: Phrase | None
    source: str | None
    stream: str | None
    own_amount: Decimal | None
    own_period: str | None


class Caveat(NamedTuple):
    """Something to know about the figure. ``questions`` are those it is about.

    ``kind`` is ``unanswered``, ``complex``, ``refer``, ``no_amount``, ``not_in_force``, ``rationing`` or
    ``price``.
    """

    rule: str
    kind: str
    text: Phrase
    questions: tuple[str, ...] = ()


class ReviewFlag(NamedTuple):
    """A limit was reached, so a person must look at it. Amounts are pounds a ``period``."""

    rule: str
    uncapped: Decimal
    limit: Decimal
    period: SchemePeriod
    reason: Phrase


class TierAward(NamedTuple):
    """A tier that was picked.

    :ivar meaning: ``fixed``, ``up_to`` or ``from``: what the amount is.
    :ivar most_awards: how many awards at most, the first included; ``None`` for no limit.
    :ivar top_up: pounds each period that the person pays for the dearer tier ``top_up_to``.
    """

    level: str
    label: Words
    amount: Decimal
    period: SchemePeriod
    meaning: str
    award_months: Decimal | None
    most_awards: int | None
    max_months: Decimal | None
    top_up_to: str | None = None
    top_up: Decimal | None = None


class StreamResult(NamedTuple):
    """What one stream comes to, in its own period and in the base period, to the penny.

    :ivar payments: how many payments of ``payment`` pounds one award or year brings.
    """

    id: str
    title: Words
    funder: str
    status: Status
    period: SchemePeriod
    amount: Decimal | None
    in_base: Decimal | None
    tier: TierAward | None
    paid_every: SchemePeriod | None
    payment: Decimal | None
    payments: int | None


class Contribution(NamedTuple):
    """Who pays what of the figure, in pounds each base period. The two parts add up to it."""

    person: Decimal
    council: Decimal


class Allocation(NamedTuple):
    """An indicative budget, or why there is none.

    ``lines`` add up to ``amount`` to the penny; ``one_off_lines`` to ``one_off``.

    :ivar status: ``figure``: there is one; ``refer``: a person works it out; ``incomplete``: answers
        are ``missing``; ``no_amount``: the scheme gives none here, which is not nought pounds;
        ``not_eligible``: the scheme is not for this person.
    :ivar amount: pounds each ``base_period``; ``None`` unless there is a figure.
    :ivar contribution: who pays what of it, where the scheme says so.
    :ivar weekly: pounds a week; ``annual``: pounds a year; both from the same unrounded amount.
    """

    status: Status
    amount: Decimal | None
    weekly: Decimal | None
    annual: Decimal | None
    base_period: SchemePeriod
    year_weeks: Decimal
    lines: tuple[Line, ...]
    one_off: Decimal | None
    one_off_lines: tuple[Line, ...]
    streams: tuple[StreamResult, ...]
    caveats: tuple[Caveat, ...]
    review_flags: tuple[ReviewFlag, ...]
    missing: tuple[str, ...]
    points: Mapping[str, Decimal]
    on: dt.date
    scheme_id: str
    scheme_version: str
    scheme_title: Words
    scheme_hash: str
    effective_from: dt.date
    illustrative: bool
    contribution: Contribution | None = None

    def of_kind(self, *kinds: LineKind) -> tuple[Line, ...]:
        """The lines of these kinds, in order."""
        return tuple(line for line in self.lines if line.kind in kinds)

    def stream(self, id: str) -> StreamResult | None:
        """What one stream comes to."""
        return next((stream for stream in self.streams if stream.id == id), None)
