"""Oxfordshire 2011: money from several funders in one budget, each with its own rule, period and account."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.pack.conditions import Kept
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


def priya(**answers: Kept) -> dict[str, Kept]:
    return {**person("oxfordshire", "priya"), **answers}


def test_every_line_of_priyas_budget() -> None:
    allocation = budget("oxfordshire", priya())
    assert told(allocation.lines) == [
        ("nutrition", "answer", "91.80"),
        ("hygiene", "answer", "81.00"),
        ("toilet", "answer", "54.00"),
        ("clothing", "answer", "43.20"),
        ("home_safety", "answer", "48.60"),
        ("home_upkeep", "answer", "32.40"),
        ("work_learning", "answer", "27.00"),
        ("community", "answer", "37.80"),
        ("health_care", "support", "126.00"),
        ("housing_hours", "support", "18.00"),
        ("help_at_work", "support", "67.50"),
        ("all_hours", "support", "672.00"),
        ("social_care", "deduction", "-415.80"),
        ("health", "deduction", "-126.00"),
        ("housing_support", "deduction", "-18.00"),
    ]
    assert (allocation.weekly, allocation.annual) == (Decimal("739.50"), Decimal("38454.00"))
    assert adds_up(allocation)


def test_a_grant_for_her_home_is_paid_once_and_stands_apart() -> None:
    allocation = budget("oxfordshire", priya())
    assert told(allocation.one_off_lines) == [
        ("ramp", "support", "1800.00"),
        ("shower", "support", "5400.00"),
    ]
    assert allocation.one_off == Decimal("7200.00")


def test_each_part_has_its_funder_its_period_and_its_total() -> None:
    allocation = budget("oxfordshire", priya())
    assert [
        (
            part.id,
            part.funder,
            part.period,
            part.amount and str(part.amount),
            part.in_base and str(part.in_base),
        )
        for part in allocation.streams
    ] == [
        ("social_care", "social_care", "week", "415.80", "415.80"),
        ("health", "health", "week", "126.00", "126.00"),
        ("housing_support", "housing", "four_weeks", "72.00", "18.00"),
        ("access_to_work", "employment", "year", "3510.00", "67.50"),
        ("work_choice", "employment", "month", None, None),
        ("facilities_grant", "housing", "one_off", "7200.00", None),
        ("independent_living", "independent_living", "week", "112.20", "112.20"),
    ]


@pytest.mark.parametrize(
    ("answers", "gone"),
    [
        ({"health_need": "none"}, {"health"}),
        ({"housing_support": "none"}, {"housing_support"}),
        ({"work": "none"}, {"access_to_work"}),
        ({"home_change": ["none"]}, {"facilities_grant"}),
        ({"living_hours": "0"}, {"independent_living"}),
    ],
)
def test_each_part_has_its_own_rule_and_only_the_last_one_looks_at_others(
    answers: dict[str, Kept], gone: set[str]
) -> None:
    before = {part.id: part for part in budget("oxfordshire", priya()).streams}
    after = {part.id: part for part in budget("oxfordshire", priya(**answers)).streams}
    ended = {name for name, part in after.items() if part.amount is None} - {"work_choice"}
    assert ended == gone
    same = [name for name in after if name not in gone | {"independent_living"}]
    assert [after[name] for name in same] == [before[name] for name in same]


def test_housing_support_is_there_for_people_whose_needs_are_too_small_for_social_care() -> None:
    small = dict.fromkeys(
        ("nutrition", "hygiene", "toilet", "clothing", "home_safety", "home_upkeep"), "little"
    )
    small |= {"work_learning": "alone", "community": "alone", "health_need": "none", "work": "looking"}
    allocation = budget("oxfordshire", priya(**small, living_hours="0", home_change=["none"]))
    assert {part.id: str(part.amount) for part in allocation.streams if part.amount} == {
        "housing_support": "72.00",
        "work_choice": "260.00",
    }
    assert allocation.weekly == Decimal("78.00")


@pytest.mark.parametrize(("hours", "left"), [("48", "112.20"), ("40", "0.20"), ("30", "0.00")])
def test_the_last_part_fills_the_gap_that_the_others_leave_and_never_falls_below_nought(
    hours: str, left: str
) -> None:
    last = budget("oxfordshire", priya(living_hours=hours)).stream("independent_living")
    assert last is not None
    assert last.amount == Decimal(left)


def test_the_last_part_starts_only_when_the_council_pays_320_a_week() -> None:
    less = priya(hygiene="little", nutrition="some")
    found = budget("oxfordshire", less)
    assert str(found.streams[0].amount) == "313.20"
    last = found.stream("independent_living")
    assert last is not None
    assert (last.status, last.amount) == ("no_amount", None)


def test_a_very_high_gap_is_looked_at_by_a_person_with_the_whole_amount() -> None:
    (flag,) = budget("oxfordshire", priya(living_hours="100")).review_flags
    assert (flag.rule, flag.uncapped, flag.limit) == ("independent_living", Decimal("840.20"), Decimal(475))


def test_the_choices_of_right_to_control() -> None:
    routes = [route.id for route in pack("oxfordshire").money_routes]
    assert routes == ["keep_same", "arranged", "direct_payment", "service_fund"]


def test_a_whole_visit_as_priya(database_url: str) -> None:
    with visit("oxfordshire", database_url) as visitor:
        start_page_says_it_is_an_example(visitor.page("/"), "oxfordshire", "Oxfordshire")
        page = budget_page(visitor, "oxfordshire", "priya")
        assert "£739.50 a week" in page.words
        assert "There is also £7,200.00, paid once." in page.words
        assert "made up to show how it works" in page.words
        assert "It comes to £72.00 every 4 weeks." in page.words
        cards = {
            card.select("h3")[0].get_text(): " ".join(card.get_text(" ").split())
            for card in page.soup.select(".card")
        }
        assert "Who pays The NHS How much £126.00 a week" in cards["Personal health budget"]
        assert "£72.00 every 4 weeks" in cards["Housing support (Supporting People)"]
        assert "£3,510.00 a year" in cards["Access to Work"]
        assert "Your answers do not lead to money from this part." in cards["Work Choice"]
        assert "£7,200.00, paid once" in cards["Disabled Facilities Grant"]
        assert "£112.20 a week" in cards["Independent living, the part that is still missing"]
        rows = [row.find_all(["th", "td"]) for row in page.soup.select(".bars tbody tr")]
        bars = {head.get_text(): amount.get_text() for head, amount in rows}
        assert bars["Adult social care"] == "£415.80"
        ways = visitor.page("/choices/money").words
        assert "Keep the support you have" in ways
        assert "Ask a public body to arrange it" in ways
