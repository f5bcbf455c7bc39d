"""What must agree across a scheme: every name it uses is declared, once, and in the right place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from portal.pack.conditions import Condition
from portal.pack.faults import Fault
from portal.pack.scheme.awards import Tier
from portal.pack.scheme.models import Cell, LineRule, MatrixRow
from portal.pack.scheme.parts import Price, Quantity, RouteChoice, Source
from portal.pack.scheme.scoring import Reducer, Score, ScoredQuestion
from portal.pack.scheme.spread import Spread
from portal.pack.scheme.streams import Complexity, Contribution, ExampleUse, Step, Stream
from portal.pack.values import UNKNOWN, Value
from portal.pack.walking import parts_of

if TYPE_CHECKING:
    from portal.pack.scheme.whole import Scheme

V = TypeVar("V", bound=Value)
Place = tuple[str | int, ...]
Named = tuple[str, Place]
"""A name, and where in the scheme it stands."""


_IN_PARTS = {
    "domain": "Write domain: {name} in a question",
    "block": "Write block: {name} in a line",
}
"""What to write where a name is not listed by itself."""


def _no_such(kind: str, name: str, known: Iterable[str], under: str, where: Place) -> Fault:
    names = ", ".join(sorted(known))
    put = _IN_PARTS.get(kind, "List it under {under}").format(under=under, name=name)
    fix = f"{put}, or write one of: {names}" if names else put
    return Fault(f"there is no {kind} {name}", fix, *where)


def _check_names(_scheme: Scheme, parts: Parts) -> None:
    groups: tuple[tuple[str, Iterable[Named]], ...] = (
        ("question", parts.having("id", ScoredQuestion)),
        ("source", parts.having("id", Source)),
        ("score", parts.having("id", Score)),
        ("stream", parts.having("id", Stream)),
        ("rule", parts.having("id", Reducer, LineRule, MatrixRow, Step, Complexity)),
    )
    for kind, named in groups:
        seen: set[str] = set()
        for name, where in named:
            if name in seen:
                raise Fault(f"two of the same {kind}, {name}", "Give each an id of its own", *where)
            seen.add(name)


class Parts:
    """Everything in a scheme by its kind, each with the place where it stands. Walked through once."""

    def __init__(self, scheme: Scheme) -> None:
        self.by_kind: dict[type[BaseModel], list[tuple[Place, BaseModel]]] = {}
        for where, part in parts_of(scheme):
            self.by_kind.setdefault(type(part), []).append((where, part))

    def like(self, kind: type[V]) -> Iterator[tuple[Place, V]]:
        """The parts of one kind."""
        for where, part in self.by_kind.get(kind, ()):
            if isinstance(part, kind):
                yield where, part

    def having(self, key: str, *kinds: type[Value]) -> Iterator[Named]:
        """The names that parts of these kinds write under a key, and where."""
        for kind in kinds:
            for where, part in self.like(kind):
                name = getattr(part, key)
                if name is not None:
                    yield name, (*where, key)


def questions_read(parts: Parts) -> Iterator[Named]:
    """Every question that anything in the scheme reads, and where; for a field, its group."""
    for name, where in (
        *parts.having("question", Condition, LineRule, Tier, RouteChoice),
        *parts.having("top_up", Tier),
        *parts.having("driver", Reducer),
        *parts.having("named_in", Reducer),
        *(named for key in ("answer", "by", "total_of", "count_of") for named in parts.having(key, Quantity)),
    ):
        yield name.partition(".")[0], where
    for where, row in parts.like(MatrixRow):
        for at, axis in enumerate(row.axes):
            yield axis, (*where, "axes", at)


def _check_questions(scheme: Scheme, parts: Parts) -> None:
    known = {question.id for question in scheme.questions}
    for name, where in questions_read(parts):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            fix = f"Write {near[0]}, or list it there" if near else "List it there"
            raise Fault(f"{name} is read, but not listed under questions", fix, *where)
    for at, question in enumerate(scheme.questions):
        for key in ("points", "options"):
            for option in UNKNOWN.intersection(getattr(question, key)):
                raise Fault(
                    f"{option} is never scored", "Say what it does with unanswered:", "questions", at, key
                )


_WRITTEN = {
    "question": "questions",
    "domain": "domain",
    "block": "block",
    "score": "scores",
    "stream": "streams",
}
"""Where the names of each kind stand."""


def _check_reducers(scheme: Scheme, parts: Parts) -> None:
    targets: dict[str, set[str]] = {
        "question": {question.id for question in scheme.questions},
        "domain": {question.domain for question in scheme.questions if question.domain},
        "block": {block for block, _where in parts.having("block", LineRule, MatrixRow)},
        "score": {score.id for score in scheme.scores},
        "stream": {stream.id for stream in scheme.streams},
    }
    for at, reducer in enumerate(scheme.reducers):
        for name in reducer.of:
            if name not in targets[reducer.scope]:
                where = ("reducers", at, "of")
                raise _no_such(reducer.scope, name, targets[reducer.scope], _WRITTEN[reducer.scope], where)
        if len(set(reducer.of)) != len(reducer.of):
            raise Fault(f"{reducer.id} would take off twice", "List each name once", "reducers", at, "of")
    of_money = {reducer.id for reducer in scheme.reducers if reducer.scope in ("stream", "total")}
    placed: set[str] = set()
    for at, step in enumerate(scheme.pipeline):
        if step.reducer is None:
            continue
        place: Place = ("pipeline", at, "reducer")
        if step.reducer not in of_money:
            raise _no_such("reducer of a stream or the total", step.reducer, of_money, "reducers", place)
        if step.reducer in placed:
            raise Fault(f"{step.reducer} would be taken off twice", "Place it once", *place)
        placed.add(step.reducer)


def _check_scores(scheme: Scheme, parts: Parts) -> None:
    known = {question.id: question for question in scheme.questions}
    for at, score in enumerate(scheme.scores):
        for key in ("of", "weights"):
            for name in getattr(score, key):
                if name not in known:
                    raise _no_such("question", name, known, "questions", ("scores", at, key))
                if score.aggregate != "count" and not known[name].scored:
                    raise Fault(
                        f"{name} carries no points", "Give it points, or remove it", "scores", at, key
                    )
    ids = {score.id for score in scheme.scores}
    used = [(quantity.score, (*where, "score")) for where, quantity in parts.like(Quantity)]
    used += [(stream.score, ("streams", at, stream.model)) for at, stream in enumerate(scheme.streams)]
    for wanted, where in used:
        if wanted is not None and wanted not in ids:
            raise _no_such("score", wanted, ids, "scores", where)


def _check_prices(scheme: Scheme, parts: Parts) -> None:
    known = {price.id for price in scheme.price_book}
    for wanted, where in parts.having("price", LineRule, Cell, ExampleUse):
        if wanted not in known:
            raise _no_such("price", wanted, known, "price_book", where)
    for (_first, one), (at, other) in combinations(enumerate(scheme.price_book), 2):
        if (one.id, one.route) == (other.id, other.route) and _overlap(one, other):
            later = max(one.effective.from_, other.effective.from_)
            raise Fault(f"two prices {one.id} hold on {later}", f"End one before {later}", "price_book", at)


def _overlap(one: Price, other: Price) -> bool:
    first, second = sorted((one.effective, other.effective), key=lambda days: days.from_)
    return first.to is None or first.to >= second.from_


def _check_sources(scheme: Scheme, parts: Parts) -> None:
    known = {source.id for source in scheme.sources}
    for name, where in parts.having(
        "source", Price, LineRule, MatrixRow, Reducer, Stream, Step, Contribution, Spread
    ):
        if name not in known:
            raise _no_such("source", name, known, "sources", where)


def _check_streams(scheme: Scheme, parts: Parts) -> None:
    earlier: set[str] = set()
    for at, stream in enumerate(scheme.streams):
        wanted = {quantity.stream for quantity in stream.quantities() if quantity.stream}
        if stream.residual is not None:
            wanted.update(stream.residual.less)
            wanted.update(name for name in (stream.residual.threshold_stream,) if name is not None)
        for name in sorted(wanted - earlier):
            raise Fault(f"it reads stream {name}", f"List {name} before it", "streams", at)
        earlier.add(stream.id)
        period = stream.period or scheme.base_period
        if scheme.base_period == "one_off" and period != "one_off":
            raise Fault(
                "a scheme of one-off sums has no other streams", "Write one_off", "streams", at, "period"
            )
        for rule in stream.line_rules():
            if rule.per == "one_off" != period:
                fix = "Put it in a stream with period: one_off"
                raise Fault(f"{rule.id} is a one-off sum in a stream that is not", fix, "streams", at)
    for where, quantity in parts.like(Quantity):
        if quantity.stream is not None and quantity.stream not in earlier:
            raise _no_such("stream", quantity.stream, earlier, "streams", (*where, "stream"))
    for at, flag in enumerate(scheme.complexity):
        if flag.stream is not None and flag.stream not in earlier:
            raise _no_such("stream", flag.stream, earlier, "streams", ("complexity", at, "stream"))


def _check_pipeline(scheme: Scheme, parts: Parts) -> None:
    streams = {stream.id for stream in scheme.streams}
    rules = {name for name, _where in parts.having("id", LineRule, MatrixRow)}
    rules |= {question.id for question in scheme.questions}
    whole: str | None = None
    for at, step in enumerate(scheme.pipeline):
        if step.scope == "total":
            whole = step.id
        elif whole is not None:
            raise Fault(
                f"{step.id} acts on parts after {whole} acted on the whole",
                f"List it before {whole}",
                "pipeline",
                at,
            )
        known = streams if step.scope == "stream" else rules
        for name in step.of:
            if name not in known:
                kind = "stream" if step.scope == "stream" else "line"
                raise _no_such(kind, name, known, "the scheme", ("pipeline", at, "of"))
    floors, caps = _bounds(scheme, "floor"), _bounds(scheme, "cap")
    for period, (floor, at) in floors.items():
        if period in caps and floor > caps[period][0]:
            raise Fault(
                f"the floor, {floor}, is above the cap, {caps[period][0]}",
                "Lower it",
                "pipeline",
                at,
                "value",
            )


def _bounds(scheme: Scheme, op: str) -> dict[str, tuple[Decimal, int]]:
    """The fixed bounds on the whole that always hold, by period, and where they stand."""
    return {
        step.per or scheme.base_period: (step.value.value, at)
        for at, step in enumerate(scheme.pipeline)
        if step.op == op
        and step.scope == "total"
        and step.when is None
        and step.value is not None
        and step.value.value is not None
    }


def _check_cells(scheme: Scheme, parts: Parts) -> None:
    questions = {question.id: question for question in scheme.questions}
    for where, row in parts.like(MatrixRow):
        places = {cell.at for cell in row.cells} or {(option,) for option in row.amounts}
        wanted: set[tuple[str, ...]] = {()}
        for axis in row.axes:
            steps = questions[axis].steps
            if not steps:
                raise Fault(f"{axis} lists no options", "Write its options: in order", *where, "axes")
            wanted = {(*place, option) for place in wanted for option in steps}
        for place in sorted(wanted - places):
            raise Fault(
                f"nothing says what {', '.join(place)} brings", "Add it, with amount: 0 if nought", *where
            )
        for place in sorted(places - wanted):
            raise Fault(
                f"{', '.join(place)} is no answer to {', '.join(row.axes)}", "Remove it, or mend it", *where
            )


def _check_monotone(scheme: Scheme, _parts: Parts) -> None:
    if not scheme.monotone:
        return
    for at, stream in enumerate(scheme.streams):
        rows = stream.table.rows if stream.table is not None else ()
        amounts = [row.amount for row in rows if row.amount is not None]
        if amounts != sorted(amounts):
            fix = "Let amounts rise with points, or remove monotone"
            raise Fault("more points bring less in a row", fix, "streams", at, "table", "rows")
        for row_at, row in enumerate(stream.matrix.rows if stream.matrix is not None else ()):
            question = next(question for question in scheme.questions if question.id == row.axes[0])
            worth = [row.amounts[option] for option in question.steps if option in row.amounts]
            if worth != sorted(worth):
                place = ("streams", at, "matrix", "rows", row_at)
                raise Fault(
                    "a higher level brings less", "Let amounts rise with levels, or remove monotone", *place
                )


def condition_questions(parts: Parts) -> set[str]:
    """The questions that decide whether something applies."""
    return {name for name, _where in parts.having("question", Condition)}


def check(scheme: Scheme) -> None:
    """Look at a scheme as a whole.

    :raises Fault: at the first thing that does not agree.
    """
    parts = Parts(scheme)
    for look in CHECKS:
        look(scheme, parts)


CHECKS = (
    _check_names,
    _check_questions,
    _check_reducers,
    _check_scores,
    _check_prices,
    _check_sources,
    _check_streams,
    _check_pipeline,
    _check_cells,
    _check_monotone,
)
