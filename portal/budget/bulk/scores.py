"""Scores of many people at once, step by step as the one-by-one form has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import numpy as np

from portal.budget.bulk.columns import Given, Table
from portal.budget.bulk.exact import NOUGHT, ONE, Exact, Mask, both, compared, exact, neither
from portal.budget.bulk.frame import Frame, NotHeldError, total
from portal.budget.bulk.joint import can_join
from portal.budget.rules.points import answer_points, is_readable
from portal.budget.rules.reducing import left
from portal.budget.rules.run import Refer, Run, is_unknown
from portal.pack.conditions import Kept
from portal.pack.scheme import Reducer, Score, ScoredQuestion

_OUTSIDE = Decimal("Infinity")
"""Stands for a number that lies in none of a question's bands."""

_SEVEN = 7
_WHOLE = {"multiply_remaining": 1, "subtract_percent": 100, "days_met_of_7": _SEVEN}


class Off:
    """What a reducer takes off for each person: a share that is left, or a number.

    Where it does not act, all is left.
    """

    def __init__(self, frame: Frame, reducer: Reducer) -> None:
        self.frame = frame
        self.reducer = reducer
        self.floor = exact(reducer.floor)
        self.share: Exact | None = None
        self.number = NOUGHT
        self._acts: Mask | None = None
        whole = _WHOLE.get(reducer.method)
        if whole is None:
            number, _acts = self._numbers()
            self.number = number.kept_where(self.acts).most(NOUGHT)
        else:
            self.share = self._share(whole)

    @property
    def acts(self) -> Mask:
        """For whom it acts."""
        if self._acts is None:
            self._acts = both(self._numbers()[1], self.frame.holds(self.reducer.when))
        return self._acts

    def _numbers(self) -> tuple[Exact, Mask]:
        reducer = self.reducer
        return self.frame.numbers(
            reducer.driver, ("help", reducer.id), lambda run: _help_number(run, reducer)
        )

    def _share(self, whole: int) -> Exact:
        """What is left of one: looked up at once where nothing but the answer decides."""
        frame, reducer = self.frame, self.reducer
        if whole != _SEVEN and reducer.when is None and frame.asked(reducer.driver) is True:
            return frame.numbers(
                reducer.driver, ("share", reducer.id), lambda run: _left_of_one(run, reducer)
            )[0]
        number, _acts = self._numbers()
        within = number.most(NOUGHT).least(exact(whole))
        if reducer.method == "multiply_remaining":
            return within.or_else(self.acts, ONE)
        return ONE - within.kept_where(self.acts).over(whole)

    def left(self, gross: Exact) -> Exact:
        """What is left of ``gross``."""
        if self.reducer.method == "none":
            return gross
        rest = gross * self.share if self.share is not None else gross - self.number
        if self.floor.nought and gross.low >= 0 and (self.share is not None or rest.low >= 0):
            return rest
        return gross.least(rest.most(self.floor))

    @property
    def in_proportion(self) -> bool:
        """Whether what is left of a sum is the sum of what is left of its parts."""
        return self.share is not None and self.floor.nought


def _left_of_one(run: Run, reducer: Reducer) -> Decimal:
    number = run.help_number(reducer)
    if number is None:
        return Decimal(1)
    return left(reducer.model_copy(update={"floor": Decimal(0)}), number, Decimal(1))


def _help_number(run: Run, reducer: Reducer) -> Decimal | None:
    return run.help_number(reducer.model_copy(update={"when": None}) if reducer.when is not None else reducer)


def offs(frame: Frame) -> list[Off]:
    """What every reducer of answers takes off, in the order in which they act."""
    return [Off(frame, reducer) for reducer in frame.compiled.of_answers]


def acting_on(frame: Frame, reducer: Reducer, question: str | None) -> Mask:
    """Where a reducer of scope question acts on a question."""
    if question is None or question not in reducer.of:
        return False
    if reducer.named_in is None:
        return True
    name = reducer.named_in

    def named(given: Kept | None) -> bool:
        return frame.reader.about(name, given).reduces(reducer)(question)

    def unasked(_given: Kept | None) -> bool:
        return frame.reader.about(name, None).reduces(reducer)(question)

    asked, column = frame.asked(name), frame.column(name)
    found = both(asked, column.mask(("named", reducer.id, question), named))
    return found if asked is True or not unasked(None) else found | neither(asked)


class Scoring:
    """One score under way: what each question has left, and the steps of the points so far.

    :ivar steps: every step's points, when they are wanted one by one.
    """

    def __init__(self, frame: Frame, score: Score, *, stepwise: bool = False) -> None:
        self.frame = frame
        self.score = score
        self.stepwise = stepwise
        self.steps: list[tuple[str, Exact]] = []
        self.rest: dict[str, Exact] = {}
        self.merged: dict[str, str] = {}

    def result(self, acting: Iterable[Off]) -> Exact:
        """The score."""
        acting = list(acting)
        for question in self._summed(acting):
            points = self._points(question)
            self.rest[question.id] = points
            self._step(question.id, points)
        for off in acting:
            self._reduce(off)
        for name in list(self.rest):
            weight = self.score.weights.get(self.merged.get(name, name), Decimal(1))
            if weight != 1:
                before = self.rest[name]
                self.rest[name] = before * exact(weight)
                self._step(name, self.rest[name] - before)
        return self._finished(self._brought_together(), acting)

    def _summed(self, acting: list[Off]) -> list[ScoredQuestion]:
        """Sum up at once the questions that nothing tells apart.

        :return: the others, to be looked at one by one.
        """
        frame, score = self.frame, self.score
        if self.stepwise or score.aggregate in ("max", "top"):
            return list(frame.compiled.scored[score.id])
        key = ("sums", score.id, tuple(off.reducer.id for off in acting))
        alone, groups = frame.reader.planned(key, frame.words, lambda: self._grouped(acting))
        for number, group in enumerate(groups):
            self.merged[f"sum {number}"] = group[0][0]
            columns = [(frame.column(name), table) for name, table in group]
            self.rest[f"sum {number}"] = frame.reader.joints.summed((*key, number), columns)
        return alone

    def _grouped(self, acting: list[Off]) -> tuple[list[ScoredQuestion], list[list[tuple[str, Table]]]]:
        apart = {name for off in acting if off.reducer.scope == "question" for name in off.reducer.of}
        reduced = {name for off in acting if off.reducer.scope == "domain" for name in off.reducer.of}
        alone: list[ScoredQuestion] = []
        groups: dict[tuple[str | None, Decimal], list[tuple[str, Table]]] = {}
        for question in self.frame.compiled.scored[self.score.id]:
            column = self.frame.column(question.id)
            table = column.words.table(("points", self.score.id), self._worth(question))
            told_apart = question.id in apart or question.ask_when is not None
            if told_apart or question.id not in self.frame.lasting or not can_join(column, table):
                alone.append(question)
                continue
            domain = question.domain if question.domain in reduced else None
            weight = self.score.weights.get(question.id, Decimal(1))
            groups.setdefault((domain, weight), []).append((question.id, table))
        return alone, list(groups.values())

    def _worth(self, question: ScoredQuestion) -> Callable[[Given], Decimal | None]:
        def worth(given: Given) -> Decimal | None:
            return _answer_worth(self.frame.reader.about(question.id, given), self.score, question)

        return worth

    def _step(self, rule: str, points: Exact) -> None:
        if self.stepwise:
            self.steps.append((rule, points))

    def _points(self, question: ScoredQuestion) -> Exact:
        frame, score = self.frame, self.score

        def worth(run: Run) -> Decimal | None:
            return _answer_worth(run, score, question)

        number, _present = frame.numbers(question.id, ("points", score.id), worth)
        return number

    def _reduce(self, off: Off) -> None:
        reducer = off.reducer
        if reducer.method == "subtract_hours" or reducer.scope not in ("question", "domain"):
            return
        if reducer.scope == "question":
            for name in reducer.of:
                mask = acting_on(self.frame, reducer, name)
                if name in self.rest and mask is not False:
                    before = self.rest[name]
                    after = off.left(before).or_else(mask, before)
                    self._step(reducer.id, after - before)
                    self.rest[name] = after
            return
        if self.stepwise:
            raise NotHeldError(f"{reducer.id} takes points off a domain, and every line is rounded")
        for domain in reducer.of:
            self._reduce_domain(off, domain)

    def _reduce_domain(self, off: Off, domain: str) -> None:
        questions = self.frame.compiled.questions
        inside = [name for name in self.rest if questions[self.merged.get(name, name)].domain == domain]
        weights = {self.score.weights.get(self.merged.get(name, name), Decimal(1)) for name in inside}
        nothing_below = all(self.rest[name].low >= 0 for name in inside)
        if not inside:
            return
        if len(weights) == 1 and self.score.aggregate in ("sum", "count"):
            gross = total([self.rest.pop(name) for name in inside])
            name = f"domain {domain}"
            self.merged[name] = self.merged.get(inside[0], inside[0])
            left = off.left(gross)
            self.rest[name] = left if off.in_proportion and nothing_below else _spread(left)
        elif off.in_proportion and nothing_below:
            for name in inside:
                self.rest[name] = off.left(self.rest[name])
        else:
            raise NotHeldError(f"{off.reducer.id} takes off a domain whose questions weigh differently")

    def _brought_together(self) -> Exact:
        score, values = self.score, list(self.rest.values())
        if score.aggregate not in ("max", "top"):
            return total(values)
        if any(value.low < 0 for value in values):
            raise NotHeldError(f"score {score.id} takes the highest of points that may be below nought")
        counted = _highest(values, 1 if score.aggregate == "max" else score.top, self.frame.rows)
        self._step(score.id, counted - total(values))
        return counted

    def _finished(self, found: Exact, acting: list[Off]) -> Exact:
        frame, score = self.frame, self.score
        for off in acting:
            if off.reducer.scope == "score" and score.id in off.reducer.of:
                found = self._changed(off.reducer.id, found, off.left(found))
        for modifier in score.modifiers:
            mask = frame.holds(modifier.when)
            if mask is False:
                continue
            value = frame.quantity(modifier.value, frame.scheme.base_period)
            after = value
            if modifier.op != "set":
                after = found + value if modifier.op == "add" else found * value
            found = self._changed(modifier.id, found, after.or_else(mask, found))
        if score.scale is not None:
            (low, high), (to_low, to_high) = score.scale.from_, score.scale.to
            share = (found.most(exact(low)).least(exact(high)) - exact(low)).over(high - low)
            found = self._changed(score.id, found, exact(to_low) + share * exact(to_high - to_low))
        if score.round is not None:
            found = self._changed(score.id, found, frame.round(found, score.round.unit, score.round.mode))
        return found

    def _changed(self, rule: str, before: Exact, after: Exact) -> Exact:
        if self.stepwise:
            self._step(rule, after - before)
        return after


def _answer_worth(run: Run, score: Score, question: ScoredQuestion) -> Decimal | None:
    raw = run.answers.get(question.id)
    if raw is None:
        return None
    if is_unknown(raw):
        return question.lowest_need if question.unanswered == "lowest" else Decimal(0)
    if score.aggregate == "count":
        chosen: list[Any] = raw if isinstance(raw, list) else [raw]
        return Decimal(sum(question.levels.get(str(option)) in score.levels for option in chosen))
    if not is_readable(run, question, raw):
        return None
    try:
        return answer_points(question, raw)
    except Refer:
        return _OUTSIDE


def _spread(number: Exact) -> Exact:
    """One by one, what is left of a domain is spread over its questions, which may cost a last digit.

    Not so where a share is left of each: that comes out even.
    """
    return Exact(number.num, number.den, number.low, number.high, inexact=True)


def _highest(values: list[Exact], number: int, rows: int) -> Exact:
    if len(values) <= number:
        return total(values)
    if number == 1:
        found = values[0]
        for value in values[1:]:
            found = found.most(value)
        return found
    lifted = [compared(value, _over_all(values))[0] for value in values]
    den = _over_all(values).den
    stacked = np.sort(np.stack([np.broadcast_to(one, rows) for one in lifted]), axis=0)[-number:]
    low, high = int(stacked.sum(axis=0).min()), int(stacked.sum(axis=0).max())
    return Exact(stacked.sum(axis=0), den, low, high, inexact=any(value.inexact for value in values))


def _over_all(values: list[Exact]) -> Exact:
    """Nought over a denominator that all of them share."""
    return total([Exact(1, value.den, 1, 1) for value in values])


def score_of(frame: Frame, id: str, acting: list[Off]) -> Exact:
    """A score, worked out once unless it rests on other scores, which may be known only later."""
    score = frame.compiled.scores[id]
    rests = any(part.score is not None for modifier in score.modifiers for part in modifier.value.inner())
    if id in frame.scores and not rests:
        return frame.scores[id]
    return Scoring(frame, score).result(acting)


def read_scores(frame: Frame, acting: list[Off]) -> None:
    """Work out every score that counts anything, in order."""
    for score in frame.scheme.scores:
        if frame.compiled.scored[score.id]:
            frame.scores[score.id] = Scoring(frame, score).result(acting)
