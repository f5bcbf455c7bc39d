"""Which offers of a council may help now, before and beside any budget. Never a gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.assessment.rules.difficulty import difficult
from portal.pack.conditions import Answers, holds
from portal.pack.prevention import Offer
from portal.pack.questions import Outcome


@dataclass(frozen=True)
class Match:
    """An offer, and the outcomes for which it is shown; none when it is for everybody."""

    offer: Offer
    outcomes: tuple[Outcome, ...]


def matching(offers: Iterable[Offer], answers: Answers) -> tuple[Match, ...]:
    """The offers for these answers, the most fitting first.

    First come those for what the person finds difficult, the ones that help with most of it before the
    others. Then those for everybody, and last those for other parts of life. What is free comes first
    among equals, and then the council's own order decides.
    """
    needs = difficult(answers)
    matches = [
        Match(offer, tuple(need for need in needs if need in offer.outcomes))
        for offer in offers
        if holds(offer.when, answers)
    ]
    return tuple(sorted(matches, key=_place))


def _place(match: Match) -> tuple[int, int, bool]:
    costs = match.offer.price > 0
    if match.outcomes:
        return 0, -len(match.outcomes), costs
    for_elsewhere = bool(match.offer.outcomes) and match.offer.when is None
    return (2 if for_elsewhere else 1), 0, costs
