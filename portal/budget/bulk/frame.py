"""Many people under one scheme on one day: conditions and quantities for all of them at once.

Whatever rests on one answer alone is asked of the one-by-one form, once for each different answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np

from portal.budget.bulk.columns import Column, Given, Vocabulary, field_of, joined
from portal.budget.bulk.exact import (
    NOUGHT,
    Exact,
    Mask,
    both,
    either,
    exact,
    narrowed,
    neither,
    rounded,
    some,
    widened,
)
from portal.budget.bulk.joint import Joints
from portal.budget.rules.compiled import Compiled
from portal.budget.rules.run import Run
from portal.money import RoundingMode
from portal.pack.conditions import Answers, Condition, holds
from portal.pack.scheme import Quantity, SchemePeriod
from portal.pack.scheme.parts import Price, Year

P = TypeVar("P")
Words = tuple[tuple[int, int], ...]
"""What tells apart the vocabularies of a block: which they are, and how many answers each has."""

_AT_HAND = 2**24
_SCALE = 10**6


class NotHeldError(Exception):
    """The scheme does something that cannot be done for many people at once. Says what."""


class Reader:
    """The one-by-one form, asked about one answer at a time."""

    def __init__(self, compiled: Compiled, on: dt.date) -> None:
        self.compiled = compiled
        self.run = Run(compiled, {}, on)
        self.joints = Joints()
        self.factors: dict[tuple[SchemePeriod, SchemePeriod], Exact] = {}
        self._plans: dict[Hashable, tuple[Words, Any]] = {}
        # Once a large piece was given back, the system keeps as much at hand.
        np.empty(_AT_HAND, dtype=np.uint8)

    def about(self, name: str, given: Given, *, asked: bool = True) -> Run:
        """A run in which this is the only answer, and its question is asked, or is not."""
        group, _, field = name.partition(".")
        answers: Answers = {}
        if given is not None:
            answers = {group: {field: given}} if field else {group: given}
        run = self.run
        run.answers = answers
        run.counted = {group} if asked else set()
        return run

    def factor(self, period: SchemePeriod, to: SchemePeriod) -> Exact:
        """How much one pound of a period is in another."""
        found = self.factors.get((period, to))
        if found is None:
            found = self.factors[period, to] = exact(factor(self.compiled.scheme.year, period, to))
        return found

    def planned(self, key: Hashable, words: Words, plan: Callable[[], P]) -> P:
        """What was planned for the same different answers, or a new plan."""
        before = self._plans.get(key)
        if before is None or before[0] != words:
            before = self._plans[key] = (words, plan())
        found: P = before[1]
        return found


class Frame:
    """The people of one block.

    :ivar here: those whom what is worked out now is about.
    :ivar lasting: the columns whose vocabularies last from block to block.
    :ivar doubtful: those to be worked out one by one, since rounding might differ or a number is too long.
    :ivar referred: those for whom the scheme leaves the figure to a person.
    :ivar caveats: what is to be known about the figure, each with whom it is about, in order.
    """

    def __init__(self, reader: Reader, columns: Mapping[str, Column], rows: int) -> None:
        self.reader = reader
        self.compiled = reader.compiled
        self.scheme = reader.compiled.scheme
        self.given_columns = dict(columns)
        self.lasting = frozenset(columns)
        self.rows = rows
        self.here: Mask = True
        self.doubtful: Mask = False
        self.referred: Mask = False
        self.caveats: list[tuple[str, Mask]] = []
        self.flags: list[tuple[str, Mask, Exact]] = []
        self.scores: dict[str, Exact] = {}
        self.streams: dict[str, tuple[Exact, Mask, SchemePeriod]] = {}
        self._asked: dict[str, Mask] = {}
        self.words: Words = tuple((one.words.serial, len(one.words.said)) for one in columns.values())

    def column(self, name: str) -> Column:
        """The answers to a question, or to one field of a group."""
        found = self.given_columns.get(name)
        if found is None:
            found = self.given_columns[name] = self._made(name)
        return found

    def _made(self, name: str) -> Column:
        group, _, field = name.partition(".")
        if field:
            whole = self.given_columns.get(group)
            return field_of(whole, field) if whole is not None else Column(Vocabulary(), None)
        parts = {
            key.partition(".")[2]: column
            for key, column in self.given_columns.items()
            if key.startswith(f"{name}.")
        }
        return joined(parts, self.rows) if parts else Column(Vocabulary(), None)

    def together(self, names: Sequence[str]) -> Column:
        """The answers to several questions as one column, by question."""
        key = " ".join(names)
        if key not in self.given_columns:
            self.given_columns[key] = joined({name: self.column(name) for name in names}, self.rows)
        return self.given_columns[key]

    def doubt(self, mask: Mask) -> None:
        """Have these people worked out one by one."""
        if some(mask):
            self.doubtful = either(self.doubtful, mask)

    def refer(self, rule: str, mask: Mask) -> None:
        """Leave the figure of these people to a person, unless it already is."""
        here = both(both(mask, self.here), neither(self.referred))
        if some(here):
            self.caveats.append((rule, here))
            self.referred = either(self.referred, here)

    def caveat(self, rule: str, mask: Mask) -> None:
        """Tell something about the figures of these people."""
        here = both(both(mask, self.here), neither(self.referred))
        if some(here):
            self.caveats.append((rule, here))

    def flag(self, rule: str, mask: Mask, uncapped: Exact) -> None:
        """Have a person look at these figures: a limit was reached."""
        here = both(both(mask, self.here), neither(self.referred))
        if some(here):
            self.flags.append((rule, here, uncapped))

    def asked(self, question: str) -> Mask:
        """Where a question counts."""
        group = question.partition(".")[0]
        found = self._asked.get(group)
        if found is None:
            about = self.compiled.questions.get(group)
            found = False if about is None else self.holds(about.ask_when)
            self._asked[group] = found
        return found

    def holds(self, condition: Condition | None) -> Mask:
        """Where a condition is true."""
        if condition is None:
            return True
        if condition.question is not None:
            return self._leaf(condition, condition.question)
        found: Mask
        if condition.all is not None:
            found = True
            for part in condition.all:
                found = both(found, self.holds(part))
            return found
        found = False
        for part in condition.any or condition.none or ():
            found = either(found, self.holds(part))
        return found if condition.any is not None else neither(found)

    def _leaf(self, condition: Condition, name: str) -> Mask:
        group, _, field = name.partition(".")

        def true(given: Given) -> bool:
            if given is None:
                return holds(condition, {})
            return holds(condition, {group: {field: given}} if field else {group: given})

        return self.column(name).mask(("holds", id(condition)), true)

    def numbers(self, name: str, key: Hashable, worth: Callable[[Run], Decimal | None]) -> tuple[Exact, Mask]:
        """What each answer is worth to the one-by-one form where its question counts, and where it is."""

        def of(given: Given) -> Decimal | None:
            return worth(self.reader.about(name, given))

        number, present, too_long = self.column(name).numbers(key, of)
        asked = self.asked(name)
        self.doubt(both(too_long, asked))
        present = both(present, asked)
        return (number if asked is True else number.kept_where(asked)), present

    def quantity(self, quantity: Quantity, period: SchemePeriod) -> Exact:
        """What a quantity comes to for each person."""
        mask = self.holds(quantity.when)
        if mask is False:
            return NOUGHT
        found = self._quantity(quantity, period)
        if quantity.bands and not _of_an_answer(quantity):
            raise NotHeldError("a number that is worked out counts by its band")
        if quantity.round is not None and not _of_an_answer(quantity):
            found = self.round(found, quantity.round.unit, quantity.round.mode)
        return found.kept_where(mask)

    def _quantity(self, quantity: Quantity, period: SchemePeriod) -> Exact:
        if quantity.value is not None:
            return exact(quantity.value)
        listed = quantity.total_of or quantity.count_of or ""
        name = quantity.answer or quantity.by or listed.partition(".")[0]
        otherwise = exact(quantity.otherwise if quantity.otherwise is not None else 0)
        if name:
            bare = quantity.model_copy(update={"when": None})
            return self._of_one_answer(name, id(quantity), bare, period)
        if quantity.score is not None:
            return self.scores.get(quantity.score, otherwise)
        if quantity.stream is not None:
            found = self.streams.get(quantity.stream)
            if found is None:
                return otherwise
            number, where, own = found
            return self.in_period(number, own, period).or_else(where, otherwise)
        return self._joined(quantity, period)

    def _of_one_answer(self, name: str, key: int, quantity: Quantity, period: SchemePeriod) -> Exact:
        def of(given: Given) -> Decimal:
            return self.reader.about(name, given).quantity(quantity, period)

        def unasked(given: Given) -> Decimal:
            return self.reader.about(name, given, asked=False).quantity(quantity, period)

        asked, column = self.asked(name), self.column(name)
        number, _present, too_long = column.numbers(("quantity", key, period), of)
        self.doubt(both(too_long, asked))
        if asked is True:
            return number
        return number.or_else(asked, column.numbers(("unasked", key, period), unasked)[0])

    def _joined(self, quantity: Quantity, period: SchemePeriod) -> Exact:
        group = next(parts for parts in quantity.inner_lists() if parts is not None)
        numbers = [self.quantity(part, period) for part in group]
        if quantity.sum is not None:
            return total(numbers)
        if quantity.product is not None:
            product = exact(1)
            for number in numbers:
                product = product * number
            return product
        if not numbers:
            return NOUGHT
        if quantity.quotient is not None:
            found, where = self.divided(numbers[0], numbers[1], where=True)
            return found.or_else(where, exact(quantity.otherwise or 0))
        if quantity.less is not None:
            return (numbers[0] - total(numbers[1:])).most(NOUGHT)
        found = numbers[0]
        for number in numbers[1:]:
            found = found.least(number) if quantity.least is not None else found.most(number)
        return found

    def divided(self, above: Exact, below: Exact, where: Mask) -> tuple[Exact, Mask]:
        """One number by another, nought for nothing; those for whom it is not even go one by one.

        :param where: whom it is about.
        :return: the quotients, and where there is one.
        """
        by, under = Fraction(below.den * _SCALE, above.den).as_integer_ratio()
        most = max(-above.low, above.high, 1)
        top = widened(above.num, most * by) * by
        whole = widened(below.num, max(-below.low, below.high, 1) * under) * under
        some_whole = narrowed(whole != 0)
        safe = whole + (whole == 0)
        found = top // safe
        self.doubt(both(where, both(some_whole, narrowed(found * safe != top))))
        ends = most * by
        return Exact(found, _SCALE, -ends, ends, inexact=True).kept_where(some_whole), some_whole

    def in_period(self, number: Exact, period: SchemePeriod, to: SchemePeriod) -> Exact:
        """Amounts of one period in another; a one-off sum stays what it is."""
        if period == to or "one_off" in (period, to):
            return number
        return number * self.reader.factor(period, to)

    def round(self, number: Exact, unit: Decimal, mode: RoundingMode) -> Exact:
        """To the nearest multiple of a unit; those in doubt are worked out one by one."""
        found, doubt = rounded(number, unit, mode)
        self.doubt(doubt)
        return found

    def priced(self, id: str) -> list[tuple[Mask, Price | None]]:
        """The prices that hold, each with for whom."""
        choice = self.scheme.route
        routes: dict[str, Mask] = {"any": True}
        if choice is not None:
            routes = {
                route: self._route(route) for route in sorted({*choice.values.values(), choice.otherwise})
            }
        run = self.reader.run
        found: dict[int, tuple[Mask, Price | None]] = {}
        held = [price for price in self.compiled.prices.get(id, ()) if price.effective.holds_on(run.on)]
        for route, mask in routes.items():
            price = next(
                (price for wanted in (route, "any") for price in held if price.route == wanted), None
            )
            before: Mask = found[id_of(price)][0] if id_of(price) in found else False
            found[id_of(price)] = (either(before, mask), price)
        return [variant for variant in found.values() if variant[0] is not False]

    def _route(self, route: str) -> Mask:
        choice = self.scheme.route
        assert choice is not None
        name = choice.question

        def taken(given: Given) -> bool:
            return self.reader.about(name, given).route() == route

        unasked = choice.otherwise == route
        asked = self.asked(name)
        mask = both(asked, self.column(name).mask(("route", route), taken))
        return either(mask, neither(asked)) if unasked else mask


def _of_an_answer(quantity: Quantity) -> bool:
    """Whether it is worked out whole, rounding included, for each answer that there may be."""
    return any((quantity.answer, quantity.by, quantity.total_of, quantity.count_of))


def id_of(price: Price | None) -> int:
    """One number for each price of the book."""
    return id(price)


def total(numbers: list[Exact]) -> Exact:
    """What numbers come to."""
    found = NOUGHT
    for number in numbers:
        found = found + number
    return found


def factor(year: Year, period: SchemePeriod, to: SchemePeriod) -> Fraction:
    """How much one pound of a period is in another."""
    return Fraction(year.times(period)) / Fraction(year.times(to))
