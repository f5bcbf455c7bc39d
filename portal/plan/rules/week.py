"""The week as a timetable that adds itself up."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from portal.pack.support import Day, Part
from portal.plan.rules.awards import award_ends
from portal.plan.rules.clock import DAYS, Slot, hours_of, minutes_of
from portal.plan.rules.lines import Line

_BEGINS: tuple[tuple[str, Part], ...] = (
    ("05:00", "morning"),
    ("12:00", "midday"),
    ("14:00", "afternoon"),
    ("17:00", "evening"),
    ("22:00", "night"),
)
"""When each part of the day begins, for what has a time."""

CROWDED = 4
"""Things on one day. A picture of a week with more on any day says but once what happens on every day."""


class Look(NamedTuple):
    """How the block of a thing is drawn, the same on each day: its edge tells it apart without colour too.

    :ivar edge: the sort of its first edge, 1 to 6.
    :ivar both: whether its last edge is drawn as well.
    """

    edge: int
    both: bool


_EDGES = 6


@dataclass(frozen=True)
class Happening:
    """One thing on one day.

    :ivar slot: from when to when; ``None`` where only the day or the part of it is known.
    """

    line: Line
    slot: Slot | None
    parts: tuple[Part, ...]

    @property
    def when(self) -> int:
        """Where it stands in its day: by its time, else by its part of the day; what may be any time last."""
        return begins(self.slot.start if self.slot else None, self.parts)


@dataclass(frozen=True)
class DayOfWeek:
    """What happens on one day, in its order."""

    day: Day
    happenings: tuple[Happening, ...]

    @property
    def hours(self) -> Decimal:
        """How many hours the times of the day come to."""
        return hours_of(one.slot for one in self.happenings if one.slot is not None)

    def during(self, part: Part | None) -> tuple[Happening, ...]:
        """What happens in one part of the day; in none what may be any time."""
        return tuple(one for one in self.happenings if part in (one.parts or (None,)))


@dataclass(frozen=True)
class Differing:
    """A line whose times come to other hours than the plan pays for."""

    line: Line
    paid: Decimal
    timed: Decimal


@dataclass(frozen=True)
class Week:
    """A whole week.

    :ivar any_day: what happens on no fixed day.
    :ivar differing: paid hours that are not those of the timetable.
    """

    days: tuple[DayOfWeek, ...]
    any_day: tuple[Line, ...]
    differing: tuple[Differing, ...]

    @property
    def hours(self) -> Decimal:
        """How many hours all times of the week come to."""
        return sum((day.hours for day in self.days), Decimal(0))

    @property
    def empty(self) -> bool:
        """Whether nothing is on any day."""
        return not any(day.happenings for day in self.days)


def part_of(start: str) -> Part:
    """The part of the day in which something begins, from its time."""
    return next((part for at, part in reversed(_BEGINS) if minutes_of(start) >= minutes_of(at)), "night")


def begins(start: str | None, parts: Iterable[Part]) -> int:
    """Where something stands in its day: by its time, else by its part; what may be any time last."""
    if start is not None:
        return minutes_of(start)
    at = {part: minutes_of(time) for time, part in _BEGINS}
    return next((at[part] for part in parts), 24 * 60)


def look_of(place: int) -> Look:
    """How the thing at a place in the list of a week's things is drawn. After twelve they come again."""
    return Look(place % _EDGES + 1, place // _EDGES % 2 == 1)


def on_every_day(days: Iterable[Iterable[Hashable]]) -> frozenset[Hashable]:
    """What to say but once in a picture of a week: what is on each of its days, if it is crowded."""
    had = [tuple(day) for day in days]
    if all(len(day) <= CROWDED for day in had):
        return frozenset()
    return frozenset.intersection(*map(frozenset, had))


def week_of(lines: Iterable[Line], on: date) -> Week:
    """The week of a plan. What has ended before a day, and what is paid once, is not in it.

    :param on: the day.
    """
    going = [line for line in lines if not line.once and not ((award_ends(line) or on) < on)]
    found: dict[Day, list[Happening]] = {day: [] for day in DAYS}
    for line in going:
        timed = {slot.day for slot in line.slots}
        for slot in line.slots:
            found[slot.day].append(Happening(line, slot, (part_of(slot.start),)))
        for day in line.days:
            if day not in timed:
                found[day].append(Happening(line, None, line.parts))
    differing = [
        Differing(line, line.quantity, hours_of(line.slots))
        for line in going
        if line.kind == "hours"
        and line.quantity is not None
        and line.slots
        and len(line.slots) == len(set(line.days) | {slot.day for slot in line.slots})
        and hours_of(line.slots) != line.quantity
    ]
    return Week(
        days=tuple(DayOfWeek(day, tuple(sorted(found[day], key=lambda one: one.when))) for day in DAYS),
        any_day=tuple(line for line in going if not (line.days or line.slots) and (line.parts or line.times)),
        differing=tuple(differing),
    )
