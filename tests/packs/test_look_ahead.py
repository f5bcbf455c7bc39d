"""Look Ahead 2011: a fixed core, hours of one’s choice, a sum of cash."""

from __future__ import annotations

from decimal import Decimal

import pytest

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


def test_kofis_budget_is_the_core_his_hours_and_his_cash() -> None:
    allocation = budget("look_ahead", person("look_ahead", "kofi"))
    assert told(allocation.lines) == [
        ("core_service", "support", "186.00"),
        ("flexible_hours", "support", "139.20"),
        ("cash_sum", "support", "20.00"),
    ]
    assert allocation.weekly == Decimal("345.20")
    assert adds_up(allocation)


def test_his_hours_are_shown_with_their_number_and_price() -> None:
    allocation = budget("look_ahead", person("look_ahead", "kofi"))
    (hours,) = (line for line in allocation.lines if line.rule == "flexible_hours")
    assert (hours.quantity, hours.unit, hours.rate) == (Decimal(8), "hour", Decimal("17.40"))


@pytest.mark.parametrize(
    ("support", "a_week"),
    [("little", "270.60"), ("some", "345.20"), ("lot", "454.60"), ("not-sure", "186.00")],
)
def test_the_core_is_the_same_whatever_is_answered(support: str, a_week: str) -> None:
    allocation = budget("look_ahead", {**person("look_ahead", "kofi"), "flexible_support": support})
    assert allocation.weekly == Decimal(a_week)
    assert allocation.lines[0].amount == Decimal("186.00")


def test_when_and_from_whom_change_nothing_about_the_money() -> None:
    answers = person("look_ahead", "kofi")
    other = {**answers, "flexible_when": ["mornings"], "flexible_who": "own"}
    assert budget("look_ahead", other).lines == budget("look_ahead", answers).lines


def test_each_part_has_its_own_account() -> None:
    allocation = budget("look_ahead", person("look_ahead", "kofi"))
    assert [(stream.id, stream.funder, str(stream.amount)) for stream in allocation.streams] == [
        ("core", "housing", "186.00"),
        ("flexible_hours", "health", "139.20"),
        ("cash", "housing", "20.00"),
    ]


def test_his_plan_has_the_three_kinds_of_lines_and_spends_the_whole_budget() -> None:
    (kofi,) = pack("look_ahead").samples
    assert kofi.plan is not None
    assert [line.kind for line in kofi.plan.lines] == ["core", "flexible", "cash"]
    cost = sum((line.price or Decimal(0)) * (line.quantity or 1) for line in kofi.plan.lines)
    assert cost == Decimal("345.20")


def test_a_whole_visit_as_kofi(database_url: str) -> None:
    with visit("look_ahead", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "look_ahead", "Look Ahead")
        page = budget_page(visitor, "look_ahead", "kofi")
        assert "£345.20 a week" in page.words
        assert "made up to show how it works" in page.words
        assert "It is fixed, so there is nothing to choose." in page.words
        assert (
            "The core service Who pays Money for housing and housing support How much £186.00" in page.words
        )
        assert "Your flexible hours Who pays The NHS How much £139.20 a week" in page.words
        assert "Your cash Who pays Money for housing and housing support How much £20.00" in page.words
