"""Medway 2011: seven packages, each for a time, paid every four weeks, not means tested."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.budget.rules import Allocation, StreamResult
from portal.budget.rules.awards import last_day, last_possible_day, payments_in
from portal.pack.conditions import Kept
from tests.packs.walking import (
    ON,
    adds_up,
    budget,
    budget_page,
    pack,
    person,
    start_page_says_it_is_an_example,
    told,
    visit,
)

# Months of one award, and of all together; None has no end. Table of the paper of 17 June 2011.
PAPER: dict[str, tuple[int, int | None]] = {
    "acquiring": (12, 60),
    "long_term": (24, None),
    "supported_living_1": (24, None),
    "supported_living_2": (12, 60),
    "supported_living_3": (12, 60),
    "resettlement": (6, 12),
    "crisis": (3, 3),
    "housing_options": (3, 3),
    "practical": (24, None),
}


def grant(allocation: Allocation) -> StreamResult:
    found = allocation.stream("grant")
    assert found is not None
    return found


def asking_for(level: str) -> dict[str, Kept]:
    answers = {**person("medway", "danny"), "package": level}
    if level.startswith("supported_living_"):
        answers |= {"package": "supported_living", "supported_level": f"level_{level[-1]}"}
    return answers


def test_dannys_grant_is_one_line_every_four_weeks() -> None:
    allocation = budget("medway", person("medway", "danny"))
    assert told(allocation.lines) == [("acquiring", "tier", "212.00")]
    assert (allocation.amount, allocation.base_period) == (Decimal("212.00"), "four_weeks")
    assert (allocation.weekly, allocation.annual) == (Decimal("53.00"), Decimal("2756.00"))
    assert adds_up(allocation)


def test_his_award_lasts_12_months_with_13_payments_and_five_years_in_all() -> None:
    found = grant(budget("medway", person("medway", "danny")))
    assert found.tier is not None
    assert found.payment == Decimal("212.00")
    assert payments_in(found, pack("medway").schemes[0].year) == 13
    assert last_day(ON, Decimal(12)) == date(2027, 11, 21)
    assert last_possible_day(ON, found.tier) == date(2031, 11, 21)
    assert found.tier.most_awards == 5


@pytest.mark.parametrize("level", PAPER)
def test_each_package_lasts_as_long_as_the_paper_says(level: str) -> None:
    award = grant(budget("medway", asking_for(level))).tier
    assert award is not None
    months, most = PAPER[level]
    assert award.level == level
    assert award.award_months == Decimal(months)
    assert award.max_months == (None if most is None else Decimal(most))
    if most is None:
        assert last_possible_day(ON, award) is None
    else:
        assert last_possible_day(ON, award) == last_day(ON, Decimal(most))


def test_there_are_seven_packages() -> None:
    offered = [option.id for option in pack("medway").questions["package"].options]
    assert len([option for option in offered if option != "none"]) == 7


def test_who_needs_no_support_with_a_home_gets_no_grant_and_who_is_not_sure_sees_a_person() -> None:
    answers = person("medway", "danny")
    assert budget("medway", {**answers, "package": "none"}).status == "not_eligible"
    assert budget("medway", {**answers, "package": "not-sure"}).status == "no_amount"


def test_nothing_is_asked_about_means() -> None:
    assert pack("medway").charging is None


def test_the_three_ways_to_be_paid_and_a_bank_account_beside_the_card() -> None:
    routes = {route.id: route for route in pack("medway").money_routes}
    assert list(routes) == ["direct_payment", "principal_provider", "local_card"]
    assert [payment.id for payment in routes["local_card"].payments] == ["card", "bank_account"]


def test_a_whole_visit_as_danny(database_url: str) -> None:
    with visit("medway", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "medway", "Medway")
        page = budget_page(visitor, "medway", "danny")
        assert "£212.00 every 4 weeks" in page.words
        assert "This is about £53.00 a week, or £2,756 a year." in page.words
        assert "made up to show how it works" in page.words
        heads = [head.get_text() for head in page.soup.select(".receipt thead th")]
        assert heads == ["Your answer", "Every 4 weeks"]
        assert "It is paid every 4 weeks: £212.00 each time." in page.words
        assert "13 in one award" in page.words
        assert "12 months. If it started today, it would end on" in page.words
        assert "It can be given again, for up to 5 years in all." in page.words
        ways = visitor.page("/choices/money").words
        assert "Money into your bank account" in ways
        assert "A principal provider" in ways
        assert "A local card" in ways
