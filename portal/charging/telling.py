"""An estimate in words: what each step is called and why it stands there, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portal.budget.telling import said
from portal.charging.rules import Estimate
from portal.charging.rules.result import StepKind
from portal.words import Language


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step in words.

    :ivar words: what it is called.
    :ivar note: why it stands there.
    :ivar amount: pounds a week; ``None`` for a step that only tells.
    """

    words: str
    note: str
    amount: Decimal | None
    running: Decimal
    kind: StepKind
    rule: str
    source: str


def told_steps(estimate: Estimate, language: Language) -> tuple[ToldStep, ...]:
    """Every step in words, in its order. They add up to what the person pays."""
    return tuple(
        ToldStep(
            words=said(step.label, language),
            note=said(step.reason, language),
            amount=step.amount,
            running=step.running,
            kind=step.kind,
            rule=step.rule,
            source=step.source or "",
        )
        for step in estimate.steps
    )


def told_free(estimate: Estimate, language: Language) -> tuple[tuple[str, str], ...]:
    """Support that is free: its name, and why."""
    return tuple((free.name, said(free.reason, language)) for free in estimate.free)
