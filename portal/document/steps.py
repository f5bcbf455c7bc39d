"""Step 5: check the whole plan, and print it."""

from __future__ import annotations

from portal.document.records import versions
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _progress(visit: Visit) -> Progress:
    return Progress(State.DONE if versions(visit.session, visit.case.id) else State.NOT_STARTED)


STEPS = (
    Step(
        id="document",
        title=_("Check and print"),
        group=_("Your plan"),
        endpoint="document.check",
        progress=_progress,
    ),
)
