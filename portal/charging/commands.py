"""``portal charge``: what one person may have to pay, from a file that tells their circumstances."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from portal.charging.rules import Circumstances, Estimate
    from portal.pack.charging import Charging

_WIDTH = 62


@click.command("charge")
@click.option("--year", required=True, help="The year of the figures, for example 2026/27.")
@click.option(
    "--circumstances",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML or JSON; docs/charging.md tells its keys.",
)
@click.option("--pack", default="demo", show_default=True, help="A pack that ships, or a folder.")
@click.option("--json", "as_json", is_flag=True, help="JSON in place of a table.")
def charge(year: str, file: Path, pack: str, *, as_json: bool) -> None:
    """Work out what a person may have to pay for support at home, step by step.

    An estimate: the council must confirm it.
    """
    from portal.charging.rules import estimate
    from portal.pack.faults import PackProblems

    try:
        charging = _charging(pack)
        told = _circumstances(file, charging)
    except PackProblems as wrong:
        _stop(str(wrong))
    rates = charging.rates_of(year)
    if rates is None:
        known = ", ".join(sorted(each.year for each in charging.rates))
        _stop(f"There are no figures for {year}. The pack has {known}.")
    found = estimate(told, charging, rates)
    if as_json:
        from portal.charging.rules import as_data

        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo(_table(found))
    if found.status == "cannot_say":
        raise SystemExit(1)


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(2)


def _charging(pack: str) -> Charging:
    from portal.pack.loading import load_pack
    from portal.paths import PACKS

    shipped = PACKS / pack
    folder = shipped if "/" not in pack and shipped.is_dir() else Path(pack)
    if not folder.is_dir():
        _stop(f"There is no pack {pack}. Name one that ships, such as demo, or a folder.")
    charging = load_pack(folder).charging
    if charging is None:
        _stop(f"The pack {pack} says nothing of what people may have to pay; see docs/charging.md.")
    return charging


def _circumstances(file: Path, charging: Charging) -> Circumstances:
    from portal.charging.rules import Circumstances, unknown_kinds
    from portal.pack.faults import PackProblems
    from portal.pack.loading import model_from
    from portal.pack.reading import read_yaml

    source = read_yaml(file, file.name)
    told = model_from(source, Circumstances)
    problems = list(unknown_kinds(told, charging.counts, source))
    if problems:
        raise PackProblems(problems)
    return told


def _table(found: Estimate) -> str:
    from portal.budget.telling import said
    from portal.charging.telling import told_free, told_steps
    from portal.paths import TRANSLATIONS
    from portal.words import ENGLISH, read_languages

    english = read_languages(TRANSLATIONS)[ENGLISH]
    lines = [f"What this person may have to pay, {found.year}. An estimate: the council must confirm it.", ""]
    for step in told_steps(found, english):
        amount = "" if step.amount is None else english.money(step.amount)
        running = "" if step.amount is None else english.money(step.running)
        lines.append(f"{step.words[:_WIDTH]:<{_WIDTH}}{amount:>14}{running:>14}")
        lines += [f"    {part}" for part in (step.note, step.source) if part]
    lines.append("")
    if found.status == "cannot_say":
        lines.append(f"It cannot be worked out: {found.year} has no figure for {', '.join(found.missing)}.")
    elif found.contribution is None:
        lines.append("This person pays the full cost of their support, whatever it is.")
    else:
        lines.append(f"This person pays {english.money(found.contribution)} a week.")
    if found.statement is not None:
        cost, person, council = (english.money(each) for each in found.statement)
        lines.append(f"Cost {cost} = person pays {person} + council pays {council}")
    lines += [f"Free: {name}. {why}" for name, why in told_free(found, english)]
    lines += [said(caveat, english) for caveat in found.caveats]
    if found.derived:
        lines.append(f"WARNING: derived figures, not read in their source: {', '.join(found.derived)}.")
    if found.illustrative:
        lines.append("The council’s own choices in this pack are made up to show how it works.")
    return "\n".join(lines)
