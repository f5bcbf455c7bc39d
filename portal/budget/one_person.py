"""One person's allocation with all that was asked for beside it: comparing, an assessor, another amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from babel import Locale

from portal.budget.given import Given, look_over, read_answers
from portal.budget.printing import Printer
from portal.budget.rules import (
    Allocation,
    Counterfactual,
    Difference,
    allocate,
    as_data,
    differences,
    in_one_form,
    to_json,
    what_would_change,
    without_help,
)
from portal.budget.rules.override import Beside, Override, beside, faults_of
from portal.budget.rules.views import Views, both_views
from portal.pack.loading import PackProblems, model_from
from portal.pack.reading import read_yaml
from portal.pack.scheme import Scheme
from portal.words import ENGLISH, Language

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for about one person."""

    answers_file: Path | None = None
    other_file: Path | None = None
    assessor_file: Path | None = None
    override_file: Path | None = None
    as_json: bool = False
    why: bool = False
    changes: bool = False
    no_help: bool = False


def tell(scheme: Scheme, asked: Asked, day: dt.date) -> int:
    """Print all that was asked for; the exit code: 1 when answers are missing or cannot be read.

    :param day: the day whose prices hold.
    """
    told = _worked_out(scheme, asked, day)
    if asked.as_json:
        click.echo(told.as_json())
    else:
        for row in told.rows(why=asked.why):
            click.echo(row)
    for given, allocation in told.people:
        for problem in look_over(given, scheme, allocation):
            click.echo(str(problem), err=True)
    return int(any(allocation.status == "incomplete" for _given, allocation in told.people))


def _worked_out(scheme: Scheme, asked: Asked, day: dt.date) -> Told:
    files = (asked.answers_file, asked.other_file, asked.assessor_file)
    given, other, assessor = (_answers(file, scheme) for file in files)
    assert given is not None
    work_out = without_help if asked.no_help else allocate
    first = work_out(scheme, given.answers, on=day)
    people = [(given, first)]
    changes = what_would_change(scheme, given.answers, on=day) if asked.changes else None
    views = None
    if other is not None:
        people.append((other, work_out(scheme, other.answers, on=day)))
    if assessor is not None:
        views = both_views(scheme, given.answers, assessor.answers, on=day)
        people.append((assessor, views.assessor))
    amount = None
    if asked.override_file is not None:
        file = asked.override_file
        amount = read_or_end(lambda: _override(file, scheme, first))
    return Told(scheme, tuple(people), changes, views, amount)


@dataclass(frozen=True, slots=True)
class Told:
    """What was worked out about one person.

    :ivar people: whose answers, the person's own first, with the allocation of each.
    """

    scheme: Scheme
    people: tuple[tuple[Given, Allocation], ...]
    changes: tuple[Counterfactual, ...] | None
    views: Views | None
    override: Beside | None

    @property
    def allocation(self) -> Allocation:
        """The person's own."""
        return self.people[0][1]

    @property
    def other(self) -> Allocation | None:
        """What it is compared with, line by line."""
        return self.people[1][1] if len(self.people) > 1 and self.views is None else None

    def rows(self, *, why: bool) -> Iterator[str]:
        """All of it as rows of text."""
        printer = Printer(self.scheme, Language(ENGLISH, Locale.parse("en_GB")), why=why)
        yield from printer.receipt(self.allocation)
        if self.changes is not None:
            yield from printer.changes(self.changes)
        if self.other is not None:
            yield from printer.compared(self.allocation, self.other, self._differences(self.other))
        if self.views is not None:
            yield from printer.views(self.views)
        if self.override is not None:
            yield from printer.override(self.override)

    def as_json(self) -> str:
        """The receipt in its one form; with what was asked for besides, an object that holds it."""
        more: dict[str, Any] = {}
        if self.changes is not None:
            more["changes"] = as_data(self.changes)
        if self.other is not None:
            more["other"] = as_data(self.other)
            more["differences"] = as_data(self._differences(self.other))
        if self.views is not None:
            more["views"] = {name: part for name, part in as_data(self.views).items() if name != "person"}
        if self.override is not None:
            found = self.override
            amounts = {"computed": found.computed, "difference": found.difference}
            parts = {**found.override.model_dump(), **amounts}
            more["override"] = {name: as_data(part, name) for name, part in parts.items()}
        if not more:
            return to_json(self.allocation)
        return in_one_form({"allocation": as_data(self.allocation), **more})

    def _differences(self, other: Allocation) -> tuple[Difference, ...]:
        both = self.allocation.amount is not None and other.amount is not None
        return differences(self.allocation, other) if both else ()


def _answers(file: Path | None, scheme: Scheme) -> Given | None:
    return None if file is None else read_or_end(lambda: read_answers(file, scheme))


def _override(file: Path, scheme: Scheme, allocation: Allocation) -> Beside:
    """The amount in a file, beside a figure.

    :raises PackProblems: when it lacks a reason or an author, or the scheme does not take it.
    """
    source = read_yaml(file, file.name)
    override = model_from(source, Override)
    found = faults_of(override, scheme.override)
    faults = [source.problem((fault.key,), fault.problem, fault.fix) for fault in found]
    if faults:
        raise PackProblems(faults)
    try:
        return beside(allocation, override)
    except ValueError as wrong:
        fix = "Leave --override out, or use it with a scheme that gives an amount a week"
        raise PackProblems([source.problem(("weekly",), str(wrong), fix)]) from None


def read_or_end(file: Callable[[], R]) -> R:
    """What a file holds, or an end with what is wrong with it."""
    try:
        return file()
    except PackProblems as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        raise SystemExit(2) from None
