"""``portal agree``: whether a plan's cost is near enough to a budget to be agreed without a panel."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click
from babel import Locale

from portal.budget.rules import as_data
from portal.pack.council import AgreementRule
from portal.pack.extending import base_of
from portal.pack.loading import load_pack
from portal.plan.employing_telling import COST_WORDS, tell_cost
from portal.plan.rules.agreement import WhoAgrees, who_agrees
from portal.plan.rules.employing import Job, cost_of, hours_for
from portal.words import Language


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


@click.group("plan")
def plan_commands() -> None:
    """Work out parts of a support plan."""


@plan_commands.command("employing")
@click.option("--wage", type=_POUNDS, required=True, help="The wage, pounds an hour.")
@click.option("--hours", type=_POUNDS, required=True, help="Hours of support a week, all helpers together.")
@click.option("--helpers", type=click.IntRange(1, 20), default=1, show_default=True, help="How many.")
@click.option("--no-allowance", is_flag=True, help="Without the Employment Allowance.")
@click.option("--budget", type=_POUNDS, help="Say too how many hours this many pounds a week buy.")
@click.option("--pack", "pack_name", default="demo", show_default=True, help="A pack, or its folder.")
@click.option("--json", "as_json", is_flag=True, help="JSON in place of words.")
def employing_command(
    wage: Decimal,
    hours: Decimal,
    helpers: int,
    budget: Decimal | None,
    pack_name: str,
    *,
    no_allowance: bool,
    as_json: bool,
) -> None:
    """Say what employing somebody really costs: each cost a week, and what an hour comes to."""
    pack = load_pack(base_of(Path.cwd(), pack_name))
    if pack.employing is None:
        raise click.BadParameter("This pack has no employing.yaml.", param_hint="--pack")
    if not hours:
        raise click.BadParameter("Write more than nought.", param_hint="--hours")
    job = Job(wage=wage, hours=hours, helpers=helpers, allowance=not no_allowance)
    weeks = pack.schemes[-1].year.weeks
    cost = cost_of(job, pack.employing, weeks)
    buys = None if budget is None else hours_for(budget, job, pack.employing, weeks)
    if as_json:
        told = {line.kind: str(line.weekly) for line in cost.lines}
        whole = {"lines": told, "weekly": str(cost.weekly), "an_hour": str(cost.an_hour)}
        whole |= {"once": str(cost.once)} | ({} if buys is None else {"hours_in_budget": str(buys)})
        click.echo(json.dumps(whole, sort_keys=True))
        return
    language = Language("en", Locale.parse("en_GB"))
    for line in cost.lines:
        named = language.gettext(COST_WORDS[line.kind])
        click.echo(f"{named:<44}{line.weekly:>9.2f}   {tell_cost(line, language)}")
    click.echo(f"{'Together, pounds a week':<44}{cost.weekly:>9.2f}")
    click.echo(f"{'One hour of support really costs':<44}{cost.an_hour:>9.2f}")
    click.echo(f"{'Paid once':<44}{cost.once:>9.2f}")
    if buys is not None:
        click.echo(f"{f'Hours a week that {budget:.2f} pounds buy':<44}{buys:>9.2f}")


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
