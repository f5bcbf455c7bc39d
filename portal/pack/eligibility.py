"""Eligibility policies as data: which tests a law or local rule sets, and the words that explain each.

A policy is a list of limbs that must all be met. A limb is met by what the person said
(:class:`SaidLimb`), by the number of outcomes they cannot achieve (:class:`OutcomesLimb`), by the highest
band that any part of life falls in (:class:`BandsLimb`), or by either of several such tests
(:class:`EitherLimb`). That is enough for the Care Act's rule for adults (two outcomes), its rule for
carers (one outcome or a risk to health, three ways of being unable) and for older rules that a council
keeps to explain past decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from portal.pack.conditions import Condition, questions_in
from portal.pack.faults import Fault
from portal.pack.questions import Question
from portal.pack.text import Text
from portal.pack.values import Identifier, OptionIdentifier, Value
from portal.pack.written import Web

PolicyId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""A policy's name, for example ``care-act-2015``: also the name of its file."""

LegalStatus = Literal["in_force", "superseded", "local"]
"""``in_force``: law today. ``superseded``: kept to explain the past. ``local``: a council's own rule."""

PolicyGroup = Literal["adult", "carer"]
Verdict = Literal["likely", "not_likely", "cannot_say"]


class LegalSource(Value):
    """Where a rule stands written."""

    title: str = Field(min_length=1)
    web: Web


class Way(Value):
    """One of the ways of being unable to achieve an outcome; its id is an option of each question."""

    id: OptionIdentifier
    title: Text


class PolicyOutcome(Value):
    """One outcome and the questions it rests on.

    :ivar letter: its letter in the regulation.
    :ivar code: its code in the draft standard for care needs assessments and care plans.
    :ivar level: the question about how much help is needed.
    :ivar unable: the question about the ways of being unable.
    :ivar able: answers to ``level`` that mean the person achieves it.
    :ivar much: answers to ``level`` that "none of these ways" cannot be true beside.
    :ivar not_applicable: answers to ``level`` that mean the outcome is not about this person.
    """

    id: Identifier
    letter: str = Field(pattern=r"^[a-z]$")
    code: str | None = Field(default=None, pattern=r"^[A-Z]+(-[A-Z]+)*$")
    title: Text
    level: Identifier
    unable: Identifier
    able: tuple[OptionIdentifier, ...] = Field(min_length=1)
    much: tuple[OptionIdentifier, ...] = ()
    not_applicable: tuple[OptionIdentifier, ...] = ()


class Reasons(Value):
    """What is said when a limb is met, is not met, or cannot be told yet.

    The texts of an outcomes limb may use ``%(count)s``, the outcomes that the person cannot achieve, and
    ``%(needed)s``, how many the rule asks for.

    :ivar met: said when it is met.
    :ivar not_met: said when it is not.
    :ivar not_known: said when the answers do not tell.
    """

    met: Text
    not_met: Text
    not_known: Text


class SaidLimb(Value):
    """Met, or not, by what the person said. Neither condition true means not known.

    :ivar met: when this holds it is met.
    :ivar not_met: when this holds it is not met; otherwise nobody knows.
    """

    id: Identifier
    kind: Literal["said"]
    title: Text
    met: Condition
    not_met: Condition
    reasons: Reasons


class OutcomesLimb(Value):
    """Met when the person cannot achieve at least ``needed`` outcomes, in any of ``ways``.

    :ivar needed: how many outcomes are enough.
    :ivar ways: the ways of being unable that count.
    :ivar not_ways: answers that sound like one and do not count here: for carers, that it takes longer.
    :ivar no_way: the answer that none of the ways is true.
    :ivar outcomes: the outcomes, in the order of the regulation.
    """

    id: Identifier
    kind: Literal["outcomes"]
    title: Text
    needed: int = Field(ge=1, le=20)
    ways: tuple[Way, ...] = Field(min_length=1)
    not_ways: tuple[OptionIdentifier, ...] = ()
    no_way: OptionIdentifier = "none"
    outcomes: tuple[PolicyOutcome, ...] = Field(min_length=1)
    reasons: Reasons

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.needed > len(self.outcomes):
            raise Fault(
                f"{self.needed} outcomes are needed and only {len(self.outcomes)} are listed",
                "Write a smaller number, or list the other outcomes",
                "needed",
            )
        for name, ids in (
            ("ways", [way.id for way in self.ways]),
            ("outcomes", [outcome.id for outcome in self.outcomes]),
        ):
            twice = sorted({each for each in ids if ids.count(each) > 1})
            if twice:
                raise Fault(f"{twice[0]} is listed twice", "Keep one of the two", name)
        return self


class Band(Value):
    """One band of need.

    :ivar title: what it is called.
    """

    id: Identifier
    title: Text


class Domain(Value):
    """One part of life, and the band that each answer about it falls in.

    :ivar question: the question it rests on.
    :ivar bands: the band of each of its options; ``none`` for one that falls in no band.
    """

    id: Identifier
    title: Text
    question: Identifier
    bands: dict[OptionIdentifier, Identifier] = Field(min_length=1)


NO_BAND = "none"


class BandsLimb(Value):
    """Met when any domain falls in the band of the threshold, or in one above it. Domains have no weights.

    :ivar bands: the bands, the highest need first.
    :ivar threshold: the lowest band that is enough; the council's choice.
    :ivar domains: the parts of life that are looked at.
    """

    id: Identifier
    kind: Literal["bands"]
    title: Text
    bands: tuple[Band, ...] = Field(min_length=1)
    threshold: Identifier
    domains: tuple[Domain, ...] = Field(min_length=1)
    reasons: Reasons

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = [band.id for band in self.bands]
        listed = ", ".join(known)
        for name, ids in (("bands", known), ("domains", [domain.id for domain in self.domains])):
            twice = sorted({each for each in ids if ids.count(each) > 1})
            if twice:
                raise Fault(f"{twice[0]} is listed twice", "Keep one of the two", name)
        if NO_BAND in known:
            raise Fault(f"{NO_BAND} is what falls in no band", "Give the band another id", "bands")
        if self.threshold not in known:
            raise Fault(f"there is no band {self.threshold}", f"Write one of {listed}", "threshold")
        for at, domain in enumerate(self.domains):
            for option, band in domain.bands.items():
                if band not in (*known, NO_BAND):
                    raise Fault(
                        f"there is no band {band}",
                        f"Write one of {listed} or {NO_BAND}",
                        *("domains", at, "bands", option),
                    )
        return self

    @property
    def enough(self) -> tuple[str, ...]:
        """The bands that are enough, the highest first."""
        known = [band.id for band in self.bands]
        return tuple(known[: known.index(self.threshold) + 1])


SimpleLimb = SaidLimb | OutcomesLimb | BandsLimb


class EitherLimb(Value):
    """Met when any of its parts is met; not met when none is.

    :ivar parts: one of them is enough.
    """

    id: Identifier
    kind: Literal["either"]
    title: Text
    parts: tuple[Annotated[SimpleLimb, Field(discriminator="kind")], ...] = Field(min_length=2)
    reasons: Reasons


Limb = Annotated[SimpleLimb | EitherLimb, Field(discriminator="kind")]


class VerdictWords(Value):
    """What the person is told: a heading, what it means, and what to do now.

    :ivar next: what happens next, a step each.
    """

    title: Text
    about: Text
    next: tuple[Text, ...] = Field(min_length=1)


class EligibilityPolicy(Value):
    """One rule of who has a right to support, with its dates and its standing in law.

    :ivar id: its name, also stored with a result.
    :ivar valid_from: first day on which it decides.
    :ivar valid_to: last day on which it decides; open when absent.
    :ivar sources: where it stands written.
    :ivar warning: shown with every result; a superseded policy must have one.
    :ivar asks: questions of its own, where it does not rest on those of the assessment.
    :ivar limbs: the tests; all must be met.
    :ivar group: whose right it is.
    :ivar status: only a rule ``in_force`` can decide anything today.
    :ivar likely: what is said when there is likely a right.
    :ivar not_likely: what is said when there is likely none.
    :ivar cannot_say: what is said when the answers do not tell.
    """

    id: PolicyId
    title: Text
    about: Text
    group: PolicyGroup
    status: LegalStatus
    valid_from: date
    valid_to: date | None = None
    sources: tuple[LegalSource, ...] = Field(min_length=1)
    warning: Text | None = None
    asks: tuple[Question, ...] = ()
    limbs: tuple[Limb, ...] = Field(min_length=1)
    likely: VerdictWords
    not_likely: VerdictWords
    cannot_say: VerdictWords

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise Fault("the policy ends before it starts", "Write a later valid_to", "valid_to")
        if self.status == "superseded" and (self.warning is None or self.valid_to is None):
            raise Fault(
                "a superseded policy must not be taken for the law of today",
                "Add valid_to and a warning that says what took its place",
                "status",
            )
        ids = [limb.id for limb in self.limbs]
        if len(set(ids)) != len(ids):
            raise Fault("two limbs have the same id", "Give each limb its own id", "limbs")
        asked = [question.id for question in self.asks]
        if len(set(asked)) != len(asked):
            raise Fault("two questions have the same id", "Give each question its own id", "asks")
        return self

    @property
    def outcomes(self) -> tuple[PolicyOutcome, ...]:
        """Every outcome the policy looks at, in the order of the regulation."""
        return tuple(outcome for limb in self._outcome_limbs() for outcome in limb.outcomes)

    def decides_on(self, day: date) -> bool:
        """Whether a result under this policy on that day may guide a legal decision."""
        return (
            self.status != "superseded"
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    def words_for(self, verdict: Verdict) -> VerdictWords:
        """What the person is told for a result."""
        return {"likely": self.likely, "not_likely": self.not_likely, "cannot_say": self.cannot_say}[verdict]

    def questions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every question the policy reads, each with the options it names: what a pack must contain."""
        for limb in self._simple_limbs():
            if isinstance(limb, SaidLimb):
                yield from questions_in(limb.met)
                yield from questions_in(limb.not_met)
                continue
            if isinstance(limb, BandsLimb):
                for domain in limb.domains:
                    yield domain.question, tuple(domain.bands)
                continue
            ways = (*(way.id for way in limb.ways), *limb.not_ways, limb.no_way)
            for outcome in limb.outcomes:
                yield outcome.level, outcome.able + outcome.much + outcome.not_applicable
                yield outcome.unable, ways

    def _simple_limbs(self) -> Iterator[SimpleLimb]:
        for limb in self.limbs:
            if isinstance(limb, EitherLimb):
                yield from limb.parts
            else:
                yield limb

    def _outcome_limbs(self) -> Iterator[OutcomesLimb]:
        return (limb for limb in self._simple_limbs() if isinstance(limb, OutcomesLimb))


def policy_on(
    policies: tuple[EligibilityPolicy, ...], group: PolicyGroup, day: date
) -> EligibilityPolicy | None:
    """The policy in force for a group on a day; the newest where several are."""
    deciding = [policy for policy in policies if policy.group == group and policy.decides_on(day)]
    return max(deciding, key=lambda policy: policy.valid_from, default=None)
