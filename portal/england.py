"""The time in England, where every council is: times are kept in UTC and read as clocks there show them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")


def in_england(moment: datetime) -> datetime:
    """A time as it is kept, in UTC and without a zone, as a clock in England showed it."""
    return moment.replace(tzinfo=UTC).astimezone(ENGLAND)


@lru_cache(maxsize=64)
def day_in_england(moment: datetime) -> date:
    """The day it was in England at a time as it is kept: in summer the next one begins an hour earlier."""
    return in_england(moment).date()
