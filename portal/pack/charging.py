"""What a person may have to pay for support at home: the nation's figures by year, and a council's own rules.

Care Act 2014, sections 14 and 17; Care and Support (Charging and Assessment of Resources) Regulations
2014; Care and support statutory guidance, chapter 8 and annexes B and C. Everything here is about care
that is not in a care home.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from portal.pack.eligibility import LegalSource
from portal.pack.faults import Fault
from portal.pack.questions import Section
from portal.pack.text import Text
from portal.pack.values import Identifier, Value
from portal.pack.written import Amount

YearName = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}/[0-9]{2}$")]
"""A year of charging, 6 April to 5 April, for example ``2026/27``."""

RateStatus = Literal["published", "reported", "derived"]
"""``published``: read in the source itself. ``reported``: read elsewhere, where the source is named.
``derived``: worked out from another year; shown with a banner, and refused in a live pack."""

FigureName = Literal[
    "lower_capital",
    "upper_capital",
    "single_18_to_24",
    "single_25_to_pension",
    "single_pension_age",
    "lone_parent",
    "couple_18_each",
    "couple_pension_age_each",
    "child",
    "disability_premium_single",
    "disability_premium_couple",
    "enhanced_disability_premium_single",
    "enhanced_disability_premium_couple",
    "carer_premium",
    "savings_credit_single",
    "savings_credit_couple",
    "care_benefit_lowest",
    "care_benefit_standard",
    "care_benefit_enhanced",
    "carers_allowance",
]
"""The figures of a year. Capital in pounds, all others in pounds a week."""

Premium = Literal["disability", "enhanced_disability", "carer"]


class Rate(Value):
    """One figure of a year.

    :ivar amount: pounds; a week, but for the two limits on capital.
    :ivar status: how well it is known.
    :ivar source: the id of one of the file's sources.
    :ivar note: how it was derived, for who checks it.
    """

    amount: Amount
    status: RateStatus
    source: Identifier
    note: str | None = None


class ChargingRates(Value):
    """``charging/rates/*.yaml``: the figures of one year, each with its source and how well it is known.

    A figure may be left out. Whoever needs it is told that it cannot be worked out; nothing stands in.

    :ivar year: for example ``2026/27``.
    :ivar from_day: the first day on which the figures hold.
    :ivar last_day: the last one.
    :ivar sources: where the figures stand, by an id of your own.
    :ivar figures: the figures by name.
    """

    year: YearName
    from_day: date
    last_day: date
    sources: dict[Identifier, LegalSource] = Field(min_length=1)
    figures: dict[FigureName, Rate]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.last_day < self.from_day:
            raise Fault("the year ends before it starts", "Write a later last_day", "last_day")
        first, second = self.year.split("/")
        if int(second) != (int(first) + 1) % 100 or self.from_day.year != int(first):
            raise Fault(
                f"{self.year} is not the year from {self.from_day}",
                f"Write {self.from_day.year}/{(self.from_day.year + 1) % 100:02}",
                "year",
            )
        for name, rate in self.figures.items():
            if rate.source not in self.sources:
                raise Fault(
                    f"{name} names the source {rate.source}, which is not listed",
                    f"Write one of {', '.join(self.sources)}, or add it to sources",
                    *("figures", name, "source"),
                )
        for name in ("lower_capital", "upper_capital"):
            if name not in self.figures:
                raise Fault(f"{name} is missing", f"Add {name}: with its amount and source", "figures")
        if self.figures["lower_capital"].amount >= self.figures["upper_capital"].amount:
            raise Fault(
                "the lower limit is not below the upper one",
                "Write the limits the other way round",
                *("figures", "lower_capital"),
            )
        return self

    def derived(self) -> tuple[FigureName, ...]:
        """The figures that were worked out and not read."""
        return tuple(name for name, rate in self.figures.items() if rate.status == "derived")


class IncomeKind(Value):
    """One kind of money that comes in, and whether it counts.

    :ivar label: what people call it.
    :ivar treatment: ``counted`` in full; ``ignored``; ``first``: the first pounds a week are ignored;
        ``savings_credit``: ignored up to the year's figure; ``disability``: a benefit for care needs,
        which counts as the council decides and has disability-related expenses asked for.
    :ivar first: for ``first``, the pounds a week that are ignored.
    :ivar rate: the year's figure that it comes to, so that nobody has to type it.
    :ivar standard: the figure up to which it is the standard rate; what is above is the enhanced part.
    :ivar night: the enhanced part is for help at night.
    :ivar brings: what it adds to the minimum income guarantee, below pension age.
    :ivar reason: why it does not count, or not in full.
    :ivar source: the id of one of the file's sources.
    """

    id: Identifier
    label: Text
    treatment: Literal["counted", "ignored", "first", "savings_credit", "disability"]
    first: Amount | None = None
    rate: FigureName | None = None
    standard: FigureName | None = None
    night: bool = False
    brings: tuple[Premium, ...] = ()
    reason: Text | None = None
    source: Identifier

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.first is not None) != (self.treatment == "first"):
            raise Fault(
                f"{self.id}: first goes with treatment: first, and only with it",
                "Write both or neither",
                "first" if self.first is not None else "treatment",
            )
        if (self.reason is None) == (self.treatment in ("ignored", "first", "savings_credit")):
            raise Fault(
                f"{self.id}: what does not count in full has a reason, and nothing else has",
                "Add reason: with words that anybody understands, or remove it",
                "treatment",
            )
        if self.treatment != "disability" and (self.standard is not None or self.night):
            raise Fault(
                f"{self.id}: standard and night are for treatment: disability",
                "Remove them",
                "standard" if self.standard is not None else "night",
            )
        return self


class CapitalKind(Value):
    """One kind of savings or property, and whether it counts.

    :ivar counted: whether it counts.
    :ivar reason: why it does not.
    :ivar source: the id of one of the file's sources.
    """

    id: Identifier
    label: Text
    counted: bool = True
    reason: Text | None = None
    source: Identifier

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.counted == (self.reason is not None):
            raise Fault(
                f"{self.id}: what does not count has a reason, and nothing else has",
                "Add reason:, or remove it",
                "counted" if self.counted else "id",
            )
        return self


class CostKind(Value):
    """One kind of cost that is taken off before anything is asked for."""

    id: Identifier
    label: Text


class WhatCounts(Value):
    """``charging/income.yaml``: what counts as income and savings, and which costs come off first.

    :ivar sources: where the rules stand, by an id of your own.
    :ivar income: kinds of income.
    :ivar capital: kinds of savings and property.
    :ivar housing: costs of the home that come off.
    :ivar disability_expenses: extra costs of a disability that come off.
    """

    sources: dict[Identifier, LegalSource] = Field(min_length=1)
    income: tuple[IncomeKind, ...] = Field(min_length=1)
    capital: tuple[CapitalKind, ...] = Field(min_length=1)
    housing: tuple[CostKind, ...] = Field(min_length=1)
    disability_expenses: tuple[CostKind, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for key in ("income", "capital", "housing", "disability_expenses"):
            seen: set[str] = set()
            for at, kind in enumerate(getattr(self, key)):
                if kind.id in seen:
                    raise Fault(f"{kind.id} is listed twice", "Keep one of the two", key, at, "id")
                seen.add(kind.id)
                source = getattr(kind, "source", None)
                if source is not None and source not in self.sources:
                    raise Fault(
                        f"{kind.id} names the source {source}, which is not listed",
                        f"Write one of {', '.join(self.sources)}, or add it to sources",
                        *(key, at, "source"),
                    )
        return self


class LocalChoices(Value):
    """What a council may decide itself. Left out, each key is the law's own rule.

    :ivar percent: how much of what is left over is asked for, in percent.
    :ivar smallest_charge: less than these pounds a week are not asked for.
    :ivar largest_charge: the most pounds a week that anybody is asked for.
    :ivar extra_allowance: pounds a week left to everybody on top of the minimum income guarantee.
    :ivar extra_allowance_percent: the same, in percent of the guarantee.
    :ivar disability_benefits: whether benefits for care needs are ``counted`` or ``ignored``.
    :ivar enhanced_part: whether what is above the standard rate of such a benefit is ``counted`` or
        ``ignored``.
    :ivar night_part: whether the part of it that is for help at night is ``counted``, or ``ignored`` when
        the council arranges no help at night.
    :ivar flat_disability_expenses: pounds a week that come off without asking for receipts, for anybody
        whose benefit for care needs is counted. What somebody tells comes off instead where it is more.
    :ivar lower_capital: pounds; a higher lower limit than the law's.
    :ivar upper_capital: pounds; a higher upper limit than the law's.
    :ivar also_ignored: ids of kinds of income that the council ignores besides.
    :ivar small_support: pounds a week; support that costs no more is charged without a full assessment to
        who can clearly pay it.
    :ivar reablement_weeks: weeks of help to get well again that are free. The law asks for six at least.
    :ivar adaptation_limit: pounds; changes to a home that cost no more are free. The law asks for 1,000.
    :ivar weeks_in_year: weeks that a yearly or monthly sum is spread over.
    """

    percent: Decimal = Field(default=Decimal(100), ge=0, le=100)
    smallest_charge: Amount = Decimal(0)
    largest_charge: Amount | None = None
    extra_allowance: Amount = Decimal(0)
    extra_allowance_percent: Decimal = Field(default=Decimal(0), ge=0, le=100)
    disability_benefits: Literal["counted", "ignored"] = "counted"
    enhanced_part: Literal["counted", "ignored"] = "counted"
    night_part: Literal["counted", "ignored"] = "counted"
    flat_disability_expenses: Amount = Decimal(0)
    lower_capital: Amount | None = None
    upper_capital: Amount | None = None
    also_ignored: tuple[Identifier, ...] = ()
    small_support: Amount | None = None
    reablement_weeks: int = Field(default=6, ge=6)
    adaptation_limit: Decimal = Field(default=Decimal(1000), ge=1000)
    weeks_in_year: Decimal = Field(default=Decimal(52), ge=52, le=Decimal("52.2"))


class ChargingPolicy(LocalChoices):
    """``charging/local.yaml``: what the council decides itself. Left out, a choice is the law's own rule.

    :ivar title: the policy's name.
    :ivar about: what it says, in a sentence or two.
    :ivar illustrative: the choices are invented, to show how the portal works.
    :ivar from_day: the first day on which it holds.
    :ivar sources: where it stands.
    """

    title: Text
    about: Text
    illustrative: bool
    from_day: date
    sources: tuple[LegalSource, ...] = Field(min_length=1)

    def with_choices(self, choices: LocalChoices | None) -> Self:
        """The same policy with some choices made otherwise."""
        return (
            self
            if choices is None
            else self.model_copy(update={name: getattr(choices, name) for name in choices.model_fields_set})
        )


class ChargingQuestions(Value):
    """``charging/questions.yaml``: what is asked to work it out, in sections like the assessment's.

    The ids that the rules read are told in ``docs/charging.md``.

    :ivar about: what people are told before the first question.
    :ivar sections: the questions.
    """

    about: tuple[Text, ...] = Field(min_length=1)
    sections: tuple[Section, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Charging:
    """Everything that what a person may have to pay is worked out from."""

    policy: ChargingPolicy
    counts: WhatCounts
    rates: tuple[ChargingRates, ...]
    questions: ChargingQuestions | None = None

    def rates_of(self, year: str) -> ChargingRates | None:
        """The figures of a year by its name; ``None`` when there are none."""
        return next((rates for rates in self.rates if rates.year == year), None)

    def rates_on(self, day: date) -> ChargingRates | None:
        """The figures that hold on a day; ``None`` when there are none."""
        return next((rates for rates in self.rates if rates.from_day <= day <= rates.last_day), None)


def limit_faults(policy: LocalChoices, rates: ChargingRates) -> Iterator[tuple[str, str, str]]:
    """Limits of a council that would leave somebody with less than the law does: key, problem, advice."""
    for key in ("lower_capital", "upper_capital"):
        own = getattr(policy, key)
        law = rates.figures[key].amount
        if own is not None and own < law:
            yield key, f"{key} is below the law’s {law} of {rates.year}", f"Write {law} or more"
    lower = max(policy.lower_capital or Decimal(0), rates.figures["lower_capital"].amount)
    upper = max(policy.upper_capital or Decimal(0), rates.figures["upper_capital"].amount)
    if lower >= upper:
        yield "lower_capital", "the lower limit is not below the upper one", "Write a higher upper_capital"
