"""What a plan still lacks. A list to help the person: nothing on it stops them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from portal.pack.support import PlanPart, Worth
from portal.plan.rules.lines import WITHOUT_NAME, WITHOUT_TIMES, Line
from portal.plan.rules.needs import Need, lines_without_need
from portal.plan.rules.totals import Comparison, Totals

PLAN_PARTS: tuple[PlanPart, ...] = get_args(PlanPart)

Lack = Literal[
    "planner",
    "money",
    "need_uncovered",
    "need_words",
    "line_need",
    "line_who",
    "line_when",
    "line_price",
    "line_route",
    "over",
    "backup",
    "helped",
    "review",
]


@dataclass(frozen=True, kw_only=True)
class Setback:
    """One thing that could go wrong: what happens then, and who to call.

    :ivar id: its public name, in addresses; random.
    :ivar signs: early signs of it.
    :ivar worth: whether the person finds the risk worth taking; ``worth_why``: why, in their words.
    """

    id: str
    wrong: str
    signs: str = ""
    then: str = ""
    call: str = ""
    worth: Worth | None = None
    worth_why: str = ""

    @property
    def whole(self) -> bool:
        """Whether it says what to do and who to call."""
        return bool(self.then and self.call)


@dataclass(frozen=True)
class Left:
    """One thing that is still to do. ``need`` or ``line`` says about what, where it is about one."""

    lack: Lack
    need: Need | None = None
    line: Line | None = None


def left(
    needs: Sequence[Need],
    lines: Sequence[Line],
    sums: Totals,
    comparison: Comparison,
    texts: Mapping[PlanPart, str],
    setbacks: Sequence[Setback],
    *,
    planner_chosen: bool,
    money_chosen: bool,
) -> tuple[Left, ...]:
    """What the plan lacks, in the order in which a person would do it.

    An eligible need that nothing meets and that nobody is said to meet is a gap; so is one without
    the person's own words. A cost above the budget lacks only its reason.
    """
    lacks: list[Left] = []
    if not planner_chosen:
        lacks.append(Left("planner"))
    if not money_chosen:
        lacks.append(Left("money"))
    for need in needs:
        lacks += _of_need(need)
    lacks += [Left("line_need", line=line) for line in lines_without_need(lines)]
    for line in lines:
        lacks += _of_line(line, sums)
    if comparison.over and not texts.get("over"):
        lacks.append(Left("over"))
    if not setbacks or not all(setback.whole for setback in setbacks):
        lacks.append(Left("backup"))
    if not texts.get("helped"):
        lacks.append(Left("helped"))
    if not texts.get("review"):
        lacks.append(Left("review"))
    return tuple(lacks)


def _of_need(need: Need) -> list[Left]:
    lacks = []
    if need.eligible and not need.covered:
        lacks.append(Left("need_uncovered", need=need))
    if need.eligible and not need.words:
        lacks.append(Left("need_words", need=need))
    return lacks


def _of_line(line: Line, sums: Totals) -> list[Left]:
    lacks = []
    if not line.who and line.kind not in WITHOUT_NAME:
        lacks.append(Left("line_who", line=line))
    if not line.has_time and line.kind not in WITHOUT_TIMES:
        lacks.append(Left("line_when", line=line))
    if line in sums.unpriced:
        lacks.append(Left("line_price", line=line))
    elif not line.free and line.route is None:
        lacks.append(Left("line_route", line=line))
    return lacks
