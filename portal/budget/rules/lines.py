"""Named lines of support, matrices of levels, fitted lines, and the hours that help takes off."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from portal.budget.rules.ledger import Draft, Ledger
from portal.budget.rules.pricing import show_points
from portal.budget.rules.receipt import Caveat, LineKind, Message, Percent, Phrase, Pounds
from portal.budget.rules.reducing import left
from portal.budget.rules.run import ZERO, Refer, Run, is_unknown
from portal.money import round_to
from portal.pack.conditions import holds
from portal.pack.scheme.models import Cell, Linear, LineRule, Matrix, MatrixRow
from portal.pack.scheme.parts import OnCost, Price, SchemePeriod
from portal.pack.scheme.scoring import Reducer
from portal.text import _

ONE = Decimal(1)
_HUNDRED = Decimal(100)
_HOURS = {"hour": ONE, "half_hour": Decimal("0.5")}


def add_lines(run: Run, rules: Iterable[LineRule], ledger: Ledger, kind: LineKind = "support") -> None:
    """Lines of a quantity at a price, or of a sum. A line of nought is left out.

    :raises Refer: when a price is missing on the day.
    """
    for rule in rules:
        if holds(rule.when, run.answers):
            for score in run.compiled.scores_of[rule.id]:
                show_points(run, score, ledger)
            _add_line(run, rule, ledger, kind)


def _add_line(run: Run, rule: LineRule, ledger: Ledger, kind: LineKind) -> None:
    per = rule.per or ledger.period
    answer = run.given(rule.question) if rule.question is not None else None
    draft = Draft(
        rule.id,
        kind,
        ZERO,
        label=rule.label,
        reason=rule.reason,
        question=rule.question,
        answer=answer if isinstance(answer, str) else None,
        per=per,
        source=rule.source,
        block=rule.block,
    )
    on_cost = rule.on_cost
    if rule.amount is not None:
        amount = run.quantity(rule.amount, per)
    else:
        assert rule.quantity is not None
        quantity = run.quantity(rule.quantity, per)
        workers = run.quantity(rule.workers, per) if rule.workers is not None else ONE
        rate, unit, on_cost = _rate(run, rule)
        amount = quantity * workers * rate
        draft.quantity, draft.rate, draft.unit = quantity * workers, rate, unit
        draft.weekly_hours = _in(run, quantity * workers, per, "week") * _HOURS.get(unit, ZERO)
        if rule.reason is None:
            draft.reason = _quantity_reason(quantity, workers, rate)
    if not amount:
        return
    draft.amount = _in(run, amount, per, ledger.period)
    ledger.add(draft, rule.round)
    if rule.weight is not None and rule.weight != 1:
        _weight(ledger, draft, rule.weight, rule.weight_reason)
    if on_cost is not None and on_cost.on == "amount":
        base = ledger.total(line for line in ledger.drafts if line.rule == rule.id)
        _on_cost(ledger, draft, on_cost, base)


def _rate(run: Run, rule: LineRule) -> tuple[Decimal, str, OnCost | None]:
    if rule.price is not None:
        price = price_of(run, rule.id, rule.price)
        rate, unit, on_cost = price.amount, price.unit, rule.on_cost or price.on_cost
    else:
        assert rule.rate is not None
        rate, unit, on_cost = rule.rate, "hour", rule.on_cost
    if on_cost is not None and on_cost.on == "rate":
        rate += _rounded_on_cost(on_cost, rate)
    return rate, unit, on_cost


def price_of(run: Run, rule: str, id: str) -> Price:
    """The price that holds for this person on the day.

    :raises Refer: when none does, since no figure may rest on a price that does not exist.
    """
    price = run.price(id)
    if price is None:
        text = Message(_("There is no price for this on this day. A person will work it out with you."))
        raise Refer(Caveat(rule, "price", text))
    return price


def _rounded_on_cost(on_cost: OnCost, amount: Decimal) -> Decimal:
    cost = amount * on_cost.percent / _HUNDRED
    return round_to(cost, on_cost.round.unit, on_cost.round.mode) if on_cost.round is not None else cost


def _quantity_reason(quantity: Decimal, workers: Decimal, rate: Decimal) -> Message:
    if workers == 1:
        return Message(_("%(quantity)s at %(rate)s each."), {"quantity": quantity, "rate": Pounds(rate)})
    return Message(
        _("%(quantity)s at %(rate)s each, for %(workers)s workers."),
        {"quantity": quantity, "rate": Pounds(rate), "workers": workers},
    )


def _in(run: Run, amount: Decimal, period: SchemePeriod, to: SchemePeriod) -> Decimal:
    if period == to or "one_off" in (period, to):
        return amount
    return run.scheme.year.convert(amount, period, to)


def _weight(ledger: Ledger, draft: Draft, weight: Decimal, reason: Phrase | None) -> None:
    ledger.add(
        Draft(
            draft.rule,
            "weight",
            draft.amount * (weight - 1),
            label=draft.label,
            reason=reason,
            question=draft.question,
            before=draft.amount,
            source=draft.source,
            block=draft.block,
        )
    )


def _on_cost(ledger: Ledger, draft: Draft, on_cost: OnCost, base: Decimal) -> None:
    cost = _rounded_on_cost(on_cost, base)
    if not cost:
        return
    ledger.add(
        Draft(
            draft.rule,
            "on_cost",
            cost,
            label=draft.label,
            reason=Message(
                _("An employer also pays %(percent)s for things like tax and holidays."),
                {"percent": Percent(on_cost.percent)},
            ),
            question=draft.question,
            source=draft.source,
            block=draft.block,
        )
    )


def add_matrix(run: Run, matrix: Matrix, ledger: Ledger) -> None:
    """A line for each row: the cell that the answers pick, and its weight if it has one.

    :raises Refer: when the answers pick no cell.
    """
    per = matrix.per or ledger.period
    for row in matrix.rows:
        if not holds(row.when, run.answers) or any(axis not in run.counted for axis in row.axes):
            continue
        draft = _cell_line(run, row, per, ledger)
        if draft is not None:
            ledger.add(draft)
            if row.weight != 1 and draft.amount:
                _weight(ledger, draft, row.weight, row.weight_reason)


def _cell_line(run: Run, row: MatrixRow, per: SchemePeriod, ledger: Ledger) -> Draft | None:
    raw = [run.answers.get(axis) for axis in row.axes]
    if any(given is None for given in raw):
        return None
    main = row.axes[0]
    draft = Draft(
        row.id, "answer", ZERO, label=row.label, question=main, per=per, source=row.source, block=row.block
    )
    if any(given is not None and is_unknown(given) for given in raw):
        draft.kind = "unanswered"
        lowest = _lowest(run, row) if run.compiled.questions[main].unanswered == "lowest" else ZERO
        draft.amount = _in(run, lowest, per, ledger.period)
        draft.reason = Message(
            _("You did not say, so we counted the smallest amount of help for now.")
            if lowest
            else _("You did not say, so nothing is counted for this yet.")
        )
        return draft
    at = tuple(str(given) for given in raw)
    draft.answer = at[0]
    if row.amounts:
        if at[0] not in row.amounts:
            raise _no_cell(row)
        amount = row.amounts[at[0]]
    else:
        cell = next((cell for cell in row.cells if cell.at == at), None)
        if cell is None:
            raise _no_cell(row)
        amount = _cell_amount(run, row, cell, draft)
    draft.amount = _in(run, amount, per, ledger.period)
    return draft


def _cell_amount(run: Run, row: MatrixRow, cell: Cell, draft: Draft) -> Decimal:
    if cell.amount is not None:
        return cell.amount
    assert cell.price is not None
    assert cell.quantity is not None
    price = price_of(run, row.id, cell.price)
    rate = price.amount
    if price.on_cost is not None:
        rate += _rounded_on_cost(price.on_cost, rate)
    draft.quantity, draft.rate, draft.unit = cell.quantity, rate, price.unit
    assert draft.per is not None
    draft.weekly_hours = _in(run, cell.quantity, draft.per, "week") * _HOURS.get(price.unit, ZERO)
    draft.reason = _quantity_reason(cell.quantity, ONE, rate)
    return cell.quantity * rate


def _lowest(run: Run, row: MatrixRow) -> Decimal:
    amounts = [*row.amounts.values()]
    for cell in row.cells:
        blank = Draft(row.id, "answer", ZERO, per=run.scheme.base_period)
        amounts.append(_cell_amount(run, row, cell, blank))
    return min((amount for amount in amounts if amount > 0), default=ZERO)


def _no_cell(row: MatrixRow) -> Refer:
    text = Message(_("The scheme has no amount for these answers. A person will work it out with you."))
    return Refer(Caveat(row.id, "refer", text, row.axes))


def add_linear(run: Run, model: Linear, ledger: Ledger) -> None:
    """A line for each term of a fitted line, then one for the logarithm or the limits if they act."""
    parts = [("intercept", Message(_("Where everybody starts")), model.intercept)]
    parts += [
        (term.id, term.label, run.quantity(term.quantity, ledger.period) * term.coefficient)  # type: ignore[misc]
        for term in model.terms
    ]
    exact = sum((amount for _rule, _label, amount in parts), ZERO)
    low, high = model.clip
    if model.link == "log":
        _one_sum(ledger, exact.exp())
    else:
        for rule, label, amount in parts:
            if amount:
                ledger.add(Draft(rule, "support", amount, label=label))
    before = ledger.total()
    clipped = max(low, before if high is None else min(high, before))
    if clipped != before:
        ledger.add(
            Draft(
                "clip",
                "floor" if clipped > before else "cap",
                clipped - before,
                label=Message(_("Limits of the calculation")),
                reason=Message(_("The calculation stays between its lowest and its highest amount.")),
                before=before,
            )
        )


def _one_sum(ledger: Ledger, amount: Decimal) -> None:
    label = Message(_("What the calculation comes to"))
    ledger.add(Draft("linear", "support", amount, label=label))


def reduce_lines(run: Run, ledger: Ledger) -> None:
    """Take off the help that others give from lines that rest on answers, once for each reducer."""
    for reducer in run.compiled.of_answers:
        number = run.help_number(reducer)
        if number is None or reducer.method == "subtract_points" or reducer.scope == "score":
            continue
        acts = run.reduces(reducer) if reducer.scope == "question" else None
        for name in reducer.of:
            if acts is not None:
                inside = [draft for draft in ledger.drafts if draft.question == name and acts(name)]
            elif reducer.scope == "domain":
                inside = [draft for draft in ledger.drafts if _domain(run, draft) == name]
            else:
                inside = [draft for draft in ledger.drafts if draft.block == name]
            cut = _cut(run, reducer, number, inside, ledger.total(inside))
            if cut is not None:
                cut.question = name if acts is not None else None
                cut.domain = name if reducer.scope == "domain" else cut.domain
                ledger.add(cut)


def _cut(run: Run, reducer: Reducer, number: Decimal, inside: list[Draft], gross: Decimal) -> Draft | None:
    if gross <= 0:
        return None
    hours = sum((draft.weekly_hours for draft in inside), ZERO)
    if reducer.method == "subtract_hours":
        share = left(reducer, number, hours) / hours if hours else ONE
    else:
        share = left(reducer, number, gross) / gross
    if share == 1 and reducer.method != "none":
        return None
    given = run.given(reducer.driver)
    first = inside[0]
    return Draft(
        reducer.id,
        "reduction",
        gross * (share - 1),
        label=reducer.label,
        reason=reducer.reason,
        answer=given if isinstance(given, str) else None,
        before=gross,
        source=reducer.source,
        block=first.block if all(draft.block == first.block for draft in inside) else None,
        domain=_domain(run, first),
        weekly_hours=hours * (share - 1),
    )


def _domain(run: Run, draft: Draft) -> str | None:
    if draft.domain is not None:
        return draft.domain
    question = run.compiled.questions.get(draft.question or "")
    return question.domain if question is not None else None
