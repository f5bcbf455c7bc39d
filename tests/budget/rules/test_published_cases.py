"""Published examples of real schemes, each written as a scheme file, to the penny."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portal.budget.rules import Allocation, allocate
from portal.budget.rules.paying import split
from portal.pack.loading import load_model
from portal.pack.reading import read_yaml
from portal.pack.scheme import Scheme

FOLDER = Path(__file__).parents[2] / "cases" / "allocation"
CASES: list[dict[str, Any]] = read_yaml(FOLDER / "cases.yaml", "cases.yaml").content


def given(case: dict[str, Any]) -> Allocation:
    scheme = load_model(FOLDER / case["scheme"], Scheme)
    return allocate(scheme, case["answers"], on=date.fromisoformat(case.get("on", "2026-11-22")))


def told(allocation: Allocation, expect: dict[str, Any]) -> dict[str, Any]:
    """The parts of an allocation that an expectation names, in the expectation's own form."""
    lines = allocation.lines
    stream = allocation.streams[0]
    parts: dict[str, Any] = {
        "status": allocation.status,
        "amount": str(allocation.amount),
        "weekly": str(allocation.weekly),
        "annual": str(allocation.annual),
        "payments": str(stream.payments),
        "most_awards": str(stream.tier.most_awards) if stream.tier else None,
        "lines": {
            rule: str(sum((line.amount for line in lines if line.rule == rule and line.amount), Decimal(0)))
            for rule in expect.get("lines", {})
        },
        "kinds": {
            kind: str(sum((line.amount for line in lines if line.kind == kind), Decimal(0)))
            for kind in expect.get("kinds", {})
        },
    }
    return {name: parts[name] for name in expect}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_published_example_comes_out_as_published(case: dict[str, Any]) -> None:
    allocation = given(case)
    if case.get("matches", True):
        assert told(allocation, case["expect"]) == case["expect"]
    else:
        assert told(allocation, case["expect"]) != case["expect"]
        assert told(allocation, case["gives"]) == case["gives"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_its_lines_add_up_to_its_figure(case: dict[str, Any]) -> None:
    allocation = given(case)
    total = sum((line.amount for line in allocation.lines), Decimal(0))
    assert total == (allocation.amount or 0)


def test_hampshire_shows_the_two_parts_of_a_personal_budget() -> None:
    # Hampshire County Council, Making a contribution to your personal budget, example 1.
    assert split(Decimal(300), Decimal(0)) == (Decimal(0), Decimal(300))
