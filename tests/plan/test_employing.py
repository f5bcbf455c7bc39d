"""The honest cost of employing somebody."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.commands import main
from portal.pack.employing import Employing
from portal.pack.extending import SHIPPED
from portal.pack.loading import load_model
from portal.plan.rules.employing import CostKind, Job, cost_of, hours_for
from tests.browsing import Visitor
from tests.plan.conftest import Kept

RATES = load_model(SHIPPED / "demo" / "employing.yaml", Employing)
WEEKS = Decimal(52)
PART_TIME = Job(wage=Decimal("13.50"), hours=Decimal(12))


def weekly(job: Job) -> dict[CostKind, Decimal]:
    return {line.kind: line.weekly for line in cost_of(job, RATES, WEEKS).lines}


def test_each_cost_of_twelve_hours_is_as_a_calculator_says() -> None:
    assert weekly(PART_TIME) == {
        "wage": Decimal("162.00"),
        "holiday": Decimal("19.55"),
        "sickness": Decimal("3.12"),
        "training": Decimal("3.12"),
        "pension": Decimal("0.00"),
        "insurance": Decimal("13.28"),
        "allowance": Decimal("-13.28"),
        "liability": Decimal("1.83"),
        "payroll": Decimal("4.15"),
    }
    whole = cost_of(PART_TIME, RATES, WEEKS)
    assert (whole.weekly, whole.an_hour, whole.once) == tuple(map(Decimal, ("193.77", "16.15", "49.50")))


def test_who_earns_more_than_the_trigger_has_a_pension() -> None:
    full = replace(PART_TIME, hours=Decimal(30))
    earned = cost_of(full, RATES, WEEKS).earnings
    assert weekly(full)["pension"] == round((earned - 6240) * 3 / 100 / 52, 2)


def test_two_who_share_the_hours_cost_two_payrolls_and_checks_and_may_need_no_pension() -> None:
    shared = cost_of(replace(PART_TIME, hours=Decimal(20), helpers=2), RATES, WEEKS)
    alone = cost_of(replace(PART_TIME, hours=Decimal(20)), RATES, WEEKS)
    costs = {line.kind: line.weekly for line in shared.lines}
    assert shared.once == 2 * alone.once
    assert costs["pension"] == 0 < {line.kind: line.weekly for line in alone.lines}["pension"]
    assert costs["payroll"] == Decimal("8.31")


def test_without_the_allowance_the_insurance_is_paid() -> None:
    costs = weekly(replace(PART_TIME, allowance=False))
    assert (costs["insurance"], costs["allowance"]) == (Decimal("13.28"), Decimal(0))


jobs = st.builds(
    Job,
    wage=st.integers(1271, 4000).map(lambda pence: Decimal(pence) / 100),
    hours=st.integers(1, 672).map(lambda quarters: Decimal(quarters) / 4),
    helpers=st.integers(1, 5),
    allowance=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(jobs)
def test_the_lines_add_up_and_an_hour_is_never_less_than_its_wage(job: Job) -> None:
    cost = cost_of(job, RATES, WEEKS)
    assert cost.weekly == sum(line.weekly for line in cost.lines)
    assert cost.an_hour > job.wage
    kept = {line.kind: line.weekly for line in cost.lines}
    assert kept["insurance"] + kept["allowance"] >= 0


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(jobs, st.integers(0, 3000))
def test_a_budget_buys_as_many_hours_as_fit_and_no_quarter_more(job: Job, budget: int) -> None:
    hours = hours_for(Decimal(budget), job, RATES, WEEKS)
    if hours:
        assert cost_of(replace(job, hours=hours), RATES, WEEKS).weekly <= budget
    if hours < 168:
        more = replace(job, hours=hours + Decimal("0.25"))
        assert cost_of(more, RATES, WEEKS).weekly > budget


def test_a_job_without_hours_is_none() -> None:
    with pytest.raises(ValueError, match="a job has hours"):
        cost_of(replace(PART_TIME, hours=Decimal(0)), RATES, WEEKS)


def test_the_command_prints_the_same_lines() -> None:
    said = ["plan", "employing", "--wage", "13.50", "--hours", "12", "--budget", "300"]
    told = CliRunner().invoke(main, said).output
    assert "Holiday pay" in told
    assert "One hour of support really costs                16.15" in told
    data = json.loads(CliRunner().invoke(main, [*said, "--json"]).output)
    assert data["lines"] == {kind: str(amount) for kind, amount in weekly(PART_TIME).items()}
    assert (data["weekly"], data["an_hour"], data["hours_in_budget"]) == ("193.77", "16.15", "18.50")
    refused = CliRunner().invoke(main, ["plan", "employing", "--wage", "13", "--hours", "0"])
    assert refused.exit_code == 2


def test_the_page_says_what_an_hour_really_costs_and_each_cost_becomes_a_line(
    planner: Visitor, kept: Kept
) -> None:
    page = planner.page("/plan/employing?wage=13.50&hours=12&helpers=1&allowance=y&need=nutrition")
    assert "£16.15 an hour" in page.words
    assert "£193.77 ÷ 12 hours = £16.15 an hour." in page.words
    assert "would pay for about" in page.words
    board = planner.send(page)
    assert board.address == "/plan"
    lines = kept.lines()
    assert [line.kind for line in lines] == ["hours", "sum", "sum", "sum", "sum", "sum", "one_off"]
    assert all(line.needs == ("nutrition",) for line in lines)
    assert "You have planned £193.77" in board.words
    planner.send(page)
    assert len(kept.lines()) == len(lines)


def test_a_wage_below_the_law_and_no_hours_are_to_be_put_right(planner: Visitor) -> None:
    page = planner.page("/plan/employing?wage=9&hours=&helpers=1")
    assert page.errors == ["Write at least £12.71. The law allows no less", "Write how many hours a week"]


def test_rates_that_no_longer_hold_are_not_used(planner: Visitor) -> None:
    with time_machine.travel("2031-06-01"):
        assert planner.get("/plan/employing").status_code in (303, 404)
