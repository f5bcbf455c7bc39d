"""For how long money is awarded: last days of awards, and how many payments one brings."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from portal.budget.rules.receipt import StreamResult, TierAward
from portal.pack.scheme.parts import Year

_MONTHS = 12


def last_day(start: dt.date, months: Decimal) -> dt.date:
    """The last day of an award of so many months, its first day included.

    A part of a month counts as that part of 30 days. Where the month of the end is too short for
    the day, the award ends on its last day.

    :param start: the first day.
    :param months: how long the award lasts, above nought.
    """
    whole = int(months)
    years, month = divmod(start.month - 1 + whole, _MONTHS)
    year = start.year + years
    longest = calendar.monthrange(year, month + 1)[1]
    follows = dt.date(year, month + 1, min(start.day, longest))
    after = dt.timedelta(days=int((months - whole) * 30))
    short = start.day > longest and not after
    return follows + after - dt.timedelta(days=0 if short else 1)


def last_possible_day(start: dt.date, award: TierAward) -> dt.date | None:
    """The last day that all awards together can reach; ``None`` where nothing limits them."""
    if award.award_months is None:
        return None
    if award.max_months is not None:
        return last_day(start, award.max_months)
    if award.most_awards is not None:
        return last_day(start, award.award_months * award.most_awards)
    return None


def payments_in(stream: StreamResult, year: Year) -> int | None:
    """How many payments one award brings, or one year without an award; ``None`` when not a whole number."""
    if stream.paid_every is None or stream.paid_every == "one_off":
        return None
    months = stream.tier.award_months if stream.tier is not None else None
    number = year.times(stream.paid_every) * (months or _MONTHS) / _MONTHS
    return int(number) if number == int(number) else None
