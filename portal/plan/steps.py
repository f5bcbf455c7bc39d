"""Step 4: the support plan."""

from __future__ import annotations

from portal.assessment.steps import walk_of
from portal.plan.whole import Plan, read_plan
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _plan(visit: Visit) -> Plan:
    if "plan" not in visit.known:
        visit.known["plan"] = read_plan(visit.session, visit.case.id, visit.pack, visit.today)
    plan: Plan = visit.known["plan"]
    return plan


def _support(visit: Visit) -> Progress:
    plan = _plan(visit)
    if not plan.needs and not plan.begun and walk_of(visit).lacking():
        return Progress(State.CANNOT_START, _("First answer the questions about your needs."))
    if not plan.begun:
        return Progress(State.NOT_STARTED)
    open_still = any(one.need or one.line or one.lack == "over" for one in plan.left)
    return Progress(State.IN_PROGRESS if open_still else State.DONE)


def _backup(visit: Visit) -> Progress:
    plan = _plan(visit)
    if not plan.setbacks:
        return Progress(State.NOT_STARTED)
    return Progress(State.IN_PROGRESS if any(one.lack == "backup" for one in plan.left) else State.DONE)


STEPS = (
    Step(
        id="plan",
        title=_("Your needs and your support"),
        group=_("Your plan"),
        endpoint="plan.board",
        progress=_support,
    ),
    Step(
        id="backup",
        title=_("What if things go wrong?"),
        group=_("Your plan"),
        endpoint="plan.backup",
        progress=_backup,
    ),
)
