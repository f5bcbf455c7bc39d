"""``portal agree``: whether a plan's cost is near enough to a budget to be agreed without a panel."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

import click

from portal.budget.rules import as_data
from portal.pack.council import AgreementRule
from portal.plan.rules.agreement import WhoAgrees, who_agrees


class _Pounds(click.ParamType[Decimal]):
    name = "pounds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or number < 0:
            self.fail(
                f"{value} is no number of nought or more. Write figures only, such as 412.50.", param, ctx
            )
        return number


_POUNDS = _Pounds()


@click.command("agree")
@click.option("--budget", type=_POUNDS, required=True, help="The indicative budget, pounds a week.")
@click.option("--planned", type=_POUNDS, required=True, help="What the plan costs, pounds a week.")
@click.option("--percent", type=_POUNDS, required=True, help="How far the two may be apart, up or down.")
@click.option("--cap", type=_POUNDS, required=True, help="The highest cost, pounds a week.")
@click.option("--json", "as_json", is_flag=True, help="JSON in place of words.")
def agree_command(
    budget: Decimal, planned: Decimal, percent: Decimal, cap: Decimal, *, as_json: bool
) -> None:
    """Say whether a plan may be agreed without a panel: within the percentage, and not above the cap."""
    if percent > 100:
        raise click.BadParameter("Write a percentage from 0 to 100.", param_hint="--percent")
    rule = AgreementRule.model_construct(percent=percent, cap=cap)
    found = who_agrees(rule, planned, budget)
    click.echo(json.dumps(as_data(found), sort_keys=True) if as_json else _told(found))


def _told(found: WhoAgrees) -> str:
    near = "within" if found.near_budget else "outside"
    under = "not above" if found.under_cap else "above"
    return "\n".join(
        (
            f"It is {near} {found.lowest:.2f} to {found.highest:.2f} pounds a week.",
            f"It is {under} the cap of {found.cap:.2f} pounds a week.",
            "It may be agreed without a panel." if found.without_panel else "A panel agrees it.",
        )
    )
