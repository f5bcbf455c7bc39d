"""The week of a plan: what happens on which day and in which part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.document.rules.parts import Line
from portal.plan.rules.lines import DAYS, PARTS, Day, Part

Column = Part | None
"""A part of the day; ``None`` is a time of its own, or no part said."""


@dataclass(frozen=True)
class Week:
    """A timetable.

    :ivar columns: the parts of the day in which anything happens, in their order.
    :ivar days: for each day, what happens in each of the columns.
    :ivar other: what happens on no day that was said.
    """

    columns: tuple[Column, ...]
    days: tuple[tuple[Day, tuple[tuple[Line, ...], ...]], ...]
    other: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is on any day."""
        return not self.columns


def week_of(lines: Sequence[Line]) -> Week:
    """The week that lines of support make. A sum of money or a thing bought has no place in it."""
    timed = [line for line in lines if line.days]
    columns: tuple[Column, ...] = tuple(
        column for column in (*PARTS, None) if any(_falls(line, column) for line in timed)
    )
    return Week(
        columns=columns,
        days=tuple(
            (day, tuple(tuple(line for line in timed if _on(line, day, column)) for column in columns))
            for day in DAYS
        ),
        other=tuple(line for line in lines if not line.days and (line.parts or line.when)),
    )


def _falls(line: Line, column: Column) -> bool:
    parts = [part.code for part in line.parts]
    return column in parts if column else not parts


def _on(line: Line, day: Day, column: Column) -> bool:
    return any(one.code == day for one in line.days) and _falls(line, column)
