"""When two people's plans are joined: each has agreed, and nothing stands in the way.

Care Act 2014, section 25(11) and (12), and paragraphs 10.73 to 10.76 of the statutory guidance: plans
are combined only when all agree and understand what is shared; a child must have the capacity to agree,
or it is in the child's best interests; one advocate may act for two people only if both agree and there
is no conflict of interest.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from portal.plan.rules.lines import Line, one_off_cost, weekly_cost

Age = Literal["adult", "young", "child"]
"""18 or older; 16 or 17, who decide for themselves like adults where they can (Mental Capacity Act 2005);
under 16, who agree for themselves where they understand enough."""

Agrees = Literal["understands", "best_interests", "not_sure"]
"""Whether somebody under 18 understands enough to agree, or it was decided in their best interests."""

Advocate = Literal["none", "own", "same"]
Conflict = Literal["no", "yes", "not_sure"]

AGES: tuple[Age, ...] = get_args(Age)
AGREES: tuple[Agrees, ...] = get_args(Agrees)
ADVOCATES: tuple[Advocate, ...] = get_args(Advocate)
CONFLICTS: tuple[Conflict, ...] = get_args(Conflict)

Hindrance = Literal["me", "other", "child", "advocate"]
"""``me``, ``other``: has not agreed yet. ``child``: it is not known that a child may agree. ``advocate``:
one advocate for both, and not both say that there is no conflict."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody answered when they agreed to join plans.

    :ivar agrees: asked of who is under 18; ``conflict``: asked of who has the same advocate as the other.
    """

    age: Age = "adult"
    agrees: Agrees | None = None
    advocate: Advocate = "none"
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: whether their consent holds now, and what they answered with it."""

    consents: bool
    terms: Terms | None


def hindrances(mine: Side, theirs: Side) -> tuple[Hindrance, ...]:
    """What keeps two plans apart; they are joined only when this is empty.

    It is the same for both, but for whose consent is missing.
    """
    found: list[Hindrance] = []
    for side, who in ((mine, "me"), (theirs, "other")):
        if not side.consents or side.terms is None:
            found.append("me" if who == "me" else "other")
    terms = [side.terms for side in (mine, theirs) if side.terms is not None]
    if any(one.age != "adult" and one.agrees not in {"understands", "best_interests"} for one in terms):
        found.append("child")
    if any(one.advocate == "same" for one in terms) and not (
        len(terms) == 2 and all(one.advocate == "same" and one.conflict == "no" for one in terms)
    ):
        found.append("advocate")
    return tuple(found)


def what_is_agreed(line: Line, percent: int, weeks_in_year: Decimal) -> list[str | None]:
    """What somebody agrees to when they take on their part of a cost. When it changes, they are asked again.

    :param line: the support, whole.
    """
    costs = (weekly_cost(line, weeks_in_year), one_off_cost(line))
    return [*(None if cost is None else f"{cost:f}" for cost in costs), str(percent)]
