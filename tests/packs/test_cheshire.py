"""Peaks and Plains 2011: five levels, the difference paid for a higher one, help after hospital."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.budget.rules.awards import last_day, last_possible_day
from portal.budget.rules.receipt import TierAward
from tests.packs.walking import (
    ON,
    adds_up,
    budget,
    budget_page,
    person,
    start_page_says_it_is_an_example,
    told,
    visit,
)


def award(stream: str, **answers: str) -> TierAward:
    found = budget("cheshire", {**person("cheshire", "edna"), **answers}).stream(stream)
    assert found is not None
    assert found.tier is not None
    return found.tier


def test_ednas_level_is_a_line_and_home_alone_is_paid_once() -> None:
    allocation = budget("cheshire", person("cheshire", "edna"))
    assert told(allocation.lines) == [("star_3", "tier", "6.90")]
    assert told(allocation.one_off_lines) == [("home_alone", "tier", "96.00")]
    assert (allocation.weekly, allocation.annual) == (Decimal("6.90"), Decimal("358.80"))
    assert allocation.one_off == Decimal("96.00")
    assert adds_up(allocation)


def test_she_pays_the_difference_for_the_level_she_would_like() -> None:
    level = award("level")
    assert (level.top_up_to, level.top_up) == ("star_4", Decimal("7.40"))


@pytest.mark.parametrize(
    ("wanted", "difference"),
    [("star_1", None), ("star_3", None), ("star_4", "7.40"), ("star_5", "31.60"), ("not-sure", None)],
)
def test_the_difference_is_that_between_the_two_levels_and_never_below_nought(
    wanted: str, difference: str | None
) -> None:
    found = award("level", check_wanted=wanted).top_up
    assert found == (None if difference is None else Decimal(difference))


@pytest.mark.parametrize(
    ("needed", "a_week"),
    [("star_1", "2.40"), ("star_2", "4.10"), ("star_3", "6.90"), ("star_4", "14.30"), ("star_5", "38.50")],
)
def test_needs_say_which_level_is_paid_for(needed: str, a_week: str) -> None:
    answers = {**person("cheshire", "edna"), "check_needed": needed}
    assert budget("cheshire", answers).weekly == Decimal(a_week)


def test_home_alone_lasts_up_to_a_month_and_is_not_given_again() -> None:
    for reason in ("hospital", "carer_away"):
        level = award("home_alone", home_alone=reason)
        assert (level.award_months, level.most_awards, level.meaning) == (Decimal(1), 1, "up_to")
    assert last_day(ON, Decimal(1)) == last_possible_day(ON, level) == date(2026, 12, 21)


def test_who_pays_it_all_chooses_and_has_no_budget_for_it() -> None:
    answers = {**person("cheshire", "edna"), "funding": "own", "home_alone": "none"}
    allocation = budget("cheshire", answers)
    assert allocation.status == "not_eligible"
    assert [caveat.rule for caveat in allocation.caveats] == ["pays_it_all"]


def test_a_whole_visit_as_edna(database_url: str) -> None:
    with visit("cheshire", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "cheshire", "The trust")
        page = budget_page(visitor, "cheshire", "edna")
        assert "£6.90 a week" in page.words
        assert "There is also up to £96.00, paid once." in page.words
        assert "not likely to have a right" not in page.words
        assert "made up to show how it works" in page.words
        assert "£7.40 a week. This is the difference between the two levels." in page.words
        assert "Up to £96.00, paid once" in page.words
        assert "It cannot be given again when it ends." in page.words

        page = visitor.send("/assessment/funding?from=budget", {"funding": "own"})
        page = visitor.page("/budget")
        assert "Up to £96.00, paid once" in page.words
        assert "you can choose any level" in page.words

        visitor.send("/assessment/home_alone?from=budget", {"home_alone": "none"})
        page = visitor.page("/budget")
        assert "Your answers do not lead to a figure." in page.words
        assert "you can choose any level" in page.words
