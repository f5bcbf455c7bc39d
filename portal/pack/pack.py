"""The whole pack: everything one council decided, frozen, with a version told from its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

from portal.pack.carers import Carers
from portal.pack.catalogue import CatalogueRules
from portal.pack.charging import (
    Charging,
    ChargingPolicy,
    ChargingQuestions,
    ChargingRates,
    WhatCounts,
)
from portal.pack.choices import Money, MoneyRoute, Planner, Planners
from portal.pack.council import (
    AgreementRule,
    Council,
    Glossary,
    Mode,
    Privacy,
    Retention,
    Reviews,
    Trigger,
    Triggers,
    Word,
)
from portal.pack.eligibility import EligibilityPolicy, PolicyGroup
from portal.pack.employing import Employing
from portal.pack.prevention import Idea, Ideas, Offer, Prevention
from portal.pack.prices import Prices
from portal.pack.questions import Question, Section, questions_of
from portal.pack.samples import Sample, SampleOfficer, Samples
from portal.pack.scheme import Scheme, canonical
from portal.pack.text import Picture
from portal.pack.values import Value

USABLE = ("live", "illustrative")
"""The states in which a scheme may give a new figure."""


class Pack(Value):
    """What a council decides. Each attribute is one file or folder of the pack.

    :ivar sections: the self-assessment, in the order in which it is asked.
    :ivar carer_sections: the carer's own assessment; none where the pack has no carers' questions.
    :ivar schemes: every allocation scheme, old ones included.
    :ivar policies: every eligibility policy, old ones included.
    :ivar pictures: every picture that a text names, by the name of its file.
    """

    council: Council
    triggers_file: Triggers
    privacy: Privacy
    sections: tuple[Section, ...]
    schemes: tuple[Scheme, ...]
    policies: tuple[EligibilityPolicy, ...]
    planning: Planners
    money: Money
    prevention: Prevention
    ideas_file: Ideas = Ideas(ideas=())
    catalogue: CatalogueRules | None = None
    prices: Prices
    employing: Employing | None = None
    carers_file: Carers | None = None
    carer_sections: tuple[Section, ...] = ()
    glossary_file: Glossary = Glossary(words=())
    samples_file: Samples = Samples(samples=())
    charging_policy: ChargingPolicy | None = None
    charging_income: WhatCounts | None = None
    charging_questions: ChargingQuestions | None = None
    charging_rates: tuple[ChargingRates, ...] = ()
    pictures: Mapping[str, Picture] = {}

    @property
    def id(self) -> str:
        """The pack's name in records."""
        return self.council.id

    @cached_property
    def version(self) -> str:
        """Sixteen figures told from the content: the same whenever, and only when, that is the same."""
        return hashlib.sha256(canonical(self).encode()).hexdigest()[:16]

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in the order in which they are asked."""
        return MappingProxyType({question.id: question for question in questions_of(self.sections)})

    @property
    def has_carers(self) -> bool:
        """Whether carers have an assessment of their own here."""
        return self.carers_file is not None

    @cached_property
    def for_carers(self) -> Pack:
        """The pack as a carer meets it: their own questions, and the offers that are for them.

        :raises ValueError: when the pack has none; see :attr:`has_carers`.
        """
        if self.carers_file is None:
            raise ValueError("this pack has no questions for carers")
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        own = {"sections": self.carer_sections, "prevention": self.carers_file}
        return type(self).model_construct(**parts | own)

    def of(self, group: PolicyGroup) -> Pack:
        """The pack as somebody of a group meets it."""
        return self.for_carers if group == "carer" else self

    def scheme_on(self, day: date) -> Scheme | None:
        """The allocation scheme that gives new figures on a day; ``None`` when none does."""
        found = (scheme for scheme in self.schemes if scheme.status in USABLE)
        return next((scheme for scheme in found if scheme.effective.holds_on(day)), None)

    @cached_property
    def charging(self) -> Charging | None:
        """What people may have to pay rests on this; ``None`` when the pack says nothing of it."""
        if self.charging_policy is None or self.charging_income is None:
            return None
        return Charging(
            self.charging_policy, self.charging_income, self.charging_rates, self.charging_questions
        )

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """What can start at any moment of the journey."""
        return self.triggers_file.triggers

    @property
    def planners(self) -> tuple[Planner, ...]:
        """Who can help to plan."""
        return self.planning.planners

    @property
    def money_routes(self) -> tuple[MoneyRoute, ...]:
        """The ways to hold the money."""
        return self.money.routes

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Help that comes before and beside a budget."""
        return self.prevention.offers

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """What could meet a need for little or nothing."""
        return self.ideas_file.ideas

    @property
    def glossary(self) -> tuple[Word, ...]:
        """Words that people may not know."""
        return self.glossary_file.words

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Invented people to try the portal with."""
        return self.samples_file.samples

    @property
    def officer(self) -> SampleOfficer | None:
        """The invented officer of the demonstration."""
        return self.samples_file.officer

    @property
    def agreement(self) -> AgreementRule:
        """When a plan may be agreed without a panel."""
        return self.council.agreement

    @property
    def retention(self) -> Retention:
        """How long things are kept."""
        return self.council.retention

    @property
    def reviews(self) -> Reviews:
        """When a plan is looked at again."""
        return self.council.reviews

    @property
    def languages(self) -> tuple[str, ...]:
        """What people may read in, English first."""
        return self.council.languages

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The ways of reading that are offered."""
        return self.council.modes
