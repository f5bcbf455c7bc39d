"""What the plan brings into the document: lines, routes, parts of a budget, what could go wrong."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast

from portal.choices.rules import OWN_MONEY, chosen_of
from portal.document.rules.parts import (
    Line,
    Passage,
    Risk,
    Route,
    Said,
    Setback,
    Slot,
    Stream,
)
from portal.document.rules.portraits import Picture, Portrayed
from portal.pack.choices import MoneyRoute
from portal.pack.pack import Pack
from portal.pack.questions import Outcome
from portal.pictures.records import Shown
from portal.plan.deciding_telling import tell_asked, tell_decided
from portal.plan.headings import ABOUT_ME, SEVEN
from portal.plan.money_telling import PAYMENTS, tell_needed, told_facts
from portal.plan.rules.awards import award_ends
from portal.plan.rules.holding import Held, payment
from portal.plan.rules.lines import KINDS, WITHOUT_TIMES, one_off_cost, weekly_cost
from portal.plan.rules.lines import Line as PlanLine
from portal.plan.telling import (
    DAY_WORDS,
    KIND_WORDS,
    PART_WORDS,
    PAYEE_WORDS,
    tell_award,
    tell_how_much,
    tell_instead,
    tell_sum,
    tell_when,
)
from portal.plan.whole import Plan
from portal.text import _
from portal.words import Language

_NOT_CLOSE = _("not family")
"""What stands behind “Paid to” where no rule has more to ask; the form says it with examples."""


class AssembledPlan:
    """A plan as the document says it, in one language.

    :param titles: what a need is called, by its outcome.
    :param pictures: those of About me.
    """

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        words: Language,
        titles: Callable[[str], str],
        pictures: Collection[Shown],
    ) -> None:
        self.pictures = pictures
        self.plan, self.pack, self.words, self.titles = plan, pack, words, titles

    def lines(self) -> Iterator[Line]:
        """What the person, family and community do before what is paid for, as on the board."""
        for line in sorted(self.plan.lines, key=lambda line: KINDS.index(line.kind)):
            yield self._line(line)

    def _line(self, line: PlanLine) -> Line:
        weekly, one_off = weekly_cost(line, self.plan.weeks_in_year), one_off_cost(line)
        priced = weekly is not None and one_off is not None
        known: dict[str, Any] = {"weekly": weekly, "one_off": one_off} if priced else {}
        return Line(
            id=line.id,
            needs=cast("tuple[Outcome, ...]", line.needs),
            what=line.what,
            who=line.who,
            when=tell_when(line, self.words),
            days=tuple(Said(code=day, words=self.words.gettext(DAY_WORDS[day])) for day in line.days),
            parts=tuple(Said(code=part, words=self.words.gettext(PART_WORDS[part])) for part in line.parts),
            times=line.times,
            how_much=tell_how_much(line, self.words),
            quantity=line.quantity,
            price=line.price,
            every=line.every or "",
            starts=line.starts,
            ends=award_ends(line),
            kind=Said(code=line.kind, words=self.words.gettext(KIND_WORDS[line.kind])),
            route=None if line.free else self._route_said(line.route),
            priced=priced,
            slots=tuple(Slot(day=slot.day, start=slot.start, end=slot.end) for slot in line.slots),
            workers=line.workers,
            working=tell_sum(line, self.plan.weeks_in_year, self.words),
            stream=self._stream_said(line.stream),
            award=tell_award(line, self.words),
            timed=line.kind not in WITHOUT_TIMES,
            paid_to=self._paid_for(line),
            instead=self._instead(line),
            **known,
        )

    def routes(self, money: Mapping[str, Any]) -> Iterator[Route]:
        """Every route that money takes, and those that were chosen.

        :param money: what the person chose about the money.
        """
        sums = {total.route: total for total in self.plan.sums.routes}
        offered = {route.id: route for route in self.pack.money_routes}
        picked = chosen_of(offered, money.get("chosen", ()))
        for name in dict.fromkeys((*sums, *picked)):
            total, route = sums.get(name), offered.get(name or "")
            amounts: dict[str, Any] = {"weekly": total.weekly, "one_off": total.once} if total else {}
            lines = [line for line in self.plan.lines if line.route == name and not line.free]
            outcomes = dict.fromkeys(outcome for line in lines for outcome in line.needs)
            yield Route(
                route=self._route_said(name),
                kind=route.kind if route else "",
                own=name == OWN_MONEY,
                beside=route is not None and route.beside,
                about=self.words.say(route.means) if route else "",
                duties=tuple(self.words.say(duty) for duty in route.you_do) if route else (),
                needs=tuple(self.titles(outcome) for outcome in outcomes),
                paid=self._paid(route, money, amounts) if route else "",
                facts=tuple(self._facts(route)),
                stopped=tuple(
                    tell_needed(one, self.words)
                    for one in self.plan.needed
                    if one.stops and one.route is route
                ),
                **amounts,
            )

    def streams(self) -> Iterator[Stream]:
        """What is spent from each part of a budget of several parts."""
        for one in self.plan.streams:
            yield Stream(
                stream=self._stream_said(one.stream),
                weekly=one.weekly,
                once=one.once,
                planned=one.planned,
                planned_once=one.planned_once,
            )

    def setbacks(self) -> Iterator[Setback]:
        """What could go wrong."""
        for one in self.plan.setbacks:
            yield Setback(id=one.id, what=one.wrong, signs=one.signs, then=one.then, call=one.call)

    def risks(self) -> Iterator[Risk]:
        """Which of it the person finds worth the risk."""
        for one in self.plan.setbacks:
            if one.worth == "worth":
                yield Risk(id=one.id, what=one.wrong, why=one.worth_why, safer=one.then)

    def about_me(self) -> Iterator[Portrayed]:
        """What is written and shown under the headings of About me."""
        for part, ask in ABOUT_ME.items():
            words = self.plan.texts.get(part, "")
            pictures = tuple(_picture(one) for one in self.pictures if one.part == part)
            if words or pictures:
                title = self.words.gettext(ask.ask)
                yield Portrayed(code=part, title=title, words=words, pictures=pictures)

    def questions(self) -> Iterator[Passage]:
        """The seven questions that are answered, or not needed."""
        for part, ask in SEVEN.items():
            words, not_needed = self.plan.texts.get(part, ""), part in self.plan.not_needed
            if words or not_needed:
                title = self.words.gettext(ask.ask)
                yield Passage(code=part, title=title, words=words, not_needed=not_needed and not words)

    def _stream_said(self, name: str | None) -> Said | None:
        found = next((one for one in self.plan.streams if one.stream == name and one.title), None)
        if found is None or found.title is None or found.stream is None:
            return None
        return Said(code=found.stream, words=self.words.say(found.title))

    def _paid_to(self, route: MoneyRoute, money: Mapping[str, Any]) -> str:
        where = money.get("paid", {}).get(route.id)
        way = next((payment for payment in route.payments if payment.id == where), None)
        if way is None:
            return ""
        return self.words.gettext(_("It is paid to: %(where)s."), where=self.words.say(way.name))

    def _facts(self, route: MoneyRoute | None) -> Iterator[Passage]:
        if route is not None and route.id in self.plan.held:
            for fact in told_facts(self.plan.held[route.id], self.words):
                yield Passage(code=fact.code, title=fact.title, words=fact.words)

    def _paid(self, route: MoneyRoute, money: Mapping[str, Any], amounts: Mapping[str, Any]) -> str:
        """Where it is paid to, and how much each time."""
        held, weekly = self.plan.held.get(route.id, Held()), amounts.get("weekly")
        told = [self._paid_to(route, money)]
        if (route.direct or route.kind == "isf") and weekly:
            every = held.every or self.pack.money.paid.every
            each = self.words.money(payment(weekly, every, self.plan.weeks_in_year))
            payment_told = self.words.gettext(PAYMENTS[every], sum=each)
            told.append(self.words.gettext(_("It is paid as %(payment)s."), payment=payment_told))
        return " ".join(filter(None, told))

    def _instead(self, line: PlanLine) -> str:
        told = tell_instead(line, self.words)
        return self.words.gettext(_("In place of: %(what)s"), what=told) if told else ""

    def _paid_for(self, line: PlanLine) -> str:
        """Who is paid, and what an officer allowed."""
        if line.payee is None:
            return ""
        told = self.words.gettext(_NOT_CLOSE if line.payee == "nobody_close" else PAYEE_WORDS[line.payee])
        decided, asked = self.plan.necessary.get(line.id), self.plan.asked.get(line.id)
        if decided is not None:
            return tell_decided(decided, told, self.words)
        return tell_asked(asked, told, self.words) if asked is not None else told

    def _route_said(self, name: str | None) -> Said:
        if name == OWN_MONEY:
            return Said(code=OWN_MONEY, words=self.words.gettext(_("My own money")))
        route = next((one for one in self.pack.money_routes if one.id == name), None)
        if route is None:
            return Said(code=name or "none", words=self.words.gettext(_("Money route not chosen yet")))
        return Said(code=route.id, words=self.words.say(route.short))


def _picture(shown: Shown) -> Picture:
    return Picture(
        id=shown.id,
        about=shown.about,
        width=shown.width,
        height=shown.height,
        content=b64encode(shown.content).decode(),
    )
