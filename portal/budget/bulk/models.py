"""The ways of a stream to an amount, for many people at once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm

import numpy as np
from numpy.typing import NDArray

from portal.budget.bulk.exact import (
    NOUGHT,
    Exact,
    Mask,
    both,
    compared,
    either,
    exact,
    narrowed,
    neither,
    widened,
)
from portal.budget.bulk.frame import Frame, NotHeldError
from portal.budget.bulk.scores import Off, Scoring, score_of
from portal.budget.bulk.sheets import Entry, Sheet, add_lines, add_matrix, reduce_lines
from portal.pack.conditions import Kept
from portal.pack.scheme import Stream
from portal.pack.scheme.awards import Level, Residual, Tier
from portal.pack.scheme.models import Linear, PoolRatio, PricePerPoint, Table

Index = NDArray[np.intp]
_SCORED = ("question", "domain", "score")


def add_model(frame: Frame, stream: Stream, acting: list[Off], sheet: Sheet) -> Mask:
    """The lines of a stream's model.

    :return: for whom it gives no amount, which is not nought pounds.
    """
    if stream.price_per_point is not None:
        _price_points(frame, stream.price_per_point, acting, sheet)
    elif stream.table is not None:
        points = score_of(frame, stream.table.score, acting)
        amount, none, refer = amount_at(frame, stream.table, points)
        frame.refer("table", refer)
        _one_line(frame, amount, stream.table.score, sheet)
        return none
    elif stream.matrix is not None:
        add_matrix(frame, stream.matrix, sheet)
    elif stream.lines is not None:
        add_lines(frame, stream.lines, sheet)
    elif stream.linear is not None:
        _add_linear(frame, stream.linear, sheet)
    elif stream.tier is not None:
        return _add_tier(frame, stream.tier, acting, sheet)
    elif stream.residual is not None:
        return _add_residual(frame, stream, stream.residual, sheet)
    elif stream.pool_ratio is not None:
        _price_by_pool(frame, stream.pool_ratio, acting, sheet)
    return False


def after_additions(frame: Frame, stream: Stream, acting: list[Off], sheet: Sheet) -> None:
    """What help takes off lines that rest on answers."""
    if stream.model in ("lines", "matrix", "residual"):
        reduce_lines(frame, acting, sheet)


def _one_line(frame: Frame, amount: Exact, score: str, sheet: Sheet) -> None:
    if sheet.round is not None and any(reducer.scope in _SCORED for reducer in frame.compiled.of_answers):
        raise NotHeldError(f"score {score} is turned into one amount, and each line of help is rounded")
    sheet.add(Entry(score, amount))


def _price_points(frame: Frame, model: PricePerPoint, acting: list[Off], sheet: Sheet) -> None:
    if model.breakpoints:
        points = score_of(frame, model.score, acting)
        amount = points * exact(model.rate)
        rate = model.rate
        for piece in model.breakpoints:
            above = (points - exact(piece.above)).most(NOUGHT)
            amount = amount + above * exact(piece.rate - rate)
            rate = piece.rate
        _one_line(frame, amount, model.score, sheet)
    else:
        by = exact(model.rate)
        for part in reversed(model.rate_by):
            by = exact(part.rate).or_else(frame.holds(part.when), by)
        if sheet.round is None:
            sheet.put(model.score, score_of(frame, model.score, acting) * by)
        else:
            scoring = Scoring(frame, frame.compiled.scores[model.score], stepwise=True)
            scoring.result(acting)
            for rule, points in scoring.steps:
                sheet.add(Entry(rule, points * by))
    if model.fixed:
        sheet.add(Entry("fixed", exact(model.fixed)))


def _price_by_pool(frame: Frame, model: PoolRatio, acting: list[Off], sheet: Sheet) -> None:
    frame.caveat("pool_ratio", True)
    amount = score_of(frame, model.score, acting) * exact(Fraction(model.supply) / Fraction(model.demand))
    _one_line(frame, amount * exact(model.unit_amount), model.score, sheet)


def amount_at(frame: Frame, table: Table, points: Exact) -> tuple[Exact, Mask, Mask]:
    """What a table gives at these points.

    :return: the amounts; where there is none; where a person decides.
    """
    rows = table.rows
    den = lcm(points.den, *(Fraction(end).denominator for row in rows for end in (row.low, row.high)))
    lows = [int(row.low * den) for row in rows]
    highs = [int(row.high * den) for row in rows]
    by = den // points.den
    span = max(abs(end) for end in (*lows, *highs, points.low * by, points.high * by, by))
    at = widened(np.broadcast_to(np.asarray(points.num), (frame.rows,)), span) * by
    if at.dtype == object:
        raise NotHeldError("the points of a table have too many figures")
    ends = np.array(lows, dtype=np.int64)
    index = np.searchsorted(ends, at, side="right") - 1
    beneath, inside_index = index < 0, np.maximum(index, 0)
    covered = ~beneath & (at <= np.array(highs, dtype=np.int64)[inside_index])
    over = at > highs[-1]
    if points.inexact:
        frame.doubt(np.isin(at, np.array([*lows, *highs], dtype=np.int64)))
    amounts = _looked_up([row.amount for row in rows], inside_index)
    amount = amounts.kept_where(covered)
    empty = np.array([row.amount is None for row in rows])
    none: Mask = covered & empty[inside_index]
    between = ~covered & ~beneath & ~over
    between_amount, between_none, between_refer = _between(table, points, inside_index)
    amount = amount + between_amount.kept_where(between)
    if between_none is True:
        none = either(none, between)
    elif table.match == "exact" and table.between == "lower":
        none = either(none, between & empty[inside_index])
    refer: Mask = both(between, between_refer)
    for where, what, row, pair in (
        (beneath, table.below, rows[0], rows[:2]),
        (over, table.above, rows[-1], rows[-2:]),
    ):
        if what == "refer":
            refer = either(refer, where)
        elif what == "none" or (what == "last" and row.amount is None):
            none = either(none, where)
        elif what == "last":
            assert row.amount is not None
            amount = amount + exact(row.amount).kept_where(where)
        elif what == "extrapolate":
            low, high = pair
            assert low.amount is not None
            assert high.amount is not None
            slope = Fraction(high.amount - low.amount) / Fraction(high.low - low.low)
            line = exact(low.amount) + (points - exact(low.low)) * exact(slope)
            amount = amount + line.most(NOUGHT).kept_where(where)
    return amount, none, refer


def _between(table: Table, points: Exact, index: Index) -> tuple[Exact, Mask, Mask]:
    rows = table.rows
    if table.match == "interpolate" and len(rows) > 1:
        slopes = []
        for low, high in pairwise(rows):
            assert low.amount is not None
            assert high.amount is not None
            slopes.append(Fraction(high.amount - low.amount) / Fraction(high.low - low.low))
        last = np.minimum(index, len(rows) - 2)
        slope = _fractions(slopes, last)
        start = _fractions([Fraction(row.low) for row in rows], last)
        amount = _fractions([Fraction(row.amount or 0) for row in rows], last)
        return amount + (points - start) * slope, False, False
    if table.match == "exact" and table.between == "zero":
        return NOUGHT, False, False
    if table.match == "exact" and table.between == "lower":
        return _looked_up([row.amount for row in rows], index), False, False
    if table.match == "exact" and table.between == "none":
        return NOUGHT, True, False
    return NOUGHT, False, True


def _looked_up(amounts: list[Decimal | None], index: Index) -> Exact:
    return _fractions([Fraction(amount or 0) for amount in amounts], index)


def _fractions(numbers: list[Fraction], index: Index) -> Exact:
    den = lcm(*(number.denominator for number in numbers))
    nums = [int(number * den) for number in numbers]
    low, high = min(nums), max(nums)
    kind = np.int64 if max(abs(low), abs(high)) < 2**62 else object
    return Exact(np.array(nums, dtype=kind)[index], den, low, high)


def _add_linear(frame: Frame, model: Linear, sheet: Sheet) -> None:
    if model.link == "log":
        raise NotHeldError("a fitted line on the logarithm of pounds has no exact amounts")
    sheet.add(Entry("intercept", exact(model.intercept)))
    for term in model.terms:
        amount = frame.quantity(term.quantity, sheet.period) * exact(term.coefficient)
        sheet.add(Entry(term.id, amount))
    before = sheet.total()
    low, high = model.clip
    clipped = before if high is None else before.least(exact(high))
    sheet.add(Entry("clip", clipped.most(exact(low)) - before))


def _add_tier(frame: Frame, tier: Tier, acting: list[Off], sheet: Sheet) -> Mask:
    free: Mask = True
    amount = NOUGHT
    for level, mask in _levels(frame, tier, acting):
        here = both(free, mask)
        amount = amount + exact(level.amount).kept_where(here)
        free = both(free, neither(mask))
    sheet.add(Entry("tier", amount))
    if tier.most_in_year is not None:
        given = frame.quantity(tier.given_this_year, "year") if tier.given_this_year is not None else NOUGHT
        room = (exact(tier.most_in_year) - given).most(NOUGHT)
        sheet.add(Entry("tier_year", amount.least(room) - amount))
    return free


def _levels(frame: Frame, tier: Tier, acting: list[Off]) -> list[tuple[Level, Mask]]:
    if tier.question is not None:
        name = tier.question
        asked, column = frame.asked(name), frame.column(name)

        def chosen(level: Level) -> Mask:
            def is_it(given: Kept | None) -> bool:
                return frame.reader.about(name, given).given(name) == level.id

            return both(asked, column.mask(("tier", level.id), is_it))

        return [(level, chosen(level)) for level in tier.levels]
    if tier.score is None:
        return [(level, frame.holds(level.when)) for level in tier.levels]
    points = score_of(frame, tier.score, acting)
    found = []
    for level in tier.levels:
        assert level.points_from is not None
        mask = at_least(frame, points, level.points_from)
        if level.points_to is not None:
            mask = both(mask, at_most(frame, points, level.points_to))
        found.append((level, mask))
    return found


def at_least(frame: Frame, number: Exact, bound: Decimal) -> Mask:
    """Where a number is at least so much."""
    one, two, inexact = compared(number, exact(bound))
    if inexact:
        frame.doubt(narrowed(one == two))
    return narrowed(one >= two)


def at_most(frame: Frame, number: Exact, bound: Decimal) -> Mask:
    """Where a number is at most so much."""
    one, two, inexact = compared(number, exact(bound))
    if inexact:
        frame.doubt(narrowed(one == two))
    return narrowed(one <= two)


def _add_residual(frame: Frame, stream: Stream, model: Residual, sheet: Sheet) -> Mask:
    none: Mask = False
    if model.threshold_stream is not None:
        assert model.threshold is not None
        found = frame.streams.get(model.threshold_stream)
        if found is None:
            return True
        number, where, own = found
        reached = at_least(frame, frame.in_period(number, own, sheet.period), model.threshold)
        none = neither(both(where, reached))
    before_refer = frame.referred
    add_lines(frame, model.target, sheet)
    if none is not False and frame.referred is not before_refer:
        raise NotHeldError(f"stream {stream.id} has a threshold and prices that may be missing")
    for name in model.less:
        other = frame.streams.get(name)
        if other is not None:
            _take_off(name, frame.in_period(other[0], other[2], sheet.period).kept_where(other[1]), sheet)
    for deduction in model.less_also:
        amount = frame.quantity(deduction.amount, deduction.per or sheet.period)
        if deduction.per is not None:
            amount = frame.in_period(amount, deduction.per, sheet.period)
        _take_off(deduction.id, amount, sheet)
    if model.most is not None:
        amount = sheet.total()
        over = neither(at_most(frame, amount, model.most))
        frame.flag(stream.id, both(over, neither(none)), amount)
        sheet.add(Entry(f"{stream.id}_most", amount.least(exact(model.most)) - amount))
    return none


def _take_off(rule: str, amount: Exact, sheet: Sheet) -> None:
    off = amount.least(sheet.total().most(NOUGHT)).most(NOUGHT)
    sheet.add(Entry(rule, -off))
