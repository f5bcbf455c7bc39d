"""Reading a table of people block by block, so that a long one needs no more memory than a short one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

BLOCK = 65_536
"""How many people are worked out at once."""


@dataclass(slots=True)
class Rows:
    """Some rows of the table, one after another.

    :ivar first: the number of the first, as a spreadsheet counts: the header is row 1.
    :ivar cells: the rows; one that could not be read has as many cells as it had.
    :ivar faults: what is wrong with a row, by its place in ``cells``.
    """

    first: int
    cells: list[list[str]]
    faults: dict[int, str] = field(default_factory=dict)


class Table:
    """A table of people, its header read."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._reader = csv.reader(file)
        self.header: list[str] = next(self._reader, [])

    @property
    def position(self) -> int:
        """How many bytes were read so far."""
        return self._file.buffer.tell()

    def blocks(self) -> Iterator[Rows]:
        """The rows below the header, in blocks."""
        first = 2
        while True:
            rows = self._block(first, BLOCK)
            if not rows.cells:
                return
            yield rows
            first += len(rows.cells)

    def _block(self, first: int, size: int) -> Rows:
        rows = Rows(first, [])
        while len(rows.cells) < size:
            before = len(rows.cells)
            try:
                # What was read before a fault stays in the list.
                rows.cells.extend(islice(self._reader, size - before))
            except csv.Error as fault:
                rows.faults[len(rows.cells)] = f"this row cannot be read: {fault}"
                rows.cells.append([])
                continue
            break
        self._check(rows)
        return rows

    def _check(self, rows: Rows) -> None:
        width = len(self.header)
        if set(map(len, rows.cells)) <= {width}:
            return
        for at, row in enumerate(rows.cells):
            if len(row) != width:
                told = "this row is empty" if not row else f"{len(row)} cells where the header has {width}"
                rows.faults.setdefault(at, told)


@contextmanager
def opened(file: Path) -> Iterator[Table]:
    """A table in UTF-8, with or without a byte order mark."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        yield Table(text)
