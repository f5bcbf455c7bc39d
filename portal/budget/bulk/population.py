"""A population from file to file."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from portal.budget.bulk.cells import CellFault, Layout, answers_in, lay_out
from portal.budget.bulk.reading import Rows, opened
from portal.budget.bulk.telling import bad_row, header, shortcomings, told
from portal.budget.rules import allocate, compile_scheme
from portal.budget.rules.compiled import Compiled
from portal.pack.scheme import Scheme

if TYPE_CHECKING:
    from portal.budget.bulk.blocks import Together

NUMPY_MISSING = (
    "numpy is not installed, so that people are worked out one by one. The figures are the same. "
    "To have it done faster, install plan-my-support[bulk]."
)


@dataclass(slots=True)
class Summary:
    """What came of a population.

    :ivar people: how many rows there were.
    :ivar problems: how many of them could not be read, or lack an answer.
    :ivar alone: how many of the others were worked out one by one.
    """

    people: int = 0
    problems: int = 0
    alone: int = 0


class Report(Protocol):
    """Who is told how it goes."""

    def notice(self, words: str) -> None:
        """Something about the whole file."""

    def problem(self, row: int, words: str) -> None:
        """What is wrong with one row."""

    def progress(self, position: int) -> None:
        """How many bytes have been read so far."""


def work_out(
    scheme: Scheme,
    cases: Path,
    out: Path,
    *,
    on: dt.date,
    report: Report,
    key: str = "id",
    vector: bool = True,
) -> Summary:
    """Work out everybody in a table, and write the results to another.

    The results appear under their name when they are whole.

    :param on: the day whose prices hold.
    :param key: the column that names each person.
    :param vector: work many out at once where that can be done.
    :raises CellFault: when the table as a whole cannot be used.
    """
    if out.exists() and out.samefile(cases):
        raise CellFault("the results would be written over the answers")
    compiled = compile_scheme(scheme)
    with opened(cases) as table:
        layout = lay_out(table.header, key, compiled)
        if layout.unread:
            report.notice(f"The scheme does not read these columns: {', '.join(layout.unread)}.")
        worker = _Worker(compiled, layout, on, report, vector=vector)
        with _appearing(out) as file, _no_collecting():
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header(scheme))
            for block in table.blocks():
                writer.writerows(worker.told(block))
                report.progress(table.position)
    return worker.summary


@contextmanager
def _appearing(out: Path) -> Iterator[TextIO]:
    """A file that appears under its name when it is whole, and not at all when something goes wrong."""
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the search for what holds itself: nothing here does, and it takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Worker:
    """Works out one block after another."""

    def __init__(
        self, compiled: Compiled, layout: Layout, on: dt.date, report: Report, *, vector: bool
    ) -> None:
        self.compiled = compiled
        self.scheme = compiled.scheme
        self.layout = layout
        self.on = on
        self.report = report
        self.summary = Summary()
        self.together = self._together() if vector else None

    def _together(self) -> Together | None:
        try:
            from portal.budget.bulk.blocks import Together
        except ImportError:
            self.report.notice(NUMPY_MISSING)
            return None
        return Together(self.compiled, self.layout, self.on)

    def told(self, rows: Rows) -> Iterable[Sequence[str]]:
        """The rows of the results."""
        self.summary.people += len(rows.cells)
        if self.together is not None:
            from portal.budget.bulk.frame import NotHeldError

            try:
                columns, alone = self.together.told(rows)
            except NotHeldError as reason:
                self.report.notice(f"People are worked out one by one: {reason}.")
                self.together = None
            else:
                return self._mended(rows, columns, alone)
        return [self._alone(rows, at) for at in range(len(rows.cells))]

    def _mended(self, rows: Rows, columns: list[list[str]], alone: list[int]) -> Iterable[Sequence[str]]:
        """The columns as rows, those that had to be looked at alone being put in their places."""
        if not alone:
            return zip(*columns, strict=True)
        found: list[Sequence[str]] = list(zip(*columns, strict=True))
        for at in alone:
            found[at] = self._alone(rows, at)
        return found

    def _alone(self, rows: Rows, at: int) -> list[str]:
        row, number = rows.cells[at], rows.first + at
        key = row[self.layout.key] if len(row) > self.layout.key else ""
        fault = rows.faults.get(at)
        answers = {}
        if fault is None:
            try:
                answers = answers_in(row, self.layout.places)
            except CellFault as wrong:
                fault = str(wrong)
        if fault is not None:
            self._problem(number, fault)
            return bad_row(self.scheme, key, fault)
        allocation = allocate(self.scheme, answers, on=self.on)
        problems = shortcomings(allocation.missing, answers)
        if problems:
            self._problem(number, problems)
        else:
            self.summary.alone += 1
        return told(self.scheme, key, allocation, problems)

    def _problem(self, row: int, words: str) -> None:
        self.summary.problems += 1
        self.report.problem(row, words)
