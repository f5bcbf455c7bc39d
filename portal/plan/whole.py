"""The whole plan of a case: what earlier steps know, and what was planned, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.assessment.records import answers_of
from portal.assessment.rules.eligibility import standing
from portal.budget.parts import nothing_yet
from portal.budget.records import indicative
from portal.budget.rules import Allocation
from portal.choices.records import read_choices
from portal.choices.rules import OWN_MONEY
from portal.pack.conditions import Answers
from portal.pack.eligibility import policy_on
from portal.pack.pack import Pack
from portal.pack.scheme.parts import Year
from portal.pack.support import PlanPart
from portal.plan.agreed import Asked, Necessary, asked_of, read_necessary, read_routes
from portal.plan.headings import SEVEN
from portal.plan.joint import shared_lines, with_shared
from portal.plan.records import read_lines, read_not_needed, read_setbacks, read_texts, read_wishes
from portal.plan.rules.holding import Answer, Held, Needed, needed, too_close
from portal.plan.rules.left import Left, Setback, left
from portal.plan.rules.lines import Line
from portal.plan.rules.needs import Need, board, lines_without_need, needs_to_plan
from portal.plan.rules.ready import Readiness, readiness
from portal.plan.rules.streams import StreamTotal, stream_totals, streams_to_spend
from portal.plan.rules.totals import Comparison, Totals, compare, totals
from portal.questions.path import counted

WEEKS_WITHOUT_SCHEME = Decimal(52)
"""The year rule where no allocation scheme is in force to say another."""


@dataclass(frozen=True)
class Plan:
    """A plan as it stands.

    :ivar needs: the board: every need to plan for, with what meets it.
    :ivar left: what the plan still lacks. Nothing on it stops the person.
    :ivar weeks_in_year: the year rule that sums a month and a year are told by the week with.
    :ivar streams: what is spent from each part of a budget of several parts.
    :ivar needed: what the money of each route still needs.
    :ivar held: how the money of each route is held, as the person said.
    :ivar strengths: whether the person said what they are good at.
    :ivar not_needed: the questions that the person said are not needed.
    :ivar necessary: by line, what an officer decided about paying somebody close.
    :ivar asked: by line, what the person asks the council about that, and is not answered yet.
    """

    needs: tuple[Need, ...]
    lines: tuple[Line, ...]
    sums: Totals
    comparison: Comparison
    texts: Mapping[PlanPart, str]
    setbacks: tuple[Setback, ...]
    left: tuple[Left, ...]
    weeks_in_year: Decimal
    streams: tuple[StreamTotal, ...] = ()
    needed: tuple[Needed, ...] = ()
    held: Mapping[str, Held] = field(default_factory=dict)
    necessary: Mapping[str, Necessary] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    not_needed: frozenset[PlanPart] = frozenset()
    strengths: bool = True

    @property
    def without_need(self) -> tuple[Line, ...]:
        """Lines that help with no need."""
        return lines_without_need(self.lines)

    @property
    def begun(self) -> bool:
        """Whether anything was written into it."""
        return bool(self.lines or self.setbacks or any(self.texts.values())) or any(
            need.met_by for need in self.needs
        )

    @property
    def readiness(self) -> Readiness:
        """Whether it can be sent, and everything that is open."""
        open_questions = [part for part in SEVEN if not self.texts.get(part) and part not in self.not_needed]
        return readiness(
            self.needs, self.lines, self.left, self.needed, open_questions, strengths=self.strengths
        )

    def need(self, outcome: str) -> Need | None:
        """The need on the board for an outcome."""
        return next((need for need in self.needs if need.outcome == outcome), None)


def eligible_needs(pack: Pack, answers: Answers, on: date) -> tuple[str, ...]:
    """The outcomes that are likely eligible needs, from the answers that count."""
    policy = policy_on(pack.policies, "adult", on)
    return standing(policy, answers, on=on).eligible_needs if policy else ()


def _weekly_figure(allocation: Allocation | None) -> Decimal | None:
    """Pounds a week to plan with. What rests on answers that are not known is no figure, and not nought."""
    if allocation is None or nothing_yet(allocation) == "unsure":
        return None
    return allocation.weekly


def read_plan(session: Session, case_id: str, pack: Pack, on: date) -> Plan:
    """The plan of a case on a day.

    :param on: the day whose eligibility policy and allocation scheme hold.
    """
    answers = counted(pack, answers_of(session, case_id))
    allocation = indicative(session, case_id, pack, on)
    weeks = allocation.year_weeks if allocation else WEEKS_WITHOUT_SCHEME
    lines = with_shared(read_lines(session, case_id), shared_lines(session, case_id, weeks), case_id)
    texts, setbacks = read_texts(session, case_id), read_setbacks(session, case_id)
    needs = board(
        needs_to_plan(eligible_needs(pack, answers, on), answers),
        read_wishes(session, case_id),
        lines,
        answers,
    )
    beside_budget = frozenset({OWN_MONEY, *(route.id for route in pack.money_routes if route.beside)})
    sums = totals(lines, weeks, beside_budget)
    beside = compare(sums.weekly_from_budget, _weekly_figure(allocation))
    choices = read_choices(session, case_id)
    lacks = left(
        needs,
        lines,
        sums,
        beside,
        texts,
        setbacks,
        planner_chosen="planner" in choices,
        money_chosen="money" in choices,
    )
    to_spend = streams_to_spend(allocation, pack.money.streams)
    streams = stream_totals(to_spend, lines, Year(weeks=weeks), beside_budget) if to_spend else ()
    held = {name: Held.of(kept) for name, kept in read_routes(session, case_id).items()}
    necessary, asked = _decided(session, case_id, lines)
    said: dict[str, Answer] = dict.fromkeys(asked, "asked")
    said |= {line_id: "yes" if one.necessary else "no" for line_id, one in necessary.items()}
    taken = {total.route for total in sums.routes}
    own = tuple(line for line in lines if not line.elsewhere)
    lacking = tuple(
        one
        for route in pack.money_routes
        if route.id in taken
        for one in needed(route, held.get(route.id, Held()), own, weeks, said)
    )
    return Plan(
        needs=needs,
        lines=lines,
        sums=sums,
        comparison=beside,
        texts=texts,
        setbacks=setbacks,
        left=lacks,
        weeks_in_year=weeks,
        streams=streams,
        needed=lacking,
        held=held,
        necessary=necessary,
        asked=asked,
        not_needed=read_not_needed(session, case_id),
        strengths="strengths" not in pack.questions or bool(answers.get("strengths")),
    )


def _decided(
    session: Session, case_id: str, lines: Iterable[Line]
) -> tuple[dict[str, Necessary], dict[str, Asked]]:
    """What was decided, and what was asked since, about whoever is to be paid for each line now."""
    close = {line.id: line.payee for line in lines if too_close(line)}
    if not close:
        return {}, {}
    asked = {
        line_id: one for line_id, one in asked_of(session, case_id).items() if one.payee == close.get(line_id)
    }
    decided = {
        line_id: one
        for line_id, one in read_necessary(session, case_id).items()
        if line_id in close
        and one.payee in (None, close[line_id])
        # Asked again after a no, it waits again.
        and not (not one.necessary and line_id in asked and one.at and asked[line_id].at > one.at)
    }
    return decided, {line_id: one for line_id, one in asked.items() if line_id not in decided}
