"""Points to pounds: a price for each point, rows of a table, a share of a pool."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from portal.budget.rules.ledger import Draft, Ledger
from portal.budget.rules.points import PointStep, score_steps, total
from portal.budget.rules.receipt import Caveat, Message, Pounds
from portal.budget.rules.run import ZERO, Refer, Run
from portal.pack.conditions import holds
from portal.pack.scheme.models import Outside, PoolRatio, PricePerPoint, Row, Table
from portal.text import _

AMOUNT_OF_POINTS = _("What your points come to")


class NoAmount(Exception):
    """A stream gives no amount, which is not the same as nought pounds. Carries why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def _none_at(points: Decimal) -> NoAmount:
    return NoAmount(Message(_("The scheme gives no amount for a score of %(points)s."), {"points": points}))


def price_points(run: Run, model: PricePerPoint, ledger: Ledger) -> None:
    """Lines for a price per point: each answer its own amount, unless the price changes on the way."""
    if model.breakpoints:
        _by_function(run, model.score, ledger, lambda points: _by_pieces(model, points))
    else:
        rate = next((part.rate for part in model.rate_by if holds(part.when, run.answers)), model.rate)
        for step in score_steps(run, run.compiled.scores[model.score]):
            ledger.add(priced(step, step.points * rate, rate))
    if model.fixed:
        ledger.add(
            Draft(
                "fixed",
                "addition",
                model.fixed,
                label=Message(_("A fixed amount")),
                reason=Message(_("Everybody in this scheme has this amount.")),
            )
        )


def priced(step: PointStep, amount: Decimal, rate: Decimal | None) -> Draft:
    """The line of a step, with what it brings and why."""
    reason = step.reason
    if reason is None and rate is not None:
        reason = Message(
            _("Points: %(points)s. Each point brings %(rate)s."),
            {"points": step.points, "rate": Pounds(rate)},
        )
    before = step.before * rate if step.before is not None and rate is not None else None
    return Draft(
        step.rule,
        step.kind,
        amount,
        label=step.label,
        reason=reason,
        question=step.question,
        answer=step.answer,
        points=step.points,
        rate=rate,
        before=before,
        source=step.source,
    )


def _by_pieces(model: PricePerPoint, points: Decimal) -> Decimal:
    amount, rate, start = ZERO, model.rate, ZERO
    for piece in model.breakpoints:
        if points <= piece.above:
            break
        amount += (piece.above - start) * rate
        start, rate = piece.above, piece.rate
    return amount + (points - start) * rate


def price_by_table(run: Run, model: Table, ledger: Ledger) -> None:
    """Lines for a table: the points of each answer, then what the row gives, then help taken off.

    :raises NoAmount: at points for which the table has none.
    :raises Refer: at points that the table leaves to a person.
    """
    _by_function(run, model.score, ledger, lambda points: amount_at(model, points))


def price_by_pool(run: Run, model: PoolRatio, ledger: Ledger) -> None:
    """Lines for a share of a pool, with the warning that it rations."""
    text = Message(
        _(
            "This amount depends on how much there is to share out, not only on needs. "
            "It is for study and must not decide anybody’s budget."
        )
    )
    run.caveats.append(Caveat("pool_ratio", "rationing", text))
    ratio = model.supply / model.demand
    _by_function(run, model.score, ledger, lambda points: points * ratio * model.unit_amount)


def show_points(run: Run, score_id: str, ledger: Ledger) -> None:
    """The points of a score as lines that bring no money themselves. Each score is shown once."""
    if score_id in run.shown or score_id not in run.compiled.scores:
        return
    run.shown.add(score_id)
    for step in score_steps(run, run.compiled.scores[score_id]):
        ledger.add(priced(step, ZERO, None))


def _by_function(run: Run, score_id: str, ledger: Ledger, amount_of: Callable[[Decimal], Decimal]) -> None:
    score = run.compiled.scores[score_id]
    acting = [reducer for reducer in run.compiled.of_answers if run.help_number(reducer) is not None]
    steps = score_steps(run, score, ())
    for step in steps:
        ledger.add(priced(step, ZERO, None))
    points = total(steps)
    final = total(score_steps(run, score, acting)) if acting else points
    after = amount_of(final)
    try:
        before = amount_of(points)
    except (NoAmount, Refer):
        # Before help there is no amount to show, so help is shown in points alone.
        before, points = after, final
        for step in score_steps(run, score, acting):
            if step.kind == "reduction":
                ledger.add(priced(step, ZERO, None))
        acting = []
    ledger.add(
        Draft(
            score_id,
            "table",
            before,
            label=score.label or Message(AMOUNT_OF_POINTS),
            reason=Message(_("This is what the scheme gives for a score of %(points)s."), {"points": points}),
            points=points,
        )
    )
    for number, reducer in enumerate(acting, start=1):
        now = total(score_steps(run, score, acting[:number]))
        if now == points:
            continue
        try:
            amount = amount_of(now)
        except (NoAmount, Refer):
            amount = before
        ledger.add(
            Draft(
                reducer.id,
                "reduction",
                amount - before,
                label=reducer.label,
                reason=reducer.reason,
                points=now - points,
                before=before,
                source=reducer.source,
            )
        )
        before, points = amount, now


def amount_at(table: Table, points: Decimal) -> Decimal:
    """The amount that a table gives at a number of points, in the stream's period.

    :raises NoAmount: where it gives none.
    :raises Refer: where a person decides.
    """
    first, last = table.rows[0], table.rows[-1]
    if points < first.low:
        return _outside(table, table.below, first, points)
    if points > last.high:
        return _outside(table, table.above, last, points)
    for index, row in enumerate(table.rows):
        if row.low <= points <= row.high:
            return _given(row.amount, points)
        if points < row.low:
            return _between(table, table.rows[index - 1], row, points)
    raise AssertionError("rows cover all points between the first and the last")


def _given(amount: Decimal | None, points: Decimal) -> Decimal:
    if amount is None:
        raise _none_at(points)
    return amount


def _between(table: Table, low: Row, high: Row, points: Decimal) -> Decimal:
    if table.match == "interpolate":
        return _straight(low, high, points)
    if table.match == "exact" and table.between == "zero":
        return ZERO
    if table.match == "exact" and table.between == "lower":
        return _given(low.amount, points)
    if table.match == "exact" and table.between == "none":
        raise _none_at(points)
    raise _refer(points)


def _outside(table: Table, what: Outside, row: Row, points: Decimal) -> Decimal:
    match what:
        case "none":
            raise _none_at(points)
        case "zero":
            return ZERO
        case "last":
            return _given(row.amount, points)
        case "extrapolate":
            low, high = table.rows[:2] if row is table.rows[0] else table.rows[-2:]
            return max(ZERO, _straight(low, high, points))
        case "refer":
            raise _refer(points)


def _straight(low: Row, high: Row, points: Decimal) -> Decimal:
    below, above = _given(low.amount, points), _given(high.amount, points)
    return below + (above - below) * (points - low.low) / (high.low - low.low)


def _refer(points: Decimal) -> Refer:
    text = Message(
        _("The scheme has no amount for a score of %(points)s. A person will work it out with you."),
        {"points": points},
    )
    return Refer(Caveat("table", "refer", text))
