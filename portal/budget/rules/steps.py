"""The pipeline: steps done in the scheme's order, each a line with what it changed and why."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.budget.rules.ledger import Draft, Ledger
from portal.budget.rules.receipt import Caveat, LineKind, Message, ReviewFlag
from portal.budget.rules.reducing import left
from portal.budget.rules.run import Refer, Run
from portal.money import round_to
from portal.pack.conditions import holds
from portal.pack.scheme.parts import Rounding, SchemePeriod
from portal.pack.scheme.scoring import Reducer
from portal.pack.scheme.streams import Step
from portal.text import _

_HUNDRED = Decimal(100)
_NOUGHT = Decimal(0)
KINDS: Mapping[str, LineKind] = {
    "add": "addition",
    "subtract": "deduction",
    "multiply": "weight",
    "weight": "weight",
    "percent": "percent",
    "uprate": "uprate",
    "contingency": "contingency",
    "cap": "cap",
    "floor": "floor",
    "transition": "transition",
    "reduce": "reduction",
    "round": "rounding",
}


def do_stream_steps(run: Run, stream: str, ledger: Ledger) -> None:
    """Do the steps on a stream and on its lines, in order."""
    for step in run.scheme.pipeline:
        if step.scope == "total" or not holds(step.when, run.answers):
            continue
        if step.scope == "stream" and (not step.of or stream in step.of):
            _do(run, step, ledger, None)
        elif step.scope == "lines":
            inside = [draft for draft in ledger.drafts if draft.rule in step.of]
            if inside:
                _do(run, step, ledger, inside)


def do_total_steps(run: Run, whole: Ledger) -> None:
    """Do the steps on the whole, in order.

    :raises Refer: at a step that says so.
    """
    for step in run.scheme.pipeline:
        if step.scope != "total" or not holds(step.when, run.answers):
            continue
        if step.op == "refer":
            raise Refer(Caveat(step.id, "refer", step.reason))
        _do(run, step, whole, None)


def _do(run: Run, step: Step, ledger: Ledger, inside: list[Draft] | None) -> None:
    before = ledger.total(inside)
    if step.op == "reduce":
        assert step.reducer is not None
        reduce_money(run, run.compiled.reducers[step.reducer], ledger)
        return
    after = _after(run, step, before, ledger.period)
    shown_in_rate = step.op == "contingency" and step.form == "in_rate"
    if after == before and not shown_in_rate:
        return
    ledger.drafts.append(
        Draft(
            step.id,
            KINDS[step.op],
            after - before,
            label=step.label,
            reason=step.reason,
            before=before,
            source=step.source,
            block=inside[0].block if inside else None,
        )
    )
    if step.op == "cap":
        run.flags.append(ReviewFlag(step.id, before, after, ledger.period, step.reason))


def _after(run: Run, step: Step, before: Decimal, period: SchemePeriod) -> Decimal:
    if step.op == "round":
        assert step.unit is not None
        return round_to(before, step.unit, step.mode)
    assert step.value is not None
    value = run.quantity(step.value, step.per or period)
    if step.op in ("add", "subtract", "cap", "floor") and step.per is not None:
        value = run.in_period((value, step.per), period)
    match step.op:
        case "add":
            return before + value
        case "subtract":
            return min(before, max(_NOUGHT, before - value))
        case "cap":
            return min(before, value)
        case "floor":
            return max(before, value) if before > 0 or step.lift_nothing else before
        case "multiply" | "weight":
            return before * value
        case "percent" | "uprate":
            return before * (_HUNDRED + value) / _HUNDRED
        case "contingency":
            return before if step.form == "in_rate" else before * (_HUNDRED - value) / _HUNDRED
        case "transition":
            assert step.baseline is not None
            baseline = run.quantity(step.baseline, step.per or period)
            if step.per is not None:
                baseline = run.in_period((baseline, step.per), period)
            return max(before, baseline * (_HUNDRED - value) / _HUNDRED)
        case _:
            raise AssertionError(step.op)


def reduce_money(run: Run, reducer: Reducer, ledger: Ledger) -> None:
    """Take off, from a whole stream or the whole figure, the help that others give."""
    number = run.help_number(reducer)
    gross = ledger.total()
    if number is None or gross <= 0:
        return
    rest = left(reducer, number, gross)
    given = run.given(reducer.driver)
    if rest != gross or reducer.method == "none":
        ledger.drafts.append(
            Draft(
                reducer.id,
                "reduction",
                rest - gross,
                label=reducer.label,
                reason=reducer.reason,
                answer=given if isinstance(given, str) else None,
                before=gross,
                source=reducer.source,
            )
        )


def round_ledger(rounding: Rounding, ledger: Ledger) -> None:
    """Round what a stream or the whole comes to, as a line."""
    before = ledger.total()
    after = round_to(before, rounding.unit, rounding.mode)
    if after != before:
        ledger.drafts.append(
            Draft(
                "rounding",
                "rounding",
                after - before,
                label=Message(_("Rounding")),
                reason=Message(_("The scheme rounds the amount.")),
                before=before,
            )
        )
