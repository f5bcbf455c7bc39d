"""Which of the nine areas of wellbeing are touched, and how much (Care Act 2014, section 1(2))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from portal.pack.conditions import Answers

Area = Literal[
    "dignity",
    "health",
    "protection",
    "control",
    "activity",
    "economic",
    "relationships",
    "home",
    "contribution",
]
AREAS: tuple[Area, ...] = get_args(Area)
"""In the order of section 1(2), (a) to (i)."""

Impact = Literal["none", "some", "significant"]


@dataclass(frozen=True)
class Wellbeing:
    """What the person said about their wellbeing.

    :ivar areas: the areas that are touched, in the order of the Act.
    :ivar told: whether they said; without it no areas means not known, never none.
    :ivar impact: how big the effect is; ``None`` when not known.
    """

    areas: tuple[Area, ...]
    told: bool
    impact: Impact | None


def wellbeing(answers: Answers) -> Wellbeing:
    """The areas of wellbeing touched, as the person sees it."""
    said = answers.get("wellbeing")
    named = said if isinstance(said, list) else []
    areas = tuple(area for area in AREAS if area in named)
    given = answers.get("wellbeing_impact")
    impact: Impact | None = next((each for each in get_args(Impact) if each == given), None)
    return Wellbeing(areas, told=bool(areas) or "none" in named, impact=impact)
