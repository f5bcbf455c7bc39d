"""Step 2: the indicative budget."""

from __future__ import annotations

from portal.assessment.steps import walk_of
from portal.budget.records import indicative, last_told, was_told
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _progress(visit: Visit) -> Progress:
    walk = walk_of(visit)
    if walk.lacking():
        return Progress(State.CANNOT_START, _("Answer the questions about your needs first."))
    if last_told(visit.session, visit.case.id) is None:
        return Progress(State.NOT_STARTED)
    allocation = indicative(visit.session, visit.case.id, visit.pack, visit.today)
    if allocation is not None and not was_told(visit.session, visit.case.id, allocation):
        return Progress(State.IN_PROGRESS, _("Your answers have changed. Look at your budget again."))
    return Progress(State.DONE)


STEPS = (
    Step(
        id="budget",
        title=_("Your indicative budget"),
        group=_("Your budget"),
        endpoint="budget.show",
        progress=_progress,
    ),
)
