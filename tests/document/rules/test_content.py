"""The plan document adds up, and is written in one way only."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from portal.document import samples
from portal.document.rules.canonical import canonical_json, content_hash, read_document
from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Budget, Line, ReceiptLine, Route, Said, Version


def test_the_costs_by_line_and_by_route_are_the_same():
    with pytest.raises(ValidationError, match="by line and 0 by route"):
        PlanDocument(
            reference="R",
            version=Version(number=1, made_on=date(2026, 1, 1)),
            council=samples.COUNCIL,
            lines=(Line(what="Help", weekly=Decimal("1.00")),),
        )


def test_the_lines_of_the_receipt_come_to_the_budget():
    with pytest.raises(ValidationError, match=r"come to 1\.00, not 2\.00"):
        Budget(
            state="amount",
            weekly=Decimal("2.00"),
            lines=(ReceiptLine(label="A", amount=Decimal("1.00"), running=Decimal("1.00")),),
        )


def test_money_is_never_a_float():
    with pytest.raises(ValidationError):
        Route.model_validate({"route": Said(code="a", words="A"), "weekly": 1.5})


def test_the_plan_is_compared_with_the_budget():
    plan = samples.usual()
    assert plan.weekly == Decimal("101.00")
    assert plan.one_off == Decimal("85.50")
    assert plan.difference == Decimal("4.50")
    assert samples.empty().difference is None


def test_needs_that_nothing_meets_are_found():
    plan = samples.usual()
    assert plan.unmet == ()
    bare = plan.model_copy(update={"lines": plan.lines[:1]})
    assert [need.outcome for need in bare.unmet] == ["hygiene", "community"]
    met = bare.needs[1].model_copy(update={"met_otherwise": "My daughter does this."})
    assert [need.outcome for need in bare.model_copy(update={"needs": (met,)}).unmet] == []


def test_support_for_a_need_that_is_not_there_is_found():
    plan = samples.usual()
    assert plan.without_need == ()
    assert plan.model_copy(update={"needs": ()}).without_need == plan.lines


def test_a_line_for_two_needs_is_told_in_full_under_the_first():
    plan = samples.usual()
    assert [line.what for line in plan.first_lines_for("community")] == []
    assert [line.what for line in plan.lines_for("community")] == ["Cooking together"]
    told = [line for need in plan.needs for line in plan.first_lines_for(need.outcome)]
    assert sorted(line.what for line in told) == sorted(line.what for line in plan.lines)


@pytest.mark.parametrize("name", ["empty", "usual", "full", "urdu"])
def test_a_document_comes_back_from_its_json(name):
    plan = getattr(samples, name)()
    kept = canonical_json(plan)
    assert read_document(kept) == plan
    assert canonical_json(read_document(kept)) == kept


def test_the_json_is_plain_data_in_one_form():
    plan = samples.usual()
    kept = canonical_json(plan)
    data = json.loads(kept)
    assert data["lines"][1]["weekly"] == "29.00"
    assert data["version"]["made_on"] == "2026-11-22"
    assert "Łukasik".encode() in kept
    assert b": " not in kept.replace(b"01632", b"")[:40]
    same = plan.lines[1].model_copy(update={"weekly": Decimal(29)})
    lines = (plan.lines[0], same, *plan.lines[2:])
    assert canonical_json(plan.model_copy(update={"lines": lines})) == kept


def test_the_hash_changes_with_what_is_said_and_not_with_the_version():
    plan = samples.usual()
    later = plan.model_copy(update={"version": Version(number=9, made_on=date(2027, 1, 1))})
    other = plan.model_copy(update={"over_reason": "Another reason"})
    assert content_hash(later) == content_hash(plan)
    assert content_hash(other) != content_hash(plan)
