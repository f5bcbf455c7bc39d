"""The steps of a carer after their assessment: money of their own, and what happens next."""

from __future__ import annotations

from portal.assessment.records import pages_read
from portal.assessment.steps import FIRST_ANSWER, walk_of
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _read(page: str, visit: Visit) -> Progress:
    if walk_of(visit).lacking():
        return Progress(State.CANNOT_START, FIRST_ANSWER)
    read = page in pages_read(visit.session, visit.case.id)
    return Progress(State.DONE if read else State.NOT_STARTED)


STEPS = (
    Step(
        id="carer_money",
        title=_("Money for you as a carer"),
        group=_("See where you stand"),
        endpoint="carer.money",
        progress=lambda visit: _read("carer_money", visit),
        kinds=("carer",),
    ),
    Step(
        id="carer_next",
        title=_("Print, and what happens next"),
        group=_("What happens next"),
        endpoint="carer.after",
        progress=lambda visit: _read("carer_next", visit),
        kinds=("carer",),
    ),
)
