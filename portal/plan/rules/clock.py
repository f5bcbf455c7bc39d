"""Times of day as people write them, and how long something takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from portal.pack.support import Day

DAYS: tuple[Day, ...] = get_args(Day)

MINUTES_IN_HOUR = 60
MINUTES_IN_DAY = 24 * MINUTES_IN_HOUR
_NOON = 12

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[.:h]\s*(?P<minute>\d{2}))?\s*(?P<half>a\.?m\.?|p\.?m\.?)?\Z", re.IGNORECASE
)
_NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


@dataclass(frozen=True)
class Slot:
    """When something happens on one day of the week.

    :ivar start: 24 hours, ``HH:MM``; ``end``: the same. An end at or before the start is on the next day.
    """

    day: Day
    start: str
    end: str

    @property
    def minutes(self) -> int:
        """How long it takes."""
        took = minutes_of(self.end) - minutes_of(self.start)
        return took if took > 0 else took + MINUTES_IN_DAY

    @property
    def past_midnight(self) -> bool:
        """Whether it ends on the next day."""
        return minutes_of(self.end) <= minutes_of(self.start)


def minutes_of(time: str) -> int:
    """Minutes since midnight of a time as it is kept, ``HH:MM``."""
    hour, _, minute = time.partition(":")
    return int(hour) * MINUTES_IN_HOUR + int(minute)


def time_in(typed: str) -> str | None:
    """A time as it is kept, ``HH:MM``, from "9", "9.30", "9:30 pm", "21:00", "noon"; else ``None``.

    Figures alone are read on the clock of 24 hours: "9" is nine in the morning.
    """
    plain = typed.strip().lower()
    if plain in _NAMED:
        return _NAMED[plain]
    found = _TIME.match(plain)
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "")[:1]
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute >= MINUTES_IN_HOUR:
        return None
    return f"{hour:02}:{minute:02}"


def hours_of(slots: Iterable[Slot]) -> Decimal:
    """How many hours the times of a week come to."""
    return Decimal(sum(slot.minutes for slot in slots)) / MINUTES_IN_HOUR
