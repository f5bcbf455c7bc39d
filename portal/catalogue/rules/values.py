"""Single values out of a feed, which writes them in many ways: words, dates, sums, times, lists."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.text import clean

_LONGEST = 4000
_MOST = Decimal(100_000)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TAG = re.compile(r"<[^>]{0,200}>")


class Unreadable(ValueError):
    """A value that is there and cannot be read."""


def words(row: dict[str, Any], name: str) -> str:
    """A text, without markup and control characters; empty when it is not there."""
    given = row.get(name)
    if given is None or isinstance(given, dict | list):
        return ""
    return clean(_TAG.sub(" ", str(given)))[:_LONGEST]


def rows(row: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The rows under the first of these names that has any."""
    for name in names:
        given = row.get(name)
        if isinstance(given, list) and given:
            return [one for one in given if isinstance(one, dict)]
    return []


def one(row: dict[str, Any], name: str) -> dict[str, Any]:
    """A row inside a row; an empty one when it is not there."""
    given = row.get(name)
    return given if isinstance(given, dict) else {}


def day(row: dict[str, Any], name: str) -> date | None:
    """A date, or the date of a date and time.

    :raises Unreadable: when it is neither.
    """
    given = words(row, name)
    if not given:
        return None
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        raise Unreadable(f"{name} is “{given[:40]}”. Write a date such as 2026-04-06") from None


def pounds(row: dict[str, Any], name: str) -> Decimal | None:
    """A sum in pounds, to the penny.

    :raises Unreadable: when it is no sum of nought or more.
    """
    given = words(row, name).removeprefix("£").replace(",", "")
    if not given:
        return None
    try:
        amount = Decimal(given)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= _MOST:
        raise Unreadable(f"{name} is “{given[:40]}”. Write pounds such as 3.50, or 0 when it is free")
    return amount.quantize(Decimal("0.01"))


def age(row: dict[str, Any], name: str) -> int | None:
    """An age in whole years.

    :raises Unreadable: when it is none.
    """
    given = words(row, name)
    if not given:
        return None
    try:
        years = int(Decimal(given))
    except (InvalidOperation, ValueError, OverflowError):
        years = -1
    if not 0 <= years <= 150:
        raise Unreadable(f"{name} is “{given[:40]}”. Write an age in years such as 18")
    return years


def clock(row: dict[str, Any], name: str) -> str:
    """A time of day as ``HH:MM``; empty when it is not there or is not one."""
    found = _TIME.search(words(row, name))
    return f"{int(found[1]):02d}:{found[2]}" if found else ""


def weekdays(row: dict[str, Any], name: str) -> tuple[str, ...]:
    """Days of the week as two letters each, Monday first; ``byday`` of iCalendar or days in words."""
    given = words(row, name).upper()
    return tuple(each for each in _DAYS if re.search(rf"(?<![A-Z]){each}", given))
