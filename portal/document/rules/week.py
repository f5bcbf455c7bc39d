"""The week of a plan: what happens on which day and in which part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from portal.document.rules.parts import Line
from portal.plan.rules.lines import DAYS, PARTS, Day, Part
from portal.plan.rules.week import Look, begins, look_of, on_every_day, part_of

Told = Callable[[str, str], str]


@dataclass(frozen=True)
class Visit:
    """A line at one time of a day.

    :ivar start: when it begins, 24 hours, ``HH:MM``; ``None`` when no time is known.
    :ivar part: the part of the day; ``None`` when it was not said.
    :ivar time: from when to when, or as it was typed; empty when not said.
    :ivar look: how its block is drawn: the same on each day.
    """

    line: Line
    start: str | None
    part: Part | None
    time: str
    look: Look

    @property
    def begins(self) -> int:
        """Where it stands in its day."""
        return begins(self.start, (self.part,) if self.part else ())


@dataclass(frozen=True)
class Week:
    """A timetable.

    :ivar days: for each day what happens, in its order.
    :ivar daily: in a crowded week, what happens on every day at the same time.
    :ivar other: what happens on no day that was said.
    """

    days: tuple[tuple[Day, tuple[Visit, ...]], ...]
    daily: tuple[Visit, ...]
    other: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is on any day."""
        return not any(visits for _day, visits in self.days)

    @property
    def not_daily(self) -> tuple[tuple[Day, tuple[Visit, ...]], ...]:
        """For each day what happens beside that which happens on every day."""
        return tuple(
            (day, tuple(one for one in visits if one not in self.daily)) for day, visits in self.days
        )


def week_of(lines: Sequence[Line], told: Told) -> Week:
    """The week that lines of support make. A sum of money or a thing bought has no place in it.

    :param told: says from when to when in words.
    """
    on_days = [line for line in lines if _days(line)]
    looks = [(line, look_of(place)) for place, line in enumerate(on_days)]
    days = tuple(
        (
            day,
            tuple(
                sorted(
                    (visit for line, look in looks for visit in _visits(line, day, look, told)),
                    key=lambda visit: visit.begins,
                )
            ),
        )
        for day in DAYS
    )
    # By what it is and not by which line: the same visit of each day is one.
    daily = on_every_day(visits for _day, visits in days)
    return Week(
        days=days,
        daily=tuple(visit for visit in days[0][1] if visit in daily),
        other=tuple(line for line in lines if not _days(line) and (line.parts or line.when)),
    )


def _days(line: Line) -> list[Day]:
    said = {one.code for one in line.days} | {slot.day for slot in line.slots}
    return [day for day in DAYS if day in said]


def _visits(line: Line, day: Day, look: Look, told: Told) -> Iterator[Visit]:
    if day not in _days(line):
        return
    slots = [slot for slot in line.slots if slot.day == day]
    for slot in slots:
        yield Visit(line, slot.start, part_of(slot.start), told(slot.start, slot.end), look)
    parts = [part for part in PARTS if any(one.code == part for one in line.parts)]
    for part in () if slots else parts or (None,):
        yield Visit(line, None, part, line.times, look)
