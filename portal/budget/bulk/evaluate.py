"""The indicative budgets of many people at once, the same to the penny as one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from portal.budget.bulk.columns import Column, Given
from portal.budget.bulk.exact import NOUGHT, Exact, Mask, both, either, exact, neither
from portal.budget.bulk.frame import Frame, Reader, total
from portal.budget.bulk.models import add_model, after_additions
from portal.budget.bulk.scores import Off, offs, read_scores
from portal.budget.bulk.sheets import Sheet, add_lines
from portal.budget.bulk.steps import do_stream_steps, do_total_steps, reduce_money, round_sheet
from portal.budget.rules.points import is_readable
from portal.budget.rules.run import is_unknown
from portal.pack.scheme import Rounding, SchemePeriod, ScoredQuestion, Stream

PENNY = Decimal("0.01")


@dataclass(slots=True)
class Figures:
    """What is known about the people of one block.

    A status holds for those of its mask; the figure for everybody in none of them. Amounts are whole
    pennies of those who have a figure.

    :ivar alone: those to be worked out one by one.
    :ivar scored: those whose scores are known.
    :ivar streams: in pennies of the base period, or once; each with for whom.
    """

    rows: int
    alone: Mask = False
    incomplete: Mask = False
    not_eligible: Mask = False
    no_amount: Mask = False
    refer: Mask = False
    scored: Mask = False
    scores: dict[str, Exact] = field(default_factory=dict)
    amount: Exact = NOUGHT
    weekly: Exact | None = None
    annual: Exact | None = None
    one_off: Exact | None = None
    person: Exact | None = None
    council: Exact | None = None
    streams: dict[str, tuple[Exact, Mask]] = field(default_factory=dict)
    flags: list[tuple[str, Mask, Exact]] = field(default_factory=list)
    caveats: list[tuple[str, Mask]] = field(default_factory=list)

    @property
    def without(self) -> Mask:
        """Those who have no figure."""
        return either(either(self.incomplete, self.not_eligible), either(self.no_amount, self.refer))


def figures(reader: Reader, columns: Mapping[str, Column], rows: int) -> Figures:
    """Work out a block.

    :raises NotHeldError: when the scheme does something that only the one-by-one form can.
    """
    return _Block(Frame(reader, columns, rows)).result()


def _unsaid(_question: ScoredQuestion, given: Given) -> bool:
    return given is not None and is_unknown(given)


class _Block:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.scheme = frame.scheme
        self.found = Figures(frame.rows)
        self.sheets: dict[str, tuple[Sheet, Mask]] = {}
        self.none: Mask = False

    def result(self) -> Figures:
        frame, found = self.frame, self.found
        self._missing()
        complete = neither(found.incomplete)
        eligible = frame.holds(self.scheme.eligible_when)
        found.not_eligible = both(complete, neither(eligible))
        frame.here = both(complete, eligible)
        if frame.here is not False:
            self._caveats()
            self._worked_out(frame.here)
        found.caveats, found.flags = frame.caveats, frame.flags
        found.alone = both(frame.doubtful, complete)
        return found

    def _missing(self) -> None:
        frame, found = self.frame, self.found
        for name, mask in self._somewhere("lacks", self._lacks):
            found.incomplete = either(found.incomplete, both(mask, frame.asked(name)))

    def _lacks(self, question: ScoredQuestion, given: Given) -> bool:
        if given is None:
            return question.required
        if is_unknown(given):
            return question.unanswered == "block"
        return not is_readable(self.frame.reader.about(question.id, given), question, given)

    def _somewhere(
        self, key: str, true: Callable[[ScoredQuestion, Given], bool]
    ) -> Iterator[tuple[str, Mask]]:
        """The questions of which something is true of some answer, with whose answer that is."""
        frame = self.frame

        def mask(question: ScoredQuestion) -> Mask:
            return frame.column(question.id).mask((key, question.id), lambda given: true(question, given))

        def plan() -> list[ScoredQuestion]:
            questions = self.scheme.questions
            return [one for one in questions if one.id not in frame.lasting or mask(one) is not False]

        for question in frame.reader.planned(key, frame.words, plan):
            yield question.id, mask(question)

    def _caveats(self) -> None:
        frame, scheme = self.frame, self.scheme
        if not scheme.effective.holds_on(frame.reader.run.on):
            frame.caveat(scheme.id, mask=True)
        unsaid: Mask = False
        for name, mask in self._somewhere("unsaid", _unsaid):
            unsaid = either(unsaid, both(mask, frame.asked(name)))
        frame.caveat("unanswered", unsaid)
        for flag in scheme.complexity:
            if flag.action == "caveat":
                frame.caveat(flag.id, frame.holds(flag.when))
        for flag in scheme.complexity:
            if flag.action == "refer":
                frame.refer(flag.id, frame.holds(flag.when))

    def _worked_out(self, here: Mask) -> None:
        frame, found = self.frame, self.found
        found.scored = both(here, neither(frame.referred))
        acting = offs(frame)
        read_scores(frame, acting)
        found.scores = frame.scores
        for stream in self.scheme.streams:
            self._stream(stream, acting, here)
        frame.here = here
        self._figure(here)
        found.refer = frame.referred

    def _stream(self, stream: Stream, acting: list[Off], here: Mask) -> None:
        frame = self.frame
        eligible = both(here, frame.holds(stream.eligible_when))
        if eligible is False:
            return
        frame.here = eligible
        rule = next((one for one in self.scheme.rounding if one.scope == "line"), None)
        sheet = Sheet(frame, self._period(stream), rule)
        none = add_model(frame, stream, acting, sheet)
        if none is not False:
            frame.caveat(stream.id, none)
            self.none = either(self.none, both(eligible, none))
            eligible = both(eligible, neither(none))
            frame.here = eligible
        add_lines(frame, stream.additions, sheet)
        for flag in frame.compiled.lines_for[stream.id]:
            mask = frame.holds(flag.when)
            if mask is not False:
                add_lines(frame, flag.lines, sheet, where=mask)
        after_additions(frame, stream, acting, sheet)
        for reducer in frame.compiled.of_money:
            if reducer.scope == "stream" and stream.id in reducer.of:
                reduce_money(frame, reducer, sheet)
        do_stream_steps(frame, stream.id, sheet)
        for rounding in self._roundings("stream"):
            round_sheet(frame, rounding, sheet)
        self.sheets[stream.id] = sheet, eligible
        frame.streams[stream.id] = (sheet.total(), eligible, sheet.period)

    def _period(self, stream: Stream) -> SchemePeriod:
        return stream.period or self.scheme.base_period

    def _roundings(self, scope: str) -> tuple[Rounding, ...]:
        return tuple(rounding for rounding in self.scheme.rounding if rounding.scope == scope)

    def _in_base(self, stream: Stream, number: Exact) -> Exact:
        year, to = self.scheme.year, self.scheme.base_period
        if stream.paid_weeks is not None:
            return number * exact(Fraction(stream.paid_weeks) / Fraction(year.times(to)))
        if stream.weeks_away is not None:
            weeks = (exact(year.weeks) - self.frame.quantity(stream.weeks_away, "year")).most(NOUGHT)
            return number * weeks * exact(1 / Fraction(year.times(to)))
        period = self._period(stream)
        return number if period == to else number * self.frame.reader.factor(period, to)

    def _figure(self, here: Mask) -> None:
        frame, found, base = self.frame, self.found, self.scheme.base_period
        whole: list[Exact] = []
        once: list[Exact] = []
        any_figure: Mask = False
        for stream in self.scheme.streams:
            if stream.id not in self.sheets:
                continue
            sheet, mask = self.sheets[stream.id]
            any_figure = either(any_figure, mask)
            number = sheet.total().kept_where(mask)
            if sheet.period == "one_off" != base:
                once.append(number)
            else:
                number = self._in_base(stream, number)
                whole.append(number)
            found.streams[stream.id] = self._penny(number), mask
        nothing = both(both(here, neither(any_figure)), neither(frame.referred))
        found.no_amount = both(nothing, self.none)
        found.not_eligible = either(found.not_eligible, both(nothing, neither(self.none)))
        frame.here = both(here, any_figure)
        sheet = Sheet(frame, base, None)
        sheet.put("streams", total(whole))
        for reducer in frame.compiled.of_money:
            if reducer.scope == "total":
                reduce_money(frame, reducer, sheet)
        do_total_steps(frame, sheet)
        for rounding in self._roundings("total"):
            round_sheet(frame, rounding, sheet)
        self._told(sheet.total(), once)

    def _shared(self, amount: Exact) -> None:
        """Who pays what of the figure, where the scheme says so."""
        told, frame = self.scheme.contribution, self.frame
        if told is None:
            return
        base, per = self.scheme.base_period, told.per or self.scheme.base_period
        most = frame.in_period(frame.quantity(told.most, per), per, base).most(NOUGHT)
        chargeable = amount
        if told.chargeable is not None:
            part = frame.in_period(frame.quantity(told.chargeable, per), per, base).most(NOUGHT)
            chargeable = amount.least(part)
        person = self._penny((chargeable.most(NOUGHT) * exact(told.percent).over(100)).least(most))
        self.found.person = person
        self.found.council = self.found.amount - person

    def _told(self, amount: Exact, once: list[Exact]) -> None:
        found, base = self.found, self.scheme.base_period
        found.amount = self._penny(amount)
        self._shared(amount)
        if once:
            found.one_off = self._penny(total(once))
        if base == "one_off":
            return
        factor = self.frame.reader.factor
        weekly = amount if base == "week" else amount * factor(base, "week")
        annual = amount if base == "year" else amount * factor(base, "year")
        found.weekly = found.amount if base == "week" else self._penny(weekly)
        found.annual = found.amount if base == "year" else self._penny(annual)

    def _penny(self, number: Exact) -> Exact:
        return self.frame.round(number, PENNY, "half_up")
