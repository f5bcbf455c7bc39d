"""The pipeline: every step that changes money is a line, in the order of the file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.budget.rules import allocate
from tests.budget.rules.making import ON, amounts, figure, numbers, scheme, step, stream

BOTH = {"eating": "some", "washing": "lot"}  # 170 pounds a week


@pytest.mark.parametrize(
    ("op", "value", "pounds"),
    [
        ("add", 15, "185"),
        ("subtract", 15, "155"),
        ("subtract", 200, "0"),
        ("multiply", "1.1", "187"),
        ("weight", "0.5", "85"),
        ("percent", -10, "153"),
        ("uprate", "1.57", "172.67"),
        ("contingency", 10, "153"),
        ("cap", 100, "100"),
        ("cap", 200, "170"),
        ("floor", 200, "200"),
        ("floor", 100, "170"),
    ],
)
def test_a_step_changes_the_whole(op: str, value: object, pounds: str) -> None:
    assert figure(scheme(pipeline=[step("it", op, value=value)]), BOTH) == Decimal(pounds)


def test_the_order_is_the_order_of_the_file() -> None:
    add, double = step("more", "add", value=10), step("double", "multiply", value=2)
    assert figure(scheme(pipeline=[add, double]), BOTH) == Decimal(360)
    assert figure(scheme(pipeline=[double, add]), BOTH) == Decimal(350)


def test_a_cap_that_binds_asks_for_a_person_and_shows_the_amount_before() -> None:
    allocation = allocate(scheme(pipeline=[step("top", "cap", value=100)]), BOTH, on=ON)
    (line,), (flag,) = allocation.of_kind("cap"), allocation.review_flags
    assert (line.before, line.amount) == (Decimal("170.00"), Decimal("-70.00"))
    assert (flag.rule, flag.uncapped, flag.limit) == ("top", Decimal(170), Decimal(100))


def test_a_cap_that_does_not_bind_is_no_line_and_no_flag() -> None:
    allocation = allocate(scheme(pipeline=[step("top", "cap", value=170)]), BOTH, on=ON)
    assert (allocation.of_kind("cap"), allocation.review_flags) == ((), ())


def test_a_cap_may_be_for_another_period() -> None:
    assert figure(scheme(pipeline=[step("top", "cap", value=5200, per="year")]), BOTH) == Decimal("100.00")


def test_contingency_in_the_rate_is_seen_though_it_takes_nothing_off_here() -> None:
    made = scheme(pipeline=[step("kept", "contingency", value=10, form="in_rate")])
    assert ("kept", "contingency", Decimal("0.00")) in amounts(allocate(made, BOTH, on=ON))


def test_a_step_may_act_on_one_stream_or_on_some_lines() -> None:
    lines = [
        {"id": "a", "label": "A", "amount": 40},
        {"id": "b", "label": "B", "amount": 60},
    ]
    streams = [*stream(price_per_point={"rate": 10}), {"id": "more", "title": "More", "lines": lines}]
    on_stream = step("double", "multiply", value=2, scope="stream", of=["more"])
    on_lines = step("half", "weight", value="0.5", scope="lines", of=["a"])
    assert figure(scheme(streams=streams, pipeline=[on_stream]), BOTH) == Decimal(370)
    assert figure(scheme(streams=streams, pipeline=[on_lines]), BOTH) == Decimal(250)


def test_a_step_holds_back_while_its_condition_does_not_hold() -> None:
    made = scheme(pipeline=[step("it", "add", value=10, when={"question": "eating", "is": ["lot"]})])
    assert figure(made, BOTH) == Decimal(170)


def test_a_budget_falls_by_no_more_than_the_transition_allows() -> None:
    questions = [*({"id": name, "points": {"some": 5, "lot": 12}} for name in BOTH), *numbers("before")]
    protect = step("slow", "transition", value=20, baseline={"answer": "before"})
    made = scheme(questions=questions, pipeline=[protect])
    assert figure(made, {**BOTH, "before": "300"}) == Decimal(240)
    assert figure(made, {**BOTH, "before": "200"}) == Decimal(170)


def test_help_on_the_whole_is_taken_off_where_the_pipeline_places_it() -> None:
    questions = [*({"id": name, "points": {"some": 5, "lot": 12}} for name in BOTH), *numbers("hours_off")]
    off = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "hours_off",
        "scope": "total",
        "method": "subtract_amount",
    }
    add, place = step("more", "multiply", value=2), step("here", "reduce", reducer="off")
    first = scheme(questions=questions, reducers=[off], pipeline=[place, add])
    last = scheme(questions=questions, reducers=[off], pipeline=[add, place])
    assert figure(first, {**BOTH, "hours_off": "20"}) == Decimal(300)
    assert figure(last, {**BOTH, "hours_off": "20"}) == Decimal(320)


def test_a_step_may_leave_it_to_a_person() -> None:
    allocation = allocate(scheme(pipeline=[step("ask", "refer")]), BOTH, on=ON)
    assert (allocation.status, allocation.amount, allocation.lines) == ("refer", None, ())


@pytest.mark.parametrize(
    ("mode", "unit", "pounds"),
    [("half_up", "10", "50"), ("half_even", "10", "40"), ("down", "10", "40"), ("up", "100", "100")],
)
def test_rounding_is_a_line_in_the_mode_declared(mode: str, unit: str, pounds: str) -> None:
    less, round_it = step("less", "add", value=-5), step("round", "round", unit=unit, mode=mode)
    allocation = allocate(scheme(pipeline=[less, round_it]), {"eating": "some", "washing": "alone"}, on=ON)
    assert allocation.amount == Decimal(pounds)
    assert amounts(allocation)[-1] == ("round", "rounding", Decimal(pounds) - 45)


def test_rounding_each_line_is_done_before_they_are_added() -> None:
    rules = [{"id": name, "label": name, "amount": "10.40"} for name in ("a", "b", "c")]
    each = scheme(streams=stream(lines=rules), rounding=[{"scope": "line", "unit": 1}])
    once = scheme(streams=stream(lines=rules), rounding=[{"scope": "total", "unit": 1}])
    assert figure(each, BOTH) == Decimal(30)
    assert figure(once, BOTH) == Decimal(31)


def test_pennies_lost_by_showing_lines_are_made_up_by_a_line_of_their_own() -> None:
    made = scheme(streams=stream(price_per_point={"rate": "0.333"}))
    allocation = allocate(made, BOTH, on=ON)  # 1.665 and 3.996 make 5.661
    assert [line.amount for line in allocation.lines] == [Decimal("1.67"), Decimal("4.00"), Decimal("-0.01")]
    assert allocation.lines[-1].kind == "rounding"
    assert allocation.amount == Decimal("5.66")


@pytest.mark.parametrize(
    ("base", "weeks", "weekly", "annual"),
    [
        ("week", "52", "170.00", "8840.00"),
        ("year", "52", "3.27", "170.00"),
        ("week", "50", "170.00", "8500.00"),
    ],
)
def test_week_and_year_come_from_one_amount_by_the_declared_year(
    base: str, weeks: str, weekly: str, annual: str
) -> None:
    allocation = allocate(scheme(base_period=base, year={"weeks": weeks}), BOTH, on=ON)
    assert (allocation.weekly, allocation.annual) == (Decimal(weekly), Decimal(annual))


def test_somebody_the_scheme_is_not_for_is_told_so() -> None:
    made = scheme(eligible_when={"question": "eating", "is": ["lot"]})
    assert allocate(made, BOTH, on=ON).status == "not_eligible"


def test_a_day_outside_the_scheme_is_told() -> None:
    made = scheme(effective={"from": "2020-04-01", "to": "2021-03-31"})
    assert [caveat.kind for caveat in allocate(made, BOTH, on=ON).caveats] == ["not_in_force"]
