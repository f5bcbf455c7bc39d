"""A scheme told in plain words, whole: what the law calls publishing the allocation method.

Every rule of the scheme is told, whatever its kind, so that nothing that moves money is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from portal.budget.publishing.sheets import PERIODS, UNITS, Chapter, Sheet
from portal.budget.publishing.streams import StreamTeller
from portal.pack.pack import Pack
from portal.pack.scheme import Scheme
from portal.pack.scheme.parts import Price
from portal.pack.scheme.scoring import Reducer, ScoredQuestion
from portal.pack.scheme.streams import Step
from portal.text import _
from portal.words import Language


def published(scheme: Scheme, pack: Pack, language: Language) -> tuple[Chapter, ...]:
    """The whole scheme, chapter by chapter, in the order in which it is worked out."""
    writer = SchemeTeller(scheme, pack, language)
    return tuple(chapter for chapter in writer.chapters() if chapter is not None)


class SchemeTeller(StreamTeller):
    """Tells a whole scheme."""

    def chapters(self) -> Iterator[Chapter | None]:
        """The chapters in order; ``None`` for one that has nothing to tell."""
        yield self._scoring()
        yield self._help()
        for stream in self.scheme.streams:
            yield self.stream(stream)
        yield self._complexity()
        yield self._steps()
        yield self._paying()
        yield self._other_amounts()
        yield self._spread()
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

    def _complexity(self) -> Chapter | None:
        if not self.scheme.complexity:
            return None
        told = self.told(_("We say one of these beside a figure when your answers lead to it:"))
        said = (self.told(_("“%(words)s”"), words=self.say(item.message)) for item in self.scheme.complexity)
        return Chapter(self.told(_("When the figure cannot be relied on alone")), (told, *said))

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
        if step.op in {"add", "subtract", "cap", "floor"}:
            number = self.money(value)
            if step.per is not None:
                number = self.told(_("%(sum)s %(per)s"), sum=number, per=self.told(PERIODS[step.per]))
        elif step.op in {"multiply", "weight"}:
            number = self.told(_("times %(number)s"), number=self.language.number(value))
        else:
            number = self.told(_("%(number)s%%"), number=self.language.number(value))
        if number in words:
            return words
        return self.told(_("%(words)s (%(number)s)"), words=words, number=number)

    def _paying(self) -> Chapter | None:
        if self.scheme.contribution is None:
            return None
        words = _(
            "You pay the most that your financial assessment found, or less where the support costs less. "
            "The council pays the rest. At most %(part)s%% of the support may be charged for."
        )
        part = self.language.number(self.scheme.contribution.percent)
        return Chapter(self.told(_("Who pays what")), (self.told(words, part=part),))

    def _other_amounts(self) -> Chapter | None:
        rule = self.scheme.override
        if rule is None:
            return None
        words = [
            self.told(
                _(
                    "Somebody may set another amount beside your figure. "
                    "They must give their name and a reason. "
                    "The figure we worked out stays, and you see both."
                )
            )
        ]
        if rule.allowed_roles:
            roles = ", ".join(self.say(role) for role in rule.allowed_roles)
            words.append(self.told(_("Only these may do it: %(roles)s."), roles=roles))
        if "evidence" in rule.requires:
            words.append(self.told(_("They must also say what it rests on.")))
        return Chapter(self.told(_("When another amount is set")), tuple(words))

    def _spread(self) -> Chapter | None:
        spread = self.scheme.spread
        if spread is None:
            return None
        rows = tuple(
            (
                self.told(_("up to %(sum)s"), sum=self.money(row.up_to))
                if row.up_to is not None
                else self.told(_("more than that") if len(spread.rows) > 1 else _("any figure")),
                self.language.number(row.lower),
                self.language.number(row.higher),
            )
            for row in spread.rows
        )
        heads = (self.told(_("The figure")), self.told(_("Lower: times")), self.told(_("Higher: times")))
        title = self.told(_("Lower, likely and higher"))
        return Chapter(title, (self.say(spread.about),), tables=(Sheet(title, heads, rows, (1, 2)),))

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
