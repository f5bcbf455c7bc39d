"""Worked examples that councils publish, and the ends of the tariff, come out to the penny."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from portal.charging.rules import tariff_income
from tests.charging.given import CASES, worked_out

READ = json.loads(CASES.read_text(encoding="utf-8"))
LIMITS = (Decimal(14250), Decimal(23250))


def total(steps: Any) -> Decimal:
    return sum((step.amount for step in steps), Decimal(0))


@pytest.mark.parametrize("case", READ["tariff"]["cases"], ids=lambda case: case["capital"])
def test_a_part_of_250_counts_as_a_whole(case: dict[str, str]) -> None:
    assert tariff_income(Decimal(case["capital"]), *LIMITS) == Decimal(case["tariff"])


@pytest.mark.parametrize("case", READ["tariff"]["cases"], ids=lambda case: case["capital"])
def test_the_estimate_has_the_same_tariff(case: dict[str, str]) -> None:
    assert worked_out(capital=[{"amount": case["capital"]}]).tariff == Decimal(case["tariff"])


def test_a_page_that_counts_whole_steps_only_is_not_followed() -> None:
    odd = READ["not_followed"]
    found = tariff_income(Decimal(odd["capital"]), *LIMITS)
    assert found == Decimal(odd["regulation"])
    assert found != Decimal(odd["theirs"])


@pytest.mark.parametrize("case", READ["people"], ids=lambda case: case["id"])
@pytest.mark.parametrize("built", [True, False], ids=["guarantee built of its parts", "guarantee told"])
def test_a_published_example_comes_out_to_the_penny(case: dict[str, Any], built: bool) -> None:
    facts = (
        case["circumstances"] if built else case["circumstances"] | {"minimum_income": case["minimum_income"]}
    )
    found = worked_out(case["year"], **facts)
    assert total(found.of_kind("income")) == Decimal(case["income"])
    assert -total(found.of_kind("not_counted")) == Decimal(case["not_counted"])
    assert -total(found.of_kind("allowance")) == Decimal(case["minimum_income"])
    assert -total(found.of_kind("allowance", "housing", "disability")) == Decimal(case["allowances"])
    before_limits = total(found.of_kind("income", "not_counted", "allowance", "housing", "disability"))
    assert before_limits == Decimal(case["left"])
    assert found.contribution == Decimal(case["pays"])
