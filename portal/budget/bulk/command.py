"""``portal allocate --cases``: a population on the command line."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from portal.budget.bulk.cells import CellFault
from portal.budget.bulk.population import Summary, work_out
from portal.pack.scheme import Scheme

MOST_TOLD = 50
"""How many rows with problems are told on the terminal. All are in the results."""


def run_cases(scheme: Scheme, cases: Path, out: Path, on: dt.date, key: str) -> int:
    """Work out a population.

    :return: the exit status: 0 when all is well, 1 when some rows have problems, 2 when nothing was done.
    """
    with ExitStack() as stack:
        report = _Terminal(cases, stack)
        try:
            summary = work_out(scheme, cases, out, on=on, report=report, key=key)
        except (CellFault, OSError) as fault:
            report.clear()
            click.echo(f"{cases.name}: {fault}", err=True)
            return 2
    _tell(summary, out, report.problems)
    return 1 if summary.problems else 0


def _tell(summary: Summary, out: Path, problems: int) -> None:
    if problems > MOST_TOLD:
        click.echo(f"and {problems - MOST_TOLD} more rows with problems.", err=True)
    told = f"People: {summary.people}, with problems: {summary.problems}. Results: {out.name}."
    click.echo(told, err=True)


class _Terminal:
    """Tells how it goes on the terminal, with a bar when somebody watches."""

    def __init__(self, cases: Path, stack: ExitStack) -> None:
        self.problems = 0
        self.bar: Any = None
        self.done = 0
        if sys.stderr.isatty():
            length = cases.stat().st_size
            bar = click.progressbar(length=length, label="Working out", file=sys.stderr)
            self.bar = stack.enter_context(bar)

    def clear(self) -> None:
        """End the bar's line, so that what follows stands on its own."""
        if self.bar is not None:
            click.echo(err=True)

    def notice(self, words: str) -> None:
        """Something about the whole file."""
        self.clear()
        click.echo(words, err=True)

    def problem(self, row: int, words: str) -> None:
        """What is wrong with one row."""
        self.problems += 1
        if self.problems <= MOST_TOLD:
            self.clear()
            click.echo(f"row {row}: {words}", err=True)

    def progress(self, position: int) -> None:
        """How many bytes have been read so far."""
        if self.bar is not None:
            self.bar.update(position - self.done)
            self.done = position
