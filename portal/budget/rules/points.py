"""Scores: the points of answers brought together, every change a step of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from portal.budget.rules.receipt import Caveat, LineKind, Message, Phrase
from portal.budget.rules.reducing import left
from portal.budget.rules.run import ZERO, Refer, Run, as_number, is_unknown
from portal.money import round_to
from portal.pack.conditions import Kept, holds
from portal.pack.scheme.scoring import Reducer, Score, ScoredQuestion
from portal.text import _

ONE = Decimal(1)


class PointStep(NamedTuple):
    """One step on the way to a score. The points of all steps add up to the score."""

    rule: str
    kind: LineKind
    points: Decimal
    question: str | None = None
    answer: str | None = None
    label: Phrase | None = None
    reason: Phrase | None = None
    source: str | None = None
    before: Decimal | None = None


def score_steps(run: Run, score: Score, reducers: Sequence[Reducer] | None = None) -> list[PointStep]:
    """The steps of a score: an answer comes first, then what changes it.

    :param reducers: the reducers that act; every one of the scheme's when absent.
    """
    if reducers is None:
        if score.id not in run.steps:
            run.steps[score.id] = score_steps(run, score, run.compiled.of_answers)
        return run.steps[score.id]
    questions = [question for question in run.compiled.scored[score.id] if question.id in run.counted]
    steps: dict[str, list[PointStep]] = {}
    rest: dict[str, Decimal] = {}
    for question in questions:
        step = answer_step(run, score, question)
        if step is not None:
            steps[question.id] = [step]
            rest[question.id] = step.points
    after: list[PointStep] = []
    for reducer in reducers:
        _reduce(run, reducer, steps, rest, after)
    for name, group in steps.items():
        weight = score.weights.get(name, ONE)
        if weight != 1:
            gross = rest[name]
            group.append(
                PointStep(
                    name, "weight", gross * (weight - 1), name, reason=score.weights_reason, before=gross
                )
            )
            rest[name] = gross * weight
    whole = [step for group in steps.values() for step in group] + after
    _finish(run, score, reducers, whole, rest)
    return whole


def total(steps: Sequence[PointStep]) -> Decimal:
    """The score that steps come to."""
    return sum((step.points for step in steps), ZERO)


def is_readable(run: Run, question: ScoredQuestion, answer: Kept) -> bool:
    """Whether the scheme knows what to make of an answer. One that it does not know is no answer."""
    options = run.compiled.options[question.id]
    if options:
        if isinstance(answer, list):
            # One option alone may be the "none of these", which carries no points and is not listed.
            return len(answer) == 1 or all(isinstance(option, str) and option in options for option in answer)
        return isinstance(answer, str) and answer in options
    return question.id not in run.compiled.numbers or run.number(question.id, "week") is not None


def answer_points(question: ScoredQuestion, answer: Kept) -> Decimal:
    """The points that an answer to a question carries.

    :raises Refer: for a number in none of the question's bands.
    """
    if question.points:
        chosen = answer if isinstance(answer, list) else [answer]
        return sum((question.points.get(str(option), ZERO) for option in chosen), ZERO)
    number = as_number(answer)
    assert number is not None
    if question.each is not None:
        return number * question.each
    for band in question.bands:
        if band.from_ <= number and (band.to is None or number <= band.to):
            return band.points
    text = Message(
        _("The scheme has no points for the number %(number)s. A person will work it out with you."),
        {"number": number},
    )
    raise Refer(Caveat(question.id, "refer", text, (question.id,)))


def answer_step(run: Run, score: Score, question: ScoredQuestion) -> PointStep | None:
    """The step of one answer, before help; ``None`` where there is no answer."""
    raw = run.answers.get(question.id)
    if raw is None:
        return None
    if is_unknown(raw):
        assumed = question.lowest_need if question.unanswered == "lowest" else ZERO
        reason = (
            _("You did not say, so we counted the smallest amount of help for now.")
            if assumed
            else _("You did not say, so nothing is counted for this yet.")
        )
        return PointStep(
            question.id, "unanswered", assumed, question.id, label=question.label, reason=Message(reason)
        )
    if score.aggregate == "count":
        chosen = raw if isinstance(raw, list) else [raw]
        found = sum(question.levels.get(str(option)) in score.levels for option in chosen)
        points = Decimal(found)
    else:
        points = answer_points(question, raw)
    answer = raw if isinstance(raw, str) else ", ".join(map(str, raw)) if isinstance(raw, list) else None
    return PointStep(question.id, "answer", points, question.id, answer, question.label)


def _reduce(
    run: Run,
    reducer: Reducer,
    steps: dict[str, list[PointStep]],
    rest: dict[str, Decimal],
    after: list[PointStep],
) -> None:
    if reducer.method == "subtract_hours" or reducer.scope not in ("question", "domain"):
        return
    number = run.help_number(reducer)
    if number is None:
        return
    given = run.given(reducer.driver)
    answer = given if isinstance(given, str) else None
    if reducer.scope == "question":
        acts = run.reduces(reducer)
        for name in [name for name in steps if acts(name) and rest[name]]:
            kept = left(reducer, number, rest[name])
            steps[name].append(cut(reducer, kept - rest[name], name, answer, rest[name]))
            rest[name] = kept
        return
    for domain in reducer.of:
        inside = [name for name in steps if run.compiled.questions[name].domain == domain]
        gross = sum((rest[name] for name in inside), ZERO)
        if not gross:
            continue
        kept = left(reducer, number, gross)
        for name in inside:
            rest[name] = rest[name] * kept / gross
        after.append(cut(reducer, kept - gross, None, answer, gross))


def cut(
    reducer: Reducer, points: Decimal, question: str | None, answer: str | None, before: Decimal
) -> PointStep:
    """The step of what help takes off."""
    return PointStep(
        reducer.id,
        "reduction",
        points,
        question,
        answer,
        reducer.label,
        reducer.reason,
        reducer.source,
        before,
    )


def _finish(
    run: Run,
    score: Score,
    reducers: Sequence[Reducer],
    steps: list[PointStep],
    rest: dict[str, Decimal],
) -> None:
    if score.aggregate in ("max", "top"):
        number = 1 if score.aggregate == "max" else score.top
        counted = sum(sorted(rest.values(), reverse=True)[:number], ZERO)
        reason = Message(_("Only the %(number)s highest count in this scheme."), {"number": number})
        _change(steps, counted, PointStep(score.id, "points", ZERO, label=score.label, reason=reason))
    else:
        # Spreading a domain's reduction over its questions may leave a last digit behind.
        _settle(steps, sum(rest.values(), ZERO))
    for reducer in reducers:
        if reducer.scope == "score" and score.id in reducer.of:
            number_off = run.help_number(reducer)
            if number_off is not None:
                gross = total(steps)
                steps.append(cut(reducer, left(reducer, number_off, gross) - gross, None, None, gross))
    for modifier in score.modifiers:
        if holds(modifier.when, run.answers):
            before, value = total(steps), run.quantity(modifier.value, run.scheme.base_period)
            after = {"add": before + value, "multiply": before * value, "set": value}[modifier.op]
            step = PointStep(modifier.id, "points", ZERO, label=modifier.label, reason=modifier.reason)
            _change(steps, after, step._replace(source=modifier.source, before=before))
    if score.scale is not None:
        (low, high), (to_low, to_high) = score.scale.from_, score.scale.to
        before = total(steps)
        share = (min(max(before, low), high) - low) / (high - low)
        reason = Message(
            _("The score is put on a scale from %(low)s to %(high)s."), {"low": to_low, "high": to_high}
        )
        step = PointStep(score.id, "conversion", ZERO, label=score.label, reason=reason, before=before)
        _change(steps, to_low + share * (to_high - to_low), step)
    if score.round is not None:
        before = total(steps)
        reason = Message(_("The score is rounded to the nearest %(unit)s."), {"unit": score.round.unit})
        step = PointStep(score.id, "rounding", ZERO, label=score.label, reason=reason, before=before)
        _change(steps, round_to(before, score.round.unit, score.round.mode), step)


def _change(steps: list[PointStep], to: Decimal, step: PointStep) -> None:
    difference = to - total(steps)
    if difference:
        steps.append(step._replace(points=difference))


def _settle(steps: list[PointStep], to: Decimal) -> None:
    difference = to - total(steps)
    if difference:
        last = next(i for i in range(len(steps) - 1, -1, -1) if steps[i].kind in ("reduction", "weight"))
        steps[last] = steps[last]._replace(points=steps[last].points + difference)
