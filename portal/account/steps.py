"""The last step: keep it."""

from __future__ import annotations

from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _progress(visit: Visit) -> Progress:
    return Progress(State.DONE if visit.case.account_id is not None else State.NOT_STARTED)


STEPS = (
    Step(
        id="account",
        title=_("Save and come back later"),
        group=_("Keep it"),
        endpoint="account.show",
        progress=_progress,
    ),
)
