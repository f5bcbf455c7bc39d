"""Awards end on the right day, and payments are only counted where they come out whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.budget.rules.awards import last_day, last_possible_day, payments_in
from portal.budget.rules.receipt import StreamResult, TierAward
from portal.pack.scheme import SchemePeriod, Year
from portal.pack.text import Words

START = date(2026, 11, 22)


def award(months: str | None, most: int | None = None, in_all: str | None = None) -> TierAward:
    return TierAward(
        level="a",
        label=Words(text="A"),
        amount=Decimal(1),
        period="week",
        meaning="fixed",
        award_months=None if months is None else Decimal(months),
        most_awards=most,
        max_months=None if in_all is None else Decimal(in_all),
    )


def paid(every: SchemePeriod | None, tier: TierAward | None) -> StreamResult:
    return StreamResult(
        id="grant",
        title=Words(text="Grant"),
        funder="housing",
        status="figure",
        period="week",
        amount=Decimal(1),
        in_base=Decimal(1),
        tier=tier,
        paid_every=every,
        payment=Decimal(1),
        payments=None,
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-22", "12", "2027-11-21"),
        ("2026-11-01", "1", "2026-11-30"),
        ("2026-12-15", "1", "2027-01-14"),
        ("2027-01-31", "1", "2027-02-28"),
        ("2028-01-31", "1", "2028-02-29"),
        ("2027-01-30", "1", "2027-02-28"),
        ("2028-02-29", "12", "2029-02-28"),
        ("2026-11-22", "60", "2031-11-21"),
        ("2026-11-01", "1.5", "2026-12-15"),
    ],
)
def test_an_award_ends_the_day_before_its_day_comes_round(start: str, months: str, end: str) -> None:
    assert last_day(date.fromisoformat(start), Decimal(months)) == date.fromisoformat(end)


def test_all_awards_together_end_at_the_longest_time_or_after_the_last_of_them() -> None:
    assert last_possible_day(START, award("12", in_all="60")) == date(2031, 11, 21)
    assert last_possible_day(START, award("6", most=2)) == date(2027, 11, 21)
    assert last_possible_day(START, award("24")) is None
    assert last_possible_day(START, award(None)) is None


@pytest.mark.parametrize(
    ("every", "tier", "number"),
    [
        ("four_weeks", award("12"), 13),
        ("four_weeks", award("24"), 26),
        ("four_weeks", award("6"), None),
        ("four_weeks", None, 13),
        ("month", award("6"), 6),
        ("week", None, 52),
        ("one_off", None, None),
        (None, award("12"), None),
    ],
)
def test_payments_are_counted_where_they_come_out_whole(
    every: SchemePeriod | None, tier: TierAward | None, number: int | None
) -> None:
    assert payments_in(paid(every, tier), Year()) == number
