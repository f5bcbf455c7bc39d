"""What a plan still lacks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from portal.pack.support import PlanPart
from portal.plan.rules.left import PLAN_PARTS, Setback, left
from portal.plan.rules.lines import Line
from portal.plan.rules.needs import Need
from portal.plan.rules.totals import compare, totals

FIFTY_TWO = Decimal(52)
WHOLE = Line(
    id="a",
    kind="hours",
    what="Help to cook",
    who="Anna",
    days=("sunday",),
    needs=("nutrition",),
    quantity=Decimal(2),
    price=Decimal(15),
    route="direct_payment",
)
TEXTS = dict.fromkeys(PLAN_PARTS, "Said.")
BACKUP = Setback(id="b", wrong="Anna is ill.", then="My sister comes.", call="My sister, 01632 960101.")


def lacks(
    needs: list[Need] | None = None,
    lines: list[Line] | None = None,
    texts: dict[PlanPart, str] | None = None,
    setbacks: tuple[Setback, ...] = (BACKUP,),
    budget: str | None = "100",
    planner: bool = True,
    money: bool = True,
) -> list[str]:
    lines = [WHOLE] if lines is None else lines
    if needs is None:
        needs = [Need("nutrition", True, "Cook on Sundays.", None, tuple(lines))]
    sums = totals(lines, FIFTY_TWO)
    beside = compare(sums.weekly_from_budget, None if budget is None else Decimal(budget))
    found = left(
        needs,
        lines,
        sums,
        beside,
        TEXTS if texts is None else texts,
        setbacks,
        planner_chosen=planner,
        money_chosen=money,
    )
    return [one.lack for one in found]


def without(*parts: PlanPart) -> dict[PlanPart, str]:
    return {part: words for part, words in TEXTS.items() if part not in parts}


def test_a_whole_plan_lacks_nothing() -> None:
    assert lacks() == []


def test_an_eligible_need_that_nothing_meets_is_a_gap() -> None:
    assert lacks(needs=[Need("toilet", True, "Alone at night.", None, ())]) == ["need_uncovered"]


def test_a_need_the_person_wants_no_help_with_is_no_gap() -> None:
    assert lacks(needs=[Need("toilet", True, "Alone at night.", "declined", ())]) == []


def test_a_difficulty_that_is_not_eligible_is_never_a_gap() -> None:
    assert lacks(needs=[Need("toilet", False, "", None, ())]) == []


def test_an_eligible_need_lacks_the_persons_words() -> None:
    assert lacks(needs=[Need("nutrition", True, "", None, (WHOLE,))]) == ["need_words"]


def test_a_line_lacks_what_was_not_said_about_it() -> None:
    bare = replace(WHOLE, who="", days=(), needs=(), route=None)
    assert lacks(lines=[bare]) == ["line_need", "line_who", "line_when", "line_route"]


def test_a_line_without_a_price_lacks_the_price_before_the_route() -> None:
    assert lacks(lines=[replace(WHOLE, price=None, route=None)]) == ["line_price"]


def test_free_support_needs_no_route_and_equipment_no_day() -> None:
    free = replace(WHOLE, kind="family", price=None, quantity=None, route=None)
    chair = Line(id="b", kind="one_off", what="Chair", needs=("nutrition",), price=Decimal(9), route="own")
    assert lacks(lines=[free, chair]) == []


def test_a_sum_that_comes_by_itself_needs_no_day() -> None:
    alarm = Line(
        id="b", kind="sum", what="Alarm", who="Safe Call", needs=("nutrition",), price=Decimal(5), route="own"
    )
    assert lacks(lines=[alarm]) == []


def test_a_plan_over_the_budget_lacks_only_its_reason() -> None:
    assert lacks(budget="10", texts=without("over")) == ["over"]
    assert lacks(budget="10") == []


def test_a_plan_within_the_budget_needs_no_reason() -> None:
    assert lacks(texts=without("over")) == []
    assert lacks(budget=None, texts=without("over")) == []


def test_a_backup_is_whole_only_with_what_then_and_who_to_call() -> None:
    assert lacks(setbacks=(BACKUP, replace(BACKUP, call=""))) == ["backup"]
    assert lacks(setbacks=()) == ["backup"]


def test_choices_not_made_are_listed_first() -> None:
    assert lacks(planner=False, money=False, texts=without("review"))[:2] == ["planner", "money"]
