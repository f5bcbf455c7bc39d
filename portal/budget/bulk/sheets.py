"""The lines of one stream for many people at once: what each is about, and its exact amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.budget.bulk.exact import NOUGHT, ONE, Exact, Mask, both, exact, narrowed, neither
from portal.budget.bulk.frame import Frame, NotHeldError, total
from portal.budget.bulk.scores import Off, acting_on
from portal.budget.rules.run import is_unknown
from portal.money import round_to
from portal.pack.conditions import Kept
from portal.pack.scheme import Price, Round, SchemePeriod
from portal.pack.scheme.models import Cell, LineRule, Matrix, MatrixRow
from portal.pack.scheme.parts import OnCost

_HOURS = {"hour": Decimal(1), "half_hour": Decimal("0.5")}


@dataclass(slots=True)
class Entry:
    """One line: its amounts, and what reducers and steps find it by."""

    rule: str
    amount: Exact
    question: str | None = None
    domain: str | None = None
    block: str | None = None
    hours: Exact = NOUGHT


class Sheet:
    """Lines in order, rounded line by line where the scheme says so."""

    def __init__(self, frame: Frame, period: SchemePeriod, round: Round | None) -> None:
        self.frame = frame
        self.period = period
        self.round = round
        self.entries: list[Entry] = []
        # Steps on single lines look for them by their rules; else one sum is enough after a step.
        self.by_rule = any(step.scope == "lines" for step in frame.scheme.pipeline)

    def add(self, entry: Entry, round: Round | None = None) -> Entry:
        """Put a line at the end, rounded by its own rule or else by the scheme's."""
        rule = round or self.round
        if rule is not None:
            entry.amount = self.frame.round(entry.amount, rule.unit, rule.mode)
        self.entries.append(entry)
        return entry

    def put(self, rule: str, amount: Exact) -> None:
        """Put a line at the end as it is."""
        self.entries.append(Entry(rule, amount))

    def change(self, rule: str, before: Exact, after: Exact) -> None:
        """Put the difference that a step made to the whole at the end."""
        if after is before:
            return
        if self.by_rule:
            self.entries.append(Entry(rule, after - before))
        else:
            self.entries = [Entry(rule, after)]

    def total(self) -> Exact:
        """What the lines come to."""
        return total([entry.amount for entry in self.entries])

    def sum_of(self, entries: list[Entry]) -> Exact:
        """What some of the lines come to."""
        return total([entry.amount for entry in entries])


def add_lines(frame: Frame, rules: tuple[LineRule, ...], sheet: Sheet, *, where: Mask = True) -> None:
    """Lines of a quantity at a price, or of a sum, for some people or for all."""
    for rule in rules:
        mask = both(where, frame.holds(rule.when))
        if mask is False:
            continue
        if rule.price is None:
            _add_line(frame, rule, None, mask, sheet)
            continue
        for routed, price in frame.priced(rule.price):
            here = both(mask, routed)
            if price is None:
                frame.refer(rule.id, here)
            elif here is not False:
                _add_line(frame, rule, price, here, sheet)


def _add_line(frame: Frame, rule: LineRule, price: Price | None, mask: Mask, sheet: Sheet) -> None:
    per = rule.per or sheet.period
    on_cost, hours = rule.on_cost, NOUGHT
    if rule.amount is not None:
        amount = frame.quantity(rule.amount, per)
    else:
        assert rule.quantity is not None
        quantity = frame.quantity(rule.quantity, per)
        workers = frame.quantity(rule.workers, per) if rule.workers is not None else ONE
        rate, unit, on_cost = _rate(frame, rule, price)
        units = quantity * workers
        amount = units * rate
        hours = frame.in_period(units, per, "week") * exact(_HOURS.get(unit, Decimal(0)))
    question = frame.compiled.questions.get(rule.question or "")
    about = (rule.question, question.domain if question is not None else None, rule.block)
    amount = frame.in_period(amount, per, sheet.period).kept_where(mask)
    entry = sheet.add(Entry(rule.id, amount, *about, hours.kept_where(mask)), rule.round)
    entries = [entry]
    if rule.weight is not None and rule.weight != 1:
        entries.append(sheet.add(Entry(rule.id, entry.amount * exact(rule.weight - 1), *about)))
    if on_cost is not None and on_cost.on == "amount":
        cost = _on_cost(frame, on_cost, sheet.sum_of(entries))
        sheet.add(Entry(rule.id, cost, *about))


def _rate(frame: Frame, rule: LineRule, price: Price | None) -> tuple[Exact, str, OnCost | None]:
    if price is not None:
        rate, unit, on_cost = exact(price.amount), str(price.unit), rule.on_cost or price.on_cost
    else:
        assert rule.rate is not None
        rate, unit, on_cost = exact(rule.rate), "hour", rule.on_cost
    if on_cost is not None and on_cost.on == "rate":
        rate = rate + _on_cost(frame, on_cost, rate)
    return rate, unit, on_cost


def _on_cost(frame: Frame, on_cost: OnCost, amount: Exact) -> Exact:
    cost = amount * exact(on_cost.percent).over(100)
    return frame.round(cost, on_cost.round.unit, on_cost.round.mode) if on_cost.round is not None else cost


def add_matrix(frame: Frame, matrix: Matrix, sheet: Sheet) -> None:
    """A line for each row: the cell that the answers pick, and its weight if it has one."""
    for row in matrix.rows:
        mask = frame.holds(row.when)
        for axis in row.axes:
            mask = both(mask, frame.asked(axis))
        if mask is False:
            continue
        prices = sorted({cell.price for cell in row.cells if cell.price is not None})
        variants: list[tuple[Mask, dict[str, Price | None]]] = [(mask, {})]
        for name in prices:
            variants = [
                (both(where, here), {**chosen, name: price})
                for where, chosen in variants
                for here, price in frame.priced(name)
            ]
        for where, chosen in variants:
            _Row(frame, row, chosen, where, sheet).add(matrix.per or sheet.period)


class _Row:
    """One row of a matrix, at the prices that hold for some people."""

    def __init__(
        self, frame: Frame, row: MatrixRow, prices: dict[str, Price | None], mask: Mask, sheet: Sheet
    ) -> None:
        self.frame, self.row, self.prices, self.mask, self.sheet = frame, row, prices, mask, sheet
        self.cells = {cell.at: cell for cell in row.cells}

    def add(self, per: SchemePeriod) -> None:
        frame, row, mask, sheet = self.frame, self.row, self.mask, self.sheet
        amounts, hours, answered, known = self._picked()
        frame.refer(row.id, both(mask, both(answered, neither(known))))
        here = both(mask, both(answered, known))
        about = (row.axes[0], frame.compiled.questions[row.axes[0]].domain, row.block)
        amount = frame.in_period(amounts, per, sheet.period).kept_where(here)
        weekly = frame.in_period(hours, per, "week").kept_where(here)
        entry = sheet.add(Entry(row.id, amount, *about, weekly))
        if row.weight != 1:
            sheet.add(Entry(row.id, entry.amount * exact(row.weight - 1), *about))

    def _picked(self) -> tuple[Exact, Exact, Mask, Mask]:
        frame, row = self.frame, self.row
        if len(row.axes) > 1:
            column = frame.together(row.axes)
            name = " ".join(row.axes)
        else:
            column, name = frame.column(row.axes[0]), row.axes[0]
        key = (row.id, tuple(id(price) for price in self.prices.values()), name)
        amounts, known, too_long = column.numbers((*key, "amount"), self._worth)
        hours, _known, _long = column.numbers((*key, "hours"), self._hours)
        answered = column.mask((*key, "answered"), lambda given: self._at(given) is not None)
        frame.doubt(both(too_long, self.mask))
        return amounts, hours, answered, known

    def _at(self, given: Kept | None) -> tuple[Any, ...] | None:
        if len(self.row.axes) == 1:
            return None if given is None else (given,)
        found = tuple(given.get(axis) for axis in self.row.axes) if isinstance(given, dict) else ()
        return None if not found or any(one is None for one in found) else found

    def _worth(self, given: Kept | None) -> Decimal | None:
        at = self._at(given)
        if at is None:
            return None
        if any(is_unknown(one) for one in at):
            return self._lowest()
        place = tuple(str(one) for one in at)
        if self.row.amounts:
            return self.row.amounts.get(place[0])
        return self._cell(self.cells.get(place))

    def _cell(self, cell: Cell | None) -> Decimal | None:
        if cell is None or cell.amount is not None:
            return cell.amount if cell is not None else None
        price = self.prices[cell.price or ""]
        if price is None or cell.quantity is None:
            return None
        rate = price.amount
        if price.on_cost is not None:
            rate += _plain_on_cost(price.on_cost, rate)
        return cell.quantity * rate

    def _hours(self, given: Kept | None) -> Decimal:
        at = self._at(given)
        cell = self.cells.get(tuple(str(one) for one in at)) if at is not None else None
        price = self.prices[cell.price] if cell is not None and cell.price is not None else None
        if cell is None or price is None or cell.quantity is None:
            return Decimal(0)
        return cell.quantity * _HOURS.get(price.unit, Decimal(0))

    def _lowest(self) -> Decimal | None:
        if self.frame.compiled.questions[self.row.axes[0]].unanswered != "lowest":
            return Decimal(0)
        amounts = [*self.row.amounts.values(), *(self._cell(cell) for cell in self.cells.values())]
        if any(amount is None for amount in amounts):
            return None
        return min((amount for amount in amounts if amount is not None and amount > 0), default=Decimal(0))


def _plain_on_cost(on_cost: OnCost, amount: Decimal) -> Decimal:
    cost = amount * on_cost.percent / 100
    return round_to(cost, on_cost.round.unit, on_cost.round.mode) if on_cost.round is not None else cost


def reduce_lines(frame: Frame, acting: list[Off], sheet: Sheet) -> None:
    """Take off the help that others give from lines that rest on answers, once for each reducer."""
    by_block = any(off.reducer.scope == "block" for off in acting)
    for off in acting:
        reducer = off.reducer
        if reducer.method in ("subtract_points", "none") or reducer.scope == "score":
            continue
        for name in reducer.of:
            inside = [entry for entry in sheet.entries if _found_by(reducer.scope, entry) == name]
            if not inside:
                continue
            mask = acting_on(frame, reducer, name) if reducer.scope == "question" else True
            mask = both(mask, off.acts)
            blocks = {entry.block for entry in inside}
            if by_block and reducer.scope != "block" and len(blocks) > 1:
                raise NotHeldError(f"{reducer.id} takes off from lines of more than one block")
            cut = _cut(frame, off, inside, mask, sheet)
            if cut is not None:
                cut.block = inside[0].block if len(blocks) == 1 else None
                cut.domain = name if reducer.scope == "domain" else inside[0].domain
                cut.question = name if reducer.scope == "question" else None
                sheet.add(cut)


def _found_by(scope: str, entry: Entry) -> str | None:
    return {"question": entry.question, "domain": entry.domain, "block": entry.block}.get(scope)


def _cut(frame: Frame, off: Off, inside: list[Entry], mask: Mask, sheet: Sheet) -> Entry | None:
    gross, hours = sheet.sum_of(inside), total([entry.hours for entry in inside])
    if gross.nought or mask is False:
        return None
    if off.reducer.method == "subtract_hours":
        left = off.left(hours)
        amount = _in_proportion(frame, gross, left - hours, hours, mask)
        return Entry(off.reducer.id, amount, hours=(left - hours).kept_where(mask))
    if not hours.nought and not off.in_proportion:
        raise NotHeldError(f"{off.reducer.id} leaves at least a sum of lines that count hours")
    gross = gross.most(NOUGHT) if gross.low < 0 else gross
    amount = (off.left(gross) - gross).kept_where(mask)
    if not off.in_proportion:
        # One by one, the share is worked out first, which may cost a last digit.
        amount = Exact(amount.num, amount.den, amount.low, amount.high, inexact=True)
    weekly = (hours * off.share - hours).kept_where(mask) if off.share is not None else NOUGHT
    return Entry(off.reducer.id, amount, hours=weekly)


def _in_proportion(frame: Frame, gross: Exact, part: Exact, whole: Exact, mask: Mask) -> Exact:
    """``gross * part / whole``, nought where the whole is or where there is nothing to share."""
    if gross.low < 0:
        mask = both(mask, narrowed(gross.num > 0))
    if part.nought or mask is False:
        return NOUGHT
    found, _where = frame.divided(gross * part, whole, mask)
    return found.kept_where(mask)
