"""``portal allocate``: one person’s indicative budget, from a scheme and their answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import click
from babel import Locale

from portal.budget.rules import (
    Allocation,
    Line,
    allocate,
    example_week,
    to_json,
    what_would_change,
    without_help,
)
from portal.budget.telling import said
from portal.pack.conditions import Kept
from portal.pack.loading import PackProblem, PackProblems, load_model
from portal.pack.reading import read_yaml
from portal.pack.scheme import Scheme
from portal.pack.scheme.warnings import warnings_of
from portal.words import ENGLISH, Language

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STATUS = {
    "refer": "There is no figure: a person works it out.",
    "incomplete": "There is no figure: answers are missing or cannot be read.",
    "no_amount": "The scheme gives no amount here. That is not nought pounds.",
    "not_eligible": "This scheme is not for this person.",
}
_WIDTH = 58


@click.command("allocate")
@click.option("--scheme", "scheme_file", type=_FILE, required=True, help="The scheme, a YAML file.")
@click.option(
    "--answers", "answers_file", type=_FILE, required=True, help="Answers by question id, YAML or JSON."
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose prices hold. Today if left out.")
@click.option("--json", "as_json", is_flag=True, help="The whole receipt as JSON, always the same bytes.")
@click.option("--changes", is_flag=True, help="Also: the figure if one answer were a level higher or lower.")
@click.option("--no-help", is_flag=True, help="As if nobody helped: nothing off, no money for a carer.")
@click.option("--warnings", is_flag=True, help="Also: what to look at again in the scheme.")
def allocate_command(
    scheme_file: Path,
    answers_file: Path,
    on: dt.datetime | None,
    *,
    as_json: bool,
    changes: bool,
    no_help: bool,
    warnings: bool,
) -> None:
    """Work out one person's indicative budget, with every line that makes it."""
    try:
        scheme = load_model(scheme_file, Scheme)
        answers = read_answers(answers_file)
    except PackProblems as wrong:
        _stop(wrong)
    day = on.date() if on is not None else dt.datetime.now(dt.UTC).date()
    allocation = (without_help if no_help else allocate)(scheme, answers, on=day)
    if warnings:
        for warning in warnings_of(scheme, day):
            click.echo(f"{warning.rule}: {warning.message}", err=True)
    if as_json:
        click.echo(to_json(allocation))
    else:
        language = Language(ENGLISH, Locale.parse("en_GB"))
        for row in told(scheme, allocation, language):
            click.echo(row)
        if changes:
            click.echo("\nIf one answer were different:")
            for change in what_would_change(scheme, answers, on=day):
                figure = language.money(change.amount) if change.amount is not None else change.status
                click.echo(f"  {change.question}: {change.answer}".ljust(_WIDTH) + figure.rjust(12))
    if allocation.status == "incomplete":
        raise SystemExit(1)


def read_answers(file: Path) -> dict[str, Kept]:
    """Answers by question id from a YAML or JSON file; ``true`` and ``false`` are yes and no.

    :raises PackProblems: when it is no mapping of question ids.
    """
    source = read_yaml(file, file.name)
    if not isinstance(source.content, dict):
        fix = "Write one question id and its answer on each line, such as nutrition: some"
        raise PackProblems([PackProblem(file.name, 1, "these are not answers", fix)])
    return {
        question: ("yes" if given else "no") if isinstance(given, bool) else given
        for question, given in source.content.items()
        if given is not None
    }


def _stop(wrong: PackProblems) -> NoReturn:
    for problem in wrong.problems:
        click.echo(str(problem), err=True)
    raise SystemExit(2)


def told(scheme: Scheme, allocation: Allocation, language: Language) -> Iterator[str]:
    """The receipt as rows of text."""
    yield f"{said(allocation.scheme_title, language)}, version {allocation.scheme_version}"
    if allocation.illustrative:
        yield "The points and prices of this scheme are illustrative."
    yield f"Prices on {language.day(allocation.on)}. Content {allocation.scheme_hash[:12]}."
    yield ""
    if allocation.lines:
        yield "".ljust(_WIDTH) + "points".rjust(8) + "pounds".rjust(12) + "so far".rjust(12)
    yield from (_row(line, language) for line in allocation.lines)
    if allocation.one_off is not None:
        yield "\nOnce:"
        yield from (_row(line, language) for line in allocation.one_off_lines)
    yield ""
    yield from _figures(allocation, language)
    for caveat in allocation.caveats:
        about = f" ({', '.join(caveat.questions)})" if caveat.questions else ""
        yield f"Note: {said(caveat.text, language)}{about}"
    for flag in allocation.review_flags:
        yield f"A person looks at it: {language.money(flag.uncapped)} before the limit. " + said(
            flag.reason, language
        )
    example = example_week(scheme, allocation)
    if example is not None:
        yield f"\n{said(example.about, language)}"
        for use in example.uses:
            rate = f"{language.number(use.quantity)} {use.unit} at {language.money(use.rate)}"
            yield f"  {said(use.label, language)}: {rate}".ljust(_WIDTH + 8) + _money(use.amount, language)
        yield "  Left over".ljust(_WIDTH + 8) + _money(example.left, language)


def _figures(allocation: Allocation, language: Language) -> Iterator[str]:
    if allocation.status != "figure":
        yield _STATUS[allocation.status]
        if allocation.missing:
            yield f"Missing: {', '.join(allocation.missing)}"
        return
    if allocation.weekly is not None and allocation.annual is not None:
        yield "Indicative budget a week".ljust(_WIDTH + 8) + _money(allocation.weekly, language)
        weeks = language.number(allocation.year_weeks)
        yield f"Indicative budget a year, of {weeks} weeks".ljust(_WIDTH + 8) + _money(
            allocation.annual, language
        )
    elif allocation.amount is not None:
        yield "Indicative budget, once".ljust(_WIDTH + 8) + _money(allocation.amount, language)
    if allocation.one_off is not None:
        yield "And once".ljust(_WIDTH + 8) + _money(allocation.one_off, language)


def _row(line: Line, language: Language) -> str:
    name = said(line.label, language) if line.label is not None else line.question or line.rule
    if line.kind == "answer" and line.answer is not None:
        name = f"{name}: {line.answer}"
    elif line.question is not None and line.label is not None:
        name = f"{name} ({line.question})"
    points = language.number(line.points) if line.points is not None else ""
    money = _money(line.amount, language) + _money(line.running, language)
    return f"{name[: _WIDTH - 1]}".ljust(_WIDTH) + points.rjust(8) + money


def _money(amount: Decimal, language: Language) -> str:
    return language.money(amount).rjust(12)
