"""What somebody tells about their money: the facts that what they may have to pay rests on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.pack.charging import IncomeKind, LocalChoices, Premium, WhatCounts
from portal.pack.faults import Fault, PackProblem
from portal.pack.reading import Path_, Source
from portal.pack.references import nearest
from portal.pack.values import Identifier, Value

Household = Literal["single", "lone_parent", "couple"]
Age = Literal["18_to_24", "25_to_pension", "pension_age"]
Every = Literal["week", "four_weeks", "month", "year"]
Share = Literal["own", "joint"]
SupportKind = Literal["support", "reablement", "equipment", "aftercare", "cjd"]
Assessment = Literal["full", "savings_above_limit", "basic_benefits", "small_support", "not_told"]

Sum = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=9)]


class Saving(Value):
    """One thing somebody owns.

    :ivar kind: a kind of capital in ``charging/income.yaml``.
    :ivar amount: pounds.
    :ivar share: ``joint`` with a partner: half of it is counted.
    :ivar name: what to call it, in place of the kind's name.
    """

    kind: Identifier = "savings"
    amount: Sum
    share: Share = "own"
    name: str | None = None


class Income(Value):
    """Money that comes in.

    :ivar kind: a kind of income in ``charging/income.yaml``.
    :ivar amount: pounds; left out where the kind has a rate, which is then taken from the year.
    :ivar every: how often.
    :ivar share: ``joint`` with a partner: half of it is counted.
    :ivar name: what to call it, in place of the kind's name.
    """

    kind: Identifier
    amount: Sum | None = None
    every: Every = "week"
    share: Share = "own"
    name: str | None = None


class Cost(Value):
    """Something that has to be paid for.

    :ivar kind: a kind of housing cost, or of disability-related expense, in ``charging/income.yaml``.
    :ivar amount: pounds.
    :ivar every: how often.
    :ivar share: ``joint`` with a partner: half of it comes off.
    :ivar name: what to call it, in place of the kind's name.
    """

    kind: Identifier = "other"
    amount: Sum
    every: Every = "week"
    share: Share = "own"
    name: str | None = None


class Support(Value):
    """Support that the council arranges or pays for.

    :ivar kind: ``support`` may be charged for. ``reablement`` is free for its first weeks, ``equipment`` up
        to a limit, ``aftercare`` (Mental Health Act, section 117) and support for ``cjd`` always.
    :ivar amount: pounds.
    :ivar every: how often; ``once`` for equipment.
    :ivar week: for reablement, which week of it this is.
    """

    name: str = "Support"
    kind: SupportKind = "support"
    amount: Sum
    every: Every | Literal["once"] = "week"
    week: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _once_is_for_things(self) -> Self:
        if self.every == "once" and self.kind != "equipment":
            raise Fault("only equipment is paid for once", "Write every: week, or kind: equipment", "every")
        return self


class Circumstances(Value):
    """Everything that is told, by one person about their own money. The partner's is not theirs.

    :ivar household: ``single``, ``lone_parent`` or ``couple``.
    :ivar age: ``pension_age`` for a couple when either of the two has reached it.
    :ivar children: how many children the person is responsible for at home.
    :ivar premiums: ``disability``, ``enhanced_disability``, ``carer``; left out, they are told from the
        benefits.
    :ivar minimum_income: pounds a week, where the council has told its figure; left out, it is built.
    :ivar capital: savings and property.
    :ivar income: money that comes in.
    :ivar housing: costs of the home.
    :ivar housing_help: help with them, such as Housing Benefit, that is not taken off yet.
    :ivar disability_expenses: extra costs of a disability.
    :ivar night_care: the council arranges help at night.
    :ivar support: what the council arranges or pays for.
    :ivar assessment: ``full``; or a light one: ``savings_above_limit`` and ``not_told`` pay in full,
        ``basic_benefits`` shows that there is nothing to pay from, ``small_support`` costs so little that
        the person can clearly pay it.
    :ivar local: choices of a council, in place of the pack's own (``charging/local.yaml`` tells the keys).
    """

    household: Household = "single"
    age: Age = "25_to_pension"
    children: int = Field(default=0, ge=0, le=20)
    premiums: tuple[Premium, ...] | None = None
    minimum_income: Sum | None = None
    capital: tuple[Saving, ...] = ()
    income: tuple[Income, ...] = ()
    housing: tuple[Cost, ...] = ()
    housing_help: tuple[Cost, ...] = ()
    disability_expenses: tuple[Cost, ...] = ()
    night_care: bool = False
    support: tuple[Support, ...] | None = None
    assessment: Assessment = "full"
    local: LocalChoices | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.household != "couple":
            for key in ("capital", "income", "housing", "housing_help", "disability_expenses"):
                for at, each in enumerate(getattr(self, key)):
                    if each.share == "joint":
                        raise Fault(
                            "only a couple has something jointly here",
                            "Write household: couple, or the person’s own part with share: own",
                            *(key, at, "share"),
                        )
        if self.household == "lone_parent" and self.children == 0:
            raise Fault("a lone parent has a child", "Write how many, or household: single", "children")
        return self


def unknown_kinds(told: Circumstances, counts: WhatCounts, source: Source) -> Iterator[PackProblem]:
    """Kinds that nothing says how to count, and income whose amount nobody knows."""
    kinds: dict[str, dict[str, object]] = {
        "capital": {kind.id: kind for kind in counts.capital},
        "income": {kind.id: kind for kind in counts.income},
        "housing": {kind.id: kind for kind in counts.housing},
        "disability_expenses": {kind.id: kind for kind in counts.disability_expenses},
    }
    for key, known in kinds.items():
        for at, each in enumerate(getattr(told, key)):
            where: Path_ = (key, at)
            if each.kind not in known:
                problem = f"there is no kind {each.kind} of {key.replace('_', ' ')}"
                yield source.problem((*where, "kind"), problem, nearest(each.kind, list(known)))
            elif key == "income" and each.amount is None and not _amount_is_known(known[each.kind]):
                yield source.problem(where, f"{each.kind} has no amount", "Add amount: and every:")


def _amount_is_known(kind: object) -> bool:
    return isinstance(kind, IncomeKind) and (kind.treatment == "ignored" or kind.rate is not None)
