"""``portal agree`` says whether a plan is near enough to its budget, the bounds included."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from portal.commands import main


def run(planned: str, *more: str, percent: str = "10") -> Result:
    told = ["agree", "--budget", "400", "--planned", planned, "--percent", percent, "--cap", "430", *more]
    return CliRunner().invoke(main, told)


@pytest.mark.parametrize(
    ("planned", "percent", "agreed"),
    [
        ("360", "10", True),
        ("359.99", "10", False),
        ("430", "10", True),
        ("430.01", "10", False),
        ("420", "5", True),
        ("420.01", "5", False),
    ],
)
def test_both_bounds_must_be_met_and_belong_to_it(planned: str, percent: str, agreed: bool) -> None:
    told = run(planned, "--json", percent=percent)
    assert json.loads(told.output)["without_panel"] is agreed
    assert ("without a panel" in run(planned, percent=percent).output) is agreed


@pytest.mark.parametrize("amount", ["-1", "many", "nan", "Infinity"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    told = run(amount)
    assert told.exit_code == 2
    assert "Write figures only" in told.output


def test_a_percentage_is_at_most_the_whole() -> None:
    assert run("400", percent="101").exit_code == 2
