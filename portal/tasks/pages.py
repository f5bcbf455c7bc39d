"""The task list, drawn from the one list of steps."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from flask import Blueprint, g, render_template, url_for

from portal.england import day_in_england
from portal.retention import goes_on, is_going
from portal.safeguards import current_pack, db, now, today
from portal.sharing.access import may_open, needs_case, pack_here
from portal.sharing.records import is_made, last_change
from portal.steps import Entry, Progress, State, Step, Visit, journey

bp = Blueprint("tasks", __name__)


@bp.get("/tasks")
@needs_case("tasks")
def show() -> str:
    """Every step with its state, under the heading of its group, and the one to go on with."""
    visit = Visit(session=db(), case=g.case, pack=pack_here(), today=today())
    steps = [step for step in journey() if may_open(step.endpoint)]
    states = {step.id: step.progress(visit) for step in steps}
    entries = {step.id: _entries(step, states[step.id], visit) for step in steps}
    everything = [entry for rows in entries.values() for entry in rows]
    return render_template(
        "tasks/show.html",
        groups=[
            (group, [entry for step in among for entry in entries[step.id]])
            for group, among in groupby(steps, key=lambda step: step.group)
        ],
        going_on=next((entry for entry in everything if _is_next(entry)), None),
        done=sum(entry.progress.state is State.DONE for entry in everything),
        all=len(everything),
        goes=_goes(),
        fresh=not any(entry.progress.state in {State.DONE, State.IN_PROGRESS} for entry in everything),
    )


def _goes() -> date | None:
    """The day on which the draft is deleted, when that is soon."""
    pack, changed, at = current_pack(), last_change(db(), g.case.id), now()
    goes = goes_on(pack, changed)
    if is_going(pack, goes, at) and is_made(db(), g.case.id):
        goes = goes_on(pack, changed, made=True)
    return day_in_england(goes) if is_going(pack, goes, at) else None


def _entries(step: Step, progress: Progress, visit: Visit) -> tuple[Entry, ...]:
    if step.entries is not None:
        return step.entries(visit)
    return (Entry(step.title, url_for(step.endpoint), progress),)


def _is_next(entry: Entry) -> bool:
    return entry.progress.state in {State.IN_PROGRESS, State.NOT_STARTED}
