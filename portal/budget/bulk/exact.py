"""Many exact numbers at once: whole numbers over one denominator, in numpy arrays.

No number here is ever a float. The bounds of every array are known, so that it is held in the
narrowest type of whole numbers that cannot overflow, and in Python's own when none is wide enough.

One by one, sums are worked out in decimals of 34 digits. Those are exact too, unless something is
divided by a number such as 7. ``inexact`` remembers that, and what is then so near to a tie that
the two could round apart is reported, to be worked out one by one.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = bool | NDArray[np.bool_]
"""True or false for every row, or for all of them alike."""

Whole = Any
"""An array of whole numbers, or one whole number that is the same for every row."""

_INT32 = 2**31 - 1
_INT64 = 2**62
_DIGITS = 10**27
_NEAR = 10**18


def both(one: Mask, other: Mask) -> Mask:
    """Where both are true."""
    if one is True:
        return other
    if other is True:
        return one
    if one is False or other is False:
        return False
    return one & other


def either(one: Mask, other: Mask) -> Mask:
    """Where one of them is true."""
    if one is False:
        return other
    if other is False:
        return one
    if one is True or other is True:
        return True
    return one | other


def neither(mask: Mask) -> Mask:
    """Where it is not true."""
    return (not mask) if isinstance(mask, bool) else ~mask


def some(mask: Mask) -> bool:
    """Whether it is true anywhere."""
    return mask if isinstance(mask, bool) else bool(mask.any())


def narrowed(mask: Any) -> Mask:
    """A mask from a comparison that may have been between two plain numbers."""
    return mask if isinstance(mask, np.ndarray) else bool(mask)


@lru_cache(maxsize=4096)
def _places(den: int) -> int | None:
    """How many places after the point a fraction over ``den`` needs; ``None`` for one that never ends."""
    twos = fives = 0
    while den % 2 == 0:
        den, twos = den // 2, twos + 1
    while den % 5 == 0:
        den, fives = den // 5, fives + 1
    return max(twos, fives) if den == 1 else None


class Exact:
    """Exact numbers, one for each row: ``num / den``, with ``low <= num <= high``.

    :ivar inexact: whether the decimals of the one-by-one form may have been rounded on the way here.
    """

    __slots__ = ("den", "high", "inexact", "low", "num")

    def __init__(self, num: Whole, den: int, low: int, high: int, *, inexact: bool = False) -> None:
        self.num = num
        self.den = den
        self.low = low
        self.high = high
        self.inexact = inexact or _too_long(den, max(-low, high))

    @property
    def plain(self) -> bool:
        """Whether every row has the same number."""
        return not isinstance(self.num, np.ndarray)

    @property
    def nought(self) -> bool:
        """Whether every row has nought."""
        return self.low == 0 == self.high

    def __add__(self, other: Exact) -> Exact:
        if other.nought:
            return self
        if self.nought:
            return other
        den = lcm(self.den, other.den)
        one, two = den // self.den, den // other.den
        low, high = self.low * one + other.low * two, self.high * one + other.high * two
        span = max(_span(low, high), _span(self.low * one, self.high * one))
        span = max(span, _span(other.low * two, other.high * two), one, two)
        num = _times(self, one, span) + _times(other, two, span)
        return _kept(num, den, low, high, inexact=self.inexact or other.inexact)

    def __neg__(self) -> Exact:
        return Exact(-self.num, self.den, -self.high, -self.low, inexact=self.inexact)

    def __sub__(self, other: Exact) -> Exact:
        return self + (-other)

    def __mul__(self, other: Exact) -> Exact:
        if self.nought or other.nought:
            return NOUGHT
        if self.plain and not other.plain:
            return other * self
        one, two = self.den, other.den
        top = other.num
        if other.plain:
            shared = gcd(int(top), one)
            top, one = int(top) // shared, one // shared
        ends = [a * b for a in (self.low, self.high) for b in _ends(other, top)]
        low, high = min(ends), max(ends)
        span = max(_span(low, high), _span(*_ends(other, top)), _span(self.low, self.high))
        num = widened(self.num, span)
        if not other.plain or top != 1:
            num = num * widened(top, span)
        return _kept(num, one * two, low, high, inexact=self.inexact or other.inexact)

    def over(self, divisor: Decimal | int) -> Exact:
        """Divided by one number, the same for every row."""
        return self * exact(1 / fraction_of(divisor))

    def kept_where(self, mask: Mask) -> Exact:
        """The same where the mask is true, else nought."""
        if mask is True or self.nought:
            return self
        if mask is False:
            return NOUGHT
        num = _array(self, len(mask)) * mask
        return Exact(num, self.den, min(self.low, 0), max(self.high, 0), inexact=self.inexact)

    def or_else(self, mask: Mask, other: Exact) -> Exact:
        """The same where the mask is true, else the other."""
        if mask is True:
            return self
        if mask is False:
            return other
        low = min(self.low * other.den, other.low * self.den)
        high = max(self.high * other.den, other.high * self.den)
        found = other + (self - other).kept_where(mask)
        over = self.den * other.den
        low, high = low * found.den // over, -(-high * found.den // over)
        return Exact(found.num, found.den, low, high, inexact=found.inexact)

    def least(self, other: Exact) -> Exact:
        """The smaller one of both."""
        return _pick(self, other, np.minimum, min)

    def most(self, other: Exact) -> Exact:
        """The larger one of both."""
        return _pick(self, other, np.maximum, max)

    def tightened(self) -> Exact:
        """The same with the bounds that its rows really have."""
        if not self.plain and len(self.num):
            self.low, self.high = int(self.num.min()), int(self.num.max())
        return self


def _ends(number: Exact, top: Whole) -> tuple[int, int]:
    return (int(top), int(top)) if number.plain else (number.low, number.high)


def _span(low: int, high: int) -> int:
    return max(-low, high)


def _too_long(den: int, span: int) -> bool:
    places = _places(den)
    return places is None or span * 10**places // den > _DIGITS


def widened(num: Whole, span: int) -> Whole:
    """An array in a type that holds whole numbers up to ``span``."""
    if not isinstance(num, np.ndarray) or num.dtype == object:
        return num
    if span > _INT64:
        return num.astype(object)
    if span > _INT32 and num.dtype != np.int64:
        return num.astype(np.int64)
    return num


def _times(number: Exact, by: int, span: int) -> Whole:
    wide = widened(number.num, span)
    return wide if by == 1 else wide * by


def _array(number: Exact, rows: int) -> Whole:
    if not number.plain:
        return number.num
    span = _span(number.low, number.high)
    kind: Any = np.int32 if span <= _INT32 else np.int64 if span <= _INT64 else object
    return np.full(rows, number.num, dtype=kind)


def _kept(num: Whole, den: int, low: int, high: int, *, inexact: bool) -> Exact:
    number = Exact(num, den, low, high, inexact=inexact)
    if isinstance(num, np.ndarray) and (num.dtype == object or _span(low, high) > _INT32 * 64):
        number.tightened()
        if num.dtype == object and _span(number.low, number.high) <= _INT64:
            number.num = num.astype(np.int64)
    return number


def _pick(one: Exact, two: Exact, ufunc: Any, plain: Any) -> Exact:
    den = lcm(one.den, two.den)
    by, to = den // one.den, den // two.den
    lows, highs = (one.low * by, two.low * to), (one.high * by, two.high * to)
    span = max(_span(min(lows), max(highs)), by, to)
    left, right = _times(one, by, span), _times(two, to, span)
    num = plain(left, right) if one.plain and two.plain else ufunc(left, right)
    return Exact(num, den, plain(lows), plain(highs), inexact=one.inexact or two.inexact)


def compared(one: Exact, two: Exact) -> tuple[Whole, Whole, bool]:
    """Both over one denominator, to be compared, and whether either may be inexact."""
    den = lcm(one.den, two.den)
    by, to = den // one.den, den // two.den
    span = max(_span(one.low * by, one.high * by), _span(two.low * to, two.high * to), by, to)
    return _times(one, by, span), _times(two, to, span), one.inexact or two.inexact


def exact(number: Decimal | Fraction | int) -> Exact:
    """One number, the same for every row."""
    return _constant(fraction_of(number))


@lru_cache(maxsize=4096)
def fraction_of(number: Decimal | Fraction | int) -> Fraction:
    """A number as a fraction, kept since a scheme has the same few again and again."""
    return Fraction(number)


@lru_cache(maxsize=4096)
def _constant(fraction: Fraction) -> Exact:
    top = fraction.numerator
    return Exact(top, fraction.denominator, top, top, inexact=_places(fraction.denominator) is None)


def rounded(number: Exact, unit: Decimal | Fraction, mode: str) -> tuple[Exact, Mask]:
    """To the nearest multiple of ``unit``, and the rows that the one-by-one form might round otherwise."""
    step = fraction_of(unit)
    top, den = step.denominator, number.den * step.numerator
    shared = gcd(top, den)
    top, den = top // shared, den // shared
    low, high = number.low * top, number.high * top
    if den == 1 and not number.inexact:
        return number, False
    span = 4 * max(_span(low, high), den, top)
    x = _times(number, top, span)
    units, doubt = _whole_units(x, den, low, mode, inexact=number.inexact)
    ends = (low // den - 1) * step.numerator, (high // den + 1) * step.numerator
    by = step.numerator
    num = widened(units, _span(*ends)) * by if by != 1 else units
    return Exact(num, step.denominator, *ends), doubt


def _whole_units(x: Whole, den: int, low: int, mode: str, *, inexact: bool) -> tuple[Whole, Mask]:
    near = 2 * den // _NEAR
    if mode in ("up", "down"):
        units = x // den if mode == "down" else -(-x // den)
        rest = x - units * den
        doubt = narrowed((abs(rest) <= near) | (abs(rest) >= den - near)) if inexact else False
        return units, doubt
    doubled = 2 * x + den
    units = doubled // (2 * den)
    if mode == "half_up" and low >= 0 and not inexact:
        return units, False
    rest = doubled - units * (2 * den)
    doubt = narrowed((rest <= near) | (rest >= 2 * den - near)) if inexact else False
    if mode == "half_even":
        units = units - ((rest == 0) & (units % 2 == 1))
    elif low < 0:
        units = units - ((rest == 0) & (x < 0))
    return units, doubt


NOUGHT = exact(0)
ONE = exact(1)
