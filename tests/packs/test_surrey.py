"""Surrey 2013: points, pounds, an amount for the carer on top, and a figure that is only a guide."""

from __future__ import annotations

from decimal import Decimal

from portal.budget.rules import example_week
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


def test_jane_has_the_budget_that_the_paper_tells_of() -> None:
    allocation = budget("surrey", person("surrey", "jane"))
    assert told(allocation.lines) == [
        ("nutrition", "answer", "40.39"),
        ("hygiene", "answer", "17.31"),
        ("clothing", "answer", "11.54"),
        ("home_safety", "answer", "92.32"),
        ("home_upkeep", "answer", "23.08"),
        ("relationships", "answer", "57.70"),
        ("work_learning", "answer", "28.85"),
        ("community", "answer", "69.24"),
        ("carers_support", "carer", "33.10"),
    ]
    assert (allocation.weekly, allocation.annual) == (Decimal("373.53"), Decimal("19423.56"))
    assert adds_up(allocation)


def test_her_points_and_the_price_of_a_point_are_shown_on_each_line() -> None:
    allocation = budget("surrey", person("surrey", "jane"))
    assert allocation.points == {"points": Decimal(59)}
    assert {line.rate for line in allocation.of_kind("answer")} == {Decimal("5.77")}


def test_the_carers_amount_comes_on_top_and_takes_nothing_from_the_points() -> None:
    answers = person("surrey", "jane")
    alone = budget("surrey", {**answers, "help_with": ["none"], "carer_break": "none"})
    assert alone.weekly == Decimal("340.43")
    worn_out = budget("surrey", {**answers, "carer_break": "lot"})
    assert worn_out.weekly == Decimal("406.63")
    assert [line.amount for line in worn_out.of_kind("carer")] == [Decimal("66.20")]


def test_the_figure_is_called_a_guide_when_needs_go_up_and_down_or_are_complex() -> None:
    answers = person("surrey", "jane")
    assert [caveat.rule for caveat in budget("surrey", answers).caveats] == [
        "good_and_bad_days",
        "complex_needs",
    ]
    steady = budget("surrey", {**answers, "changes": "steady", "complex": "no"})
    assert steady.caveats == ()


def test_the_example_week_is_the_24_hours_of_the_paper() -> None:
    allocation = budget("surrey", person("surrey", "jane"))
    week = example_week(pack("surrey").schemes[0], allocation)
    assert week is not None
    assert [(use.quantity, use.amount) for use in week.uses] == [(Decimal(24), Decimal("373.44"))]
    assert week.left == Decimal("0.09")


def test_a_whole_visit_as_jane(database_url: str) -> None:
    with visit("surrey", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "surrey", "Surrey")
        page = budget_page(visitor, "surrey", "jane")
        assert page.heading == "Your indicative budget"
        assert "£373.53 a week" in page.words
        assert "made up to show how it works" in page.words
        assert "Support that your carer needs to go on caring" in page.words
        assert "average costs" in page.words
        told = "Lower: £318.00 a week. Likely: £373.53 a week. Higher: £448.00 a week."
        assert "Lower £318.00 a week Likely £373.53 a week Higher £448.00 a week" in page.words
        assert "Higher: £373.53 × 1.2, rounded: £448.00" in page.words
        enough = visitor.page("/plan/enough").words
        assert "Lower figure £318.00" in enough and "Higher figure £448.00" in enough
        assert "Your plan costs less than the lower figure." in enough
        assert told in visitor.page("/document/check").words
        assert "Lower, likely and higher" in visitor.page("/budget/scheme").words
        assert "made up" in visitor.page("/budget/scheme").words
