"""Whether a scheme has a quick form, and the fixed numbers of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.budget.rules.compiled import Compiled
from portal.budget.rules.receipt import ReviewFlag
from portal.budget.rules.steps import KINDS
from portal.pack.conditions import Condition
from portal.pack.scheme.models import LineRule
from portal.pack.scheme.parts import Quantity, SchemePeriod
from portal.pack.scheme.scoring import Score, ScoredQuestion
from portal.pack.scheme.streams import Step, Stream
from portal.pack.walking import parts_like

_FIRST_PLACES = 6
_MOST_PLACES = 20
_METHODS = ("multiply_remaining", "subtract_percent")


class Unfit(Exception):
    """The scheme does something that has no quick form."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step on the whole, in whole numbers.

    :ivar up: what brings a number before the step to the places after it.
    :ivar penny: a penny in the places after it.
    :ivar head: the fields of its line up to its amount; ``tail``: those after the running total.
    """

    up: int
    after: Callable[[int], int]
    penny: int
    head: tuple[Any, ...]
    tail: tuple[Any, ...]
    rounding: bool
    cap: bool
    flag: Callable[[int, int], ReviewFlag]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The fixed numbers of a scheme. Money is whole numbers of 10 to the minus ``places`` pounds.

    :ivar share_unit: brings points to the places that they have once help is taken off.
    :ivar rate: money for one such part of a point.
    """

    compiled: Compiled
    on: dt.date
    stream: Stream
    others: tuple[Stream, ...]
    score: Score
    scored: tuple[ScoredQuestion, ...]
    facts: tuple[str, ...]
    point_unit: int
    share_unit: int
    point_places: int
    price: Decimal
    rate: int
    places: int
    penny: int
    steps: tuple[Change, ...]
    last_places: int
    last_penny: int
    base: SchemePeriod
    weeks: Decimal
    result_head: tuple[Any, ...]
    about: tuple[Any, ...]


def needs(true: object) -> None:
    """Go on only if it is so.

    :raises Unfit: otherwise.
    """
    if not true:
        raise Unfit


def places_of(number: Decimal) -> int:
    """How many figures after the point a number needs."""
    exponent = number.normalize().as_tuple().exponent
    needs(isinstance(exponent, int))
    assert isinstance(exponent, int)
    return max(0, -exponent)


def in_whole(number: Decimal, places: int) -> int:
    """A number as a whole number of its last place."""
    needs(places_of(number) <= places)
    return int(number.scaleb(places))


def fitted(compiled: Compiled, on: dt.date) -> Fitted:
    """The numbers of a scheme on a day.

    :raises Unfit: when it has no quick form.
    """
    scheme = compiled.scheme
    needs(scheme.effective.holds_on(on) and scheme.eligible_when is None and scheme.base_period != "one_off")
    needs(not scheme.rounding and scheme.contribution is None and not compiled.of_money)
    needs(all(question.ask_when is None for question in scheme.questions))
    stream, *others = scheme.streams
    score = _one_score(compiled, stream)
    scored = compiled.scored[score.id]
    names = {question.id for question in scored}
    facts = tuple(question.id for question in scheme.questions if question.id not in names)
    needs(scored and all(question.points and min(question.points.values()) >= 0 for question in scored))
    _check_reducers(compiled, facts)
    _check_others(compiled, others, facts)
    price = stream.price_per_point
    assert price is not None
    point_places = max(places_of(worth) for question in scored for worth in question.points.values())
    share_places = _share_places(compiled)
    rate_places = places_of(price.rate)
    places = max(point_places + share_places + rate_places, _FIRST_PLACES)
    steps, last = _changes(compiled, places)
    return Fitted(
        compiled=compiled,
        on=on,
        stream=stream,
        others=tuple(others),
        score=score,
        scored=scored,
        facts=facts,
        point_unit=10**point_places,
        share_unit=10**share_places,
        point_places=point_places + share_places,
        price=price.rate,
        rate=in_whole(price.rate, rate_places) * 10 ** (places - point_places - share_places - rate_places),
        places=places,
        penny=10 ** (places - 2),
        steps=steps,
        last_places=last,
        last_penny=10 ** (last - 2),
        base=scheme.base_period,
        weeks=scheme.year.weeks,
        result_head=(stream.id, stream.title, stream.funder, "figure", scheme.base_period),
        about=(
            on,
            scheme.id,
            scheme.version,
            scheme.title,
            scheme.content_hash,
            scheme.effective.from_,
            scheme.illustrative,
            None,
        ),
    )


def _one_score(compiled: Compiled, stream: Stream) -> Score:
    scheme, price = compiled.scheme, stream.price_per_point
    needs(price is not None and stream.eligible_when is None and not stream.additions)
    needs(stream.period in (None, scheme.base_period) and stream.paid_every is None)
    needs(stream.paid_weeks is None and stream.weeks_away is None and stream.funder != "carer")
    needs(not compiled.lines_for[stream.id])
    assert price is not None
    needs(not price.breakpoints and not price.rate_by and not price.fixed and len(scheme.scores) == 1)
    score = scheme.scores[0]
    needs(score.aggregate == "sum" and not score.weights and not score.modifiers)
    needs(score.scale is None and score.round is None)
    return score


def _check_reducers(compiled: Compiled, facts: tuple[str, ...]) -> None:
    domains: list[str] = []
    for reducer in compiled.of_answers:
        needs(reducer.scope == "domain" and reducer.method in _METHODS and reducer.table is not None)
        needs(reducer.when is None and not reducer.floor and reducer.driver in facts)
        domains += reducer.of
    needs(len(set(domains)) == len(domains))


def _check_others(compiled: Compiled, others: list[Stream], facts: tuple[str, ...]) -> None:
    for stream in others:
        needs(stream.lines is not None and stream.paid_every is None and stream.period != "one_off")
    for part in (*others, *compiled.scheme.complexity):
        for _where, condition in parts_like(part, Condition):
            needs(condition.question is None or condition.question in facts)
        for _where, quantity in parts_like(part, Quantity):
            read = (quantity.answer, quantity.by, quantity.total_of, quantity.count_of)
            needs(quantity.score is None and quantity.stream is None)
            needs(all(name is None or name in facts for name in read))
        for _where, rule in parts_like(part, LineRule):
            needs(rule.question is None or rule.question in facts)
    needs(compiled.scheme.route is None or compiled.scheme.route.question in facts)
    needs(all(flag.action == "caveat" for flag in compiled.scheme.complexity))


def _share_places(compiled: Compiled) -> int:
    most = 0
    for reducer in compiled.of_answers:
        more = 2 if reducer.method == "subtract_percent" else 0
        most = max(most, *(places_of(number) + more for number in (reducer.table or {}).values()))
    return most


def _changes(compiled: Compiled, places: int) -> tuple[tuple[Change, ...], int]:
    found = []
    for step in compiled.scheme.pipeline:
        change, places = _change(compiled, step, places)
        found.append(change)
    needs(places <= _MOST_PLACES)
    return tuple(found), places


def _change(compiled: Compiled, step: Step, places: int) -> tuple[Change, int]:
    base = compiled.scheme.base_period
    needs(step.scope == "total" and step.when is None and step.per in (None, base))
    after_places, act = _act(step, places)
    head = (step.id, KINDS[step.op], step.label, None, None, None, None, None, None, None)
    tail = (step.reason, step.source, None, None, None)

    def flag(before: int, after: int) -> ReviewFlag:
        uncapped, limit = Decimal(before).scaleb(-after_places), Decimal(after).scaleb(-after_places)
        return ReviewFlag(step.id, uncapped, limit, base, step.reason)

    unit = 10 ** (after_places - 2)
    up = 10 ** (after_places - places)
    return Change(up, act, unit, head, tail, step.op == "round", step.op == "cap", flag), after_places


def _act(step: Step, places: int) -> tuple[int, Callable[[int], int]]:
    if step.op == "round":
        assert step.unit is not None
        return places, _rounding(in_whole(step.unit, places), step.mode)
    value = step.value
    needs(value is not None and value.value is not None and value == Quantity(value=value.value))
    assert value is not None
    assert value.value is not None
    number = value.value
    needs(number >= 0)
    match step.op:
        case "add":
            by = in_whole(number, places)
            return places, lambda before: before + by
        case "subtract":
            by = in_whole(number, places)
            return places, lambda before: max(0, before - by)
        case "cap":
            by = in_whole(number, places)
            return places, lambda before: min(before, by)
        case "floor":
            by, lifts = in_whole(number, places), step.lift_nothing
            return places, lambda before: max(before, by) if before > 0 or lifts else before
        case "multiply" | "weight":
            more = places_of(number)
            by = in_whole(number, more)
            return places + more, lambda before: before * by
        case "percent" | "uprate" | "contingency":
            needs(step.op != "contingency" or (step.form == "withheld" and number <= 100))
            share = (100 - number if step.op == "contingency" else 100 + number) / 100
            more = places_of(share)
            by = in_whole(share, more)
            return places + more, lambda before: before * by
        case _:
            raise Unfit


def _rounding(unit: int, mode: str) -> Callable[[int], int]:
    match mode:
        case "up":
            return lambda before: -(-before // unit) * unit
        case "down":
            return lambda before: before // unit * unit
        case "half_up":
            return lambda before: (2 * before + unit) // (2 * unit) * unit
        case _:
            raise Unfit
