"""What to look at again in a scheme that is sound: warnings, never errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from portal.pack.scheme.checks import Parts, condition_questions, questions_read
from portal.pack.scheme.models import Table
from portal.pack.scheme.reach import reach
from portal.pack.scheme.streams import Stream
from portal.pack.scheme.whole import Scheme

OLD_AFTER = dt.timedelta(days=365)
LARGEST_JUMP = Decimal(1000)
"""Pounds a year from one row of a table to the next point. A larger step is warned of."""

_ABOUT_THE_PERSON = frozenset(
    {"age", "age_band", "date_of_birth", "client_group", "user_group", "ethnicity", "gender", "postcode"}
)


class SchemeWarning(NamedTuple):
    """One thing to look at again: the rule it is about, a fixed ``code``, and why."""

    rule: str
    code: str
    message: str


def warnings_of(scheme: Scheme, on: dt.date) -> tuple[SchemeWarning, ...]:
    """Everything to look at again in a scheme, on a day."""
    return tuple(
        warning
        for find in (_values, _segments, _weights, _reducers, _tables, _caps, _prices, _contingency, _sources)
        for warning in find(scheme, on)
    )


def _values(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    for question in scheme.questions:
        points = list(question.points.values())
        if any(after < before for before, after in pairwise(points)):
            message = "an option brings fewer points than the one before it; is that meant?"
            yield SchemeWarning(question.id, "values_fall", message)
    read = {name for name, _where in questions_read(Parts(scheme))}
    for question in scheme.questions:
        if not question.scored and question.id not in read:
            yield SchemeWarning(question.id, "not_used", "it is listed, but nothing in the scheme reads it")


def _segments(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    for stream in scheme.streams:
        if stream.price_per_point is not None:
            for segment in stream.price_per_point.rate_by:
                message = "some people have another rate for the same points; say who can defend it and how"
                yield SchemeWarning(segment.id, "segment", message)
    for question in sorted(condition_questions(Parts(scheme)) & _ABOUT_THE_PERSON):
        message = "money depends on who the person is, not on what they need"
        yield SchemeWarning(question, "segment", message)


def _weights(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    weights = [(question, weight) for score in scheme.scores for question, weight in score.weights.items()]
    weights += [(row.id, row.weight) for row in scheme.matrix_rows()]
    weights += [(rule.id, rule.weight) for rule in scheme.line_rules() if rule.weight is not None]
    weights += [
        (step.id, step.value.value)
        for step in scheme.pipeline
        if step.op in ("weight", "multiply") and step.value is not None and step.value.value is not None
    ]
    for rule, weight in weights:
        if weight < 1:
            message = f"a weight of {weight} is a cut of {(1 - weight) * 100:f}%"
            yield SchemeWarning(rule, "weight_cuts", message)


def _reducers(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    scopes = {question.id: question for question in scheme.questions}
    drivers: dict[str, str] = {}
    for reducer in scheme.reducers:
        if reducer.driver in drivers:
            message = f"{drivers[reducer.driver]} also takes off by {reducer.driver}; help may count twice"
            yield SchemeWarning(reducer.id, "same_driver", message)
        drivers.setdefault(reducer.driver, reducer.id)
        inside = set(reducer.of)
        if reducer.scope == "domain":
            inside = {question.id for question in scheme.questions if question.domain in reducer.of}
        for name in sorted(inside & scopes.keys()):
            if scopes[name].scope == "with_help":
                message = f"{name} is answered with help counted; taking off again counts help twice"
                yield SchemeWarning(reducer.id, "double_count", message)


def _tables(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    for stream in scheme.streams:
        table = stream.table
        if table is None:
            continue
        period = stream.period or scheme.base_period
        a_year = Decimal(1) if period == "one_off" else scheme.year.times(period)
        if table.match != "interpolate":
            for row, following in pairwise(table.rows):
                jump = ((following.amount or Decimal(0)) - (row.amount or Decimal(0))) * a_year
                if following.low - row.high == 1 and jump > LARGEST_JUMP:
                    message = f"one more point at {following.low} brings {jump:.2f} pounds a year more"
                    yield SchemeWarning(stream.id, "jump", message)
        for row, following in pairwise(table.rows):
            if row.amount is not None and following.amount is not None and following.amount < row.amount:
                message = f"the row at {following.low} gives less than the row before it"
                yield SchemeWarning(stream.id, "values_fall", message)
        yield from _reached(scheme, stream, table)


def _reached(scheme: Scheme, stream: Stream, table: Table) -> Iterator[SchemeWarning]:
    score = next(score for score in scheme.scores if score.id == table.score)
    found = reach(scheme, score)
    if found is None:
        return
    low, high = found
    for row in table.rows:
        if row.high < low or row.low > high:
            message = f"no answers reach the row at {row.low}; scores go from {low} to {high}"
            yield SchemeWarning(stream.id, "row_not_reached", message)
    if high > table.rows[-1].high:
        message = f"scores go up to {high}, beyond the last row at {table.rows[-1].high}: {table.above}"
        yield SchemeWarning(stream.id, "beyond_table", message)
    if low < table.rows[0].low:
        message = f"scores go down to {low}, below the first row at {table.rows[0].low}: {table.below}"
        yield SchemeWarning(stream.id, "below_table", message)
    parts = [*score.weights.values()]
    parts += [points for question in scheme.questions for points in question.points.values()]
    reduced = any(reducer.scope in ("question", "domain", "score") for reducer in scheme.reducers)
    if table.match == "band" and score.round is None and (reduced or any(part % 1 for part in parts)):
        message = "points may fall between two bands; give the score a round"
        yield SchemeWarning(stream.id, "not_whole", message)


def _caps(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    prices = {price.amount: price for price in scheme.price_book if price.unit in ("week", "night", "day")}
    for step in scheme.pipeline:
        constant = step.value.value if step.value is not None else None
        if step.op == "cap" and constant is not None and constant in prices:
            message = f"the limit is the price of {prices[constant].id}; needs at home may cost more"
            yield SchemeWarning(step.id, "cap_is_a_price", message)


def _prices(scheme: Scheme, on: dt.date) -> Iterator[SchemeWarning]:
    for price in scheme.price_book:
        if price.effective.holds_on(on) and on - price.effective.from_ > OLD_AFTER:
            message = f"this price has held since {price.effective.from_}, more than 12 months"
            yield SchemeWarning(price.id, "old_price", message)


def _contingency(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    for step in scheme.pipeline:
        if step.op == "contingency" and step.source is None:
            yield SchemeWarning(step.id, "contingency", "money is held back; name the source of the decision")


def _sources(scheme: Scheme, _on: dt.date) -> Iterator[SchemeWarning]:
    message = "no source says where this comes from"
    rules: list[tuple[str, str | None]] = [(price.id, price.source) for price in scheme.price_book]
    rules += [(reducer.id, reducer.source) for reducer in scheme.reducers]
    rules += [(stream.id, stream.source) for stream in scheme.streams]
    rules += [(step.id, step.source) for step in scheme.pipeline if step.op != "contingency"]
    parts = {stream.id for stream in scheme.streams if any(rule.source for rule in stream.line_rules())}
    for rule, source in rules:
        if source is None and rule not in parts:
            yield SchemeWarning(rule, "no_source", message)
