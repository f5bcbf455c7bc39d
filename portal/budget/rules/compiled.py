"""A scheme made ready for evaluating: looked up once, used for many people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from portal.pack.scheme.models import LineRule
from portal.pack.scheme.parts import Price, Quantity
from portal.pack.scheme.scoring import Reducer, Score, ScoredQuestion
from portal.pack.scheme.streams import Complexity
from portal.pack.scheme.whole import Scheme
from portal.pack.walking import parts_like


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scheme and what is looked up in it again and again.

    :ivar of_answers: reducers of points and lines, in the order in which they act: by question,
        then domain, then block, then score.
    :ivar of_money: reducers of streams and the total that the pipeline does not place.
    :ivar scores_of: the scores that each line's quantities read.
    :ivar options: the options of each question that the scheme knows; none for other kinds.
    :ivar numbers: questions whose answer is read as a number or a sum of money.
    """

    scheme: Scheme
    questions: Mapping[str, ScoredQuestion]
    scores: Mapping[str, Score]
    scored: Mapping[str, tuple[ScoredQuestion, ...]]
    reducers: Mapping[str, Reducer]
    of_answers: tuple[Reducer, ...]
    of_money: tuple[Reducer, ...]
    prices: Mapping[str, tuple[Price, ...]]
    numbers: frozenset[str]
    options: Mapping[str, frozenset[str]]
    lines_for: Mapping[str, tuple[Complexity, ...]]
    scores_of: Mapping[str, tuple[str, ...]]


_ORDER = ("question", "domain", "block", "score")


@lru_cache(maxsize=64)
def compile_scheme(scheme: Scheme) -> Compiled:
    """Make a scheme ready. The same scheme is made ready once."""
    placed = {step.reducer for step in scheme.pipeline if step.reducer}
    answers = [reducer for reducer in scheme.reducers if reducer.scope in _ORDER]
    prices: dict[str, list[Price]] = {}
    for price in scheme.price_book:
        prices.setdefault(price.id, []).append(price)
    return Compiled(
        scheme=scheme,
        questions={question.id: question for question in scheme.questions},
        scores={score.id: score for score in scheme.scores},
        scored={score.id: _counted(scheme, score) for score in scheme.scores},
        reducers={reducer.id: reducer for reducer in scheme.reducers},
        of_answers=tuple(sorted(answers, key=lambda reducer: _ORDER.index(reducer.scope))),
        of_money=tuple(
            reducer
            for reducer in scheme.reducers
            if reducer.scope in ("stream", "total") and reducer.id not in placed
        ),
        numbers=frozenset(_numbers(scheme)),
        options={question.id: frozenset(question.steps) for question in scheme.questions},
        prices={name: tuple(group) for name, group in prices.items()},
        scores_of={rule.id: tuple(_scores_in(rule)) for rule in scheme.line_rules()},
        lines_for={
            stream.id: tuple(flag for flag in scheme.complexity if flag.stream == stream.id)
            for stream in scheme.streams
        },
    )


def _scores_in(rule: LineRule) -> Iterator[str]:
    for quantity in (rule.quantity, rule.workers, rule.amount):
        for part in quantity.inner() if quantity is not None else ():
            if part.score is not None:
                yield part.score


def _numbers(scheme: Scheme) -> Iterator[str]:
    yield from (question.id for question in scheme.questions if question.each is not None or question.bands)
    yield from (reducer.driver for reducer in scheme.reducers if reducer.table is None)
    for _where, quantity in parts_like(scheme, Quantity):
        if quantity.answer is not None and "." not in quantity.answer:
            yield quantity.answer


def _counted(scheme: Scheme, score: Score) -> tuple[ScoredQuestion, ...]:
    if score.aggregate == "count":
        candidates = tuple(question for question in scheme.questions if question.levels)
    else:
        candidates = tuple(question for question in scheme.questions if question.scored)
    return tuple(question for question in candidates if not score.of or question.id in score.of)
