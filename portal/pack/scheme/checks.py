"""What must agree across a scheme: every name it uses is declared, once, and in the right place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from portal.pack.conditions import questions_in
from portal.pack.scheme.parts import Price
from portal.pack.values import UNKNOWN

if TYPE_CHECKING:
    from portal.pack.scheme.whole import Scheme


def _check_names(scheme: Scheme) -> None:
    groups: dict[str, Iterable[str]] = {
        "questions": (question.id for question in scheme.questions),
        "sources": (source.id for source in scheme.sources),
        "scores": (score.id for score in scheme.scores),
        "streams": (stream.id for stream in scheme.streams),
        "rules": (
            *(reducer.id for reducer in scheme.reducers),
            *(rule.id for rule in scheme.line_rules()),
            *(row.id for row in scheme.matrix_rows()),
            *(step.id for step in scheme.pipeline),
            *(flag.id for flag in scheme.complexity),
        ),
    }
    for group, ids in groups.items():
        seen: set[str] = set()
        for name in ids:
            if name in seen:
                raise ValueError(f"{group}: {name} is there twice; give each an id of its own")
            seen.add(name)


def questions_read(scheme: Scheme) -> Iterator[str]:
    """Every question that anything in the scheme reads, fields without their group's name left out."""
    for condition in scheme.conditions():
        yield from (question.partition(".")[0] for question, _options in questions_in(condition))
    for quantity in scheme.quantities():
        names = (quantity.answer, quantity.by, quantity.total_of, quantity.count_of)
        yield from (name.partition(".")[0] for name in names if name is not None)
    for reducer in scheme.reducers:
        yield reducer.driver
        if reducer.named_in is not None:
            yield reducer.named_in
    for row in scheme.matrix_rows():
        yield from row.axes
    for stream in scheme.streams:
        if stream.tier is not None:
            yield from (name for name in (stream.tier.question, stream.tier.top_up) if name is not None)
    yield from (rule.question for rule in scheme.line_rules() if rule.question is not None)
    if scheme.route is not None:
        yield scheme.route.question


def _check_questions(scheme: Scheme) -> None:
    known = {question.id for question in scheme.questions}
    for name in questions_read(scheme):
        if name not in known:
            raise ValueError(f"{name} is read but not listed under questions; list it there")
    for question in scheme.questions:
        for option in (*question.points, *question.options):
            if option in UNKNOWN:
                raise ValueError(f"{question.id}: {option} is never scored; say unanswered: instead")


def _check_reducers(scheme: Scheme) -> None:
    targets = {
        "question": {question.id for question in scheme.questions},
        "domain": {question.domain for question in scheme.questions if question.domain},
        "block": {rule.block for rule in scheme.line_rules() if rule.block}
        | {
            row.block for stream in scheme.streams if stream.matrix for row in stream.matrix.rows if row.block
        },
        "score": {score.id for score in scheme.scores},
        "stream": {stream.id for stream in scheme.streams},
        "total": set(),
    }
    for reducer in scheme.reducers:
        for name in reducer.of:
            if name not in targets[reducer.scope]:
                raise ValueError(f"{reducer.id}: there is no {reducer.scope} {name}")
    of_money = {reducer.id for reducer in scheme.reducers if reducer.scope in ("stream", "total")}
    placed = [step.reducer for step in scheme.pipeline if step.reducer]
    for name in placed:
        if name not in of_money:
            raise ValueError(f"op: reduce places a reducer of scope stream or total; {name} is not one")
        if placed.count(name) > 1:
            raise ValueError(f"{name} would be taken off twice; place it once")


def _check_scores(scheme: Scheme) -> None:
    known = {question.id: question for question in scheme.questions}
    ids = {score.id for score in scheme.scores}
    for score in scheme.scores:
        for name in (*score.of, *score.weights):
            question = known.get(name)
            if question is None:
                raise ValueError(f"{score.id}: there is no question {name}")
            if score.aggregate != "count" and not question.scored:
                raise ValueError(f"{score.id}: {name} carries no points")
    used = {stream.score for stream in scheme.streams} | {quantity.score for quantity in scheme.quantities()}
    for missing in sorted(name for name in used if name is not None and name not in ids):
        raise ValueError(f"there is no score {missing}; list it under scores")


def _check_prices(scheme: Scheme) -> None:
    known = {price.id for price in scheme.price_book}
    used: set[str] = {rule.price for rule in scheme.line_rules() if rule.price}
    used |= {cell.price for row in scheme.matrix_rows() for cell in row.cells if cell.price}
    if scheme.example_week is not None:
        used |= {use.price for use in scheme.example_week.uses}
    for missing in sorted(used - known):
        raise ValueError(f"there is no price {missing}; list it under price_book")
    sources = {source.id for source in scheme.sources}
    named: list[str | None] = [price.source for price in scheme.price_book]
    named += [rule.source for rule in scheme.line_rules()]
    named += [reducer.source for reducer in scheme.reducers]
    named += [stream.source for stream in scheme.streams]
    named += [row.source for row in scheme.matrix_rows()]
    named += [step.source for step in scheme.pipeline]
    for name in named:
        if name is not None and name not in sources:
            raise ValueError(f"there is no source {name}; list it under sources")
    for index, price in enumerate(scheme.price_book):
        for other in scheme.price_book[index + 1 :]:
            if (price.id, price.route) == (other.id, other.route) and _overlap(price, other):
                raise ValueError(f"two prices {price.id} hold on {other.effective.from_}; end one before it")


def _overlap(one: Price, other: Price) -> bool:
    first, second = sorted((one.effective, other.effective), key=lambda days: days.from_)
    return first.to is None or first.to >= second.from_


def _check_streams(scheme: Scheme) -> None:
    earlier: set[str] = set()
    for stream in scheme.streams:
        wanted = {quantity.stream for quantity in stream.quantities() if quantity.stream}
        if stream.residual is not None:
            wanted |= set(stream.residual.less)
            wanted |= {stream.residual.threshold_stream} if stream.residual.threshold_stream else set()
        for name in sorted(wanted - earlier):
            raise ValueError(f"{stream.id}: it reads stream {name}, which must stand before it")
        earlier.add(stream.id)
        period = stream.period or scheme.base_period
        if scheme.base_period == "one_off" and period != "one_off":
            raise ValueError(f"{stream.id}: a scheme of one-off sums has one-off streams only")
        for rule in stream.line_rules():
            if rule.per == "one_off" != period:
                raise ValueError(f"{rule.id}: a one-off sum belongs to a stream whose period is one_off")
    for flag in scheme.complexity:
        if flag.stream is not None and flag.stream not in earlier:
            raise ValueError(f"{flag.id}: there is no stream {flag.stream}")


def _check_pipeline(scheme: Scheme) -> None:
    streams = {stream.id for stream in scheme.streams}
    rules = {rule.id for rule in scheme.line_rules()} | {question.id for question in scheme.questions}
    rules |= {row.id for row in scheme.matrix_rows()}
    total: str | None = None
    for step in scheme.pipeline:
        if step.scope == "total":
            total = step.id
        elif total is not None:
            raise ValueError(f"{step.id}: steps on lines and streams stand before {total}, on the total")
        for name in step.of:
            if name not in (streams if step.scope == "stream" else rules):
                raise ValueError(f"{step.id}: there is no {step.scope.rstrip('s')} {name}")
    floors, caps = _bounds(scheme, "floor"), _bounds(scheme, "cap")
    for period, floor in floors.items():
        if period in caps and floor > caps[period]:
            raise ValueError(f"the floor, {floor}, is above the cap, {caps[period]}")


def _bounds(scheme: Scheme, op: str) -> dict[str, Decimal]:
    """The fixed bounds on the whole that always hold, by period."""
    return {
        step.per or scheme.base_period: step.value.value
        for step in scheme.pipeline
        if step.op == op
        and step.scope == "total"
        and step.when is None
        and step.value is not None
        and step.value.value is not None
    }


CHECKS = (
    _check_names,
    _check_questions,
    _check_reducers,
    _check_scores,
    _check_prices,
    _check_streams,
    _check_pipeline,
)
