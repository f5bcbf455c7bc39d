"""Shared support, and who pays what of the figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from portal.budget.rules import allocate
from tests.budget.rules.making import ON, figure, numbers, scheme, stream

BOTH = {"eating": "some", "washing": "lot"}  # 170 pounds a week


def of(quantity: Any) -> Any:
    line = {"id": "it", "label": "It", "amount": quantity}
    return scheme(questions=numbers("hours", "people"), streams=stream(lines=[line]))


def test_hours_may_be_shared_by_so_many_people() -> None:
    shared = of({"quotient": [{"answer": "hours"}, {"answer": "people"}]})
    assert figure(shared, {"hours": "30", "people": "4"}) == Decimal("7.50")


def test_a_quotient_by_nought_is_otherwise_or_nought() -> None:
    parts = [{"answer": "hours"}, {"answer": "people"}]
    assert figure(of({"quotient": parts}), {"hours": "30", "people": "0"}) == 0
    assert figure(of({"quotient": parts, "otherwise": 2}), {"hours": "30", "people": "0"}) == 2


@pytest.mark.parametrize(("mode", "hours"), [("up", "7.5"), ("down", "7.25"), ("half_up", "7.25")])
def test_a_quantity_may_be_rounded(mode: str, hours: str) -> None:
    made = of({"answer": "hours", "round": {"unit": "0.25", "mode": mode}})
    assert figure(made, {"hours": "7.3", "people": "1"}) == Decimal(hours)


BANDS = [{"from": 0, "to": 9, "value": 0}, {"from": 10, "to": 19, "value": 7}, {"from": 25, "value": 14}]


@pytest.mark.parametrize(("number", "hours"), [(0, 0), (9, 0), (10, 7), (19, 7), (22, 2), (25, 14), (90, 14)])
def test_a_number_may_count_by_its_band(number: int, hours: int) -> None:
    made = of({"answer": "hours", "bands": BANDS, "otherwise": 2})
    assert figure(made, {"hours": str(number), "people": "1"}) == hours


def test_points_may_become_hours_by_band_and_hours_money() -> None:
    line = {"id": "it", "label": "It", "quantity": {"score": "points", "bands": BANDS}, "rate": "15"}
    assert figure(scheme(streams=stream(lines=[line])), BOTH) == 105


def test_two_bands_that_overlap_are_refused() -> None:
    with pytest.raises(ValidationError, match="two bands cover 10"):
        of({"answer": "hours", "bands": [{"from": 0, "to": 10, "value": 1}, {"from": 10, "value": 2}]})


@pytest.mark.parametrize(
    ("contribution", "person", "council"),
    [
        ({"most": 0}, "0.00", "170.00"),
        ({"most": "40.55"}, "40.55", "129.45"),
        ({"most": 500}, "170.00", "0.00"),
        ({"most": 500, "percent": 80}, "136.00", "34.00"),
        ({"most": 500, "chargeable": 100}, "100.00", "70.00"),
        ({"most": 500, "chargeable": {"stream": "care"}}, "170.00", "0.00"),
        ({"most": 5200, "per": "year"}, "100.00", "70.00"),
        ({"most": -3}, "0.00", "170.00"),
    ],
)
def test_who_pays_what_adds_up_to_the_figure(contribution: Any, person: str, council: str) -> None:
    allocation = allocate(scheme(contribution=contribution), BOTH, on=ON)
    assert allocation.contribution == (Decimal(person), Decimal(council))
    assert allocation.amount == 170


def test_without_a_contribution_nothing_is_said_of_who_pays() -> None:
    assert allocate(scheme(), BOTH, on=ON).contribution is None


def test_a_stream_that_is_not_there_is_refused_wherever_it_is_read() -> None:
    with pytest.raises(ValidationError, match="there is no stream cares"):
        scheme(contribution={"most": {"stream": "cares"}})


def test_the_answers_behind_a_score_are_shown_once_whatever_reads_it() -> None:
    line = {"label": "It", "quantity": {"score": "points"}, "rate": "1"}
    levels = [{"id": "low", "label": "Low", "amount": 5, "points_from": 0}]
    streams = [
        {"id": "care", "title": "Care", "lines": [{**line, "id": "one"}, {**line, "id": "two"}]},
        {"id": "level", "title": "Level", "tier": {"score": "points", "levels": levels}},
    ]
    told = allocate(scheme(streams=streams), BOTH, on=ON)
    shown = [(line.rule, line.points, line.amount) for line in told.of_kind("answer")]
    nothing = Decimal(0)
    assert shown == [("eating", Decimal(5), nothing), ("washing", Decimal(12), nothing)]
    assert told.amount == 39
