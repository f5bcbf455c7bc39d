"""The pipeline for many people at once, in the scheme's order."""

from __future__ import annotations

from portal.budget.bulk.exact import NOUGHT, Exact, Mask, both, compared, exact, narrowed
from portal.budget.bulk.frame import Frame, NotHeldError
from portal.budget.bulk.scores import Off
from portal.budget.bulk.sheets import Entry, Sheet
from portal.pack.scheme import Reducer, Rounding, SchemePeriod, Step

_OF_LINES = frozenset(
    {"subtract", "multiply", "weight", "percent", "uprate", "contingency", "cap", "floor", "round"}
)


def do_stream_steps(frame: Frame, stream: str, sheet: Sheet) -> None:
    """The steps on a stream and on its lines, in order."""
    for step in frame.scheme.pipeline:
        if step.scope == "total":
            continue
        mask = frame.holds(step.when)
        if mask is False:
            continue
        if step.scope == "stream" and (not step.of or stream in step.of):
            _do(frame, step, sheet, None, mask)
        elif step.scope == "lines":
            _do_lines(frame, step, sheet, mask)


def _do_lines(frame: Frame, step: Step, sheet: Sheet, mask: Mask) -> None:
    if any(name in frame.compiled.questions for name in step.of):
        raise NotHeldError(f"step {step.id} acts on the lines of single questions")
    inside = [entry for entry in sheet.entries if entry.rule in step.of]
    if not inside:
        return
    # A line of nought is no line, so that what would make something of it has to know which there are.
    if step.op not in _OF_LINES or step.lift_nothing:
        raise NotHeldError(f"step {step.id} does {step.op} on lines that may not be there")
    _do(frame, step, sheet, inside, mask)


def do_total_steps(frame: Frame, sheet: Sheet) -> None:
    """The steps on the whole, in order."""
    for step in frame.scheme.pipeline:
        if step.scope != "total":
            continue
        mask = frame.holds(step.when)
        if step.op == "refer":
            frame.refer(step.id, mask)
        elif mask is not False:
            _do(frame, step, sheet, None, mask)


def _do(frame: Frame, step: Step, sheet: Sheet, inside: list[Entry] | None, mask: Mask) -> None:
    if step.op == "reduce":
        assert step.reducer is not None
        reduce_money(frame, frame.compiled.reducers[step.reducer], sheet, mask=mask)
        return
    if step.op == "contingency" and step.form == "in_rate":
        return
    before = sheet.total() if inside is None else sheet.sum_of(inside)
    after = _after(frame, step, before, sheet.period, of_lines=inside is not None)
    if step.op == "cap":
        one, two, inexact = compared(after, before)
        if inexact:
            _doubt_equals(frame, step, before, sheet.period)
        frame.flag(step.id, both(mask, narrowed(one != two)), before)
    if inside is None:
        sheet.change(step.id, before, after.or_else(mask, before))
    else:
        sheet.put(step.id, (after - before).kept_where(mask))


def _doubt_equals(frame: Frame, step: Step, before: Exact, period: SchemePeriod) -> None:
    one, two, _inexact = compared(before, _value(frame, step, period))
    frame.doubt(narrowed(one == two))


def _value(frame: Frame, step: Step, period: SchemePeriod) -> Exact:
    assert step.value is not None
    value = frame.quantity(step.value, step.per or period)
    if step.op in ("add", "subtract", "cap", "floor") and step.per is not None:
        value = frame.in_period(value, step.per, period)
    return value


def _after(frame: Frame, step: Step, before: Exact, period: SchemePeriod, *, of_lines: bool) -> Exact:
    if step.op == "round":
        assert step.unit is not None
        return frame.round(before, step.unit, step.mode)
    value = _value(frame, step, period)
    match step.op:
        case "add":
            return before + value
        case "subtract":
            return before.least((before - value).most(NOUGHT))
        case "cap":
            if of_lines and value.low < 0:
                raise NotHeldError(f"step {step.id} caps lines at less than nought")
            return before.least(value)
        case "floor":
            lifted = before.most(value)
            return lifted if step.lift_nothing else lifted.or_else(_positive(frame, before), before)
        case "multiply" | "weight":
            return before * value
        case "percent" | "uprate":
            return before * (exact(100) + value).over(100)
        case "contingency":
            return before * (exact(100) - value).over(100)
        case "transition":
            assert step.baseline is not None
            baseline = frame.quantity(step.baseline, step.per or period)
            if step.per is not None:
                baseline = frame.in_period(baseline, step.per, period)
            return before.most(baseline * (exact(100) - value).over(100))
        case _:
            raise AssertionError(step.op)


def _positive(frame: Frame, number: Exact) -> Mask:
    if number.low > 0:
        return True
    if number.inexact:
        # A last digit lost in taking equals apart could stand above nought.
        frame.doubt(both(narrowed(number.num == 0), number.den != 1))
    return narrowed(number.num > 0)


def reduce_money(frame: Frame, reducer: Reducer, sheet: Sheet, *, mask: Mask = True) -> None:
    """Take off, from a whole stream or the whole figure, the help that others give."""
    off = Off(frame, reducer)
    mask = both(mask, off.acts)
    if mask is False or reducer.method == "none":
        return
    gross = sheet.total()
    positive = _positive(frame, gross)
    here = both(mask, positive)
    rest = off.left(gross.most(NOUGHT) if gross.low < 0 else gross)
    sheet.change(reducer.id, gross, rest.or_else(here, gross))


def round_sheet(frame: Frame, rounding: Rounding, sheet: Sheet) -> None:
    """Round what a stream or the whole comes to, as a line."""
    before = sheet.total()
    sheet.change("rounding", before, frame.round(before, rounding.unit, rounding.mode))
