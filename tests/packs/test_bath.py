"""Bath and North East Somerset 2013: prevention first, a score, a table, an estimate for a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.packs.walking import (
    adds_up,
    budget,
    budget_page,
    person,
    start_page_says_it_is_an_example,
    told,
    visit,
)

NEEDS = (
    "nutrition",
    "hygiene",
    "toilet",
    "clothing",
    "home_safety",
    "home_upkeep",
    "relationships",
    "work_learning",
    "community",
    "caring_for_child",
)


def test_olives_score_becomes_a_years_money_by_the_table() -> None:
    allocation = budget("bath", person("bath", "olive"))
    assert told(allocation.lines) == [
        ("points", "table", "5750.00"),
        ("help_from_others", "reduction", "-1010.00"),
    ]
    assert (allocation.amount, allocation.base_period) == (Decimal("4740.00"), "year")
    assert (allocation.weekly, allocation.annual) == (Decimal("91.15"), Decimal("4740.00"))
    assert adds_up(allocation)


def test_every_step_from_points_to_score_has_a_line() -> None:
    allocation = budget("bath", person("bath", "olive"))
    points = {line.rule: line.points for line in allocation.of_kind("answer") if line.points}
    assert points == {
        "nutrition": 6,
        "hygiene": 11,
        "toilet": 3,
        "clothing": 4,
        "home_safety": 8,
        "home_upkeep": 5,
        "relationships": 5,
        "community": 9,
    }
    assert [line.points for line in allocation.of_kind("conversion", "rounding")] == [
        Decimal("-10.200"),
        Decimal("0.200"),
    ]
    assert [line.points for line in allocation.of_kind("table")] == [Decimal(41)]
    assert allocation.points == {"points": Decimal(36)}


def test_without_her_daughters_help_it_would_be_the_whole_amount() -> None:
    assert budget("bath", {**person("bath", "olive"), "help_with": ["none"]}).amount == Decimal("5750.00")


@pytest.mark.parametrize(("level", "amount"), [("alone", "0.00"), ("all", "43000.00")])
def test_the_score_goes_from_0_to_100(level: str, amount: str) -> None:
    answers = {**person("bath", "olive"), "help_with": ["none"], **dict.fromkeys(NEEDS, level)}
    assert budget("bath", answers).amount == Decimal(amount)


def test_a_whole_visit_as_olive(database_url: str) -> None:
    with visit("bath", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "bath", "That council")
        page = budget_page(visitor, "bath", "olive")
        assert "£4,740.00 a year" in page.words
        assert "This is about £91.15 a week." in page.words
        assert "made up to show how it works" in page.words
        heads = [head.get_text() for head in page.soup.select(".receipt thead th")]
        assert heads == ["Your answer", "Points", "A year"]
        points = [cell.get_text() for cell in page.soup.select(".receipt tbody td.points")]
        assert points[:8] == ["6", "11", "3", "4", "8", "5", "5", "9"]
        assert "£0.00" not in page.soup.select(".receipt")[0].get_text()
        before = visitor.page("/assessment/prevention")
        assert "Look at these first" in before.words
        assert "Help to do things for yourself again" in before.words
