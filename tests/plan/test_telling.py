"""A plan in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.plan.rules.clock import Slot
from portal.plan.rules.left import Left
from portal.plan.rules.lines import DAYS, Day, Line, LineKind
from portal.plan.rules.sharing import Share
from portal.plan.telling import tell_award, tell_dates, tell_how_much, tell_left, tell_sum, tell_when
from portal.words import Language, read_languages


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return read_languages(Path(tmp_path_factory.mktemp("none")))["en"]


def line(kind: LineKind = "hours", **more: object) -> Line:
    return Line(id="a", kind=kind, what="Help to cook", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (DAYS, "Every day"),
        (DAYS[:5], "Monday to Friday"),
        (("sunday",), "Sunday"),
        (("monday", "wednesday", "friday"), "Monday, Wednesday and Friday"),
        ((), ""),
    ],
)
def test_days_are_told_as_people_say_them(days: tuple[Day, ...], told: str, english: Language) -> None:
    assert tell_when(line(days=days), english) == told


def test_days_parts_and_times_stand_together(english: Language) -> None:
    whole = line(days=("sunday",), parts=("morning", "midday"), times="11 to 1")
    assert tell_when(whole, english) == "Sunday: Morning and Midday (11 to 1)"
    assert tell_when(line(times="when I ask"), english) == "when I ask"


def test_a_line_may_start_end_or_both(english: Language) -> None:
    start, end = date(2026, 12, 1), date(2027, 2, 28)
    assert tell_dates(line(starts=start, ends=end), english) == "From 1 December 2026 to 28 February 2027"
    assert tell_dates(line(starts=start), english) == "From 1 December 2026"
    assert tell_dates(line(ends=end), english) == "Until 28 February 2027"
    assert tell_dates(line(), english) == ""


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (line(quantity=Decimal(2), price=Decimal("14.50")), "2 hours a week at £14.50 an hour"),
        (line(quantity=Decimal(1), price=Decimal(15)), "1 hour a week at £15.00 an hour"),
        (line(quantity=Decimal("1.5")), "1.5 hours a week, price not known yet"),
        (line(price=Decimal(15)), "Hours not known yet at £15.00 an hour"),
        (line("sessions", quantity=Decimal(3), price=Decimal(45)), "3 times a week at £45.00 each time"),
        (line("sum", price=Decimal(30), every="month"), "£30.00 a month"),
        (line("sum", price=Decimal(30), every="four_weeks"), "£30.00 every 4 weeks"),
        (line("one_off", price=Decimal("89.99")), "£89.99, paid once"),
        (line("sum"), "Price not known yet"),
        (line("family"), "Free"),
        (line("community"), "Free"),
    ],
)
def test_how_much_is_told_with_its_price(shown: Line, told: str, english: Language) -> None:
    assert tell_how_much(shown, english) == told


def test_times_stand_with_their_days_and_the_same_times_together(english: Language) -> None:
    slots = (
        Slot("monday", "09:00", "10:30"),
        Slot("wednesday", "09:00", "10:30"),
        Slot("sunday", "12:00", "00:00"),
    )
    days: tuple[Day, ...] = ("monday", "wednesday", "saturday", "sunday")
    told = "Monday and Wednesday, 9am to 10.30am; Sunday, midday to midnight; Saturday"
    assert tell_when(line(days=days, slots=slots), english) == told


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (line(quantity=Decimal("4.5"), price=Decimal("16.40")), "4.5 hours × £16.40 = £73.80 a week"),
        (
            line(quantity=Decimal(7), price=Decimal("21.50"), workers=2),
            "7 hours × 2 people × £21.50 = £301.00 a week",
        ),
        (line("sessions", quantity=Decimal(1), price=Decimal(45)), "1 time × £45.00 = £45.00 a week"),
        (line("sum", price=Decimal(18), every="month"), "£18.00 × 12 months ÷ 52 weeks = £4.15 a week"),
        (line("award", price=Decimal(212), every="four_weeks"), "£212.00 ÷ 4 weeks = £53.00 a week"),
        (line("sum", price=Decimal(95), every="year"), "£95.00 ÷ 52 weeks = £1.83 a week"),
        (line("core", price=Decimal(186), every="week"), ""),
        (line("hours", price=Decimal(16)), ""),
        (line("family"), ""),
    ],
)
def test_every_weekly_cost_can_be_checked_with_a_calculator(
    shown: Line, told: str, english: Language
) -> None:
    assert tell_sum(shown, Decimal(52), english) == told


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (
            line(quantity=Decimal(7), price=Decimal("16.45"), share=Share(50)),
            "7 hours × £16.45 = £115.15 a week; £115.15 × 50% = £57.58 a week",
        ),
        (
            line(quantity=Decimal(7), price=Decimal("16.45"), share=Share(50, rest=True)),
            "7 hours × £16.45 = £115.15 a week; £115.15 − £57.58 = £57.57 a week",
        ),
        (line("sum", price=Decimal("38.50"), every="week", share=Share(40)), "£38.50 × 40% = £15.40 a week"),
        (line("one_off", price=Decimal(90), share=Share(40)), "£90.00 × 40% = £36.00"),
        (line("one_off", price=Decimal(90), share=Share(40, rest=True)), "£90.00 − £36.00 = £54.00"),
        (line("hours", share=Share(40)), ""),
    ],
)
def test_the_part_of_a_shared_cost_can_be_checked_with_a_calculator(
    shown: Line, told: str, english: Language
) -> None:
    assert tell_sum(shown, Decimal(52), english) == told


def test_an_award_tells_how_long_it_lasts_and_until_when_it_can_be_given_again(english: Language) -> None:
    grant = line("award", award_months=Decimal(12), longest_months=Decimal(60), starts=date(2026, 11, 22))
    assert tell_award(grant, english) == (
        "One award lasts 12 months. It can be given again until 21 November 2031."
    )
    assert tell_dates(grant, english) == "From 22 November 2026 to 21 November 2027"
    unlimited = line("award", award_months=Decimal(24))
    assert tell_award(unlimited, english).endswith("It can be given again as long as you need it.")


def test_what_is_missing_names_what_it_is_about(english: Language) -> None:
    assert tell_left(Left("line_price", line=line()), "", english) == "Help to cook: say what it costs"
