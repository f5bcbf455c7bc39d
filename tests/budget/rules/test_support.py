"""Lines of support at a price, matrices, fitted lines, tiers, and several streams of money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portal.budget.rules import allocate, to_json
from portal.pack.conditions import Answers
from tests.budget.rules.making import ON, amounts, figure, numbers, scheme, stream

FROM_APRIL = {"from": "2026-04-01"}


def line(**parts: Any) -> dict[str, Any]:
    return {"id": "line", "label": "Support", **parts}


def lines(*rules: dict[str, Any]) -> list[dict[str, Any]]:
    return stream(lines=list(rules))


def test_hours_a_day_become_hours_a_week_at_a_price() -> None:
    made = scheme(
        questions=numbers("hours"), streams=lines(line(quantity={"answer": "hours"}, per="day", rate=20))
    )
    assert figure(made, {"hours": "1.5"}) == Decimal("210.00")


def test_two_workers_cost_twice() -> None:
    rule = line(quantity={"answer": "hours"}, rate=20, workers=2)
    assert figure(scheme(questions=numbers("hours"), streams=lines(rule)), {"hours": "3"}) == Decimal(
        "120.00"
    )


def test_an_on_cost_is_a_line_of_its_own_or_part_of_the_price() -> None:
    questions = numbers("hours")
    apart = scheme(
        questions=questions, streams=lines(line(quantity=3, rate=11, on_cost={"percent": "26.08"}))
    )
    within = {"percent": "26.08", "on": "rate", "round": {"unit": "0.01"}}
    inside = scheme(questions=questions, streams=lines(line(quantity=3, rate=11, on_cost=within)))
    assert amounts(allocate(apart, {"hours": "1"}, on=ON)) == [
        ("line", "support", Decimal("33.00")),
        ("line", "on_cost", Decimal("8.61")),
    ]
    assert amounts(allocate(inside, {"hours": "1"}, on=ON)) == [("line", "support", Decimal("41.61"))]


@pytest.mark.parametrize(("way", "rate"), [("direct", "15.00"), ("council", "24.00"), ("else", "24.00")])
def test_the_price_depends_on_how_the_money_is_managed(way: str, rate: str) -> None:
    book = [
        {
            "id": "hour",
            "label": "One hour",
            "amount": 15,
            "route": "personal_assistant",
            "effective": FROM_APRIL,
        },
        {"id": "hour", "label": "One hour", "amount": 24, "route": "council", "effective": FROM_APRIL},
    ]
    made = scheme(
        questions=numbers("way"),
        route={"question": "way", "values": {"direct": "personal_assistant"}, "otherwise": "council"},
        price_book=book,
        streams=lines(line(quantity=1, price="hour")),
    )
    assert figure(made, {"way": way}) == Decimal(rate)


def test_a_price_that_does_not_hold_on_the_day_gives_no_figure() -> None:
    book = [{"id": "hour", "label": "One hour", "amount": 15, "effective": {"from": "2027-01-01"}}]
    made = scheme(price_book=book, streams=lines(line(quantity=1, price="hour")))
    allocation = allocate(made, {"eating": "some", "washing": "lot"}, on=ON)
    assert (allocation.status, allocation.caveats[-1].kind) == ("refer", "price")


@pytest.mark.parametrize(
    ("quantity", "number"),
    [
        ({"answer": "hours"}, "4"),
        ({"answer": "none_given", "otherwise": 2}, "2"),
        ({"by": "kind", "values": {"a": 3, "b": 5}}, "8"),
        ({"total_of": "helpers.hours"}, "9.5"),
        ({"count_of": "helpers"}, "2"),
        ({"sum": [{"answer": "hours"}, 1]}, "5"),
        ({"product": [{"answer": "hours"}, 3]}, "12"),
        ({"least": [{"answer": "hours"}, 3]}, "3"),
        ({"most": [{"answer": "hours"}, 3]}, "4"),
        ({"less": [{"answer": "hours"}, 3]}, "1"),
        ({"less": [{"answer": "hours"}, 5]}, "0"),
        ({"value": 7, "when": {"question": "hours", "at_least": 5}}, "0"),
        ({"answer": "money"}, "13"),
    ],
)
def test_a_quantity_is_worked_out_from_answers(quantity: dict[str, Any], number: str) -> None:
    questions = [
        {"id": name, "required": False} for name in ("hours", "none_given", "kind", "helpers", "money")
    ]
    made = scheme(questions=questions, streams=lines(line(quantity=quantity, rate=1)))
    answers: Answers = {
        "hours": "4",
        "kind": ["a", "b"],
        "helpers": [{"hours": "7"}, {"hours": "2.5"}],
        "money": {"pounds": "52.00", "every": "four_weeks"},
    }
    assert figure(made, answers) == Decimal(number)


BLOCK = [
    line(id="morning", quantity={"answer": "hours"}, rate=20, block="care"),
    line(id="night", label="Night", amount=50),
]


def test_hours_of_help_come_off_their_block_and_nothing_else() -> None:
    off = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "help_hours",
        "scope": "block",
        "of": ["care"],
        "method": "subtract_hours",
    }
    made = scheme(questions=numbers("hours", "help_hours"), streams=lines(*BLOCK), reducers=[off])
    assert figure(made, {"hours": "10", "help_hours": "4"}) == Decimal("170.00")
    assert figure(made, {"hours": "10", "help_hours": "40"}) == Decimal("50.00")
    assert figure(made, {"hours": "10", "help_hours": "0"}) == Decimal("250.00")


def test_two_kinds_of_help_take_hours_off_one_after_the_other() -> None:
    off = [
        {
            "id": f"off_{driver}",
            "label": "Help",
            "reason": "You have help.",
            "driver": driver,
            "scope": "block",
            "of": ["care"],
            "method": "subtract_hours",
        }
        for driver in ("family", "friends")
    ]
    made = scheme(questions=numbers("hours", "family", "friends"), streams=lines(*BLOCK), reducers=off)
    assert figure(made, {"hours": "10", "family": "4", "friends": "3"}) == Decimal(110)


MATRIX: dict[str, Any] = {
    "rows": [
        {
            "id": "food",
            "axes": ["eating", "home"],
            "cells": [
                {"at": ["some", "alone"], "amount": 30},
                {"at": ["some", "shared"], "quantity": 2, "price": "hour"},
                {"at": ["lot", "alone"], "amount": 70},
                {"at": ["lot", "shared"], "amount": 60},
            ],
        },
        {
            "id": "wash",
            "axes": ["washing"],
            "amounts": {"some": 20, "lot": 45},
            "weight": "0.9",
            "weight_reason": "Equipment helps with this.",
        },
    ]
}
AXES = [
    {"id": "eating", "options": ["some", "lot"]},
    {"id": "washing", "options": ["some", "lot"]},
    {"id": "home", "options": ["alone", "shared"]},
]
BOOK = [{"id": "hour", "label": "One hour", "amount": "12.50", "effective": FROM_APRIL}]


def test_a_matrix_picks_a_cell_for_each_row_and_shows_its_weight() -> None:
    made = scheme(questions=AXES, price_book=BOOK, streams=stream(matrix=MATRIX))
    allocation = allocate(made, {"eating": "some", "home": "shared", "washing": "lot"}, on=ON)
    assert amounts(allocation) == [
        ("food", "answer", Decimal("25.00")),
        ("wash", "answer", Decimal("45.00")),
        ("wash", "weight", Decimal("-4.50")),
    ]


def test_help_takes_off_the_row_of_its_question() -> None:
    off = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "share",
        "named_in": "help_with",
        "of": ["eating", "washing"],
        "method": "multiply_remaining",
        "table": {"half": "0.5"},
    }
    made = scheme(
        questions=[*AXES, *numbers("share", "help_with")],
        price_book=BOOK,
        streams=stream(matrix=MATRIX),
        reducers=[off],
    )
    answers: Answers = {
        "eating": "lot",
        "home": "alone",
        "washing": "lot",
        "share": "half",
        "help_with": ["washing"],
    }
    (cut,) = allocate(made, answers, on=ON).of_kind("reduction")
    assert (cut.question, cut.before, cut.amount) == ("washing", Decimal("40.50"), Decimal("-20.25"))


def test_a_fitted_line_adds_its_terms_and_stays_in_its_limits() -> None:
    term = {"id": "hours", "label": "Hours", "quantity": {"answer": "hours"}, "coefficient": "12.5"}
    linear = {"intercept": -100, "terms": [term], "clip": [0, 300]}
    made = scheme(questions=numbers("hours"), streams=stream(linear=linear))
    assert [figure(made, {"hours": hours}) for hours in ("4", "20", "40")] == [
        Decimal("0.00"),
        Decimal("150.00"),
        Decimal("300.00"),
    ]


def test_a_fitted_line_may_be_on_the_logarithm_of_pounds() -> None:
    term = {"id": "hours", "label": "Hours", "quantity": {"answer": "hours"}, "coefficient": "0.1"}
    made = scheme(questions=numbers("hours"), streams=stream(linear={"terms": [term], "link": "log"}))
    assert figure(made, {"hours": "50"}) == Decimal("148.41")


TIERS = [
    {"id": "one", "label": "1 star", "amount": 5, "award_months": 12, "renewals": 2},
    {"id": "two", "label": "2 stars", "amount": 12, "meaning": "up_to"},
    {"id": "three", "label": "3 stars", "amount": 20, "meaning": "from"},
]


def test_a_tier_tells_what_its_amount_means_and_how_often_it_is_awarded() -> None:
    made = scheme(
        questions=[{"id": "star", "options": ["one", "two", "three"]}],
        streams=stream(tier={"question": "star", "levels": TIERS}),
    )
    award = allocate(made, {"star": "one"}, on=ON).streams[0].tier
    assert award is not None
    assert (award.meaning, award.award_months, award.most_awards) == ("fixed", Decimal(12), 3)
    told = {tier: to_json(allocate(made, {"star": tier}, on=ON)) for tier in ("two", "three")}
    assert "up to" in told["two"]
    assert "starts at" in told["three"]


def test_a_dearer_tier_is_paid_for_by_the_difference_and_not_by_the_budget() -> None:
    tier = {"question": "star", "levels": TIERS, "top_up": "wanted"}
    made = scheme(
        questions=[{"id": "star", "options": ["one", "two"]}, *numbers("wanted")], streams=stream(tier=tier)
    )
    allocation = allocate(made, {"star": "one", "wanted": "three"}, on=ON)
    award = allocation.streams[0].tier
    assert award is not None
    assert (allocation.amount, award.top_up_to, award.top_up) == (Decimal("5.00"), "three", Decimal(15))


def test_a_tier_can_be_picked_by_points_or_be_none_at_all() -> None:
    levels = [
        {"id": "low", "label": "Low", "amount": 100, "points_from": 5, "points_to": 10},
        {"id": "high", "label": "High", "amount": 250, "points_from": 11},
    ]
    made = scheme(streams=stream(tier={"score": "points", "levels": levels}))
    assert figure(made, {"eating": "some", "washing": "lot"}) == Decimal("250.00")
    assert allocate(made, {"eating": "alone", "washing": "alone"}, on=ON).status == "no_amount"


def test_a_grant_stops_at_the_most_for_one_financial_year() -> None:
    tier = {
        "levels": [{"id": "grant", "label": "Carer’s grant", "amount": 300, "meaning": "up_to"}],
        "most_in_year": 500,
        "given_this_year": {"answer": "given"},
    }
    made = scheme(base_period="one_off", questions=numbers("given"), streams=stream(tier=tier))
    assert figure(made, {"given": "400"}) == Decimal("100.00")


STREAMS = [
    {"id": "council", "title": "Council", "lines": [line(id="paid", amount={"answer": "council"})]},
    {
        "id": "health",
        "title": "Health",
        "funder": "health",
        "period": "year",
        "eligible_when": {"question": "nurse", "is": ["yes"]},
        "lines": [line(id="nursing", label="Nursing", amount=2600)],
    },
    {
        "id": "fund",
        "title": "Fund",
        "funder": "independent_living",
        "residual": {
            "target": [line(id="hours", quantity={"answer": "hours"}, rate=15)],
            "less": ["council", "health"],
            "less_also": [{"id": "own", "label": "Your own money", "amount": {"answer": "own"}}],
            "threshold_stream": "council",
            "threshold": 320,
            "most": 475,
        },
    },
    {
        "id": "setting_up",
        "title": "Setting up",
        "period": "one_off",
        "lines": [line(id="start", label="Start", amount=150)],
    },
]
FUNDED = {"council": "320", "nurse": "no", "hours": "40", "own": "60"}


def funded(**answers: str) -> Any:
    made = scheme(questions=numbers("council", "nurse", "hours", "own"), streams=STREAMS)
    return allocate(made, {**FUNDED, **answers}, on=ON)


def test_each_stream_keeps_its_own_account_and_they_add_up() -> None:
    allocation = funded(nurse="yes")
    assert [(one.id, one.funder, one.amount, one.in_base) for one in allocation.streams] == [
        ("council", "social_care", Decimal("320.00"), Decimal("320.00")),
        ("health", "health", Decimal("2600.00"), Decimal("50.00")),
        ("fund", "independent_living", Decimal("170.00"), Decimal("170.00")),
        ("setting_up", "social_care", Decimal("150.00"), None),
    ]
    assert allocation.weekly == Decimal("540.00")
    assert allocation.one_off == Decimal("150.00")


def test_a_yearly_stream_shows_each_line_by_the_week_and_by_the_year() -> None:
    nursing = next(line for line in funded(nurse="yes").lines if line.rule == "nursing")
    assert (nursing.amount, nursing.own_amount, nursing.own_period) == (
        Decimal("50.00"),
        Decimal("2600.00"),
        "year",
    )


def test_a_stream_that_is_not_for_the_person_is_told_as_such() -> None:
    health = funded().stream("health")
    assert (health.status, health.amount) == ("not_eligible", None)


def test_what_is_left_is_never_below_nought() -> None:
    assert funded(hours="10").stream("fund").amount == Decimal("0.00")


def test_the_residual_starts_at_its_threshold_only() -> None:
    assert funded(council="319.99").stream("fund").status == "no_amount"
    assert funded(council="320.00").stream("fund").status == "figure"


def test_a_limit_on_the_residual_raises_a_flag_with_the_amount_before() -> None:
    allocation = funded(hours="100")
    (flag,) = allocation.review_flags
    assert (allocation.stream("fund").amount, flag.uncapped) == (Decimal("475.00"), Decimal(1120))


def test_weeks_away_are_not_paid_for() -> None:
    made = scheme(
        base_period="year",
        questions=numbers("hours"),
        streams=[
            {
                "id": "weekly",
                "title": "Every week",
                "period": "week",
                "paid_weeks": 50,
                "lines": [line(quantity={"answer": "hours"}, rate=10)],
            },
            {"id": "respite", "title": "Away", "lines": [line(id="away", label="Away", amount=1000)]},
        ],
    )
    allocation = allocate(made, {"hours": "10"}, on=ON)
    assert allocation.annual == Decimal("6000.00")
    assert sum(one.amount for one in allocation.lines) == Decimal("6000.00")


def test_complex_needs_can_add_lines_to_a_table() -> None:
    flag = {
        "id": "extra",
        "when": {"question": "hours", "at_least": 1},
        "action": "add_lines",
        "message": "More for complex needs.",
        "stream": "care",
        "lines": [line(quantity={"answer": "hours"}, per="day", rate=10)],
    }
    questions = [{"id": "points", "each": 1}, *numbers("hours")]
    model = {"match": "exact", "rows": [{"at": 9, "amount": 90}]}
    made = scheme(questions=questions, streams=stream(table=model), complexity=[flag])
    assert amounts(allocate(made, {"points": "9", "hours": "2"}, on=ON))[-1] == (
        "line",
        "addition",
        Decimal("140.00"),
    )


def test_complex_needs_can_be_left_to_a_person() -> None:
    flag = {
        "id": "person",
        "when": {"question": "eating", "is": ["lot"]},
        "action": "refer",
        "message": "A person works it out.",
    }
    allocation = allocate(scheme(complexity=[flag]), {"eating": "lot", "washing": "lot"}, on=ON)
    assert (allocation.status, allocation.weekly, allocation.caveats[0].rule) == ("refer", None, "person")


def test_a_pool_can_be_studied_and_says_that_it_rations() -> None:
    made = scheme(streams=stream(pool_ratio={"supply": 68, "demand": 104}))
    allocation = allocate(made, {"eating": "lot", "washing": "lot"}, on=ON)
    assert allocation.caveats[0].kind == "rationing"
    assert allocation.amount == Decimal("15.69")
