"""``portal allocate``: one person’s indicative budget, or a whole population’s, from a scheme and answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
from babel import Locale

from portal.budget.bulk.command import run_cases
from portal.budget.given import Given, look_over, read_answers
from portal.budget.printing import Printer
from portal.budget.rules import (
    Allocation,
    allocate,
    as_data,
    differences,
    to_json,
    what_would_change,
    without_help,
)
from portal.pack.loading import PackProblems, load_model
from portal.pack.scheme import Scheme
from portal.pack.scheme.warnings import warnings_of
from portal.words import ENGLISH, Language

R = TypeVar("R")
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
    "--compare", "other_file", type=_FILE, help="Other answers, such as an assessor's: where they differ."
)
@click.option("--no-help", is_flag=True, help="As if nobody helped: nothing off, no money for a carer.")
@click.option("--warnings", is_flag=True, help="Also: what to look at again in the scheme.")
def allocate_command(  # noqa: PLR0913 - one for each option
    scheme_file: Path,
    answers_file: Path | None,
    cases: Path | None,
    out: Path | None,
    key: str,
    on: dt.datetime | None,
    other_file: Path | None,
    *,
    as_json: bool,
    why: bool,
    changes: bool,
    no_help: bool,
    warnings: bool,
) -> None:
    """Work out one person's indicative budget with every line that makes it, or many people's figures."""
    if (answers_file is None) is (cases is None) or (cases is None) is not (out is None):
        raise click.UsageError("write --answers for one person, or --cases and --out for many")
    if cases is not None and (as_json or why or changes or no_help or other_file is not None):
        raise click.UsageError("--json, --why, --changes, --compare and --no-help are for one person")
    day = on.date() if on is not None else dt.datetime.now(dt.UTC).date()
    scheme = _read(lambda: load_model(scheme_file, Scheme))
    if warnings:
        for warning in warnings_of(scheme, day):
            click.echo(f"{warning.rule}: {warning.message}", err=True)
    if cases is not None and out is not None:
        raise SystemExit(run_cases(scheme, cases, out, day, key))
    assert answers_file is not None
    given = _read(lambda: read_answers(answers_file))
    other = _read(lambda: read_answers(other_file)) if other_file is not None else None
    work_out = without_help if no_help else allocate
    allocation = work_out(scheme, given.answers, on=day)
    compared = work_out(scheme, other.answers, on=day) if other is not None else None
    if as_json:
        click.echo(_json(scheme, given, allocation, compared, changes=changes))
    else:
        for row in _rows(scheme, given, allocation, compared, why=why, changes=changes):
            click.echo(row)
    _tell_slips(given, scheme, allocation)
    if other is not None and compared is not None:
        _tell_slips(other, scheme, compared)
    if "incomplete" in (allocation.status, compared.status if compared is not None else ""):
        raise SystemExit(1)


def _rows(
    scheme: Scheme,
    given: Given,
    allocation: Allocation,
    compared: Allocation | None,
    *,
    why: bool,
    changes: bool,
) -> Iterator[str]:
    printer = Printer(scheme, Language(ENGLISH, Locale.parse("en_GB")), why=why)
    yield from printer.receipt(allocation)
    if changes:
        yield from printer.changes(what_would_change(scheme, given.answers, on=allocation.on))
    if compared is not None:
        both = allocation.amount is not None and compared.amount is not None
        found = differences(allocation, compared) if both else ()
        yield from printer.compared(allocation, compared, found)


def _json(
    scheme: Scheme, given: Given, allocation: Allocation, compared: Allocation | None, *, changes: bool
) -> str:
    """The receipt in its one form; with what was asked for besides, an object that holds it."""
    if not changes and compared is None:
        return to_json(allocation)
    told: dict[str, Any] = {"allocation": as_data(allocation)}
    if changes:
        told["changes"] = as_data(what_would_change(scheme, given.answers, on=allocation.on))
    if compared is not None:
        both = allocation.amount is not None and compared.amount is not None
        told["other"] = as_data(compared)
        told["differences"] = as_data(differences(allocation, compared) if both else ())
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _tell_slips(given: Given, scheme: Scheme, allocation: Allocation) -> None:
    for problem in look_over(given, scheme, allocation):
        click.echo(str(problem), err=True)


def _read(file: Callable[[], R]) -> R:
    """What a file holds, or an end with what is wrong with it."""
    try:
        return file()
    except PackProblems as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        raise SystemExit(2) from None
