"""From answers to an indicative budget with its receipt, step by step."""

from __future__ import annotations

import datetime as dt
from decimal import Context, Decimal, localcontext

from portal.budget.rules.compiled import Compiled, compile_scheme
from portal.budget.rules.ledger import Ledger
from portal.budget.rules.lines import add_linear, add_lines, add_matrix, reduce_lines
from portal.budget.rules.paying import split
from portal.budget.rules.points import is_readable, score_steps, total
from portal.budget.rules.pricing import NoAmount, price_by_pool, price_by_table, price_points
from portal.budget.rules.receipt import (
    Allocation,
    Caveat,
    Contribution,
    Line,
    Message,
    Status,
    StreamResult,
)
from portal.budget.rules.run import ZERO, Refer, Run, is_unknown
from portal.budget.rules.showing import penny, show_lines
from portal.budget.rules.steps import do_stream_steps, do_total_steps, reduce_money, round_ledger
from portal.budget.rules.tiers import add_residual, add_tier
from portal.pack.conditions import Answers, holds
from portal.pack.scheme.parts import Rounding, SchemePeriod
from portal.pack.scheme.streams import Stream
from portal.pack.scheme.whole import Scheme
from portal.text import _

CONTEXT = Context(prec=34)
"""Enough digits for any sum here, and the same everywhere, so that a figure can be worked out again."""

ONE = Decimal(1)


def evaluate(
    scheme: Scheme, answers: Answers, on: dt.date, *, with_help: bool, as_given: bool = False
) -> Allocation:
    """Work out the indicative budget of one person.

    :param with_help: without help, nothing is taken off and nothing is added for the carer.
    :param as_given: do with the answers there are, even where another question would be asked.
    """
    with localcontext(CONTEXT):
        return Evaluation(
            compile_scheme(scheme), answers, on, with_help=with_help, as_given=as_given
        ).result()


class Evaluation:
    """One person's allocation under way."""

    def __init__(
        self, compiled: Compiled, answers: Answers, on: dt.date, *, with_help: bool, as_given: bool
    ) -> None:
        self.as_given = as_given
        self.run = Run(compiled, answers, on, with_help=with_help)
        self.scheme = compiled.scheme
        self.ledgers: dict[str, Ledger] = {}
        self.status: dict[str, Status] = {}

    def result(self) -> Allocation:
        run, scheme = self.run, self.scheme
        missing = self._missing()
        if missing:
            return self._without_figure("incomplete", missing)
        if not holds(scheme.eligible_when, run.answers):
            return self._without_figure("not_eligible")
        self.caveats()
        try:
            self._refer_when_complex()
            self._scores()
            for stream in scheme.streams:
                self.stream(stream)
            return self._figure()
        except Refer as refer:
            run.caveats.append(refer.caveat)
            return self._without_figure("refer")

    def _missing(self) -> tuple[str, ...]:
        run = self.run
        missing = []
        for question in self.scheme.questions:
            if question.id not in run.counted:
                continue
            given = run.answers.get(question.id)
            if given is None:
                lacks = question.required and not self.as_given
            elif is_unknown(given):
                lacks = question.unanswered == "block"
            else:
                lacks = not is_readable(run, question, given)
            if lacks:
                missing.append(question.id)
        return tuple(missing)

    def caveats(self) -> None:
        """Collect what is to be known about the figure."""
        run = self.run
        if not self.scheme.effective.holds_on(run.on):
            text = Message(_("This scheme was not in use on this day."))
            run.caveats.append(Caveat(self.scheme.id, "not_in_force", text))
        unsaid = tuple(
            question.id
            for question in self.scheme.questions
            if question.id in run.counted and is_unknown(run.answers.get(question.id, ""))
        )
        if unsaid:
            text = Message(
                _(
                    "You were not sure about some questions, or would rather not say. "
                    "This figure rests on what we know so far. It may change when we know more."
                )
            )
            run.caveats.append(Caveat("unanswered", "unanswered", text, unsaid))
        for flag in self.scheme.complexity:
            if flag.action == "caveat" and holds(flag.when, run.answers):
                run.caveats.append(Caveat(flag.id, "complex", flag.message))

    def _refer_when_complex(self) -> None:
        for flag in self.scheme.complexity:
            if flag.action == "refer" and holds(flag.when, self.run.answers):
                raise Refer(Caveat(flag.id, "refer", flag.message))

    def _scores(self) -> None:
        run = self.run
        for score in self.scheme.scores:
            if run.compiled.scored[score.id]:
                run.scores[score.id] = total(score_steps(run, score))

    def stream(self, stream: Stream) -> None:
        """Work out one stream, those before it being done."""
        run = self.run
        if not holds(stream.eligible_when, run.answers) or (stream.funder == "carer" and not run.with_help):
            self.status[stream.id] = "not_eligible"
            return
        period = stream.period or self.scheme.base_period
        line_rounding = next(iter(self._roundings("line")), None)
        ledger = Ledger(period, line_rounding)
        try:
            self._model(stream, ledger)
        except NoAmount as none:
            run.caveats.append(Caveat(stream.id, "no_amount", none.reason))
            self.status[stream.id] = "no_amount"
            return
        add_lines(run, stream.additions, ledger, "addition")
        for flag in run.compiled.lines_for[stream.id]:
            if holds(flag.when, run.answers):
                add_lines(run, flag.lines, ledger, "addition")
        if stream.model in ("lines", "matrix", "residual"):
            reduce_lines(run, ledger)
        for reducer in run.compiled.of_money:
            if reducer.scope == "stream" and stream.id in reducer.of:
                reduce_money(run, reducer, ledger)
        do_stream_steps(run, stream.id, ledger)
        for rounding in self._roundings("stream"):
            round_ledger(rounding, ledger)
        self.ledgers[stream.id] = ledger
        self.status[stream.id] = "figure"
        run.streams[stream.id] = (ledger.total(), period)

    def _model(self, stream: Stream, ledger: Ledger) -> None:
        run = self.run
        if stream.price_per_point is not None:
            price_points(run, stream.price_per_point, ledger)
        elif stream.table is not None:
            price_by_table(run, stream.table, ledger)
        elif stream.matrix is not None:
            add_matrix(run, stream.matrix, ledger)
        elif stream.lines is not None:
            add_lines(run, stream.lines, ledger, "carer" if stream.funder == "carer" else "support")
        elif stream.linear is not None:
            add_linear(run, stream.linear, ledger)
        elif stream.tier is not None:
            add_tier(run, stream.id, stream.tier, ledger)
        elif stream.residual is not None:
            add_residual(run, stream.id, stream.residual, ledger)
        elif stream.pool_ratio is not None:
            price_by_pool(run, stream.pool_ratio, ledger)

    def _roundings(self, scope: str) -> tuple[Rounding, ...]:
        return tuple(rounding for rounding in self.scheme.rounding if rounding.scope == scope)

    def factor(self, stream: Stream, to: SchemePeriod) -> Decimal:
        """How much one pound of the stream's period is in another period."""
        year, period = self.scheme.year, stream.period or self.scheme.base_period
        weeks = stream.paid_weeks
        if weeks is None and stream.weeks_away is not None:
            weeks = max(ZERO, year.weeks - self.run.quantity(stream.weeks_away, "year"))
        if weeks is not None:
            return weeks if to == "year" else weeks / year.times(to)
        return year.convert(Decimal(1), period, to)

    def _figure(self) -> Allocation:
        base = self.scheme.base_period
        if not self.ledgers:
            status: Status = "no_amount" if "no_amount" in self.status.values() else "not_eligible"
            return self._without_figure(status)
        lines: list[Line] = []
        once: list[Line] = []
        exact = one_off = ZERO
        results: list[StreamResult] = []
        for stream in self.scheme.streams:
            ledger = self.ledgers.get(stream.id)
            if ledger is None:
                results.append(self.stream_result(stream, None, None))
                continue
            if ledger.period == "one_off" != base:
                show_lines(once, ledger, stream.id, ONE, base)
                results.append(self.stream_result(stream, ledger, None))
                one_off += ledger.total()
                continue
            factor = self.factor(stream, base)
            shown = show_lines(lines, ledger, stream.id, factor, base)
            results.append(self.stream_result(stream, ledger, shown))
            exact += ledger.total() * factor
        whole = Ledger(base, opening=exact)
        for reducer in self.run.compiled.of_money:
            if reducer.scope == "total":
                reduce_money(self.run, reducer, whole)
        do_total_steps(self.run, whole)
        for rounding in self._roundings("total"):
            round_ledger(rounding, whole)
        show_lines(lines, whole, None, ONE, base)
        return self._told(
            "figure",
            amount=whole.total(),
            lines=tuple(lines),
            one_off=penny(one_off) if once else None,
            one_off_lines=tuple(once),
            streams=tuple(results),
            contribution=self._contribution(whole.total()),
        )

    def _contribution(self, exact: Decimal) -> Contribution | None:
        told = self.scheme.contribution
        if told is None:
            return None
        base, per = self.scheme.base_period, told.per or self.scheme.base_period
        most = self.run.in_period((self.run.quantity(told.most, per), per), base)
        chargeable = exact
        if told.chargeable is not None:
            part = self.run.in_period((self.run.quantity(told.chargeable, per), per), base)
            chargeable = min(exact, max(ZERO, part))
        person = penny(split(max(ZERO, chargeable), max(ZERO, most), told.percent).person)
        return Contribution(person, penny(exact) - person)

    def stream_result(self, stream: Stream, ledger: Ledger | None, in_base: Decimal | None) -> StreamResult:
        period = stream.period or self.scheme.base_period
        tier = self.run.tiers.get(stream.id)
        payment, payments = None, None
        if ledger is not None and stream.paid_every is not None and period != "one_off":
            payment = penny(ledger.total() * self.factor(stream, stream.paid_every))
            years = tier.award_months / 12 if tier is not None and tier.award_months is not None else ONE
            payments = int(self.scheme.year.times(stream.paid_every) * years)
        return StreamResult(
            id=stream.id,
            title=stream.title,
            funder=stream.funder,
            status=self.status.get(stream.id, "not_eligible"),
            period=period,
            amount=penny(ledger.total()) if ledger is not None else None,
            in_base=in_base,
            tier=tier if ledger is not None else None,
            paid_every=stream.paid_every,
            payment=payment,
            payments=payments,
        )

    def _without_figure(self, status: Status, missing: tuple[str, ...] = ()) -> Allocation:
        streams = tuple(self.stream_result(stream, None, None) for stream in self.scheme.streams)
        return self._told(status, missing=missing, streams=streams)

    def _told(
        self,
        status: Status,
        *,
        amount: Decimal | None = None,
        lines: tuple[Line, ...] = (),
        one_off: Decimal | None = None,
        one_off_lines: tuple[Line, ...] = (),
        streams: tuple[StreamResult, ...] = (),
        missing: tuple[str, ...] = (),
        contribution: Contribution | None = None,
    ) -> Allocation:
        scheme, base = self.scheme, self.scheme.base_period
        regular = amount is not None and base != "one_off"
        weekly = scheme.year.convert(amount, base, "week") if regular and amount is not None else None
        annual = scheme.year.convert(amount, base, "year") if regular and amount is not None else None
        return Allocation(
            status=status,
            amount=penny(amount) if amount is not None else None,
            weekly=penny(weekly) if weekly is not None else None,
            annual=penny(annual) if annual is not None else None,
            base_period=base,
            year_weeks=scheme.year.weeks,
            lines=lines,
            one_off=one_off,
            one_off_lines=one_off_lines,
            streams=streams,
            caveats=tuple(self.run.caveats),
            review_flags=tuple(self.run.flags) if status == "figure" else (),
            missing=missing,
            points=dict(self.run.scores),
            on=self.run.on,
            scheme_id=scheme.id,
            scheme_version=scheme.version,
            scheme_title=scheme.title,
            scheme_hash=scheme.content_hash,
            effective_from=scheme.effective.from_,
            illustrative=scheme.illustrative,
            contribution=contribution,
        )
