"""The same allocation, quicker, for schemes and people of the plainest kind.

A scheme of points at one price, with help taken off whole groups of questions, further streams that
read few answers, and steps on the whole with fixed numbers, is worked out here in whole numbers of
small parts of a penny. Lines of the receipt that many people share are made once, by the same rules
that make them for one person, and kept. For any other scheme, and for a person with an answer that is
missing, unknown or out of the ordinary, there is nothing here, and the rules work it out step by step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import lru_cache
from operator import itemgetter
from typing import Any, ClassVar

from portal.budget.rules.compiled import compile_scheme
from portal.budget.rules.evaluation import CONTEXT
from portal.budget.rules.fitting import Fitted, Unfit, fitted
from portal.budget.rules.receipt import Allocation, Line, ReviewFlag, StreamResult
from portal.budget.rules.sharing import (
    End,
    Pence,
    Reductions,
    Rest,
    Side,
    Sides,
    Walk,
    figures_of,
    pennies_line,
)
from portal.pack.conditions import Answers
from portal.pack.scheme.whole import Scheme

_new = tuple.__new__

MOST_ENDS = 40_000
"""So many ends of allocations are kept for people to come; then they are made anew."""


class _Latest:
    """The scheme that was asked for last, as it will be again."""

    known: ClassVar[tuple[Scheme | None, dt.date | None, Quick | None]] = (None, None, None)


def quickly(scheme: Scheme, on: dt.date) -> Quick | None:
    """The quick form of a scheme on a day; ``None`` when it has none."""
    known, day, quick = _Latest.known
    if known is not scheme or (day is not on and day != on):
        quick = _made(scheme, on)
        _Latest.known = (scheme, on, quick)
    return quick


@lru_cache(maxsize=64)
def _made(scheme: Scheme, on: dt.date) -> Quick | None:
    try:
        with localcontext(CONTEXT):
            return Quick(fitted(compile_scheme(scheme), on))
    except Unfit:
        return None


def _all_of(names: tuple[str, ...]) -> Callable[[Answers], Any]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda answers: tuple(answers[name] for name in names)


class Quick:
    """Works out one person after another."""

    def __init__(self, fit: Fitted) -> None:
        self.fit = fit
        self.pence = Pence()
        self.walk = Walk(fit, self.pence)
        self.reductions = Reductions(fit)
        self.sides = Sides(fit, self.reductions)
        self._kept = 0
        self.scored_of = _all_of(tuple(question.id for question in fit.scored))
        self.facts_of = _all_of(fit.facts)

    def allocation(self, answers: Answers) -> Allocation | None:
        """The allocation, or ``None`` when these answers are to be worked out step by step."""
        try:
            given, facts = self.scored_of(answers), self.facts_of(answers)
            node = self.walk.root
            lines: list[Line] = []
            add = lines.append
            for answer in given:
                line, node = node[answer]
                add(line)
            side = self.sides.known.get(facts)
        except (KeyError, TypeError):
            found = self._made(answers)
            if found is None:
                return None
            given, facts, lines, node = found
            side = self.sides.known.get(facts)
        if side is None:
            side = self.sides.made(facts, answers)
            if side is None:
                return None
        return self._told(given, lines, node, side)

    def _made(self, answers: Answers) -> tuple[Any, Any, list[Line], Any] | None:
        """As the walk, making the lines that nobody had before."""
        try:
            given, facts = self.scored_of(answers), self.facts_of(answers)
            hash(facts)
            with localcontext(CONTEXT):
                found = self.walk.made(given)
        except (KeyError, TypeError):
            return None
        return None if found is None else (given, facts, *found)

    def _told(self, given: Any, lines: list[Line], at: Any, side: Side) -> Allocation:
        fit, add = self.fit, lines.append
        running, points = at
        points *= fit.share_unit
        for parts, known, make in side.reductions:
            gross = 0
            for place, worth in parts:
                gross += worth[given[place]]
            if gross:
                head, pennies, tail, change = known.get(gross) or make(gross)
                running += pennies
                points += change
                add(_new(Line, (*head, self.pence[running], *tail)))
        rest = side.rest
        more, flags, amount, weekly, annual, results, score = rest.ends.get((points, running)) or self._end(
            rest, points, running
        )
        lines += more
        told = (
            "figure",
            amount,
            weekly,
            annual,
            fit.base,
            fit.weeks,
            tuple(lines),
            None,
            (),
            results,
            side.caveats,
            flags,
            (),
            {fit.score.id: score},
        )
        return _new(Allocation, told + fit.about)

    def _end(self, rest: Rest, points: int, running: int) -> End:
        """What follows on so many points, when the lines so far come to so many pence."""
        fit, pence = self.fit, self.pence
        exact = points * fit.rate
        shown = (2 * exact + fit.penny) // (2 * fit.penny)
        lines: list[Line] = []
        if shown != running:
            lines.append(pennies_line(pence, shown - running, shown, fit.stream.id))
        now = shown
        for head, pennies, tail in rest.lines:
            now += pennies
            lines.append(_new(Line, (*head, pence[now], *tail)))
        flags, final = self._stepped(lines, exact + rest.exact, now)
        result = StreamResult._make((*fit.result_head, pence[shown], pence[shown], None, None, None, None))
        score = Decimal(points).scaleb(-fit.point_places)
        self._kept += 1
        if self._kept > MOST_ENDS:
            self._kept = 0
            self.sides.clear()
        found = (tuple(lines), flags, *figures_of(fit, final), (result, *rest.results), score)
        rest.ends[points, running] = found
        return found

    def _stepped(self, lines: list[Line], value: int, running: int) -> tuple[tuple[ReviewFlag, ...], int]:
        pence, rounding = self.pence, False
        flags: tuple[ReviewFlag, ...] = ()
        for step in self.fit.steps:
            before = value * step.up
            value = step.after(value)
            if value == before:
                continue
            unit = step.penny
            pennies = _pennies(value - before, unit)
            running += pennies
            head, tail = step.head, step.tail
            was = pence[(2 * before + unit) // (2 * unit)]
            lines.append(_new(Line, (*head, pence[pennies], was, pence[running], *tail)))
            rounding = step.rounding
            if step.cap:
                flags = (*flags, step.flag(before, value))
        total = (2 * value + self.fit.last_penny) // (2 * self.fit.last_penny)
        if total != running:
            adrift = total - running
            if rounding:
                last = lines[-1]
                lines[-1] = last._replace(
                    amount=last.amount + pence[adrift], running=last.running + pence[adrift]
                )
            else:
                lines.append(pennies_line(pence, adrift, total, None))
        return flags, value


def _pennies(amount: int, unit: int) -> int:
    """To the penny, half a penny away from nought."""
    if amount < 0:
        return -((unit - 2 * amount) // (2 * unit))
    return (2 * amount + unit) // (2 * unit)
