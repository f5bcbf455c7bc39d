"""Where a person stands under an eligibility policy: *likely*, *not likely* or *cannot say*.

Never a decision: the council decides (Care Act 2014, section 13). What carers do is never read here, as
the Act asks, because a policy names only the questions about the person's own needs. An answer of "not
sure" leaves a limb open; it never counts as no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from portal.pack.conditions import Answers, holds, questions_in
from portal.pack.eligibility import (
    NO_BAND,
    Band,
    BandsLimb,
    Domain,
    EligibilityPolicy,
    Limb,
    OutcomesLimb,
    PolicyOutcome,
    Reasons,
    SaidLimb,
    Verdict,
    VerdictWords,
    Way,
)
from portal.pack.text import Words

State = Literal["unable", "achieves", "not_known", "not_applicable"]


@dataclass(frozen=True)
class Reason:
    """Why a limb stands as it does: a text of the pack and the values of its places."""

    text: Words
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class OutcomeStanding:
    """What the answers say about one outcome.

    :ivar ways: the ways in which the person is unable to achieve it.
    :ivar rests_on: the questions answered that this was read from.
    :ivar contradicts: the person needs much help with it and yet names no way of being unable.
    """

    outcome: PolicyOutcome
    state: State
    ways: tuple[Way, ...] = ()
    rests_on: tuple[str, ...] = ()
    contradicts: bool = False


@dataclass(frozen=True)
class DomainStanding:
    """What the answers say about one part of life.

    :ivar band: the band it falls in; ``None`` for no band, and while it is not known.
    :ivar known: whether it was answered.
    """

    domain: Domain
    band: Band | None
    known: bool


@dataclass(frozen=True)
class LimbStanding:
    """What the answers say about one limb.

    :ivar met: ``None`` when it cannot be told yet.
    :ivar rests_on: the questions answered that this was read from, in the order of the policy.
    :ivar outcomes: each outcome of an outcomes limb.
    :ivar domains: each domain of a bands limb.
    :ivar band: the highest band that any of them falls in, as far as it is known.
    :ivar parts: each part of an either limb.
    """

    id: str
    title: Words
    met: bool | None
    reason: Reason
    rests_on: tuple[str, ...]
    outcomes: tuple[OutcomeStanding, ...] = ()
    domains: tuple[DomainStanding, ...] = ()
    band: Band | None = None
    parts: tuple[LimbStanding, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where the person stands on a day, limb by limb."""

    policy: EligibilityPolicy
    on: date
    result: Verdict
    limbs: tuple[LimbStanding, ...]

    @property
    def words(self) -> VerdictWords:
        """What the person is told."""
        return self.policy.words_for(self.result)

    @property
    def warning(self) -> Words | None:
        """What is said beside the result of a policy that is no longer, or not, the law."""
        return self.policy.warning

    @property
    def may_guide_decision(self) -> bool:
        """Whether the policy decides on this day. A superseded one never does."""
        return self.policy.decides_on(self.on)

    @property
    def outcomes(self) -> tuple[OutcomeStanding, ...]:
        """Each outcome the policy looks at."""
        tests = (test for limb in self.limbs for test in (limb, *limb.parts))
        return tuple(outcome for test in tests for outcome in test.outcomes)

    @property
    def unable(self) -> tuple[str, ...]:
        """Ids of the outcomes that the person is unable to achieve, whatever the result."""
        return tuple(each.outcome.id for each in self.outcomes if each.state == "unable")

    @property
    def eligible_needs(self) -> tuple[str, ...]:
        """Ids of the outcomes that are likely eligible needs: none unless the result is *likely*."""
        return self.unable if self.result == "likely" else ()


def standing(policy: EligibilityPolicy, answers: Answers, *, on: date) -> Standing:
    """Where a person with these answers stands.

    :param answers: those on the path only; answers that are no longer asked for do not count.
    :param on: the day for which it is asked.
    """
    limbs = tuple(_limb(limb, answers) for limb in policy.limbs)
    return Standing(policy, on, _verdict(limbs), limbs)


def _verdict(limbs: tuple[LimbStanding, ...]) -> Verdict:
    if all(limb.met is True for limb in limbs):
        return "likely"
    if any(limb.met is False for limb in limbs):
        return "not_likely"
    return "cannot_say"


def _limb(limb: Limb, answers: Answers) -> LimbStanding:
    if isinstance(limb, SaidLimb):
        return _said(limb, answers)
    if isinstance(limb, OutcomesLimb):
        return _outcomes(limb, answers)
    if isinstance(limb, BandsLimb):
        return _bands(limb, answers)
    parts = tuple(_limb(part, answers) for part in limb.parts)
    met = _any_met(tuple(part.met for part in parts))
    rests_on = tuple(question for part in parts for question in part.rests_on)
    return LimbStanding(limb.id, limb.title, met, _reason(limb.reasons, met), rests_on, parts=parts)


def _any_met(parts: tuple[bool | None, ...]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _said(limb: SaidLimb, answers: Answers) -> LimbStanding:
    met: bool | None = None
    if holds(limb.met, answers):
        met = True
    elif holds(limb.not_met, answers):
        met = False
    read = dict.fromkeys(name for part in (limb.met, limb.not_met) for name, _ in questions_in(part))
    rests_on = tuple(name for name in read if name.partition(".")[0] in answers)
    return LimbStanding(limb.id, limb.title, met, _reason(limb.reasons, met), rests_on)


def _outcomes(limb: OutcomesLimb, answers: Answers) -> LimbStanding:
    each = tuple(_outcome(limb, outcome, answers) for outcome in limb.outcomes)
    unable = sum(one.state == "unable" for one in each)
    open_ones = sum(one.state == "not_known" for one in each)
    met: bool | None = None
    if unable >= limb.needed:
        met = True
    elif unable + open_ones < limb.needed:
        met = False
    reason = _reason(limb.reasons, met, {"count": unable, "needed": limb.needed})
    rests_on = tuple(question for one in each for question in one.rests_on)
    return LimbStanding(limb.id, limb.title, met, reason, rests_on, outcomes=each)


def _outcome(limb: OutcomesLimb, outcome: PolicyOutcome, answers: Answers) -> OutcomeStanding:
    level, said = answers.get(outcome.level), answers.get(outcome.unable)
    rests_on = tuple(question for question in (outcome.level, outcome.unable) if question in answers)
    if level in outcome.not_applicable:
        return OutcomeStanding(outcome, "not_applicable", rests_on=(outcome.level,))
    if level in outcome.able:
        return OutcomeStanding(outcome, "achieves", rests_on=(outcome.level,))
    named = said if isinstance(said, list) else []
    ways = tuple(way for way in limb.ways if way.id in named)
    if ways:
        return OutcomeStanding(outcome, "unable", ways, rests_on)
    if named and all(each == limb.no_way or each in limb.not_ways for each in named):
        contradicts = limb.no_way in named and level in outcome.much
        state: State = "not_known" if contradicts else "achieves"
        return OutcomeStanding(outcome, state, rests_on=rests_on, contradicts=contradicts)
    return OutcomeStanding(outcome, "not_known", rests_on=rests_on)


def _bands(limb: BandsLimb, answers: Answers) -> LimbStanding:
    each = tuple(_domain(limb, domain, answers) for domain in limb.domains)
    hit = {one.band.id for one in each if one.band is not None}
    highest = next((band for band in limb.bands if band.id in hit), None)
    met: bool | None = None
    if highest is not None and highest.id in limb.enough:
        met = True
    elif all(one.known for one in each):
        met = False
    reason = _reason(limb.reasons, met)
    rests_on = tuple(one.domain.question for one in each if one.domain.question in answers)
    return LimbStanding(limb.id, limb.title, met, reason, rests_on, domains=each, band=highest)


def _domain(limb: BandsLimb, domain: Domain, answers: Answers) -> DomainStanding:
    said = answers.get(domain.question)
    name = domain.bands.get(said) if isinstance(said, str) else None
    if name is None or name == NO_BAND:
        return DomainStanding(domain, None, known=name is not None)
    return DomainStanding(domain, next(band for band in limb.bands if band.id == name), known=True)


def _reason(reasons: Reasons, met: bool | None, values: Mapping[str, int] | None = None) -> Reason:  # noqa: FBT001
    text = {True: reasons.met, False: reasons.not_met, None: reasons.not_known}[met]
    return Reason(text, values or {})
