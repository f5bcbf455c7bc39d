"""Is the plan ready? What keeps it from being sent, and what is only worth another look.

The criteria are those that councils publish for agreeing a plan, and section 25 of the Care Act 2014. Cost
alone never keeps a plan back: what is over the budget needs a reason, no more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from portal.pack.support import SevenQuestion
from portal.plan.rules.holding import Needed
from portal.plan.rules.left import Lack, Left
from portal.plan.rules.lines import Line
from portal.plan.rules.needs import Need

Extra = Literal["no_needs", "seven", "only_paid", "strengths", "gap"]
"""``no_needs``: nothing is known about needs; ``seven``: a question is open; ``only_paid``: nothing comes
from the person, family or community; ``gap``: a need nothing meets, for which the person asks for help."""

_STOPS: frozenset[Lack] = frozenset({"need_uncovered", "line_who", "line_price", "line_route", "backup"})
_UNPAID = frozenset({"self", "family", "community", "free"})


@dataclass(frozen=True)
class Point:
    """One thing that is still open: something the plan lacks, something its money needs, or a word more.

    :ivar stops: whether the plan cannot be sent so.
    """

    stops: bool
    left: Left | None = None
    needed: Needed | None = None
    extra: Extra | None = None
    need: Need | None = None
    question: SevenQuestion | None = None


@dataclass(frozen=True)
class Readiness:
    """Whether a plan can be sent, and everything that is open."""

    points: tuple[Point, ...]

    @property
    def stops(self) -> tuple[Point, ...]:
        """What keeps it from being sent."""
        return tuple(point for point in self.points if point.stops)

    @property
    def warns(self) -> tuple[Point, ...]:
        """What is worth another look."""
        return tuple(point for point in self.points if not point.stops)

    @property
    def ready(self) -> bool:
        """Whether it can be sent."""
        return not self.stops


def readiness(
    needs: Sequence[Need],
    lines: Sequence[Line],
    left: Sequence[Left],
    needed: Sequence[Needed],
    open_questions: Collection[SevenQuestion],
    *,
    strengths: bool,
) -> Readiness:
    """Everything that is open, what stops first.

    :param open_questions: the seven questions that are neither answered nor marked as not needed.
    :param strengths: whether the person said what they are good at.
    """
    points = [Point(stops=True, extra="no_needs")] if not needs else []
    for one in left:
        told = one.need is not None and one.need.gap_told
        if one.lack == "need_uncovered" and told:
            points.append(Point(stops=False, extra="gap", need=one.need))
        else:
            points.append(Point(stops=one.lack in _STOPS, left=one))
    points += [Point(stops=one.stops, needed=one) for one in needed]
    points += [Point(stops=True, extra="seven", question=one) for one in open_questions]
    if lines and all(line.kind not in _UNPAID for line in lines):
        points.append(Point(stops=False, extra="only_paid"))
    if not strengths:
        points.append(Point(stops=False, extra="strengths"))
    return Readiness(tuple(sorted(points, key=lambda point: not point.stops)))
