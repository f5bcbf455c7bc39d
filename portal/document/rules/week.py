"""The week of a plan: what happens on which day and in which part of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.document.rules.parts import Line
from portal.plan.rules.lines import DAYS, PARTS, Day, Part

LOOKS = 6
"""Ways to draw a block."""

Told = Callable[[str, str], str]

Column = Part | None
"""A part of the day; ``None`` is a time of its own, or no part said."""

_UNTIL: tuple[tuple[str, Part], ...] = (
    ("05:00", "night"),
    ("12:00", "morning"),
    ("14:00", "midday"),
    ("17:30", "afternoon"),
    ("22:00", "evening"),
    ("24:01", "night"),
)
"""Which part of the day a time falls in: before each of these."""


@dataclass(frozen=True)
class Visit:
    """A line on one day.

    :ivar time: from when to when, or as it was typed; empty when not said.
    :ivar look: how its block is drawn, from 1: the same on each day.
    """

    line: Line
    time: str
    look: int = 1


@dataclass(frozen=True)
class Week:
    """A timetable.

    :ivar columns: the parts of the day in which anything happens, in their order.
    :ivar days: for each day, what happens in each of the columns.
    :ivar other: what happens on no day that was said.
    """

    columns: tuple[Column, ...]
    days: tuple[tuple[Day, tuple[tuple[Visit, ...], ...]], ...]
    other: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is on any day."""
        return not self.columns


def week_of(lines: Sequence[Line], told: Told) -> Week:
    """The week that lines of support make. A sum of money or a thing bought has no place in it.

    :param told: says from when to when in words.
    """
    order: tuple[Column, ...] = (*PARTS, None)
    cells: dict[tuple[Day, Column], list[Visit]] = {}
    for place, line in enumerate(one for one in lines if _days(one)):
        for day in _days(line):
            for column in _columns(line, day):
                visit = Visit(line, _time(line, day, told), place % LOOKS + 1)
                cells.setdefault((day, column), []).append(visit)
    columns = tuple(column for column in order if any((day, column) in cells for day in DAYS))
    return Week(
        columns=columns,
        days=tuple((day, tuple(tuple(cells.get((day, column), ())) for column in columns)) for day in DAYS),
        other=tuple(line for line in lines if not _days(line) and (line.parts or line.when)),
    )


def _days(line: Line) -> list[Day]:
    said = {one.code for one in line.days} | {slot.day for slot in line.slots}
    return [day for day in DAYS if day in said]


def _columns(line: Line, day: Day) -> list[Column]:
    starts = [slot.start for slot in line.slots if slot.day == day]
    if starts:
        return [next(part for until, part in _UNTIL if start < until) for start in starts]
    parts: list[Column] = [part for part in PARTS if any(one.code == part for one in line.parts)]
    return parts or [None]


def _time(line: Line, day: Day, told: Told) -> str:
    slots = [told(slot.start, slot.end) for slot in line.slots if slot.day == day]
    return ", ".join(slots) or line.times
