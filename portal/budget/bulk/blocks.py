"""Blocks of people worked out all at once, and those among them that have to be looked at alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from portal.budget.bulk.cells import Layout
from portal.budget.bulk.columns import Cells, Column
from portal.budget.bulk.evaluate import PENNY, Figures, figures
from portal.budget.bulk.exact import Exact, Mask, either, rounded
from portal.budget.bulk.frame import Reader
from portal.budget.bulk.reading import Rows
from portal.budget.bulk.telling import POINTS_UNIT, flag, harmless, points
from portal.budget.rules.compiled import Compiled

_MANY = 500_000
_STATUS = ("figure", "not_eligible", "no_amount", "refer")


class Together:
    """Works out blocks of people all at once."""

    def __init__(self, compiled: Compiled, layout: Layout, on: dt.date) -> None:
        self.scheme = compiled.scheme
        self.layout = layout
        self.reader = Reader(compiled, on)
        self.cells = [Cells(place) for place in layout.places]
        self.sums = _Sums()
        self.points: dict[int, _Points] = {}

    def told(self, rows: Rows) -> tuple[list[list[str]], list[int]]:
        """The columns of the results, and the places of the rows that have to be looked at alone.

        :raises NotHeldError: when the scheme does something that only the one-by-one form can.
        """
        cells = rows.cells
        if rows.faults:
            blank = [""] * self.layout.width
            cells = [blank if at in rows.faults else row for at, row in enumerate(cells)]
        columns = self.columns(cells)
        found = figures(self.reader, columns, len(cells))
        alone = either(found.alone, found.incomplete)
        for column in columns.values():
            if column.words.faults and column.codes is not None:
                alone = either(alone, np.isin(column.codes, list(column.words.faults)))
        return self._columns(found, [row[self.layout.key] for row in cells]), places(alone, len(cells))

    def columns(self, rows: Sequence[Sequence[str]]) -> dict[str, Column]:
        """The columns of the questions that the scheme reads."""
        by_column = list(zip(*rows, strict=True))
        return {cells.place.name: cells.column(by_column[cells.place.at]) for cells in self.cells}

    def _columns(self, found: Figures, keys: Iterable[str]) -> list[list[str]]:
        rows = found.rows
        status: NDArray[np.int64] = np.zeros(rows, dtype=np.int64)
        for code, mask in enumerate((found.not_eligible, found.no_amount, found.refer), start=1):
            status[places(mask, rows)] = code
        without = places(found.without, rows)
        blank = [""] * rows
        telling = _Telling(self.sums, without, rows)
        scores = [found.scores.get(score.id) for score in self.scheme.scores]
        unscored = places(_not(found.scored), rows)
        return [
            list(map(harmless, keys)),
            [_STATUS[code] for code in status.tolist()],
            telling.pounds(found.weekly),
            telling.pounds(found.annual),
            telling.pounds(found.amount),
            [self.scheme.base_period] * rows,
            telling.pounds(found.one_off, blank_nought=True),
            *(telling.pounds(part) for part in (found.person, found.council) if self.scheme.contribution),
            *(self._points(score, unscored, rows) if score is not None else blank for score in scores),
            *(telling.stream(found.streams.get(stream.id)) for stream in self.scheme.streams),
            telling.flags(found.flags),
            telling.caveats(found.caveats),
            blank,
        ]

    def _points(self, score: Exact, unscored: list[int], rows: int) -> list[str]:
        number, _doubt = rounded(score, POINTS_UNIT, "half_up")
        told = self.points.setdefault(number.den, _Points(number.den))
        found = list(map(told.__getitem__, whole(number, rows)))
        for at in unscored:
            found[at] = ""
        return found


class _Telling:
    """Numbers of one block as text."""

    def __init__(self, sums: _Sums, without: list[int], rows: int) -> None:
        self.sums = sums
        self.without = without
        self.rows = rows

    def pounds(self, number: Exact | None, *, blank_nought: bool = False) -> list[str]:
        """Sums in pounds and pence; nothing for those who have no figure."""
        if number is None:
            return [""] * self.rows
        pennies = whole(in_pennies(number), self.rows)
        found = list(map(self.sums.__getitem__, pennies))
        if blank_nought:
            found = [told if number else "" for told, number in zip(found, pennies, strict=True)]
        for at in self.without:
            found[at] = ""
        return found

    def stream(self, given: tuple[Exact, Mask] | None) -> list[str]:
        """What a stream comes to, for those who have it."""
        if given is None:
            return [""] * self.rows
        number, mask = given
        found = self.pounds(number)
        for at in places(_not(mask), self.rows):
            found[at] = ""
        return found

    def flags(self, flags: list[tuple[str, Mask, Exact]]) -> list[str]:
        """The limits that were reached, each with the amount before it."""
        found = [""] * self.rows
        for rule, mask, uncapped in flags:
            pennies = whole(in_pennies(rounded(uncapped, PENNY, "half_up")[0]), self.rows)
            for at in places(mask, self.rows):
                found[at] = _with(found[at], flag(rule, self.sums[pennies[at]]))
        for at in self.without:
            found[at] = ""
        return found

    def caveats(self, caveats: list[tuple[str, Mask]]) -> list[str]:
        """What is to be known about the figures."""
        found = [""] * self.rows
        for rule, mask in caveats:
            for at in places(mask, self.rows):
                found[at] = _with(found[at], rule)
        return found


class _Sums(dict[int, str]):
    """Whole pennies as pounds and pence, kept since many people have the same."""

    def __missing__(self, pennies: int) -> str:
        if len(self) > _MANY:
            self.clear()
        sign, most = "-" if pennies < 0 else "", abs(pennies)
        told = self[pennies] = f"{sign}{most // 100}.{most % 100:02d}"
        return told


class _Points(dict[int, str]):
    """Points over one denominator as text, kept since many people have the same."""

    def __init__(self, den: int) -> None:
        super().__init__()
        self.den = den

    def __missing__(self, num: int) -> str:
        if len(self) > _MANY:
            self.clear()
        told = self[num] = points(Decimal(num) / self.den)
        return told


def in_pennies(number: Exact) -> Exact:
    """Sums that are whole pennies, as the number of pennies."""
    by = Fraction(100, number.den)
    assert by.denominator == 1
    num = number.num if by.numerator == 1 else number.num * by.numerator
    return Exact(num, 1, number.low * by.numerator, number.high * by.numerator)


def whole(number: Exact, rows: int) -> list[int]:
    """The numerators as Python's own whole numbers."""
    found: list[int] = [int(number.num)] * rows if number.plain else number.num.tolist()
    return found


def places(mask: Mask, rows: int) -> list[int]:
    """Where a mask is true."""
    if isinstance(mask, bool):
        return list(range(rows)) if mask else []
    found: list[int] = np.flatnonzero(mask).tolist()
    return found


def _not(mask: Mask) -> Mask:
    return (not mask) if isinstance(mask, bool) else ~mask


def _with(so_far: str, more: str) -> str:
    return f"{so_far};{more}" if so_far else more
