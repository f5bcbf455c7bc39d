"""Small schemes for tests, written as a file would be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from portal.budget.rules import Allocation, allocate
from portal.pack.conditions import Answers
from portal.pack.scheme import Scheme

ON = date(2026, 11, 22)
POINTS = {"alone": 0, "some": 5, "lot": 12}


def scheme(**parts: Any) -> Scheme:
    """A scheme of two scored questions at 10 pounds a point, with these parts in place of its own."""
    written: dict[str, Any] = {
        "id": "test",
        "version": "1",
        "title": "A scheme for tests",
        "authority": "Nobody",
        "status": "draft",
        "effective": {"from": "2026-04-01"},
        "plain_summary": "Two questions at one price.",
        "questions": [{"id": "eating", "points": POINTS}, {"id": "washing", "points": POINTS}],
        "streams": [{"id": "care", "title": "Support", "price_per_point": {"rate": "10"}}],
    }
    return Scheme.model_validate(written | parts)


def numbers(*ids: str) -> list[dict[str, Any]]:
    """Questions answered with a number that a scheme reads and does not score."""
    return [{"id": name} for name in ids]


def stream(**model: Any) -> list[dict[str, Any]]:
    """One stream with this way to an amount."""
    return [{"id": "care", "title": "Support", **model}]


def step(id: str, op: str, **parts: Any) -> dict[str, Any]:
    """One step of a pipeline."""
    return {"id": id, "op": op, "label": id, "reason": "Because.", **parts}


def figure(scheme: Scheme, answers: Answers) -> Decimal | None:
    """The amount that a scheme gives, its lines having been added up."""
    allocation = allocate(scheme, answers, on=ON)
    assert sum((line.amount for line in allocation.lines), Decimal(0)) == (allocation.amount or 0)
    return allocation.amount


def amounts(allocation: Allocation) -> list[tuple[str, str, Decimal]]:
    """Rule, kind and amount of each line."""
    return [(line.rule, line.kind, line.amount) for line in allocation.lines]
