"""A scheme told in plain words, whole: what the law calls publishing the allocation method.

Every rule of the scheme is told, whatever its kind, so that nothing that moves money is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.pack.pack import Pack
from portal.pack.scheme import Scheme
from portal.pack.scheme.awards import Tier
from portal.pack.scheme.models import LineRule, Matrix, PricePerPoint, Table
from portal.pack.scheme.parts import Price
from portal.pack.scheme.scoring import Reducer, ScoredQuestion
from portal.pack.scheme.streams import Step, Stream
from portal.text import _
from portal.words import Language


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: rows of words, the first cell the head of its row; ``numbers`` are columns of figures."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a scheme in words."""

    title: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    tables: tuple[Sheet, ...] = ()


PERIODS = {
    "day": _("a day"),
    "week": _("a week"),
    "four_weeks": _("every four weeks"),
    "month": _("a month"),
    "year": _("a year"),
    "one_off": _("once"),
}
UNITS = {
    "hour": _("an hour"),
    "half_hour": _("half an hour"),
    "visit": _("a visit"),
    "session": _("a session"),
    "day": _("a day"),
    "night": _("a night"),
    "week": _("a week"),
    "mile": _("a mile"),
    "item": _("each"),
}
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


def published(scheme: Scheme, pack: Pack, language: Language) -> tuple[Chapter, ...]:
    """The whole scheme, chapter by chapter, in the order in which it is worked out."""
    writer = _Writer(scheme, pack, language)
    return tuple(chapter for chapter in writer.chapters() if chapter is not None)


class _Writer:
    """Tells one scheme in one language."""

    def __init__(self, scheme: Scheme, pack: Pack, language: Language) -> None:
        self.scheme = scheme
        self.pack = pack
        self.language = language
        self.say = language.say
        self.told = language.gettext
        self.money = language.money

    def chapters(self) -> Iterator[Chapter | None]:
        """The chapters in order; ``None`` for one that has nothing to tell."""
        yield self._scoring()
        yield self._help()
        for stream in self.scheme.streams:
            yield self._stream(stream)
        yield self._complexity()
        yield self._steps()
        yield self._prices()
        yield self._periods()

    def _scoring(self) -> Chapter | None:
        scored = [question for question in self.scheme.questions if question.scored]
        if not scored:
            return None
        words = [
            self.told(_("Each answer has a number of points. The points are added up.")),
            self.told(_("If you are not sure, or would rather not say, we never count that as no need.")),
        ]
        for score in self.scheme.scores:
            words += [self.say(modifier.label) for modifier in score.modifiers]
        return Chapter(
            self.told(_("Points for your answers")),
            tuple(words),
            tables=tuple(self._points(question) for question in scored),
        )

    def _points(self, question: ScoredQuestion) -> Sheet:
        asked = self.pack.questions.get(question.id)
        name = self.say(question.label or (asked.short if asked else question.id))
        rows: list[tuple[str, ...]] = []
        for option, points in question.points.items():
            known = asked.option(option) if asked else None
            rows.append((self.say(known.label) if known else option, self.language.number(points)))
        for band in question.bands:
            until = "" if band.to is None else self.language.number(band.to)
            start = self.language.number(band.from_)
            words = (
                self.told(_("%(start)s to %(end)s"), start=start, end=until)
                if until
                else self.told(_("%(start)s or more"), start=start)
            )
            rows.append((words, self.language.number(band.points)))
        if question.each is not None:
            rows.append((self.told(_("for each one")), self.language.number(question.each)))
        return Sheet(name, (self.told(_("Answer")), self.told(_("Points"))), tuple(rows), (1,))

    def _help(self) -> Chapter | None:
        if not self.scheme.reducers:
            return None
        words = [
            self.told(
                _("You answer as if nobody helped you. Help that you get without pay is taken off after.")
            ),
            self.told(_("Each kind of help is taken off only once, and you see the sum before and after.")),
        ]
        return Chapter(
            self.told(_("Help from other people")),
            tuple(words),
            tables=tuple(self._reducer(reducer) for reducer in self.scheme.reducers),
        )

    def _reducer(self, reducer: Reducer) -> Sheet:
        driver = self.pack.questions.get(reducer.driver)
        rows = []
        for option, number in (reducer.table or {}).items():
            known = driver.option(option) if driver else None
            rows.append((self.say(known.label) if known else option, self._taken(reducer, number)))
        if not rows:
            rows.append((self.say(reducer.reason), self.told(_("the number that you give"))))
        return Sheet(
            self.say(reducer.label), (self.told(_("Answer")), self.told(_("What is taken off"))), tuple(rows)
        )

    def _taken(self, reducer: Reducer, number: Decimal) -> str:
        write = self.language.number
        match reducer.method:
            case "multiply_remaining":
                return self.told(_("%(part)s%% stays"), part=write(number * 100))
            case "subtract_percent":
                return self.told(_("%(part)s%% is taken off"), part=write(number))
            case "days_met_of_7":
                return self.told(_("%(days)s days of 7 are taken off"), days=write(number))
            case "subtract_points":
                return self.told(_("%(points)s points are taken off"), points=write(number))
            case "subtract_hours":
                return self.told(_("%(hours)s hours are taken off"), hours=write(number))
            case "subtract_amount":
                return self.told(_("%(sum)s is taken off"), sum=self.money(number))
            case "none":
                return self.told(_("nothing is taken off"))

    def _stream(self, stream: Stream) -> Chapter:
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
                (self._option(row.axes[0], option), self.money(amount))
                for option, amount in row.amounts.items()
            ]
            for cell in row.cells:
                words = ", ".join(
                    self._option(axis, option) for axis, option in zip(row.axes, cell.at, strict=True)
                )
                cells.append((words, self._cell(cell.amount, cell.quantity, cell.price)))
            heads = (self.told(_("Answer")), self.told(_("Pounds %(per)s"), per=per))
            sheets.append(Sheet(name + weight, heads, tuple(cells), (1,)))
        return sheets

    def _option(self, question: str, option: str) -> str:
        asked = self.pack.questions.get(question)
        known = asked.option(option) if asked else None
        return self.say(known.label) if known else option

    def _cell(self, amount: Decimal | None, quantity: Decimal | None, price: str | None) -> str:
        if amount is not None:
            return self.money(amount)
        return self.told(
            _("%(number)s of %(what)s"),
            number=self.language.number(quantity or Decimal(0)),
            what=self._price_name(price),
        )

    def _price_name(self, price: str | None) -> str:
        found = next((item for item in self.scheme.price_book if item.id == price), None)
        return self.say(found.label) if found is not None else str(price)

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
                        answer=self._option(rule.amount.by, option),
                        sum=self.money(sum_),
                    )
                    for option, sum_ in rule.amount.values.items()
                )
                return self.told(_("By your answer, %(per)s. %(choices)s"), per=per, choices=choices)
            return self.told(_("A sum from your answers, %(per)s"), per=per)
        rate = self.money(rule.rate) if rule.rate is not None else self._price_name(rule.price)
        if rule.quantity is not None and rule.quantity.value is not None:
            number = self.language.number(rule.quantity.value)
            return self.told(_("%(number)s times %(rate)s, %(per)s"), number=number, rate=rate, per=per)
        return self.told(_("The number from your answers, times %(rate)s, %(per)s"), rate=rate, per=per)

    def _complexity(self) -> Chapter | None:
        if not self.scheme.complexity:
            return None
        words = tuple(self.say(item.message) for item in self.scheme.complexity)
        return Chapter(self.told(_("When the figure cannot be relied on alone")), words)

    def _steps(self) -> Chapter | None:
        if not self.scheme.pipeline:
            return None
        return Chapter(
            self.told(_("Rules on the whole")),
            (
                self.told(
                    _("These are done in this order. Each one that changes your figure is a line of its own.")
                ),
            ),
            steps=tuple(self._step(step) for step in self.scheme.pipeline),
        )

    def _step(self, step: Step) -> str:
        words = self.told(_("%(name)s. %(reason)s"), name=self.say(step.label), reason=self.say(step.reason))
        value = step.value.value if step.value is not None else None
        if value is None:
            return words
        if step.op in {"add", "cap", "floor"}:
            number = self.money(value)
            if step.per is not None:
                number = self.told(_("%(sum)s %(per)s"), sum=number, per=self.told(PERIODS[step.per]))
        elif step.op in {"multiply", "weight"}:
            number = self.told(_("times %(number)s"), number=self.language.number(value))
        else:
            number = self.told(_("%(number)s%%"), number=self.language.number(value))
        return self.told(_("%(words)s (%(number)s)"), words=words, number=number)

    def _prices(self) -> Chapter | None:
        if not self.scheme.price_book:
            return None
        rows = tuple(self._price(price) for price in self.scheme.price_book)
        heads = (self.told(_("What")), self.told(_("Price")), self.told(_("From")))
        return Chapter(
            self.told(_("Prices")), tables=(Sheet(self.told(_("Prices that are used")), heads, rows, (1,)),)
        )

    def _price(self, price: Price) -> tuple[str, ...]:
        each = self.told(UNITS[price.unit])
        told = self.told(_("%(sum)s %(per)s"), sum=self.money(price.amount), per=each)
        return self.say(price.label), told, self.language.day(price.effective.from_)

    def _periods(self) -> Chapter:
        weeks = self.language.number(self.scheme.year.weeks)
        words = [self.told(_("A year is counted as %(weeks)s weeks."), weeks=weeks)]
        for rule in self.scheme.rounding:
            scope = {"line": _("Each line"), "stream": _("Each part"), "total": _("The whole figure")}[
                rule.scope
            ]
            words.append(
                self.told(
                    _("%(what)s is rounded to the nearest %(unit)s."),
                    what=self.told(scope),
                    unit=self.money(rule.unit),
                )
            )
        return Chapter(self.told(_("Weeks, years and rounding")), tuple(words))
