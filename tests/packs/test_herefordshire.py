"""Herefordshire 2011: outcomes, dated market prices, weights one can see, and who may agree a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.plan.rules.agreement import who_agrees
from tests.packs.walking import (
    adds_up,
    budget,
    budget_page,
    pack,
    person,
    start_page_says_it_is_an_example,
    told,
    visit,
)


def test_gwens_outcomes_at_market_prices_with_their_weights() -> None:
    allocation = budget("herefordshire", person("herefordshire", "gwen"))
    assert told(allocation.lines) == [
        ("nutrition", "answer", "53.20"),
        ("hygiene", "answer", "30.40"),
        ("clothing", "answer", "22.80"),
        ("home_safety", "answer", "4.30"),
        ("home_upkeep", "answer", "21.80"),
        ("relationships", "answer", "28.80"),
        ("relationships", "weight", "2.88"),
        ("work_learning", "answer", "13.40"),
        ("work_learning", "weight", "2.68"),
        ("community", "answer", "23.00"),
        ("community", "weight", "3.45"),
    ]
    assert (allocation.weekly, allocation.annual) == (Decimal("206.71"), Decimal("10748.92"))
    assert adds_up(allocation)


def test_an_outcome_is_so_much_support_at_a_price() -> None:
    allocation = budget("herefordshire", person("herefordshire", "gwen"))
    line = next(line for line in allocation.lines if line.rule == "nutrition")
    assert (line.quantity, line.unit, line.rate) == (Decimal("3.5"), "hour", Decimal("15.20"))


def test_the_prices_of_the_day_hold() -> None:
    answers = person("herefordshire", "gwen")
    last_of_old, first_of_new = date(2012, 3, 31), date(2012, 4, 1)
    assert budget("herefordshire", answers, last_of_old).weekly == Decimal("201.16")
    assert budget("herefordshire", answers, first_of_new).weekly == Decimal("206.71")


def test_every_weight_says_why_and_none_takes_anything_off() -> None:
    weighted = {row.id: row for row in pack("herefordshire").schemes[0].matrix_rows() if row.weight != 1}
    assert {name: str(row.weight) for name, row in weighted.items()} == {
        "relationships": "1.10",
        "work_learning": "1.20",
        "community": "1.15",
    }
    assert all(row.weight > 1 and row.weight_reason for row in weighted.values())


@pytest.mark.parametrize(
    ("planned", "budget_", "without_panel"),
    [
        ("206.71", "206.71", True),
        ("227.38", "206.71", True),
        ("227.39", "206.71", False),
        ("186.04", "206.71", True),
        ("186.03", "206.71", False),
        ("220.00", "200.00", True),
        ("180.00", "200.00", True),
        ("350.00", "340.00", True),
        ("350.01", "340.00", False),
        ("400.00", "400.00", False),
    ],
)
def test_a_plan_near_the_budget_and_under_the_cap_needs_no_panel(
    planned: str, budget_: str, *, without_panel: bool
) -> None:
    found = who_agrees(pack("herefordshire").agreement, Decimal(planned), Decimal(budget_))
    assert found.without_panel is without_panel
    assert found.without_panel == (found.near_budget and found.under_cap)


def test_without_a_budget_only_the_panel_can_agree() -> None:
    assert not who_agrees(pack("herefordshire").agreement, Decimal(0), None).without_panel


def test_a_whole_visit_as_gwen_before_any_account(database_url: str) -> None:
    with visit("herefordshire", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "herefordshire", "Herefordshire")
        page = budget_page(visitor, "herefordshire", "gwen")
        assert "£206.71 a week" in page.words
        assert "made up to show how it works" in page.words
        assert "The council’s weight: Getting out" in page.words
        assert "Ways are long in the country." in page.words
        for trigger in ("safeguarding", "urgent", "appeal", "change", "carer"):
            assert visitor.page(f"/right-now/{trigger}").status == 200
        assert "1.15" in visitor.page("/budget/scheme").words
        before_sending = visitor.page("/document/check").words
        assert "It takes from £186.04 to £227.38 a week from the budget." in before_sending
        assert "It takes no more than £350.00 a week. This is true." in before_sending
        assert "Your plan takes £0.00 a week. So the assessment panel looks at it." in before_sending
        assert "You get an answer within 20 working days." in before_sending
