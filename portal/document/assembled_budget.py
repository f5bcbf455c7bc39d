"""The indicative budget of a plan document, with every line of its working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy.orm import Session

from portal.budget.disagreeing import Doubt
from portal.budget.parts import nothing_yet, sum_each, told_besides, told_figure, told_other_periods
from portal.budget.ranges import range_on, told_range
from portal.budget.records import indicative, last_override, last_told, was_told
from portal.budget.rules import Allocation
from portal.budget.telling import ToldLine, said, told_lines, told_once
from portal.document.rules.parts import Budget, Disagreement, OtherAmount, ReceiptLine, Scheme
from portal.england import day_in_england
from portal.pack.pack import Pack
from portal.pack.scheme.parts import SchemePeriod
from portal.text import _
from portal.words import Language


def budget_of(session: Session, case_id: str, pack: Pack, words: Language, on: date) -> Budget:
    """The indicative budget of a case on a day, in one language."""
    return _Figures(session, case_id, pack, words, on).budget()


class _Figures:
    def __init__(self, session: Session, case_id: str, pack: Pack, words: Language, on: date) -> None:
        self.session, self.case_id, self.pack, self.words, self.on = session, case_id, pack, words, on

    def budget(self) -> Budget:
        allocation = indicative(self.session, self.case_id, self.pack, self.on)
        if allocation is None:
            why = self.words.gettext(_("There is no scheme to work it out with."))
            return Budget(why=why, other=self._other_amount())
        caveats = tuple(said(caveat.text, self.words) for caveat in allocation.caveats)
        scheme = Scheme(
            title=self.words.say(allocation.scheme_title),
            version=allocation.scheme_version,
            dated=allocation.effective_from,
        )
        if allocation.status != "figure" or allocation.weekly is None:
            state = "none" if allocation.status == "incomplete" else "refer"
            return Budget(
                state=cast("Any", state), scheme=scheme, caveats=caveats, other=self._other_amount()
            )
        if nothing_yet(allocation) == "unsure":
            why = _("I was not sure about some answers. It does not mean that I have no needs.")
            return Budget(
                why=self.words.gettext(why), scheme=scheme, caveats=caveats, other=self._other_amount()
            )
        spread = range_on(self.pack, allocation, self.on)
        also = (
            told_range(spread, allocation, self.words) if spread else "",
            told_other_periods(allocation, self.words),
            told_besides(allocation, self.words),
        )
        return Budget(
            state="amount",
            weekly=allocation.weekly,
            lower=spread.lower if spread else None,
            higher=spread.higher if spread else None,
            yearly=allocation.annual or allocation.weekly * allocation.year_weeks,
            told=told_figure(allocation, self.words),
            also=tuple(filter(None, also)),
            each=None if allocation.base_period == "week" else allocation.amount,
            per=allocation.base_period,
            once=allocation.one_off or Decimal(0),
            lines=_receipt(told_lines(allocation, self.pack, self.words)),
            lines_once=_receipt(told_once(allocation, self.pack, self.words)),
            told_on=self._told_on(allocation),
            scheme=scheme,
            caveats=caveats,
            other=self._other_amount(),
        )

    def _other_amount(self) -> OtherAmount | None:
        found = last_override(self.session, self.case_id)
        if found is None:
            return None
        return OtherAmount(
            weekly=found.override.weekly,
            computed=found.computed,
            reason=found.override.reason,
            author=found.override.author,
            role=self.words.say(found.override.role),
            day=found.override.date,
        )

    def _told_on(self, allocation: Allocation) -> date | None:
        told = last_told(self.session, self.case_id)
        if told is None or not was_told(self.session, self.case_id, allocation):
            return None
        return day_in_england(told.told_at)


def _receipt(lines: tuple[ToldLine, ...]) -> tuple[ReceiptLine, ...]:
    return tuple(
        ReceiptLine(
            label=line.words,
            reason=line.note,
            points=line.points,
            amount=line.amount,
            running=line.running,
        )
        for line in lines
    )


def doubts_of(doubts: Iterable[Doubt], words: Language) -> Iterator[Disagreement]:
    """What the person said against lines of their budget, with what the line said then."""
    for doubt in doubts:
        about = doubt.label
        if doubt.amount is not None:
            said_then = sum_each(doubt.amount, cast("SchemePeriod", doubt.period), words)
            about = words.gettext(_("%(line)s (%(sum)s)"), line=doubt.label, sum=said_then)
        yield Disagreement(
            about=about,
            instead=doubt.instead,
            amount=""
            if doubt.cost is None
            else sum_each(doubt.cost, cast("SchemePeriod", doubt.period), words),
            why=doubt.why,
        )
