"""What many people's allocations share in the quick form: made once, by the rules, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal, localcontext
from typing import Any, ClassVar, NamedTuple

from portal.budget.rules.evaluation import CONTEXT, Evaluation
from portal.budget.rules.fitting import Fitted, Unfit, in_whole
from portal.budget.rules.ledger import Draft
from portal.budget.rules.points import answer_step, cut, is_readable
from portal.budget.rules.pricing import NoAmount, priced
from portal.budget.rules.receipt import Caveat, Line, Message, ReviewFlag, StreamResult
from portal.budget.rules.reducing import left
from portal.budget.rules.run import ZERO, Refer, Run, is_unknown
from portal.budget.rules.showing import PENNIES, line_of, penny, show_lines
from portal.pack.conditions import Answers
from portal.pack.scheme.scoring import Reducer
from portal.text import _

ONE = Decimal(1)
_AMOUNT = Line._fields.index("amount")
_RUNNING = Line._fields.index("running")
Head = tuple[Any, ...]
Tail = tuple[Any, ...]
Shared = tuple[Head, int, Tail]
"""A line without its running total: what stands before it, its amount in pence, and what stands after."""


class Pence(dict[int, Decimal]):
    """Whole pence as pounds."""

    MOST: ClassVar[int] = 200_000

    def __missing__(self, pence: int) -> Decimal:
        if len(self) > self.MOST:
            self.clear()
        found = self[pence] = Decimal(pence).scaleb(-2)
        return found


def shared(line: Line) -> Shared:
    """A line without its running total."""
    return line[:_RUNNING], int(line.amount.scaleb(2)), line[_RUNNING + 1 :]


def pennies_line(pence: Pence, adrift: int, running: int, stream: str | None) -> Line:
    """The line that makes up for lines shown to the nearest penny."""
    label, reason = Message(_("Rounding")), Message(PENNIES)
    draft = Draft("pennies", "rounding", pence[adrift], label=label, reason=reason)
    return line_of(draft, pence[adrift], pence[running], stream, ONE, None)


class Walk:
    """From answer to answer: each step has its line, and leads on by what all lines so far come to.

    After the last answer stand the pence of all lines, and the points.
    """

    MOST = 100_000

    def __init__(self, fit: Fitted, pence: Pence) -> None:
        self.fit = fit
        self.pence = pence
        self.root: dict[Any, tuple[Line, Any]] = {}
        self._nodes: dict[tuple[int, int, int], dict[Any, tuple[Line, Any]]] = {}
        self._steps = 0
        self._worth = [
            {option: self._line(place, option) for option in question.points}
            for place, question in enumerate(fit.scored)
        ]

    def _line(self, place: int, option: str) -> tuple[Shared, int]:
        """What an answer's line is, and its points."""
        fit, question = self.fit, self.fit.scored[place]
        run = Run(fit.compiled, {question.id: option}, fit.on)
        step = answer_step(run, fit.score, question)
        assert step is not None
        draft = priced(step, step.points * fit.price, fit.price)
        line = line_of(draft, penny(draft.amount), ZERO, fit.stream.id, ONE, None)
        return shared(line), int(step.points * fit.point_unit)

    def made(self, given: tuple[Any, ...]) -> tuple[list[Line], Any] | None:
        """The lines of answers, those being made that nobody had before; ``None`` for an answer unknown.

        :raises TypeError: for an answer that is a list.
        """
        if self._steps > self.MOST:
            self.root.clear()
            self._nodes.clear()
            self._steps = 0
        running = points = 0
        lines, node = [], self.root
        for place, answer in enumerate(given):
            worth = self._worth[place].get(answer)
            if worth is None:
                return None
            (head, pennies, tail), more = worth
            running, points = running + pennies, points + more
            step = node.get(answer)
            if step is None:
                line = Line._make((*head, self.pence[running], *tail))
                step = node[answer] = (line, self._node(place + 1, running, points))
                self._steps += 1
            lines.append(step[0])
            node = step[1]
        return lines, node

    def _node(self, place: int, running: int, points: int) -> Any:
        if place == len(self.fit.scored):
            return running, points
        return self._nodes.setdefault((place, running, points), {})


Cut = tuple[Head, int, Tail, int]
"""The line of what help takes off some points, without its running total, and the points taken off."""


class Reduction(NamedTuple):
    """What help takes off one domain, at one answer about that help.

    :ivar parts: the places of the domain's questions, with the points of their options.
    :ivar known: the lines made so far, by the points that there were.
    """

    parts: tuple[tuple[int, Mapping[str, int]], ...]
    known: dict[int, Cut]
    make: Callable[[int], Cut]


class Reductions:
    """Every reduction, by reducer, domain and answer."""

    MOST = 20_000

    def __init__(self, fit: Fitted) -> None:
        self.fit = fit
        self._known: dict[tuple[str, str, str], Reduction] = {}

    def of(self, reducer: Reducer, domain: str, answer: str, number: Decimal) -> Reduction:
        """What a reducer takes off a domain at an answer that stands for ``number``."""
        key = (reducer.id, domain, answer)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._made(reducer, domain, answer, number)
        return found

    def _made(self, reducer: Reducer, domain: str, answer: str, number: Decimal) -> Reduction:
        fit = self.fit
        parts = tuple(
            (place, {option: int(worth * fit.point_unit) for option, worth in question.points.items()})
            for place, question in enumerate(fit.scored)
            if question.domain == domain
        )
        known: dict[int, Cut] = {}

        def make(points: int) -> Cut:
            with localcontext(CONTEXT):
                gross = Decimal(points) / fit.point_unit
                off = left(reducer, number, gross) - gross
                draft = priced(cut(reducer, off, None, answer, gross), off * fit.price, fit.price)
                line = line_of(draft, penny(draft.amount), ZERO, fit.stream.id, ONE, None)
                change = int(off.scaleb(fit.point_places))
            if len(known) > self.MOST:
                known.clear()
            found = known[points] = (*shared(line), change)
            return found

        return Reduction(parts, known, make)


End = tuple[
    tuple[Line, ...],
    tuple[ReviewFlag, ...],
    Decimal,
    Decimal,
    Decimal,
    tuple[StreamResult, ...],
    Decimal,
]
"""The last lines, flags, the figure in its period, by the week and by the year, streams, and the score."""


class Rest(NamedTuple):
    """The streams after the first: their lines, what they come to exactly, and their results.

    :ivar ends: the ends of allocations made so far, by points and by the pence of all lines before.
    """

    lines: tuple[Shared, ...]
    exact: int
    results: tuple[StreamResult, ...]
    ends: dict[tuple[int, int], End]


class Side(NamedTuple):
    """All that rests on the answers without points."""

    reductions: tuple[Reduction, ...]
    rest: Rest
    caveats: tuple[Caveat, ...]


class Sides:
    """Every side that some person had."""

    MOST = 10_000
    MOST_RESTS = 100

    def __init__(self, fit: Fitted, reductions: Reductions) -> None:
        self.fit = fit
        self.reductions = reductions
        self.known: dict[Hashable, Side] = {}
        self._rests: list[Rest] = []

    def clear(self) -> None:
        """Forget every side."""
        self.known.clear()
        self._rests.clear()

    def _same(self, rest: Rest) -> Rest:
        """The same rest as somebody had before, so that what follows on it is shared."""
        for other in self._rests:
            if other[:3] == rest[:3]:
                return other
        self._rests = [*self._rests[-self.MOST_RESTS :], rest]
        return rest

    def made(self, facts: Hashable, answers: Answers) -> Side | None:
        """The side of these facts; ``None`` when they are to be looked at step by step."""
        if len(self.known) > self.MOST:
            self.clear()
        try:
            with localcontext(CONTEXT):
                side = self.known[facts] = self._made(answers)
        except (Unfit, Refer, NoAmount):
            return None
        return side

    def _made(self, answers: Answers) -> Side:
        fit = self.fit
        evaluation = Evaluation(fit.compiled, answers, fit.on, with_help=True, as_given=False)
        run = evaluation.run
        for name in fit.facts:
            given = answers[name]
            if is_unknown(given) or not is_readable(run, fit.compiled.questions[name], given):
                raise Unfit
        evaluation.caveats()
        reductions = []
        for reducer in fit.compiled.of_answers:
            number, answer = run.help_number(reducer), run.given(reducer.driver)
            if number is None:
                continue
            if not isinstance(answer, str):
                raise Unfit
            reductions += [self.reductions.of(reducer, domain, answer, number) for domain in reducer.of]
        lines: list[Line] = []
        exact, results = ZERO, []
        for stream in fit.others:
            evaluation.stream(stream)
            ledger = evaluation.ledgers.get(stream.id)
            shown = None
            if ledger is not None:
                factor = evaluation.factor(stream, fit.compiled.scheme.base_period)
                own: list[Line] = []
                shown = show_lines(own, ledger, stream.id, factor, fit.compiled.scheme.base_period)
                exact += ledger.total() * factor
                lines += own
            results.append(evaluation.stream_result(stream, ledger, shown))
        if run.flags:
            raise Unfit
        whole = in_whole(exact, fit.places)
        caveats = tuple(run.caveats)
        rest = self._same(Rest(tuple(map(shared, lines)), whole, tuple(results), {}))
        return Side(tuple(reductions), rest, caveats)


def figures_of(fit: Fitted, value: int) -> tuple[Decimal, Decimal, Decimal]:
    """An amount, in the last places of the fitted scheme, in its period, by the week and the year."""
    scheme = fit.compiled.scheme
    base, year = scheme.base_period, scheme.year
    with localcontext(CONTEXT):
        exact = Decimal(value).scaleb(-fit.last_places)
        return (
            penny(exact),
            penny(year.convert(exact, base, "week")),
            penny(year.convert(exact, base, "year")),
        )
