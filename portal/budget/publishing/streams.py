"""The streams of a scheme in plain words: how points and answers become pounds."""

from __future__ import annotations

from decimal import Decimal

from portal.budget.publishing.sheets import PERIODS, Chapter, Sheet, Teller
from portal.pack.scheme.awards import Tier
from portal.pack.scheme.models import LineRule, Matrix, PricePerPoint, Table
from portal.pack.scheme.streams import Stream
from portal.text import _

_OUTSIDE = {
    "none": _("there is no amount, which is not the same as nought pounds"),
    "zero": _("the amount is nought pounds"),
    "refer": _("a person works it out"),
    "last": _("the amount of the nearest row stands"),
    "extrapolate": _("the line goes straight on"),
    "lower": _("the row below counts"),
}
_MEANING = {
    "fixed": _("exactly %(sum)s"),
    "up_to": _("up to %(sum)s"),
    "from": _("%(sum)s or more"),
}


class StreamTeller(Teller):
    """Tells the streams of a scheme, whatever their model."""

    def stream(self, stream: Stream) -> Chapter:
        per = self.told(PERIODS[stream.period or self.scheme.base_period])
        paragraphs: list[str] = []
        tables: list[Sheet] = []
        if stream.eligible_when is not None:
            paragraphs.append(self.told(_("This part is only for people whose answers lead to it.")))
        if stream.price_per_point is not None:
            paragraphs += self._per_point(stream.price_per_point, per)
        if stream.table is not None:
            words, sheet = self._rows(stream.table, per)
            paragraphs += words
            tables.append(sheet)
        if stream.matrix is not None:
            tables += self._matrix(stream.matrix, per)
        if stream.tier is not None:
            tables.append(self._tier(stream.tier, per))
        if stream.linear is not None:
            paragraphs += [self.say(term.label) for term in stream.linear.terms]
        if stream.residual is not None:
            paragraphs.append(
                self.told(_("This part pays what is left after the other parts have paid theirs."))
            )
        rules = stream.line_rules()
        if rules:
            tables.append(self._lines(rules, per))
        return Chapter(self.say(stream.title), tuple(paragraphs), tables=tuple(tables))

    def _per_point(self, model: PricePerPoint, per: str) -> list[str]:
        words = [self.told(_("Each point is worth %(rate)s %(per)s."), rate=self.money(model.rate), per=per)]
        if model.fixed:
            words.append(
                self.told(_("%(sum)s %(per)s is added for everybody."), sum=self.money(model.fixed), per=per)
            )
        words += [
            self.told(
                _("Each point above %(points)s is worth %(rate)s %(per)s."),
                points=self.language.number(step.above),
                rate=self.money(step.rate),
                per=per,
            )
            for step in model.breakpoints
        ]
        words += [
            self.told(
                _("%(reason)s: %(rate)s a point."), reason=self.say(other.reason), rate=self.money(other.rate)
            )
            for other in model.rate_by
        ]
        return words

    def _rows(self, table: Table, per: str) -> tuple[list[str], Sheet]:
        write = self.language.number
        rows = []
        for row in table.rows:
            place = (
                write(row.low)
                if row.low == row.high
                else self.told(_("%(start)s to %(end)s"), start=write(row.low), end=write(row.high))
            )
            rows.append((place, self.told(_("no amount")) if row.amount is None else self.money(row.amount)))
        words = [
            self.told(_("Below the first row: %(what)s."), what=self.told(_OUTSIDE[table.below])),
            self.told(_("Above the last row: %(what)s."), what=self.told(_OUTSIDE[table.above])),
        ]
        if table.match == "interpolate":
            words.insert(0, self.told(_("Between two rows the amount goes up in a straight line.")))
        if table.match == "exact":
            words.append(self.told(_("Between two rows: %(what)s."), what=self.told(_OUTSIDE[table.between])))
        heads = (self.told(_("Points")), self.told(_("Pounds %(per)s"), per=per))
        return words, Sheet(self.told(_("Points and pounds")), heads, tuple(rows), (1,))

    def _matrix(self, matrix: Matrix, per: str) -> list[Sheet]:
        sheets = []
        for row in matrix.rows:
            asked = self.pack.questions.get(row.axes[0])
            name = self.say(row.label or (asked.short if asked else row.id))
            weight = ""
            if row.weight != 1 and row.weight_reason is not None:
                weight = self.told(
                    _(", times %(weight)s: %(reason)s"),
                    weight=self.language.number(row.weight),
                    reason=self.say(row.weight_reason),
                )
            cells: list[tuple[str, ...]] = [
                (self.option(row.axes[0], option), self.money(amount))
                for option, amount in row.amounts.items()
            ]
            for cell in row.cells:
                words = ", ".join(
                    self.option(axis, option) for axis, option in zip(row.axes, cell.at, strict=True)
                )
                cells.append((words, self._cell(cell.amount, cell.quantity, cell.price)))
            heads = (self.told(_("Answer")), self.told(_("Pounds %(per)s"), per=per))
            sheets.append(Sheet(name + weight, heads, tuple(cells), (1,)))
        return sheets

    def _cell(self, amount: Decimal | None, quantity: Decimal | None, price: str | None) -> str:
        if amount is not None:
            return self.money(amount)
        return self.told(
            _("%(number)s of %(what)s"),
            number=self.language.number(quantity or Decimal(0)),
            what=self.price_name(price),
        )

    def _tier(self, tier: Tier, per: str) -> Sheet:
        rows = []
        for level in tier.levels:
            length = ""
            if level.award_months is not None:
                length = self.told(_("%(months)s months"), months=self.language.number(level.award_months))
                if level.max_months is not None:
                    most = self.language.number(level.max_months)
                    length = self.told(_("%(length)s, up to %(most)s in all"), length=length, most=most)
                elif level.renewals == "unlimited":
                    length = self.told(_("%(length)s, then again as long as needed"), length=length)
            sum_told = self.told(_MEANING[level.meaning], sum=self.money(level.amount))
            rows.append((self.say(level.label), sum_told, length))
        heads = (self.told(_("Level")), self.told(_("Pounds %(per)s"), per=per), self.told(_("For how long")))
        return Sheet(self.told(_("Levels")), heads, tuple(rows))

    def _lines(self, rules: tuple[LineRule, ...], per: str) -> Sheet:
        rows = []
        for rule in rules:
            own = self.told(PERIODS[rule.per]) if rule.per is not None else per
            rows.append((self.say(rule.label), self._rule(rule, own)))
        return Sheet(
            self.told(_("What can be added")),
            (self.told(_("What")), self.told(_("How it is worked out"))),
            tuple(rows),
        )

    def _rule(self, rule: LineRule, per: str) -> str:
        if rule.amount is not None:
            if rule.amount.value is not None:
                return self.told(_("%(sum)s %(per)s"), sum=self.money(rule.amount.value), per=per)
            if rule.amount.by is not None and rule.amount.values is not None:
                choices = "; ".join(
                    self.told(
                        _("%(answer)s: %(sum)s"),
                        answer=self.option(rule.amount.by, option),
                        sum=self.money(sum_),
                    )
                    for option, sum_ in rule.amount.values.items()
                )
                return self.told(_("By your answer, %(per)s. %(choices)s"), per=per, choices=choices)
            return self.told(_("A sum from your answers, %(per)s"), per=per)
        if rule.rate is not None:
            rate = self.money(rule.rate)
        else:
            rate = self.told(_("the price of “%(what)s”"), what=self.price_name(rule.price))
        if rule.quantity is not None and rule.quantity.value is not None:
            number = self.language.number(rule.quantity.value)
            return self.told(_("%(number)s times %(rate)s, %(per)s"), number=number, rate=rate, per=per)
        return self.told(_("The number from your answers, times %(rate)s, %(per)s"), rate=rate, per=per)
