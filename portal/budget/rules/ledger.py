"""The lines of one stream while it is worked out: exact amounts in the stream's own period."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from portal.budget.rules.receipt import LineKind, Phrase
from portal.money import round_to
from portal.pack.scheme.parts import Round, SchemePeriod

ZERO = Decimal(0)


class Draft:
    """A line with its exact amount, before it is shown to the penny."""

    __slots__ = (
        "amount",
        "answer",
        "before",
        "block",
        "domain",
        "kind",
        "label",
        "per",
        "points",
        "quantity",
        "question",
        "rate",
        "reason",
        "rule",
        "source",
        "unit",
        "weekly_hours",
    )

    def __init__(  # noqa: PLR0913 - as many as a line of the receipt has
        self,
        rule: str,
        kind: LineKind,
        amount: Decimal,
        *,
        label: Phrase | None = None,
        reason: Phrase | None = None,
        question: str | None = None,
        answer: str | None = None,
        points: Decimal | None = None,
        rate: Decimal | None = None,
        quantity: Decimal | None = None,
        unit: str | None = None,
        per: SchemePeriod | None = None,
        before: Decimal | None = None,
        source: str | None = None,
        block: str | None = None,
        domain: str | None = None,
        weekly_hours: Decimal = ZERO,
    ) -> None:
        self.rule = rule
        self.kind = kind
        self.amount = amount
        self.label = label
        self.reason = reason
        self.question = question
        self.answer = answer
        self.points = points
        self.rate = rate
        self.quantity = quantity
        self.unit = unit
        self.per = per
        self.before = before
        self.source = source
        self.block = block
        self.domain = domain
        self.weekly_hours = weekly_hours


class Ledger:
    """Drafts in order, rounded line by line where the scheme says so.

    :ivar opening: what there is before the first draft: for the whole, what the streams come to.
    """

    __slots__ = ("drafts", "opening", "period", "round")

    def __init__(self, period: SchemePeriod, round: Round | None = None, opening: Decimal = ZERO) -> None:
        self.period = period
        self.round = round
        self.opening = opening
        self.drafts: list[Draft] = []

    def add(self, draft: Draft, round: Round | None = None) -> Draft:
        """Put a line at the end, rounded by its own rule or else by the scheme's."""
        rule = round or self.round
        if rule is not None:
            draft.amount = round_to(draft.amount, rule.unit, rule.mode)
        self.drafts.append(draft)
        return draft

    def total(self, drafts: Iterable[Draft] | None = None) -> Decimal:
        """What these lines come to, exactly; without any named, what the whole comes to."""
        if drafts is None:
            return sum((draft.amount for draft in self.drafts), self.opening)
        return sum((draft.amount for draft in drafts), ZERO)
