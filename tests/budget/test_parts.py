"""The parts of a budget are told where there is more to say than the receipt does, and only there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.budget.parts import (
    part_amounts,
    sum_each,
    told_besides,
    told_figure,
    told_other_periods,
    told_parts,
)
from portal.budget.rules import Allocation
from portal.pack.scheme import SchemePeriod
from portal.words import Language, read_languages
from tests.packs.walking import ON, budget, pack, person


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return read_languages(tmp_path_factory.mktemp("none"))["en"]


def told(name: str, allocation: Allocation, language: Language) -> dict[str, dict[str, str]]:
    parts = told_parts(allocation, pack(name).schemes[0], language, ON)
    return {part.title: dict(part.rows) for part in parts}


@pytest.mark.parametrize(
    ("name", "sample"), [("surrey", "jane"), ("bath", "olive"), ("herefordshire", "gwen")]
)
def test_money_of_one_funder_in_one_period_needs_no_parts(name: str, sample: str, english: Language) -> None:
    allocation = budget(name, person(name, sample))
    assert told(name, allocation, english) == {}
    assert part_amounts(allocation, english) == ()


def test_a_tier_tells_who_pays_how_much_how_and_for_how_long(english: Language) -> None:
    allocation = budget("medway", person("medway", "danny"))
    assert told("medway", allocation, english) == {
        "Personal housing support grant": {
            "Who pays": "Money for housing and housing support",
            "Your level": "Acquiring Independence",
            "How much": "£212.00 every 4 weeks",
            "How it is paid": "It is paid every 4 weeks: £212.00 each time.",
            "How many payments": "13 in one award",
            "For how long": "12 months. If it started today, it would end on 21 November 2027.",
            "After that": (
                "It can be given again, for up to 5 years in all. That would be until 21 November 2031."
            ),
        }
    }


@pytest.mark.parametrize(
    ("package", "length", "after"),
    [
        ("practical", "2 years. ", "It can be given again as long as you need it."),
        ("crisis", "3 months. ", "It cannot be given again when it ends."),
        ("resettlement", "6 months. ", "It can be given again, for up to 12 months in all. "),
    ],
)
def test_what_comes_after_an_award(package: str, length: str, after: str, english: Language) -> None:
    allocation = budget("medway", {**person("medway", "danny"), "package": package})
    rows = told("medway", allocation, english)["Personal housing support grant"]
    assert rows["For how long"].startswith(length)
    assert rows["After that"].startswith(after)


def test_a_part_that_is_not_for_this_person_says_so(english: Language) -> None:
    rows = told("oxfordshire", budget("oxfordshire", person("oxfordshire", "priya")), english)
    assert rows["Work Choice"] == {
        "Who pays": "The government’s money for help with work",
        "How much": "Your answers do not lead to money from this part.",
    }


def test_parts_of_several_funders_add_up_to_the_figure(english: Language) -> None:
    allocation = budget("oxfordshire", person("oxfordshire", "priya"))
    amounts = part_amounts(allocation, english)
    assert sum(amount for _title, amount in amounts) == allocation.amount
    assert [amount for _title, amount in amounts] == sorted(
        (amount for _title, amount in amounts), reverse=True
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("day", "£3.50 a day"),
        ("week", "£3.50 a week"),
        ("four_weeks", "£3.50 every 4 weeks"),
        ("month", "£3.50 a month"),
        ("year", "£3.50 a year"),
        ("one_off", "£3.50, paid once"),
    ],
)
def test_a_sum_says_how_often_it_comes(period: SchemePeriod, words: str, english: Language) -> None:
    assert sum_each(Decimal("3.50"), period, english) == words


def test_the_figure_is_told_in_the_schemes_own_period_and_by_the_week(english: Language) -> None:
    olive = budget("bath", person("bath", "olive"))
    assert told_figure(olive, english) == "£4,740.00 a year"
    assert told_other_periods(olive, english) == "This is about £91.15 a week."
    jane = budget("surrey", person("surrey", "jane"))
    assert (told_figure(jane, english), told_other_periods(jane, english)) == ("£373.53 a week", "")


def test_up_to_is_never_told_as_what_one_will_get(english: Language) -> None:
    edna = budget("cheshire", person("cheshire", "edna"))
    assert told_figure(edna, english) == "£6.90 a week"
    assert told_besides(edna, english) == "There is also up to £96.00, paid once."
    only_once = budget("cheshire", {**person("cheshire", "edna"), "funding": "own"})
    assert told_figure(only_once, english) == "Up to £96.00, paid once"
    assert told_besides(only_once, english) == ""
    assert told_besides(edna._replace(one_off=None), english) == ""
