"""What two people may show each other, and when they do: only while each has said yes for themselves.

Consent is given by one person, to one other, for one thing, and can be taken back at any moment
(Care and Support (Assessment) Regulations 2014, regulation 2(6); Care Act 2014, section 12(5)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from portal.pack.eligibility import PolicyGroup

What = Literal["needs", "stop", "doing", "going_on", "plan"]
"""What can be shown: what the person needs help with, what their budget would be if the help stopped;
what the carer does, whether and for how long they can go on; the supports that two plans share."""

Basis = Literal["self", "attorney", "best_interests"]
"""Who decides: the person themself; somebody with the right to decide for them; or, for somebody who
cannot decide, those who look at what is best for them, the council among them."""

Combine = Literal["together", "apart", "not_sure"]
"""What somebody wishes about having both assessments done together."""

BASES: tuple[Basis, ...] = get_args(Basis)
COMBINE: tuple[Combine, ...] = get_args(Combine)

_MAY_SHOW: Mapping[tuple[PolicyGroup, PolicyGroup], tuple[What, ...]] = {
    ("adult", "carer"): ("needs", "stop"),
    ("carer", "adult"): ("doing", "going_on"),
    ("adult", "adult"): ("plan",),
    ("carer", "carer"): (),
}

CARERS_ANSWERS: Mapping[What, tuple[str, ...]] = {
    "doing": ("carer_does", "carer_hours", "carer_nights"),
    "going_on": (
        *("carer_willing", "carer_less", "carer_able", "carer_how_long"),
        *("carer_emergency", "carer_emergency_who"),
    ),
}
"""The carer's answers that are shown with each consent of theirs; no others ever are."""


def may_show(mine: PolicyGroup, theirs: PolicyGroup) -> tuple[What, ...]:
    """What somebody may show the other, by the kind of either one's record."""
    return _MAY_SHOW[mine, theirs]


def may_pair(mine: PolicyGroup, theirs: PolicyGroup) -> bool:
    """Whether two records can be linked at all: there must be something to agree on."""
    return bool(may_show(mine, theirs))


@dataclass(frozen=True, slots=True)
class Given:
    """One consent as it was recorded.

    :ivar giver: the case of whoever gave it.
    :ivar decided: who took part and what was said, where the person did not decide alone.
    :ivar withdrawn: when it was taken back; ``None`` while it holds.
    """

    giver: str
    what: What
    basis: Basis
    decided: str
    given: datetime
    withdrawn: datetime | None


def in_force(consents: Iterable[Given], giver: str) -> dict[What, Given]:
    """What somebody shows the other now."""
    return {one.what: one for one in consents if one.giver == giver and one.withdrawn is None}


def combined(mine: Combine | None, theirs: Combine | None) -> Combine | None:
    """Whether both assessments are done together: only when each has said so.

    They are apart as soon as one of them wants that; ``None`` while somebody has said nothing yet.
    """
    if "apart" in (mine, theirs):
        return "apart"
    if mine is None or theirs is None:
        return None
    return "together" if mine == theirs == "together" else "not_sure"
