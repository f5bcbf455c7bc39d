"""A sample person of the pack becomes a case, by the same functions that a visitor's pages use."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.assessment.records import keep_answer, note_page_read
from portal.budget.records import keep_told
from portal.choices.records import write_choice
from portal.identity.records import account_by_email, add_account
from portal.pack.pack import Pack
from portal.pack.samples import Sample, SampleLine, SampleOfficer
from portal.plan.agreed import write_route
from portal.plan.money_forms import DirectForm, FundForm
from portal.plan.records import (
    add_line,
    add_setback,
    write_met_by,
    write_not_needed,
    write_texts,
    write_words,
)
from portal.plan.rules.clock import Slot
from portal.plan.rules.left import Setback
from portal.plan.rules.lines import Line
from portal.sharing.records import start_case

_PAST_BUDGET = frozenset({"budget_seen", "plan_started", "plan_ready"})
_TYPED = DirectForm.words | FundForm.words
"""What people write about how money is held; the rest is chosen."""
_READ_ON_THE_WAY = ("check", "standing", "prevention")


def set_up(session: Session, pack: Pack, sample: Sample, at: datetime) -> str:
    """A new case with everything the sample has done so far; its id."""
    case_id = start_case(session, pack_id=pack.id, pack_version=pack.version, at=at, kind=sample.group)
    asked = pack.of(sample.group).questions
    for question, kept in sample.answers.items():
        keep_answer(session, case_id, question, kept, at, words=asked[question].in_words)
    if sample.stage in _PAST_BUDGET:
        for page in _READ_ON_THE_WAY:
            note_page_read(session, case_id, page, at)
        keep_told(session, case_id, pack, at.date(), at)
    if sample.planners:
        names = {planner: name for planner, name in sample.planners.items() if name}
        write_choice(session, case_id, "planner", {"chosen": list(sample.planners), "names": names}, at)
    if sample.routes:
        write_choice(session, case_id, "money", {"chosen": list(sample.routes)}, at)
    _set_up_plan(session, case_id, sample, at)
    return case_id


def officer_account(session: Session, officer: SampleOfficer, at: datetime) -> int:
    """The staff account of the invented officer. It has no passphrase, so that nobody signs in to it."""
    email = "officer@demonstration.invalid"
    known = account_by_email(session, email)
    made = known or add_account(session, email, None, at, confirmed=at, staff=True, name=officer.name)
    assert made is not None
    return made.id


def _set_up_plan(session: Session, case_id: str, sample: Sample, at: datetime) -> None:
    plan = sample.plan
    if plan is None:
        return
    for outcome, wish in plan.wishes.items():
        if wish.words:
            write_words(session, case_id, outcome, wish.words, at)
        if wish.met_by:
            write_met_by(session, case_id, outcome, wish.met_by, at)
    for place, line in enumerate(plan.lines):
        add_line(session, case_id, _line(line, at), f"sample-{place}", at)
    for place, setback in enumerate(plan.setbacks):
        what = Setback(
            id="",
            wrong=setback.wrong,
            signs=setback.signs,
            then=setback.then,
            call=setback.call,
            worth=setback.worth,
            worth_why=setback.worth_why,
        )
        add_setback(session, case_id, what, f"sample-{place}", at)
    write_texts(session, case_id, plan.texts, at)
    for part in plan.not_needed:
        write_not_needed(session, case_id, part, at)
    for route, said in plan.held.items():
        typed = {name: words for name, words in said.items() if name in _TYPED}
        chosen = {name: value for name, value in said.items() if name not in _TYPED}
        write_route(session, case_id, route, chosen, typed, at)


def _line(line: SampleLine, at: datetime) -> Line:
    def day(after: int | None) -> datetime | None:
        return None if after is None else at + timedelta(days=after)

    starts, ends = day(line.starts_in), day(line.ends_in)
    return Line(
        id="",
        kind=line.kind,
        what=line.what,
        needs=line.needs,
        who=line.who,
        days=line.days,
        parts=line.parts,
        times=line.times,
        quantity=line.quantity,
        price=line.price,
        every=line.every,
        route=line.route,
        starts=starts.date() if starts else None,
        ends=ends.date() if ends else None,
        slots=tuple(Slot(day, line.start, line.end) for day in line.days) if line.start and line.end else (),
        workers=line.workers,
        stream=line.stream,
        award_months=line.award_months,
        longest_months=line.longest_months,
        payee=line.payee,
        same_home=line.same_home,
    )
