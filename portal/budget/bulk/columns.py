"""Columns of answers: each different answer is looked at once, and stands for all who gave it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.budget.bulk.cells import CellFault, Place, kept
from portal.budget.bulk.exact import Exact, Mask, exact
from portal.pack.conditions import Kept

Codes = NDArray[Any]
Given = Kept | None

MOST_WORDS = 20_000
"""More different answers than this are forgotten after a block, so that memory stays bounded."""

_SERIAL = itertools.count()
_PLACES = 6
_LARGEST = 10**9


class Vocabulary:
    """The different answers of one column, each with a code, and what was worked out of them.

    :ivar serial: tells it apart from every other.
    """

    def __init__(self, said: Sequence[Given] = (None,)) -> None:
        self.serial = next(_SERIAL)
        self.said: list[Given] = list(said)
        self.faults: dict[int, str] = {}
        self.tables: dict[Hashable, Table] = {}

    def table(self, key: Hashable, worth: Callable[[Given], Any]) -> Table:
        """What every answer is worth, worked out for those that are new."""
        table = self.tables.get(key)
        if table is None:
            table = self.tables[key] = Table()
        table.grow(self, worth)
        return table


class Cells(dict[str, int]):
    """The code of each different cell of a column. A new cell is given the next code."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.words = Vocabulary(())

    def __missing__(self, cell: str) -> int:
        code = len(self.words.said)
        try:
            self.words.said.append(kept(cell, self.place))
        except CellFault as fault:
            self.words.faults[code] = f"{self.place.name}: {fault}"
            self.words.said.append(None)
        self[cell] = code
        return code

    def column(self, cells: Sequence[str]) -> Column:
        """The column of these cells."""
        if len(self) > MOST_WORDS:
            self.clear()
            self.words = Vocabulary(())
        wide = np.fromiter(map(self.__getitem__, cells), dtype=np.int32, count=len(cells))
        return Column(self.words, narrow(wide, len(self.words.said)))


def narrow(codes: NDArray[Any], words: int) -> Codes:
    """Codes in the narrowest type that holds them: the fewer bytes, the faster they are looked up."""
    kind: Any = np.uint8 if words <= 2**8 else np.uint16 if words <= 2**16 else np.int32
    return codes.astype(kind, copy=False)


class Column:
    """The answers of many people to one question."""

    __slots__ = ("codes", "words")

    def __init__(self, words: Vocabulary, codes: Codes | None) -> None:
        self.words = words
        self.codes = codes

    def mask(self, key: Hashable, worth: Callable[[Given], bool]) -> Mask:
        """For each person, whether something is true of the answer."""
        table = self.words.table(key, worth)
        if table.all_alike:
            return bool(table.first)
        assert self.codes is not None
        return table.truths(self.codes)

    def numbers(self, key: Hashable, worth: Callable[[Given], Decimal | None]) -> tuple[Exact, Mask, Mask]:
        """For each person the number that the answer is worth, or nought.

        :return: the numbers; where there is one; where it is too long to be held here.
        """
        table = self.words.table(key, worth)
        if table.all_alike:
            first = table.first
            held = first is not None and _held(first)
            number = exact(first) if first is not None and held else exact(0)
            return number, first is not None, first is not None and not held
        assert self.codes is not None
        number = Exact(table.numbers(self.codes), table.den, table.low, table.high)
        present: Mask = True if table.full else table.truths(self.codes)
        too_long: Mask = _looked_up(table.long, self.codes) if table.any_long else False
        return number, present, too_long

    def row(self, at: int) -> Given:
        """One person's answer."""
        return self.words.said[0 if self.codes is None else int(self.codes[at])]


def _held(number: Decimal) -> bool:
    return abs(number) <= _LARGEST and number == round(number, _PLACES)


def _looked_up(table: NDArray[np.bool_], codes: Codes) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = table.take(codes)
    return found


class Table:
    """What each answer of a vocabulary is worth, as arrays to look codes up in.

    A table of few small numbers is also kept as bytes: looking them up that way takes half the time.
    """

    def __init__(self) -> None:
        self.worth: list[Any] = []
        self.all_alike = False
        self.first: Any = None
        self.full = self.any_long = False
        self.den, self.low, self.high = 1, 0, 0
        self.nums: NDArray[Any] = np.zeros(0, dtype=np.int32)
        self.long = self.truth = np.zeros(0, dtype=np.bool_)
        self.small: bytes | None = None
        self.small_truth: bytes | None = None

    def grow(self, words: Vocabulary, worth: Callable[[Given], Any]) -> None:
        """Work out the answers that are new."""
        known = len(self.worth)
        if known == len(words.said):
            return
        self.worth += [worth(given) for given in words.said[known:]]
        self.first = self.worth[0]
        self.all_alike = all(one == self.first and type(one) is type(self.first) for one in self.worth)
        if isinstance(self.first, bool):
            self.truth = np.array(self.worth, dtype=np.bool_)
            self.small_truth = as_bytes(self.truth)
        elif not self.all_alike:
            self._scale()

    def _scale(self) -> None:
        held = [one if one is not None and _held(one) else None for one in self.worth]
        self.den = 10 ** max((_places(one) for one in held if one is not None), default=0)
        nums = [int(one * self.den) if one is not None else 0 for one in held]
        self.low, self.high = min(nums), max(nums)
        kind = np.int32 if max(-self.low, self.high) < 2**31 else np.int64
        self.nums = np.array(nums, dtype=kind)
        self.small = as_bytes(self.nums)
        self.truth = np.array([one is not None for one in self.worth], dtype=np.bool_)
        self.small_truth = as_bytes(self.truth)
        self.long = np.array([a is not None and b is None for a, b in zip(self.worth, held, strict=True)])
        self.full = bool(self.truth.all())
        self.any_long = bool(self.long.any())

    def truths(self, codes: Codes) -> NDArray[np.bool_]:
        """For each code, whether it is true, or whether there is a number."""
        if self.small_truth is not None and codes.dtype == np.uint8:
            return small_looked_up(self.small_truth, codes).view(np.bool_)
        return _looked_up(self.truth, codes)

    def numbers(self, codes: Codes) -> NDArray[Any]:
        """The numerator for each code."""
        if self.small is not None and codes.dtype == np.uint8:
            return small_looked_up(self.small, codes).astype(np.int32)
        found: NDArray[Any] = self.nums.take(codes)
        return found


_SLOTS = 256


def as_bytes(nums: NDArray[Any]) -> bytes | None:
    """A table of at most 256 numbers from 0 to 255 as bytes; ``None`` for any other."""
    if len(nums) > _SLOTS or nums.min() < 0 or nums.max() >= _SLOTS:
        return None
    return nums.astype(np.uint8).tobytes().ljust(_SLOTS, b"\0")


def small_looked_up(table: bytes, codes: Codes) -> NDArray[np.uint8]:
    """What a table of bytes holds for each code."""
    return np.frombuffer(bytearray(codes).translate(table), dtype=np.uint8)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def joined(columns: Mapping[str, Column], rows: int) -> Column:
    """One column of a group, out of a column for each of its fields."""
    codes = np.zeros(rows, dtype=np.int64)
    for column in columns.values():
        if column.codes is not None:
            codes = codes * len(column.words.said) + column.codes
            _found, codes = np.unique(codes, return_inverse=True)
    _found, first, codes = np.unique(codes, return_index=True, return_inverse=True)
    said: list[Given] = []
    for at in first:
        fields = {name: column.row(int(at)) for name, column in columns.items()}
        given = {name: answer for name, answer in fields.items() if answer is not None}
        said.append(given or None)
    return Column(Vocabulary(said), narrow(codes, len(said)))


def field_of(column: Column, field: str) -> Column:
    """The column of one field, out of a column of whole groups."""
    said = [given.get(field) if isinstance(given, dict) else None for given in column.words.said]
    return Column(Vocabulary(said), column.codes)
