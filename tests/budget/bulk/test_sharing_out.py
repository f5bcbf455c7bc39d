"""Shared hours, rounded quantities and sums taken off come out together as they do one by one."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.budget.bulk.test_same_as_one_by_one import same
from tests.budget.rules.making import numbers, scheme, step, stream

ROWS = 300


def line(quantity: Any, **parts: Any) -> dict[str, Any]:
    return {"id": "it", "label": "It", "quantity": quantity, "rate": "18.60", **parts}


@pytest.mark.parametrize(
    "quantity",
    [
        {"quotient": [{"answer": "hours"}, 3]},
        {"quotient": [{"answer": "hours"}, {"answer": "people"}]},
        {"quotient": [{"answer": "hours"}, {"answer": "people"}], "otherwise": 2},
        {"answer": "hours", "round": {"unit": "0.25", "mode": "up"}},
        {"sum": [{"answer": "hours"}, {"answer": "people"}], "round": {"unit": "0.5", "mode": "down"}},
        {"product": [{"answer": "hours"}, {"quotient": [38, 52]}], "round": {"unit": "0.25"}},
        {"answer": "hours", "bands": [{"from": 0, "to": 7, "value": 3}, {"from": 14, "value": 9}]},
        {"sum": [{"answer": "hours"}, 1], "bands": [{"from": 8, "value": 3}], "otherwise": 1},
        {"quotient": [{"answer": "hours"}, 7], "when": {"question": "people", "at_least": 2}},
    ],
)
@pytest.mark.parametrize("taken", [0, 40, {"answer": "hours"}])
def test_they_come_out_the_same(quantity: Any, taken: Any, tmp_path: Path) -> None:
    made = scheme(
        questions=numbers("hours", "people"),
        streams=stream(lines=[line(quantity)]),
        pipeline=[step("less", "subtract", value=taken), step("year", "subtract", value=104, per="year")],
        contribution={"most": 25},
    )
    draw = random.Random(4)
    cases = tmp_path / "cases.csv"
    rows = [f"{at},{draw.choice(['0', '7.3', '14.25', '30'])},{draw.randrange(4)}" for at in range(ROWS)]
    cases.write_text("id,hours,people\n" + "\n".join(rows) + "\n", encoding="utf-8")
    summary, report = same(made, cases)
    assert summary.people == ROWS
    assert not report.problems
