"""Step 5: check the whole plan, and print it."""

from __future__ import annotations

from portal.audit import changed_since
from portal.document.records import versions
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _progress(visit: Visit) -> Progress:
    if not versions(visit.session, visit.case.id):
        return Progress(State.NOT_STARTED)
    if changed_since(visit.session, visit.case.id, "freeze"):
        return Progress(State.IN_PROGRESS, _("You have changed something since you made your PDF."))
    return Progress(State.DONE)


STEPS = (
    Step(
        id="document",
        title=_("Check and print"),
        group=_("Your plan"),
        endpoint="document.check",
        progress=_progress,
    ),
)
