"""Every figure of a plan is the same wherever it is told: on screen, on paper, and in each export."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pikepdf
import pytest

from portal.document.printing.plan import plan_html
from portal.document.rules.canonical import read_document
from portal.document.rules.exports.fhir import OWN
from tests.document.conftest import ENGLISH
from tests.document.tags import said_by_tags

PEOPLE = ("joe", "ruth", "peter", "grace")
"""Of the demonstration: halfway; two with joined plans and a shared cost; one whose family helps, ready."""
_POUNDS = re.compile(r"£[\d,]+\.\d\d")

Figures = tuple[Decimal, Decimal]


@pytest.mark.parametrize("person", PEOPLE)
def test_each_figure_is_the_same_wherever_it_is_told(client, app, person):
    client.send("/", to=f"/demo/{person}")
    screen = client.page("/document/check")
    client.send("/document/check", to="/document/check")
    plan = read_document(_data(client, "data"))
    bundle = [entry["resource"] for entry in json.loads(_data(client, "fhir"))["entry"]]
    (care_plan,) = [one for one in bundle if one["resourceType"] == "CarePlan"]
    national = json.loads(_data(client, "care-plan"))["@graph"][1]["careComponent"]
    rows = list(csv.DictReader(StringIO(_data(client, "lines"))))

    lines = [(line.weekly, line.one_off) if line.priced else None for line in plan.lines]
    assert len(lines) > 1
    requests = [one for one in bundle if one["resourceType"] == "ServiceRequest"]
    assert [_fhir(one, "weekly-cost", "one-off-cost") for one in requests] == lines
    costs = [one.get("cost") for one in national[: len(lines)]]
    assert [cost and (Decimal(cost["weekly"]), Decimal(cost["once"])) for cost in costs] == lines
    known = [(Decimal(row["pounds_a_week"]), Decimal(row["pounds_once"])) for row in rows]
    assert [
        figures if row["price_known"] == "yes" else None for row, figures in zip(rows, known, strict=True)
    ] == lines

    whole = (plan.weekly, plan.one_off)
    assert _sum(filter(None, lines)) == whole == _sum((one.weekly, one.one_off) for one in plan.routes)
    assert _fhir(care_plan, "weekly-cost", "one-off-cost") == whole
    totals = [one["extension"][1:] for one in care_plan["extension"] if one["url"] == f"{OWN}route-total"]
    assert [tuple(map(_pounds, pair)) for pair in totals] == [
        (one.weekly, one.one_off) for one in plan.routes
    ]
    assert f"£{plan.weekly:,.2f}" in client.page("/plan").words
    if plan.budget.state == "amount":
        assert _fhir(care_plan, "weekly-from-budget", "indicative-budget") == (
            plan.weekly_from_budget,
            plan.budget.weekly,
        )
        assert f"£{plan.budget.weekly:,.2f}" in client.page("/budget").words

    shown = Counter(_POUNDS.findall(screen.soup.select_one(".whole-plan").get_text(" ")))
    assert shown == Counter(_POUNDS.findall(plan_html(plan, ENGLISH)))
    if person == "ruth":
        with pikepdf.open(BytesIO(client.get("/document/plan-1.pdf").data)) as pdf:
            assert shown == Counter(_POUNDS.findall(said_by_tags(pdf)))
    for told in (*(line.weekly for line in plan.lines if line.weekly), *whole, plan.budget.weekly):
        assert not told or f"£{told:,.2f}" in shown


def _data(client: Any, form: str) -> str:
    told: str = client.get(f"/document/plan-1/data/{form}").get_data(as_text=True)
    return told


def _sum(figures: Any) -> Figures:
    weekly, once = zip(*figures, strict=True)
    return sum(weekly, Decimal(0)), sum(once, Decimal(0))


def _fhir(resource: dict[str, Any], *names: str) -> tuple[Decimal, ...] | None:
    found = {one["url"]: one for one in resource.get("extension", ())}
    if OWN + names[0] not in found:
        return None
    return tuple(_pounds(found[OWN + name]) for name in names)


def _pounds(extension: dict[str, Any]) -> Decimal:
    return Decimal(repr(extension["valueMoney"]["value"])).quantize(Decimal("0.01"))
