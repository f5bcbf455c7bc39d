"""Adding a plan up, and comparing it with the indicative budget."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.plan.rules.lines import EVERY, KINDS, Line, one_off_cost, weekly_cost
from portal.plan.rules.totals import Comparison, RouteTotal, compare, totals

FIFTY_TWO = Decimal(52)
MONEY = st.none() | st.decimals(0, 9999, places=2)

any_line = st.builds(
    Line,
    id=st.uuids().map(str),
    kind=st.sampled_from(KINDS),
    what=st.just("Something"),
    quantity=st.none() | st.decimals(0, 168, places=2),
    price=MONEY,
    every=st.none() | st.sampled_from(EVERY),
    route=st.none() | st.sampled_from(["direct_payment", "council", "isf", "own"]),
)


def hours(route: str | None, price: str | None, quantity: str = "1") -> Line:
    return Line(
        id=f"{route}{price}",
        kind="hours",
        what="Help",
        quantity=Decimal(quantity),
        price=None if price is None else Decimal(price),
        route=route,
    )


@given(st.lists(any_line, max_size=12))
def test_the_totals_of_the_routes_add_to_the_total_of_the_plan_to_the_penny(lines: list[Line]) -> None:
    sums = totals(lines, FIFTY_TWO)
    shown = [weekly_cost(line, FIFTY_TWO) for line in lines]
    paid_once = [one_off_cost(line) for line in lines]
    assert sums.weekly == sum(cost for cost in shown if cost is not None)
    assert sums.once == sum(cost for cost in paid_once if cost is not None)
    assert sum(total.weekly for total in sums.routes) == sums.weekly
    assert sum(total.once for total in sums.routes) == sums.once


@given(st.lists(any_line, max_size=12))
def test_own_money_and_the_budget_together_pay_for_the_whole_plan(lines: list[Line]) -> None:
    sums = totals(lines, FIFTY_TWO)
    own = sum((total.weekly for total in sums.routes if total.route == "own"), Decimal(0))
    assert sums.weekly_from_budget + own == sums.weekly
    assert sums.once_from_budget <= sums.once


@given(st.lists(any_line, max_size=12))
def test_a_line_is_either_in_the_sums_or_told_as_having_no_price(lines: list[Line]) -> None:
    sums = totals(lines, FIFTY_TWO)
    for line in lines:
        known = weekly_cost(line, FIFTY_TWO) is not None and one_off_cost(line) is not None
        assert known is (line not in sums.unpriced)


def test_weekly_and_one_off_money_are_never_mixed() -> None:
    chair = Line(id="c", kind="one_off", what="Chair", price=Decimal(90), route="council")
    sums = totals([hours("council", "20"), chair], FIFTY_TWO)
    assert sums.routes == (RouteTotal("council", Decimal("20.00"), Decimal("90.00")),)
    assert (sums.weekly, sums.once) == (Decimal(20), Decimal(90))


def test_free_support_goes_through_no_route() -> None:
    visit = Line(id="v", kind="family", what="My sister visits", route="council")
    assert totals([visit], FIFTY_TWO).routes == ()


def test_own_money_is_not_taken_from_the_budget() -> None:
    sums = totals([hours("own", "5"), hours("direct_payment", "20")], FIFTY_TWO)
    assert sums.weekly == Decimal(25)
    assert sums.weekly_from_budget == Decimal(20)


def test_a_route_not_chosen_yet_has_a_total_of_its_own() -> None:
    sums = totals([hours(None, "10"), hours("council", "20")], FIFTY_TWO)
    assert [total.route for total in sums.routes] == [None, "council"]


@pytest.mark.parametrize(
    ("planned", "budget", "expected"),
    [
        ("120", "300", Comparison(Decimal(120), Decimal(300), "left", Decimal(180))),
        ("300", "300", Comparison(Decimal(300), Decimal(300), "exact", Decimal(0))),
        ("311.50", "300", Comparison(Decimal("311.50"), Decimal(300), "over", Decimal("11.50"))),
        ("0", "0", Comparison(Decimal(0), Decimal(0), "exact", Decimal(0))),
    ],
)
def test_a_plan_is_under_exactly_at_or_over_the_budget(
    planned: str, budget: str, expected: Comparison
) -> None:
    assert compare(Decimal(planned), Decimal(budget)) == expected


def test_no_figure_is_not_a_budget_of_nought() -> None:
    beside = compare(Decimal(40), None)
    assert beside.standing == "no_budget"
    assert not beside.over
