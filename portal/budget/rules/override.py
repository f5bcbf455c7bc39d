"""Another amount that somebody answers for, beside the figure: it never takes the figure's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pydantic import Field, ValidationInfo, field_validator

from portal.budget.rules.receipt import Allocation
from portal.pack.faults import Fault
from portal.pack.scheme.streams import OverrideRule
from portal.pack.values import Value
from portal.pack.written import Amount

_NEEDED = {
    "reason": "a reason that the person can read",
    "author": "somebody who answers for it",
    "role": "the role of its author",
}


class Override(Value):
    """An amount that a person sets in place of the figure, with their reason. Both are kept and shown.

    In a file::

        weekly: 310.00
        reason: Two workers are needed for each transfer, which the form does not ask about.
        author: Ruth Adeyemi
        role: Team manager
        date: 2026-11-22
        evidence: Occupational therapist's report, 3 November 2026

    :ivar weekly: pounds a week.
    :ivar reason: why, in words that the person can read.
    :ivar author: who answers for it.
    :ivar role: as what.
    :ivar date: the day on which it was decided.
    :ivar evidence: what it rests on.
    """

    weekly: Amount
    reason: str = Field(max_length=4000)
    author: str = Field(max_length=200)
    role: str = Field(max_length=200)
    date: dt.date
    evidence: str = Field(default="", max_length=4000)

    @field_validator("reason", "author", "role")
    @classmethod
    def _said(cls, words: str, about: ValidationInfo) -> str:
        if not words:
            problem = f"another amount needs {_NEEDED[about.field_name or '']}"
            raise Fault(problem, f"Write it after {about.field_name}:")
        return words


class OverrideFault(NamedTuple):
    """Why a scheme does not take an override: the key that is wrong, what is wrong, and what to write."""

    key: str
    problem: str
    fix: str


def faults_of(override: Override, rule: OverrideRule | None) -> Iterator[OverrideFault]:
    """What a scheme's own rule has against an override; nothing where the scheme has no rule."""
    if rule is None:
        return
    if rule.roles and override.role not in rule.roles:
        problem = f"role cannot be “{override.role}”: the scheme does not let it change an amount"
        yield OverrideFault("role", problem, f"Write one of {', '.join(rule.roles)}")
    if "evidence" in rule.requires and not override.evidence:
        fix = "Add a line with evidence: and what the amount rests on"
        yield OverrideFault("evidence", "the scheme asks for evidence", fix)


class Beside(NamedTuple):
    """The figure and the amount set beside it, in pounds a week.

    :ivar computed: the figure as it was worked out; ``None`` where there is none, which is not nought.
    :ivar difference: how much more than the figure; ``None`` likewise.
    """

    computed: Decimal | None
    override: Override
    difference: Decimal | None


def beside(allocation: Allocation, override: Override) -> Beside:
    """An override beside an allocation, which stays as it is.

    :raises ValueError: when the figure is paid once, so that no weekly amount can stand beside it.
    """
    if allocation.status == "figure" and allocation.weekly is None:
        raise ValueError("the figure is paid once, so that an amount a week cannot stand beside it")
    return Beside(allocation.weekly, override, over(allocation.weekly, override.weekly))


def over(computed: Decimal | None, weekly: Decimal) -> Decimal | None:
    """How much more than the figure an amount is; ``None`` where there is no figure."""
    return None if computed is None else weekly - computed
