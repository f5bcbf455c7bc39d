"""What a line of support costs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.plan.rules.lines import EVERY, Every, Line, LineKind, one_off_cost, sum_a_week, weekly_cost

FIFTY_TWO = Decimal(52)


def line(kind: LineKind, **more: object) -> Line:
    return Line(id="a", kind=kind, what="Something", **more)  # type: ignore[arg-type]


def test_hours_at_a_price_cost_hours_times_price() -> None:
    cooking = line("hours", quantity=Decimal(2), price=Decimal("14.50"))
    assert weekly_cost(cooking, FIFTY_TWO) == Decimal("29.00")


def test_visits_cost_their_number_times_the_price_of_one() -> None:
    assert weekly_cost(line("sessions", quantity=Decimal(3), price=Decimal(45)), FIFTY_TWO) == Decimal(135)


def test_a_quarter_of_an_hour_is_settled_to_the_penny_half_up() -> None:
    cost = weekly_cost(line("hours", quantity=Decimal("0.25"), price=Decimal("14.50")), FIFTY_TWO)
    assert cost == Decimal("3.63")


@pytest.mark.parametrize(
    ("every", "weekly"),
    [("week", "120.00"), ("four_weeks", "30.00"), ("month", "27.69"), ("year", "2.31")],
)
def test_a_sum_is_told_by_the_week_however_often_it_comes(every: Every, weekly: str) -> None:
    assert sum_a_week(Decimal(120), every, FIFTY_TWO) == Decimal(weekly)


def test_the_year_rule_of_the_pack_decides_what_a_month_is_worth() -> None:
    longer = sum_a_week(Decimal(120), "month", Decimal("52.142857"))
    assert longer == Decimal("27.62")


def test_something_bought_once_costs_nothing_a_week() -> None:
    chair = line("one_off", price=Decimal("89.99"))
    assert weekly_cost(chair, FIFTY_TWO) == 0
    assert one_off_cost(chair) == Decimal("89.99")


@pytest.mark.parametrize("kind", ["self", "family"])
def test_what_the_person_or_the_family_does_is_free_whatever_was_typed(kind: LineKind) -> None:
    assert weekly_cost(line(kind, price=Decimal(10), quantity=Decimal(2)), FIFTY_TWO) == 0


def test_a_group_in_the_community_is_free_until_it_has_a_price() -> None:
    assert weekly_cost(line("community"), FIFTY_TWO) == 0
    assert weekly_cost(line("community", price=Decimal("4.50"), every="week"), FIFTY_TWO) == Decimal("4.50")


@pytest.mark.parametrize("kind", ["hours", "sessions", "sum"])
def test_a_price_that_is_not_known_is_not_nought(kind: LineKind) -> None:
    assert weekly_cost(line(kind, quantity=Decimal(2)), FIFTY_TWO) is None
    assert not line(kind).free


def test_hours_that_are_not_known_have_no_cost_yet() -> None:
    assert weekly_cost(line("hours", price=Decimal(15)), FIFTY_TWO) is None


def test_a_price_of_nothing_is_free() -> None:
    assert line("sum", price=Decimal(0)).free
    assert weekly_cost(line("hours", price=Decimal(0)), FIFTY_TWO) == 0


def test_equipment_without_a_price_is_not_known_yet() -> None:
    assert one_off_cost(line("one_off")) is None


@given(
    amount=st.decimals(0, 99999, places=2),
    every=st.sampled_from(EVERY),
    weeks=st.sampled_from([Decimal(52), Decimal("52.14"), Decimal("52.142857")]),
)
def test_a_sum_a_week_is_whole_pence_and_never_more_than_the_sum(
    amount: Decimal, every: Every, weeks: Decimal
) -> None:
    weekly = sum_a_week(amount, every, weeks)
    assert weekly == weekly.quantize(Decimal("0.01"))
    assert 0 <= weekly <= amount
