"""``portal allocate``: one person’s indicative budget, or a whole population’s, from a scheme and answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from portal.budget.bulk.command import run_cases
from portal.budget.one_person import Asked, read_or_end, tell
from portal.pack.loading import load_model
from portal.pack.scheme import Scheme
from portal.pack.scheme.warnings import warnings_of

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("allocate")
@click.option("--scheme", "scheme_file", type=_FILE, required=True, help="The scheme, a YAML file.")
@click.option("--answers", "answers_file", type=_FILE, help="One person's answers, YAML or JSON.")
@click.option("--cases", type=_FILE, help="Many people's answers: CSV, a row a person, a column a question.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="With --cases: the results, a CSV file."
)
@click.option("--key", default="id", show_default=True, help="With --cases: the column of names.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose prices hold. Today if left out.")
@click.option("--json", "as_json", is_flag=True, help="The whole receipt as JSON, always the same bytes.")
@click.option("--why", is_flag=True, help="Below each line also its reason, its rule and its source.")
@click.option("--changes", is_flag=True, help="Also: the figure if one answer were a level higher or lower.")
@click.option(
    "--compare", "other_file", type=_FILE, help="Other answers: where the lines of the two receipts differ."
)
@click.option(
    "--assessor",
    "assessor_file",
    type=_FILE,
    help="An assessor's answers to the same questions: both figures, and what each difference brings.",
)
@click.option(
    "--override",
    "override_file",
    type=_FILE,
    help="Another amount, with its reason and author, to stand beside the figure.",
)
@click.option("--no-help", is_flag=True, help="As if nobody helped: nothing off, no money for a carer.")
@click.option("--warnings", is_flag=True, help="Also: what to look at again in the scheme.")
def allocate_command(
    scheme_file: Path,
    cases: Path | None,
    out: Path | None,
    key: str,
    on: dt.datetime | None,
    *,
    warnings: bool,
    **of_one: Any,
) -> None:
    """Work out one person's indicative budget with every line that makes it, or many people's figures."""
    asked = Asked(**of_one)
    if (asked.answers_file is None) is (cases is None) or (cases is None) is not (out is None):
        raise click.UsageError("write --answers for one person, or --cases and --out for many")
    if cases is not None and asked != Asked():
        raise click.UsageError(
            "--json, --why, --changes, --compare, --assessor, --override and --no-help are for one person"
        )
    if asked.assessor_file is not None and (asked.other_file is not None or asked.no_help):
        raise click.UsageError("--assessor does not go with --compare or --no-help")
    day = on.date() if on is not None else dt.datetime.now(dt.UTC).date()
    scheme = read_or_end(lambda: load_model(scheme_file, Scheme))
    if warnings:
        for warning in warnings_of(scheme, day):
            click.echo(f"{warning.rule}: {warning.message}", err=True)
    if cases is not None and out is not None:
        raise SystemExit(run_cases(scheme, cases, out, day, key))
    raise SystemExit(tell(scheme, asked, day))
