"""Tiers and their awards, several streams of money, and needs that a table does not fit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portal.budget.rules import allocate, to_json
from tests.budget.rules.making import ON, amounts, figure, numbers, scheme, stream

FROM_APRIL = {"from": "2026-04-01"}


def line(**parts: Any) -> dict[str, Any]:
    return {"id": "line", "label": "Support", **parts}


def lines(*rules: dict[str, Any]) -> list[dict[str, Any]]:
    return stream(lines=list(rules))


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
