"""A sample person of the pack becomes a case, by the same functions that a visitor's pages use."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.assessment.records import keep_answer
from portal.budget.records import indicative, keep_told
from portal.choices.records import write_choice
from portal.pack.pack import Pack
from portal.pack.samples import Sample, SampleLine
from portal.plan.records import add_line, add_setback, write_texts, write_words
from portal.plan.rules.left import PLAN_PARTS
from portal.plan.rules.lines import Line
from portal.plan.rules.left import Setback
from portal.sharing.records import start_case

_PAST_BUDGET = frozenset({"budget_seen", "plan_started", "plan_ready"})


def set_up(session: Session, pack: Pack, sample: Sample, at: datetime) -> str:
    """A new case with everything the sample has done so far; its id."""
    case_id = start_case(session, pack_id=pack.id, pack_version=pack.version, at=at)
    for question, kept in sample.answers.items():
        keep_answer(session, case_id, question, kept, at)
    if sample.stage in _PAST_BUDGET:
        allocation = indicative(session, case_id, pack, at.date())
        if allocation is not None:
            keep_told(session, case_id, allocation, at)
    if sample.planners:
        names = {planner: name for planner, name in sample.planners.items() if name}
        write_choice(session, case_id, "planner", {"chosen": list(sample.planners), "names": names}, at)
    if sample.routes:
        write_choice(session, case_id, "money", {"chosen": list(sample.routes)}, at)
    _set_up_plan(session, case_id, sample, at)
    return case_id


def _set_up_plan(session: Session, case_id: str, sample: Sample, at: datetime) -> None:
    plan = sample.plan
    if plan is None:
        return
    for outcome, words in plan.outcomes.items():
        write_words(session, case_id, outcome, words, at)
    for place, line in enumerate(plan.lines):
        add_line(session, case_id, _line(line, at), f"sample-{place}", at)
    for place, backup in enumerate(plan.backup):
        setback = Setback(id="", wrong=backup.trigger, then=backup.action, call=backup.contact)
        add_setback(session, case_id, setback, f"sample-{place}", at)
    texts = {part: words for part, words in plan.words.items() if part in PLAN_PARTS}
    if plan.over:
        texts["over"] = plan.over
    write_texts(session, case_id, texts, at)


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
    )
